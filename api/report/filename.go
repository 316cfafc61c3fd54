package report

import (
	"strings"

	"skillstracker/domain"
)

// The names of the reports, as they stand in paths and receipts.
const (
	NameDigitalLiteracy = "digital-literacy"
	NameVacancies       = "vacancies"
	NameRollup          = "rollup"
	NamePeople          = "people"
)

// FileName returns the name of the report's file, such as
// digital-literacy-report-rrk-2026-10.xlsx: lower case, dashes, at most 60 characters,
// no version (Government Analysis Function, file names). What HR of the organisation
// alone may have, charts, and made-up data are told by its end.
func (b *Book) FileName(format Format, profile Profile) string {
	parts := []string{fileSubject(b.receipt.Report), "england", b.AsAt.Time().Format("2006-01")}
	if b.receipt.Area.Kind != domain.ByNation {
		parts[1] = strings.ToLower(b.receipt.Area.Code)
	}
	if b.unaltered() && b.receipt.Report != NamePeople {
		parts = append(parts, "hr")
	}
	if profile == Management {
		parts = append(parts, "charts")
	}
	if b.synthetic() {
		parts = append(parts, "synthetic")
	}
	name := strings.Join(parts, "-") + "." + string(format)
	if len(name) > fileNameLimit {
		name = strings.Replace(name, "-report-", "-", 1)
	}
	return name
}

// fileNameLimit is the number of characters that a file name may have (rule FIL-01).
const fileNameLimit = 60

func fileSubject(report string) string {
	switch report {
	case NameVacancies:
		return "vacancy-report"
	case NameRollup:
		return "workforce-rollup"
	case NamePeople:
		return "digital-literacy-people"
	}
	return "digital-literacy-report"
}
