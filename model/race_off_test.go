//go:build !race

package model

// fitSets is 1: every set is looked at.
const fitSets = 1
