// Package wire carries sessions over SSH (RFC 4251 to 4254): it proves who comes
// in, holds every limit, and hands out sessions. It knows nothing of books or
// screens.
package wire
