package say

import "pasvorm/ui/kit"

// Same words what two customers who may be one have in common, by the key that
// the book gives it.
func (s Speaker) Same(key string) string {
	switch key {
	case "mail":
		return s.Text.T("review.same.mail")
	case "phone":
		return s.Text.T("review.same.phone")
	case "name-postcode":
		return s.Text.T("review.same.name")
	case "name":
		return s.Text.T("merge.same.name")
	}
	return kit.Clean(key)
}
