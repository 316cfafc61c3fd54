package report

import (
	"fmt"
	"strings"

	"skillstracker/domain"
)

// DigitalLiteracyFileName returns the file name of a digital-literacy workbook,
// such as digital-literacy-report-rrk-2026-10.xlsx: lower case, dashes, at most 60
// characters, no version (Government Analysis Function, file names).
func DigitalLiteracyFileName(organisation string, asAt domain.Date) string {
	return fileName("digital-literacy-report", organisation, asAt)
}

// VacanciesFileName returns the file name of a vacancy workbook, such as
// vacancy-report-rrk-2026-10.xlsx.
func VacanciesFileName(organisation string, asAt domain.Date) string {
	return fileName("vacancy-report", organisation, asAt)
}

func fileName(report, organisation string, asAt domain.Date) string {
	return fmt.Sprintf("%s-%s-%s.xlsx", report, strings.ToLower(organisation), asAt.Time().Format("2006-01"))
}
