// Package peer tells who is at the other end of a Unix socket. The kernel says so,
// to a server of whoever connected and to a client of whoever listens.
package peer
