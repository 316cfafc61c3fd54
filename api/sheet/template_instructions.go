package sheet

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	xlsx "skillstracker/api/workbook"
	"skillstracker/domain"
)

// instruction is a heading of the instructions with its lines.
type instruction struct {
	heading string
	lines   []string
}

// instructions is what people need to know, a line for each row of column A, and
// below it the table of the columns.
func (t *template) instructions() bookTable {
	above := lines(t.title(), "This worksheet contains one table. It lists the columns of the sheet Data, below the instructions.")
	for _, section := range t.sections() {
		above = append(above, xlsx.Line{Text: section.heading, Style: xlsx.Style{Role: xlsx.Heading, OneLine: true}})
		for _, line := range section.lines {
			above = append(above, xlsx.Line{Text: line, Style: xlsx.Style{OneLine: true}})
		}
	}
	rows := [][]Cell{textCells("Column", "Must it be filled in?", "What it holds", "Example", "Other headings that are understood")}
	for i := range t.columns {
		rows = append(rows, t.describe(&t.columns[i]))
	}
	return newBookTable(xlsx.Sheet{Name: sheetInstructions, Table: "columns", Lines: above}, rows, 26, 16, xlsx.MaxWidth, 34, xlsx.MaxWidth)
}

// describe is the row of a column in the table of columns.
func (t *template) describe(column *Column) []Cell {
	filled := "Optional"
	if column.Compulsory {
		filled = "Compulsory"
	}
	synonyms := "None"
	if len(column.Synonyms) > 0 {
		synonyms = strings.Join(column.Synonyms, "; ")
	}
	text := strings.TrimSpace(column.Description + " " + t.levels(column.Name))
	return textCells(column.Name, filled, text, column.Example, synonyms)
}

func (t *template) sections() []instruction {
	sections := []instruction{
		{"How to use this template", t.steps()},
		{"Limits", []string{t.limits()}},
		{"Dates", t.dates()},
		{"Empty cells, none and not known", t.empties()},
		{"Taking records back", t.removing()},
		{"Personal data that is refused", refusedLines()},
	}
	switch t.kind {
	case domain.UploadAssessments:
		sections = slices.Insert(sections, 1, t.frameworkLines())
	case domain.UploadTargets:
		sections = slices.Insert(sections, 1, t.targetLines())
	case domain.UploadStaff, domain.UploadVacancies, domain.UploadPositions:
	}
	return append(sections, instruction{"About this workbook", []string{
		fmt.Sprintf("Template version %s for %s. Made by skillstracker %s.", templateVersion, t.kind, t.opts.Version),
	}})
}

func (t *template) steps() []string {
	row := ""
	switch t.kind {
	case domain.UploadStaff:
		row = "a row for each assignment of each staff member. Several rows of one employee number are one person, whose FTE is their sum."
	case domain.UploadAssessments:
		row = "a row for each assessment: one staff member, judged on one day by one kind of assessor."
	case domain.UploadVacancies:
		row = "a row for each part of the establishment at a month end: a staff group, or a staff group with job role, band or area of work. No row is a total of others."
	case domain.UploadPositions:
		row = "a row for each vacancy that is being recruited to, or was: one post, or several alike under one reference."
	case domain.UploadTargets:
		row = "a row for each level that is expected: of a competence or a whole domain, from everybody or from a job role, staff group or band."
	}
	return []string{
		"1. On the sheet Data, below the headings, enter " + row,
		"2. Fill in the columns that the table below calls compulsory. The others may stay empty or be deleted, and columns may stand in any order.",
		"3. Where a cell offers a list, choose from it or enter a code, a full name or a usual abbreviation. Selecting a cell shows what it takes.",
		"4. The sheet Examples shows filled-in rows. Only the sheet Data is read; keep its name.",
		"5. Save the workbook and send it in, first as a check (check_only=true), which stores nothing and shows what would change.",
		"6. If something is wrong, download the findings as a workbook. It has your rows with the faulty cells marked: mend them there and send it in again.",
	}
}

func (t *template) limits() string {
	const mebibyte = 1 << 20
	lim := t.opts.Limits
	return fmt.Sprintf("A file may have up to %s rows with the headings, %s columns and %s MiB. The lists are offered in every row up to that.",
		grouped(int64(lim.MaxRows)), grouped(int64(lim.MaxColumns)), grouped(lim.MaxBytes/mebibyte))
}

func (t *template) dates() []string {
	lines := []string{"Enter dates as 2026-10-31 or 31/10/2026 (day, month, year), or as date cells. Years have four digits."}
	switch t.kind {
	case domain.UploadStaff:
		return append(lines, "All rows of a staff list have the same as_at, which is not in the future. Days in left_on may be.")
	case domain.UploadAssessments:
		return append(lines, "A day in assessed_on is not in the future.")
	case domain.UploadVacancies:
		return append(lines, "The date of a return is the last day of a month that is over or ends today.")
	case domain.UploadPositions:
		return append(lines, "Neither opened_on nor closed_on is in the future, and closed_on is not before opened_on.",
			"closed_on is the day on which an offer was accepted or recruitment was given up, not the last day for applications.")
	case domain.UploadTargets:
		return append(lines, "A day in valid_from may be in the future. A target holds from that day until the next row for the same.")
	}
	return lines
}

