package domain

import "time"

// PrivacyChange is a change after which figures about earlier days, or with what was
// known at an earlier time, are others than before: an erasure, a restriction or a
// purge. All other changes leave what was known earlier as it was.
type PrivacyChange struct {
	Organisation string // ODS code
	Kind         string // erasure, restriction or purge
	At           time.Time
}

// PrivacyKinds are the kinds of changes that are a PrivacyChange.
func PrivacyKinds() []string { return []string{"erasure", "restriction", "purge"} }

// PurgeHorizon says what has been kept long enough, or was purged.
type PurgeHorizon struct {
	AssessedBefore Date // assessments of days before this one
	LeftBefore     Date // people whose last day in post was before this one
}

// Complete returns the first day about which figures leave out nothing that was purged:
// of people in post, or, when an assessment counts for a number of months, of assessed
// people.
func (h PurgeHorizon) Complete(validityMonths int) Date {
	if validityMonths == 0 {
		return h.LeftBefore
	}
	return max(h.LeftBefore, DateOf(h.AssessedBefore.Time().AddDate(0, validityMonths, 0)))
}
