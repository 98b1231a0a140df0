// Package exchange reads customer files that come from elsewhere and writes
// files that go elsewhere. It knows rows, headers and field names, and nothing
// of customers or books: what a row means is decided by its caller.
//
// Reading is streaming and in constant memory. A file is taken as it comes:
// any delimiter, UTF-8, UTF-16 or Windows-1252, LF, CRLF or CR, and lines that
// make no sense are handed back one by one while the rest goes on.
package exchange
