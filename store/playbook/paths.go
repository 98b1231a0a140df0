package playbook

import (
	"strconv"
	"strings"
)

// keyPath is the path of a key within a table.
func keyPath(table, key string) string {
	if !bareKey(key) {
		key = strconv.Quote(key)
	}
	if table == "" {
		return key
	}
	return table + "." + key
}

// placePath is the path of an element of a list, counted from 0.
func placePath(list string, i int) string {
	return list + "[" + strconv.Itoa(i) + "]"
}

// parentPath takes the last key or place off a path.
func parentPath(path string) string {
	if strings.HasSuffix(path, `"`) { // a quoted key may hold dots and brackets
		for i := len(path) - 2; i >= 0; i-- {
			if path[i] == '"' && !escapedAt(path, i) {
				return strings.TrimSuffix(path[:i], ".")
			}
		}
	}
	return path[:max(0, strings.LastIndexAny(path, ".["))]
}

// escapedAt reports whether an odd number of backslashes stands before place i.
func escapedAt(s string, i int) bool {
	return (i-len(strings.TrimRight(s[:i], `\`)))%2 == 1
}

func bareKey(key string) bool {
	for i := range len(key) {
		if !bareByte(key[i]) {
			return false
		}
	}
	return key != ""
}

func bareByte(c byte) bool {
	return c == '_' || c == '-' || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}
