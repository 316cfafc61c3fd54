package report

import (
	"cmp"
	"fmt"
	"slices"

	"skillstracker/domain"
)

// UploadLine is a file that the organisation sent, as the sheet Data_quality shows it.
type UploadLine struct {
	Reference string // id of the upload
	Kind      domain.UploadKind
	Received  domain.Date
	State     domain.UploadState
	Counts    domain.UploadCounts
	Errors    int
	Warnings  int
	// CommonError says in words which error was found most often; empty for none.
	CommonError string
}

// aboutPeople says whether the rows of the file are people.
func (l UploadLine) aboutPeople() bool {
	return l.Kind == domain.UploadStaff || l.Kind == domain.UploadAssessments
}

// UploadsFrom returns the first day of the files that Data_quality lists in a report as
// at a date: they begin twelve months before it. Those sent after it are listed too,
// because the figures rest on them.
func UploadsFrom(asAt domain.Date) domain.Date { return asAt.AddMonths(-12).MonthEnd() + 1 }

const (
	noteUploadRows  note = "Every row of a file is in one of the four columns that follow. Rows that are duplicate, skipped or blank change nothing. Rows that are rejected have an error; those that are not stored belong to a file of which nothing was stored."
	noteUploadState note = "An applied file was stored whole, a partly applied one without the rows that have errors, a rejected one not at all. A withdrawn file counts no longer."
	notePeopleRows  note = "The counts of staff lists and of files of assessments are counts of people that are not rounded, so they are withheld from everybody but the organisation's own HR team."
)

// dataQuality returns the sheet that lists the files behind a report, the newest
// first. Counts of files about people are shown where people are unaltered.
func (a About) dataQuality(lines []UploadLine) *sheet {
	s := &sheet{
		name:  "Data_quality",
		about: "Files that the organisation sent, and what became of their rows",
		title: a.sheetTitle("Data quality: files received"),
		table: "data_quality",
		lines: []string{
			fmt.Sprintf("Organisation: %s. Source: its uploads since %s.", a.name(), UploadsFrom(a.AsAt).LongLabel()),
			"Files received after the date of the report are listed too. The newest file comes first.",
		},
		columns: []column{
			{header: "Upload reference", kind: kindText},
			{header: "Kind of file", kind: kindText},
			{header: "Received on", kind: kindDay},
			{header: "State", kind: kindText, notes: []note{noteUploadState}},
			{header: "Most common error", kind: kindText},
			{header: "Rows (number)", kind: kindWhole, notes: []note{noteUploadRows}},
			{header: "New, changed or removed (number)", kind: kindWhole},
			{header: "Unchanged (number)", kind: kindWhole},
			{header: "Duplicate, skipped or blank (number)", kind: kindWhole},
			{header: "Rejected or not stored (number)", kind: kindWhole},
			{header: "Errors (number)", kind: kindWhole},
			{header: "Warnings (number)", kind: kindWhole},
		},
		aboutFiles: true,
	}
	if !a.unaltered() && slices.ContainsFunc(lines, UploadLine.aboutPeople) {
		s.titleNotes = []note{notePeopleRows}
	}
	for _, line := range lines {
		s.rows = append(s.rows, a.uploadCells(line))
	}
	return s
}

func (a About) uploadCells(line UploadLine) []value {
	c := line.Counts
	cells := []value{
		textValue(line.Reference), textValue(uploadKindLabel(line.Kind)), dateValue(line.Received), textValue(uploadStateLabel(line.State)),
		textValue(cmp.Or(line.CommonError, "None")),
	}
	for _, count := range []int{
		c.RowsRead, c.New + c.Changed + c.Removed, c.Unchanged, c.Duplicate + c.Skipped + c.Blank, c.Rejected + c.NotStored, line.Errors, line.Warnings,
	} {
		if line.aboutPeople() && !a.unaltered() {
			cells = append(cells, absent(domain.StatusConfidential))
			continue
		}
		cells = append(cells, numberValue(float64(count)))
	}
	return cells
}

func uploadKindLabel(kind domain.UploadKind) string {
	switch kind {
	case domain.UploadStaff:
		return "Staff list"
	case domain.UploadAssessments:
		return "Assessments"
	case domain.UploadVacancies:
		return "Vacancy return"
	case domain.UploadPositions:
		return "Position vacancies"
	case domain.UploadTargets:
		return "Targets"
	}
	return string(kind)
}

func uploadStateLabel(state domain.UploadState) string {
	switch state {
	case domain.UploadApplied:
		return "Applied"
	case domain.UploadPartlyApplied:
		return "Partly applied"
	case domain.UploadRejected:
		return "Rejected"
	case domain.UploadVoided:
		return "Withdrawn"
	}
	return string(state)
}
