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
	place, found := p.headerPlace(start)
	if !found {
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

// headerPlace finds the row that names the most columns. In a JSON file the names
// of the members are always the first row.
func (p *parser) headerPlace(start []Row) (place int, found bool) {
	if p.reader.Format() == JSON {
		return 0, len(start) > 0
	}
	everything := newHeaderMatcher(p.opts.Kind, p.lists.Frameworks)
	most := headerColumns - 1
	for i := range start[:min(len(start), headerRows)] {
		if names := everything.recognised(start[i].Cells); names > most {
			place, most = i, names
		}
	}
	return place, most >= headerColumns
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
	switch p.opts.Kind {
	case domain.UploadStaff:
		p.rows.table = newTable(p.reader, header.Cells, newColumnMatcher(p.opts.Kind))
		p.binder = newStaffBinder(p.rows.table, p.opts, p.lists)
	case domain.UploadVacancies:
		p.rows.table = newTable(p.reader, header.Cells, newColumnMatcher(p.opts.Kind))
		p.binder = newVacancyBinder(p.rows.table, p.opts, p.lists)
	case domain.UploadPositions:
		p.rows.table = newTable(p.reader, header.Cells, newColumnMatcher(p.opts.Kind))
		p.binder = newPositionBinder(p.rows.table, p.opts, p.lists)
	case domain.UploadTargets:
		p.rows.table = newTable(p.reader, header.Cells, newColumnMatcher(p.opts.Kind))
		p.binder = newTargetBinder(p.rows.table, p.opts, p.lists)
	case domain.UploadAssessments:
		p.bindAssessments(header, below)
		return
	}
	p.rows.table.check(p.rows.faults)
	if p.opts.Kind == domain.UploadTargets {
		p.rows.table.checkSubject(p.rows.faults)
	}
}

// note passes on what the sender should know about how the file was read. The
// choice of a sheet is none where the others are a template's own.
func (p *parser) note() {
	for _, note := range p.reader.Notes() {
		// The mapping shows what a delimiter made of the header row, and the codes
		// of all other notes are published.
		if note.Code == NoteDelimiter || note.Code == NoteSheetChosen && p.othersAreTemplates() {
			continue
		}
		p.rows.faults.Add(domain.FindingCode(note.Code), domain.Cell{Sheet: p.reader.SheetName()}, note.Message)
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
