package names

import "unsafe"

// str gives bytes as a string without copying them. It must not outlive them,
// nor may they change meanwhile.
func str(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) } // #nosec G103 -- read only, see above
