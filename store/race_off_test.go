//go:build !race

package store_test

// raceOn tells that the race detector is on.
const raceOn = false
