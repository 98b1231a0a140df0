//go:build race

package model

// fitSets is 7: with the race detector, some ten times slower, one set in seven
// is looked at. All of them are without it.
const fitSets = 7
