package report

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
)

var (
	// strokesOfDate are those between digits, as in 01/02/24.
	strokesOfDate = regexp.MustCompile(`(\d)/(\d)`)
	// likeNote is a number in brackets, which readers take for the number of a note.
	likeNote = regexp.MustCompile(`\s*\((\d{1,2})\)`)
	// likeTotal is the label of a row of totals.
	likeTotal = regexp.MustCompile(`(?i)^((grand |overall |sub-? ?)?totals?\b|all )`)
)

// ownName returns a name that the organisation has given, such as a team's or a
// vacancy's reference, as a cell may hold it: one that would read as shorthand, as a
// date, as a note, as a total or as nothing is said to be a name of what.
func ownName(what, name string) string {
	name = plain(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == unicode.ReplacementChar {
			return ' '
		}
		return r
	}, name))
	written := strings.NewReplacer("[", "(", "]", ")").Replace(strokesOfDate.ReplaceAllString(name, "$1.$2"))
	written = likeNote.ReplaceAllString(written, " ($1)")
	word := strings.ContainsFunc(name, func(r rune) bool { return r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' })
	switch strings.ToUpper(name) {
	case "NA", "N/A", "N.A.", "#N/A":
		word = false
	}
	if word && written == name && !likeNote.MatchString(name) && !likeTotal.MatchString(name) {
		return name
	}
	return fmt.Sprintf("%s named %q", what, plain(written))
}

// teamLabel returns the name of a team as a cell may hold it.
func teamLabel(name string) string { return ownName("Team", name) }