func (t *template) empties() []string {
	switch t.kind {
	case domain.UploadStaff:
		return []string{"An empty cell means that the value is not given. A zero is a value: it means no contracted hours."}
	case domain.UploadAssessments:
		return []string{
			"An empty cell means not assessed, " + wordNotApplicable + " not applicable, and level 0 is an answer: not at level 1 yet.",
			"An assessment that is sent again replaces the earlier one as a whole: competences that it leaves empty are then not assessed.",
		}
	case domain.UploadVacancies:
		return []string{
			fmt.Sprintf("0 or %s means none at all, %s that the figure is not known, and an empty cell that it is not stated. The three are kept apart.", wordNone, wordDontKnow),
		}
	case domain.UploadPositions:
		return []string{
			"An empty cell in posts means one post. fte is that of all posts of the row together and is never zero.",
			"Statuses 08, 09 and 10 need closed_on; 05 and 06 may have it; all others are open and have none. Without a status, a vacancy is open until closed_on and closed, not filled, from then on.",
		}
	case domain.UploadTargets:
		return []string{
			"An empty level ends the target that the other cells name, from valid_from on. Level 0 is a target that everybody meets.",
			"Empty cells in job_role_code, staff_group and band mean every role, group and band. A job role tells its staff group; give either.",
		}
	}
	return nil
}

// frameworkLines names the framework version and the other form of a file.
func (t *template) frameworkLines() instruction {
	framework := t.opts.Framework
	long := make([]string, 0, len(LongColumns()))
	for _, c := range LongColumns() {
		long = append(long, c.Name)
	}
	return instruction{"Framework and form", []string{
		fmt.Sprintf("The competence columns are those of %s (framework %s, framework_version %s). There is a template for each framework version.",
			framework.Name, framework.Framework, framework.Version),
		fmt.Sprintf("Fill in %s and %s, or name them when you send the file. Without either, %s %s is taken.",
			fieldFramework, fieldFrameworkVersion, domain.DefaultFramework, domain.DefaultFrameworkVersion),
		"Each competence has a column for its level and, with " + needSuffix + " behind its code, one for the level that the person says the job needs.",
		fmt.Sprintf("Long form: in place of the competence columns a file may have the columns %s, and a row for each competence of an assessment.", strings.Join(long, ", ")),
	}}
}

// targetLines say of which framework version the lists are, and which target counts.
func (t *template) targetLines() instruction {
	framework := t.opts.Framework
	return instruction{"Framework and order of targets", []string{
		fmt.Sprintf("The lists offer the competences, domains and levels of %s (framework %s, framework_version %s). There is a template for each framework version, and one file may hold targets of several.",
			framework.Name, framework.Framework, framework.Version),
		"Of your targets that fit a person the first of these counts: for the job role and band, job role, staff group and band, staff group, band, everybody; a competence's before its domain's.",
		"Only where none of yours fits do those of the nation count, in the same order.",
	}}
}

func (t *template) removing() []string {
	lines := []string{fmt.Sprintf("To withdraw a record, write %s in the column %s; such a row needs only %s.", wordRemove, fieldAction, t.keys())}
	if t.kind == domain.UploadStaff {
		lines[0] = fmt.Sprintf("To withdraw what a list said of a person, write %s in the column %s; such a row needs only %s and the %s of that list.",
			wordRemove, fieldAction, t.keys(), fieldAsAt)
	}
	if t.kind == domain.UploadAssessments {
		return append(lines, "A record that is not in the file stays as it is.")
	}
	if t.kind == domain.UploadTargets {
		lines[0] = fmt.Sprintf("To withdraw a record, write %s in the column %s; such a row needs only what names it, as far as it was given: %s.", wordRemove, fieldAction, t.keys())
		return append(lines,
			"A row with remove takes a target back as if it had never been sent. To end a target from a day on, send a row with that day and an empty level instead.",
			"A target that is not in the file stays as it is, unless the file is sent as complete (complete=true): then the targets of the framework versions in it that are absent are taken back. A check says first which.")
	}
	return append(lines, "A record that is not in the file stays as it is, unless the file is sent as complete (complete=true). A check says first what that would end.")
}

// keys names the columns by which a row that removes finds its record.
func (t *template) keys() string {
	var names []string
	for i := range t.columns {
		if t.columns[i].Key {
			names = append(names, t.columns[i].Name)
		}
	}
	return strings.Join(names, ", ")
}

// refusedLines names every class of refused personal data.
func refusedLines() []string {
	var classes []string
	for _, rule := range personalRules() {
		if class := string(rule.class); !slices.Contains(classes, class) {
			classes = append(classes, class)
		}
	}
	half := (len(classes) + 1) / 2
	return []string{
		"The register knows staff by their employee number only. A file with any of the following is refused whole, and nothing of it is kept:",
		strings.Join(classes[:half], "; ") + ";",
		strings.Join(classes[half:], "; ") + ".",
	}
}

// grouped writes a number with commas between thousands.
func grouped(n int64) string {
	digits := strconv.FormatInt(n, 10)
	for at := len(digits) - 3; at > 0; at -= 3 {
		digits = digits[:at] + "," + digits[at:]
	}
	return digits
}
