package sheet

import (
	"fmt"
	"strings"

	"skillstracker/domain"
)

// headerRows is the number of rows that are not blank among which the header
// row is looked for, and headerColumns the fewest columns that it must name.
// Every kind of file needs two at least, and a row of data that happens to hold
// the name of one column must not be repeated as headings.
const (
	headerRows    = 10
	headerColumns = 2
)

// begin finds the header row, says how it was understood, and returns the rows
// below it, or in a file without one those behind the rows that were looked at.
func (p *parser) begin(start []Row) []Row {
	p.note()
	everything := newColumnMatcher(p.opts.Kind, p.published()...)
	place, most := 0, headerColumns-1
	for i := range start[:min(len(start), headerRows)] {
		if names := everything.recognised(start[i].Cells); names > most {
			place, most = i, names
		}
	}
	if most < headerColumns {
		for _, row := range start[:min(len(start), headerRows)] {
			p.watch.titleRow(row)
		}
		p.missingHeader(len(start) == 0)
		return start[min(len(start), headerRows):]
	}
	header := start[place]
	p.headerNumber, p.lastNumber = header.Number, header.Number
	p.bindColumns(header, start[place+1:])
	p.watch.headerRow(header, p.rows.table)
	for _, row := range start[:place] {
		p.watch.titleRow(row)
	}
	return start[place+1:]
}

// published lists the frameworks whose competences may be columns.
func (p *parser) published() []domain.FrameworkVersion {
	if p.opts.Kind != domain.UploadAssessments {
		return nil
	}
	return p.lists.Frameworks
}

// missingHeader says which columns a header row would name.
func (p *parser) missingHeader(empty bool) {
	where := domain.Cell{Sheet: p.reader.SheetName()}
	if empty {
		p.rows.faults.Add(domain.FindingFileEmpty, where, "")
		return
	}
	var names []string
	for _, c := range Columns(p.opts.Kind) {
		if c.Compulsory {
			names = append(names, c.Name)
		}
	}
	p.rows.faults.Add(domain.FindingHeaderMissing, where, fmt.Sprintf(
		"None of the first %d rows holds the column names of this kind of file, which needs at least %s.", headerRows, strings.Join(names, ", "),
	))
}

// bindColumns matches the columns and makes the binder of the kind.
func (p *parser) bindColumns(header Row, below []Row) {
	sheet := p.reader.SheetName()
	switch p.opts.Kind {
	case domain.UploadStaff:
		p.rows.table = newTable(sheet, header.Cells, newColumnMatcher(p.opts.Kind))
		p.binder = newStaffBinder(p.rows.table, p.opts, p.lists)
	case domain.UploadVacancies:
		p.rows.table = newTable(sheet, header.Cells, newColumnMatcher(p.opts.Kind))
		p.binder = newVacancyBinder(p.rows.table, p.opts, p.lists)
	case domain.UploadAssessments:
		p.bindCompetences(header, below)
		return
	}
	p.rows.table.check(p.rows.faults)
}

// bindCompetences finds out of which framework version the competences are
// before it matches their columns: the one that the first row names.
func (p *parser) bindCompetences(header Row, below []Row) {
	sheet := p.reader.SheetName()
	p.rows.table = newTable(sheet, header.Cells, newColumnMatcher(p.opts.Kind))
	finder := newFrameworkFinder(p.rows.table, p.lists.Frameworks, p.framework)
	framework, known := p.framework, true
	for _, row := range below {
		if isBlank(row.Cells) {
			continue
		}
		p.rows.cells = row.Cells
		if framework, known = finder.ofRow(&p.rows); !known {
			framework = p.framework
		}
		break
	}
	p.rows.table = newTable(sheet, header.Cells, newColumnMatcher(p.opts.Kind, framework))
	binder := newAssessmentBinder(p.rows.table, p.opts, p.lists, finder, framework)
	p.binder = binder
	p.rows.table.check(p.rows.faults)
	if known && binder.competences() == 0 {
		p.rows.faults.Add(domain.FindingCompetencesMissing, domain.Cell{Sheet: sheet}, p.otherFramework(header, framework))
	}
}

// otherFramework names the published framework version whose competences the
// columns seem to be, where there is one.
func (p *parser) otherFramework(header Row, framework domain.FrameworkVersion) string {
	plain := newColumnMatcher(p.opts.Kind).recognised(header.Cells)
	for _, other := range p.lists.Frameworks {
		if newColumnMatcher(p.opts.Kind, other).recognised(header.Cells) > plain {
			return fmt.Sprintf("No column of the file is a competence of %s %s; the columns look like those of %s %s.",
				framework.Framework, framework.Version, other.Framework, other.Version)
		}
	}
	return fmt.Sprintf("No column of the file is a competence of %s %s.", framework.Framework, framework.Version)
}

// note passes on what the sender should know about how the file was read. The
// choice of a sheet is none where the others are a template's own.
func (p *parser) note() {
	for _, note := range p.reader.Notes() {
		code := domain.FindingFileNote
		switch note.Code {
		case NoteDelimiter:
			continue
		case NoteEncoding:
			code = domain.FindingEncodingAssumed
		case NoteSheetChosen:
			if p.othersAreTemplates() {
				continue
			}
		}
		p.rows.faults.Add(code, domain.Cell{Sheet: p.reader.SheetName()}, note.Message)
	}
}

func (p *parser) othersAreTemplates() bool {
	for _, sheet := range p.reader.Sheets() {
		if sheet.Name != p.reader.SheetName() && !isTemplateSheet(sheet.Name) {
			return false
		}
	}
	return true
}
