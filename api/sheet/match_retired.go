package sheet

import (
	"strings"

	"skillstracker/domain"
)

// retirements knows from which day values of the reference lists are retired, by
// the notes of the lists. A note without a day holds for every day.
type retirements map[string]domain.Date

// retired says whether a value with such a note was retired on a day.
func (r retirements) retired(note string, on domain.Date) bool {
	if note == "" {
		return false
	}
	from, known := r[note]
	if !known {
		from = noteDay(note)
		r[note] = from
	}
	return on >= from
}

// noteDay returns the first day that a note names, or a day before all others:
// "Closed (Retired 01 April 2010)".
func noteDay(note string) domain.Date {
	words := strings.FieldsFunc(note, func(r rune) bool { return r == ' ' || r == '(' || r == ')' })
	for i := range max(0, len(words)-2) {
		if day := namedDay(strings.Join(words[i:i+3], " ")); day.Fault == DateOK {
			return domain.Date(day.Days)
		}
	}
	return -domain.Forever
}
