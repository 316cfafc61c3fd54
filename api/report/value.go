package report

import (
	"math"
	"strings"

	"skillstracker/domain"
	"skillstracker/domain/disclosure"
)

// value is what one cell of a table holds: text or a number. A figure that is
// absent is the shorthand for its reason, as the whole of the cell.
type value struct {
	text     string
	number   float64
	isNumber bool
	notes    []note // marked after the text; row labels only
}

func textValue(text string, notes ...note) value { return value{text: plain(text), notes: notes} }

func numberValue(number float64) value { return value{number: tidy(number), isNumber: true} }

func absent(status domain.Status) value { return value{text: "[" + string(status) + "]"} }

func numberOr(number float64, status domain.Status) value {
	if status != "" {
		return absent(status)
	}
	return numberValue(number)
}

func countValue(c disclosure.Count) value { return numberOr(float64(c.Value), c.Status) }

func averageValue(a disclosure.Average) value { return numberOr(a.Value, a.Status) }

// shareValue writes a fraction as per cent.
func shareValue(s disclosure.Share) value { return rateValue(s.Value, s.Status) }

func rateValue(fraction float64, status domain.Status) value { return numberOr(fraction*100, status) }

func fteValue(fte *domain.FTE) value {
	if fte == nil {
		return absent(domain.StatusNotAvailable)
	}
	return numberValue(fte.Float())
}

func postsValue(posts *int) value {
	if posts == nil {
		return absent(domain.StatusNotAvailable)
	}
	return numberValue(float64(*posts))
}

// dateValue writes a day as the serial number of the 1900 date system, in which 1
// January 1970 is day 25569.
func dateValue(day domain.Date) value { return numberValue(float64(day) + 25569) }

// change returns now less before as they are shown. It is not available when
// either is not, else withheld when either is withheld.
func change(now, before value) value {
	for _, status := range []domain.Status{domain.StatusNotAvailable, domain.StatusConfidential, domain.StatusNotApplicable} {
		if reason := absent(status).text; now.text == reason || before.text == reason {
			return absent(status)
		}
	}
	return numberValue(now.number - before.number)
}

// tidy takes the noise of binary fractions off a number, so that 7 per cent is 7
// and not 7.000000000000001. Eight decimals are more than any figure has.
func tidy(number float64) float64 {
	const places = 1e8
	if rounded := math.Round(number*places) / places; rounded != 0 {
		return rounded
	}
	return 0
}

// shorthand lists the reasons for an absent figure in the order in which they are
// explained (Government Analysis Function, symbols in tables).
func shorthand() []struct{ marker, meaning string } {
	return []struct{ marker, meaning string }{
		{"[c]", "withheld to protect people"},
		{"[x]", "not available"},
		{"[z]", "not applicable"},
	}
}

// explainShorthand returns "[c] = withheld to protect people, ..." for the
// markers that occur in the texts, or nothing when none does.
func explainShorthand(texts []string) string {
	var parts []string
	for _, s := range shorthand() {
		for _, text := range texts {
			if strings.Contains(text, s.marker) {
				parts = append(parts, s.marker+" = "+s.meaning)
				break
			}
		}
	}
	return strings.Join(parts, ", ")
}
