package sheet

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	xlsx "skillstracker/api/workbook"
	"skillstracker/domain"
)

// ExampleFramework returns the made-up framework version that the template holds,
// with the name of its framework. It can be published as it is.
func ExampleFramework() (name string, version domain.FrameworkVersion) {
	return "Example digital skills (made up)", domain.FrameworkVersion{
		Framework: "example-skills", Version: "2026", Name: "Example digital skills, 2026 (made up)",
		Scoring: domain.ScoringLevel, ValidFrom: domain.NewDate(2026, 4, 1), ValidityMonths: 12,
		Source:  "Made up as an example. Say here who wrote the framework, where it is found and what is still to be confirmed.",
		Licence: "Say here under which licence its names may be used.",
		Domains: []domain.CompetenceArea{{Code: "1", Name: "Working with records"}, {Code: "2", Name: "Working with others"}},
		Competences: []domain.Competence{
			{Code: "1.1", Name: "Finding and reading records", Domain: "1", MaxLevel: 3},
			{Code: "1.10", Name: "Correcting records", Domain: "1", MaxLevel: 3},
			{Code: "2.1", Name: "Sharing records safely", Domain: "2", MaxLevel: 3},
		},
		Levels: []domain.ScaleLevel{
			{Level: 0, Name: "Not at level 1"},
			{Level: 1, Name: "With help", Band: "Basic"},
			{Level: 2, Name: "Without help", Band: "Basic"},
			{Level: 3, Name: "Helps others", Band: "Advanced"},
		},
	}
}

// WriteFrameworkTemplate writes the workbook to fill in with a framework version. It
// holds ExampleFramework and has the form that ReadFramework takes. The version of
// the program and the time are as in TemplateOptions.
func WriteFrameworkTemplate(w io.Writer, version string, madeAt time.Time) error {
	b, err := newBook(w, FrameworkLimits(), xlsx.Options{
		Title: "Template for a framework version", Subject: "Framework", Category: "template", Creator: program, Made: madeAt,
		Keywords: []string{"framework", "template", "template version " + templateVersion},
	}, sheetInstructions, sheetFramework, sheetDomains, sheetCompetences, sheetLevels)
	if err != nil {
		return err
	}
	name, example := ExampleFramework()
	tables := []bookTable{frameworkInstructions(version)}
	for _, sheet := range []struct {
		name   string
		widths []float64
		codes  int // columns from the first whose cells are text
		rows   [][]Cell
	}{
		{sheetFramework, []float64{20, 60, 60}, 2, frameworkCells(name, example)},
		{sheetDomains, []float64{14, 60}, 1, domainCells(example)},
		{sheetCompetences, []float64{14, 60, 14, 14, 14}, 3, competenceCells(example)},
		{sheetLevels, []float64{14, 40, 30}, 0, levelCells(example)},
	} {
		tables = append(tables, frameworkTable(sheet.name, sheet.widths, sheet.codes, sheet.rows))
	}
	return b.write(tables...)
}

// frameworkTable has the first columns hold texts, which stay such when others are
// typed below them.
func frameworkTable(name string, widths []float64, codes int, rows [][]Cell) bookTable {
	made := newBookTable(xlsx.Sheet{Name: name, Table: "part_" + strings.ToLower(name)}, rows, widths...)
	for i := range codes {
		made.Columns[i].Style.Format, made.Columns[i].Below = xlsx.FormatText, true
	}
	return made
}

func frameworkInstructions(version string) bookTable {
	rows := [][]Cell{textCells("What to know and do")}
	for _, text := range []string{
		"Fill in the sheets Framework, Domains, Competences and Levels; this sheet is not read. They hold a made-up example: replace all of it.",
		"A version that is published can never be changed or withdrawn. Send the workbook with check_only=true first, which stores nothing and shows what would be published.",
		"Codes are texts of letters and digits, with single points, hyphens or underscores between them. Keep the code columns formatted as text: as a number, 1.10 is 1.1.",
		"The order of the rows of Competences is the order of columns in templates, files and reports.",
		"Every competence names the code of a domain, and every domain has a competence.",
		"Levels are whole numbers from 0, which means not at level 1, without gaps up to the highest level of any competence. Bands are optional names for groups of levels.",
		"With scoring task_checklist a level is the number of tasks done, and threshold says how many must be done. With level_per_competence threshold stays empty.",
		fmt.Sprintf("A version has at most %d competences. A code may not end in _need or be a heading of a file of assessments, such as band or team.", domain.MaxCompetences),
		fmt.Sprintf("Template version %s. Made by skillstracker %s.", templateVersion, version),
	} {
		rows = append(rows, textCells(text))
	}
	return newBookTable(xlsx.Sheet{
		Name: sheetInstructions, Table: "instructions", Lines: lines("Template for a framework version", "This worksheet contains one table."),
	}, rows, xlsx.MaxWidth)
}

func frameworkCells(name string, v domain.FrameworkVersion) [][]Cell {
	return [][]Cell{
		textCells("field", "value", "explanation"),
		textCells("framework", v.Framework, "Code of the framework in files and queries: small letters, digits and single hyphens. A new version keeps it."),
		textCells("framework_name", name, "Name of the framework without a version. A new version keeps it."),
		textCells("version", v.Version, "The version as text, such as 2026 or 3.0."),
		textCells("name", v.Name, "Name of this version. It differs from that of every other version."),
		textCells("scoring", string(v.Scoring), "level_per_competence, or task_checklist where levels are counts of tasks done."),
		textCells("valid_from", v.ValidFrom.String(), "First day on which an assessment may be dated, as YYYY-MM-DD. The newest version is taken where a question names none."),
		textCells("validity_months", strconv.Itoa(v.ValidityMonths), "For how many months an assessment is current, from 1 to 999."),
		textCells("source", v.Source, "Where the framework comes from, and what is still to be confirmed."),
		textCells("licence", v.Licence, "Licence of the names."),
	}
}

func domainCells(v domain.FrameworkVersion) [][]Cell {
	rows := [][]Cell{textCells("code", "name")}
	for _, d := range v.Domains {
		rows = append(rows, textCells(d.Code, d.Name))
	}
	return rows
}

func competenceCells(v domain.FrameworkVersion) [][]Cell {
	rows := [][]Cell{textCells("code", "name", "domain", "max_level", "threshold")}
	for _, c := range v.Competences {
		threshold := Cell{}
		if c.Threshold > 0 {
			threshold = wholeNumber(int(c.Threshold))
		}
		rows = append(rows, append(textCells(c.Code, c.Name, c.Domain), wholeNumber(int(c.MaxLevel)), threshold))
	}
	return rows
}

func levelCells(v domain.FrameworkVersion) [][]Cell {
	rows := [][]Cell{textCells("level", "name", "band")}
	for _, l := range v.Levels {
		rows = append(rows, append([]Cell{wholeNumber(int(l.Level))}, textCells(l.Name, l.Band)...))
	}
	return rows
}

func wholeNumber(n int) Cell {
	return Cell{Kind: Number, Text: strconv.Itoa(n), Displayed: strconv.Itoa(n)}
}
