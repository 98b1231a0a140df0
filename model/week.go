package model

// Week is how the desk did in the seven days up to a day, the last one included.
type Week struct {
	From, Until Day
	// Tally holds what was counted on those days. Right first time can only be
	// read when its window is over: the issues in it, of 7 and of 14 days, are
	// those of the seven days that were judged last, JudgedUntil being the last
	// day on which an issue of 7 days began.
	Tally       Tally
	JudgedUntil Day
	Customers   int // distinct ones with a contact on those days
	Rev         Rev
}
