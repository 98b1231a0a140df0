//go:build unix

package store

// JudgeFile judges what is known of a file.
var JudgeFile = judgeFile
