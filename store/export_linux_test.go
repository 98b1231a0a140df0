package store

// JudgeFileSystem judges a file system by its magic number.
var JudgeFileSystem = judgeFileSystem
