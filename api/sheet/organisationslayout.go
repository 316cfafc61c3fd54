package sheet

import (
	"fmt"
	"strings"
	"time"
	"unicode"

	"skillstracker/domain"
)

// organisationColumn is a column of a file of organisations, by the name that a
// header row gives it.
type organisationColumn string

const (
	organisationCode      organisationColumn = "code"
	organisationName      organisationColumn = "name"
	organisationKind      organisationColumn = "kind"
	organisationSector    organisationColumn = "sector"
	organisationRegion    organisationColumn = "region"
	organisationICB       organisationColumn = "icb"
	organisationOpenedOn  organisationColumn = "opened_on"
	organisationClosedOn  organisationColumn = "closed_on"
	organisationCQCID     organisationColumn = "cqc_id"
	organisationOwner     organisationColumn = "parent"
	organisationSynthetic organisationColumn = "synthetic"
)

// organisationColumns lists the columns and says which are compulsory.
func organisationColumns() []struct {
	column     organisationColumn
	compulsory bool
} {
	return []struct {
		column     organisationColumn
		compulsory bool
	}{
		{organisationCode, true},
		{organisationName, true},
		{organisationKind, true},
		{organisationSector, false},
		{organisationRegion, true},
		{organisationICB, true},
		{organisationOpenedOn, true},
		{organisationClosedOn, true},
		{organisationCQCID, false},
		{organisationOwner, false},
		{organisationSynthetic, false},
	}
}

// organisationLayout says where the columns are and how the file writes them.
type organisationLayout struct {
	place  map[organisationColumn]int
	label  map[organisationColumn]string // what a finding calls the column
	widths []int                         // numbers of fields that a row may have
	trusts bool                          // the ODS trust file
}

func (l organisationLayout) known() bool { return l.place != nil }

// parseDate reads a date as the file writes dates. No organisation opened before
// 1800, and the year 3000 is far enough in the future to be a slip.
func (l organisationLayout) parseDate(text string) (domain.Date, bool) {
	form := time.DateOnly
	if l.trusts {
		form = "20060102"
	}
	day, err := time.Parse(form, text)
	if err != nil || day.Year() < 1800 || day.Year() >= 3000 {
		return 0, false
	}
	return domain.DateOf(day), true
}

// dateForm names the form of the file's dates with an example.
func (l organisationLayout) dateForm() string {
	if l.trusts {
		return "CCYYMMDD, such as 20261031"
	}
	return "YYYY-MM-DD, such as 2026-10-31"
}

// trustFileLayout is that of the ODS trust file: 27 fields, 24 in older copies.
func trustFileLayout() organisationLayout {
	return organisationLayout{
		place: map[organisationColumn]int{
			organisationCode: 0, organisationName: 1, organisationRegion: 2, organisationICB: 3,
			organisationOpenedOn: 10, organisationClosedOn: 11,
		},
		label: map[organisationColumn]string{
			organisationCode: "field 1 (code)", organisationName: "field 2 (name)",
			organisationRegion: "field 3 (national grouping)", organisationICB: "field 4 (high level health geography)",
			organisationOpenedOn: "field 11 (open date)", organisationClosedOn: "field 12 (close date)",
		},
		widths: []int{24, 27},
		trusts: true,
	}
}

// looksLikeTrustRecord says whether a record without known headings is meant as
// one of the ODS trust file, be it damaged: a code and at least the fields up to
// the closing date.
func looksLikeTrustRecord(record []string) bool {
	const untilClosingDate = 12
	return len(record) >= untilClosingDate && domain.ValidODSCode(strings.TrimSpace(record[0]))
}

// isOrganisationHeader says whether a record holds at least two of the columns.
func isOrganisationHeader(record []string) bool {
	found := 0
	for _, heading := range record {
		if _, known := organisationColumnOf(heading); known {
			found++
		}
	}
	return found > 1
}

// organisationColumnOf matches a heading, blind to case, spaces and punctuation.
func organisationColumnOf(heading string) (organisationColumn, bool) {
	letters := lettersAndDigits(heading)
	for _, c := range organisationColumns() {
		if letters == lettersAndDigits(string(c.column)) {
			return c.column, true
		}
	}
	return "", false
}

func lettersAndDigits(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, text)
}

// headedLayout reads the header row and reports its faults.
func (f *organisationFile) headedLayout(header []string, row int) organisationLayout {
	layout := organisationLayout{
		place:  make(map[organisationColumn]int),
		label:  make(map[organisationColumn]string),
		widths: []int{len(header)},
	}
	for i, heading := range header {
		label := strings.TrimSpace(strings.ToValidUTF8(heading, "?"))
		if label == "" {
			label = fmt.Sprintf("column %d", i+1)
		}
		column, known := organisationColumnOf(heading)
		_, twice := layout.place[column]
		switch {
		case !known:
			f.faults.add(findingOrganisationUnknown, row, label, "")
		case twice:
			f.faults.add(findingOrganisationTwice, row, label, "")
		default:
			layout.place[column], layout.label[column] = i, label
		}
	}
	for _, c := range organisationColumns() {
		if _, present := layout.place[c.column]; c.compulsory && !present {
			f.faults.add(findingOrganisationMissing, row, string(c.column), "")
		}
	}
	return layout
}
