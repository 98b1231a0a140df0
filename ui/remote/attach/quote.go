package attach

import "strings"

// Quote makes one command line of words, such that splitting it as a POSIX shell
// does (XCU 2.2) gives the words back: each stands in single quotes, in which
// nothing has a meaning, but for a single quote itself. No words give "".
func Quote(words []string) string {
	quoted := make([]string, len(words))
	for i, w := range words {
		quoted[i] = "'" + strings.ReplaceAll(w, "'", `'\''`) + "'"
	}
	return strings.Join(quoted, " ")
}
