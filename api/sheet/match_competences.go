package sheet

import (
	"cmp"
	"fmt"
	"strings"

	"skillstracker/domain"
)

// competenceFinder finds the competences of a framework version.
type competenceFinder struct {
	name   string // of the framework version
	book   *codeBook
	others map[string]string
}

// newCompetenceFinder takes a framework version and what [competencesOf] knows of all.
func newCompetenceFinder(framework domain.FrameworkVersion, others map[string]string) *competenceFinder {
	return &competenceFinder{
		name:   framework.Framework + " " + framework.Version,
		book:   newCodeBook(domain.FindingCompetenceUnknown, false, CompetenceValues(framework)),
		others: others,
	}
}

// competencesOf tells of which published framework version a competence is, by the
// keys of its code and of its name.
func competencesOf(published []domain.FrameworkVersion) map[string]string {
	known := make(map[string]string)
	for i := range published {
		for _, v := range CompetenceValues(published[i]) {
			for _, key := range []string{keyOf(v.Code), keyOf(v.Name)} {
				known[key] = published[i].Framework + " " + published[i].Version
			}
		}
	}
	return known
}

// read reads a competence: by its code, which may be a number such as 1.1 as far as
// it is shown so, or by its exact name. It is empty when the cell names none.
func (f *competenceFinder) read(r *rowReader, c column, cell Cell) string {
	text := cell.String()
	if cell.Kind != Date {
		if code, found := f.book.find(text); found {
			return code
		}
	}
	fault := mangledCode(cell)
	if fault == "" && isPlainDecimal(text) && strings.Contains(text, ".") {
		// 1.10 is how a number format with two decimals shows the number of 1.1.
		if _, known := f.book.find(strings.TrimRight(text, "0")); known {
			fault = domain.FindingCodeNumeric
		}
	}
	detail := ""
	if other := f.others[keyOf(text)]; fault == "" && other != "" {
		detail = fmt.Sprintf("This is not a competence of %s but one of %s.", f.name, other)
	}
	r.fault(cmp.Or(fault, domain.FindingCompetenceUnknown), c, detail)
	return ""
}
