package domain

import (
	"fmt"
	"regexp"
	"time"
)

var tokenLabel = regexp.MustCompile(`^([0-9A-Za-z][0-9A-Za-z ._-]{0,39})?$`)

// ValidTokenLabel says whether a text may say what a token is for: nothing, or up to 40
// letters, digits, spaces, points, hyphens and underscores.
func ValidTokenLabel(text string) bool { return tokenLabel.MatchString(text) }

// TokenEnd returns when a token ends that is made now: with the day given, the last one
// on which it is good, or after DefaultTokenLife days when nobody says. A day that has
// passed, or is more than MaxTokenLife days away, is an invalid error.
func TokenEnd(last *Date, now time.Time) (time.Time, error) {
	if last == nil {
		return now.Add(DefaultTokenLife * 24 * time.Hour), nil
	}
	today := DateOf(now)
	if *last < today || *last > today+MaxTokenLife-1 {
		return time.Time{}, Invalid("expiry_invalid", fmt.Sprintf("Choose a day from %s to %s.", today, today+MaxTokenLife-1),
			FieldFault{Field: "expires_on", Message: fmt.Sprintf("A token holds at most %d days.", MaxTokenLife)})
	}
	return (*last + 1).Time(), nil
}
