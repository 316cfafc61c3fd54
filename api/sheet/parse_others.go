package sheet

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"skillstracker/domain"
)

// otherSheets goes through the sheets that are not read. All of their rows are
// searched for personal data; only the first ones are kept.
type otherSheets struct {
	watch    *personalWatch
	columns  []*columnMatcher // of the kinds of file that name employee numbers or references
	starts   []sheetStart
	rows     int
	label    string // what findings call the current sheet
	own      bool   // the current sheet is one of a template's own
	numbered employeeWatch
}

// sheetStart is the beginning of a sheet that is not read.
type sheetStart struct {
	name string
	rows []Row // at most headerRows
}

// readOthers looks through the sheets that are not read. It returns the damage of
// one of them, which must not keep the rows from being searched.
func (p *parser) readOthers(ctx context.Context) (damage *FileError, err error) {
	others, has := p.reader.(OthersReader)
	if !has {
		return nil, nil
	}
	o := otherSheets{watch: p.watch, numbered: newEmployeeWatch()}
	for _, kind := range []domain.UploadKind{domain.UploadStaff, domain.UploadPositions} {
		o.columns = append(o.columns, newColumnMatcher(kind))
	}
	err = others.EachOther(func(name string, row Row) error {
		if o.rows%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		o.row(name, row)
		return nil
	})
	o.finishSheet()
	if fault, ofFile := errors.AsType[*FileError](err); ofFile {
		return fault, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the other sheets: %w", err)
	}
	p.seeTwins(o.starts)
	return nil, nil
}

// row searches one row. The template's own sheets explain and name contacts, so on
// them a heading counts only in a row of several, and an e-mail address not at all.
// Headings are looked for only where they may stand, in the first rows.
func (o *otherSheets) row(name string, row Row) {
	o.rows++
	if last := len(o.starts) - 1; last < 0 || o.starts[last].name != name {
		o.finishSheet()
		o.starts = append(o.starts, sheetStart{name: name})
		o.label, o.own, o.numbered = o.watch.label(name), isTemplateSheet(name), newEmployeeWatch()
	}
	start := &o.starts[len(o.starts)-1]
	heads := false
	if len(start.rows) < headerRows {
		row.Cells = slices.Clone(row.Cells)
		start.rows = append(start.rows, row)
		heads = !o.own || isHeadingRow(row.Cells)
		o.findNumbers(row.Cells)
	}
	for place := range row.Cells {
		find := personalFind{sheet: o.label, place: place, row: row.Number, outside: true}
		if heads {
			o.watch.heading(find, row.Cells[place].String())
		}
		o.values(find, &row.Cells[place])
	}
}

// findNumbers recognises the column of employee numbers or references by its heading:
// of the copy of a staff list, say. Of such numbers some look like NHS numbers by
// chance.
func (o *otherSheets) findNumbers(cells []Cell) {
	for _, columns := range o.columns {
		if o.numbered.place != noColumn || columns.recognised(cells) < headerColumns {
			continue
		}
		o.numbered.place = slices.IndexFunc(cells, func(c Cell) bool { return slices.Contains(identifierFields(), columns.field(c.String())) })
		if o.numbered.place != noColumn {
			o.numbered.field = columns.field(cells[o.numbered.place].String())
		}
	}
}

// values looks at the value of a cell.
func (o *otherSheets) values(find personalFind, cell *Cell) {
	if len(cell.Text) < fewestDigits {
		return
	}
	signs := contentOf(cell)
	if signs == 0 {
		return
	}
	if number := trim(cell.String()); find.place == o.numbered.place && isDigits(number) {
		signs = o.numbered.see(signs, number, find.row)
	}
	for _, class := range classesOf(signs, false) {
		if o.own && class == personalEmail {
			continue
		}
		find.class = class
		o.watch.add(find)
	}
}

// finishSheet decides on the employee numbers of the current sheet.
func (o *otherSheets) finishSheet() {
	if o.numbered.areNHSNumbers() {
		o.watch.add(personalFind{
			class: personalNHSNumber, sheet: o.label, place: o.numbered.place, row: o.numbered.firstLike,
			numbers: o.numbered.field, outside: true,
		})
	}
}

// seeTwins finds sheets that are not read although they hold rows of the same kind:
// reading one of them would take half for the whole.
func (p *parser) seeTwins(sheets []sheetStart) {
	columns := newHeaderMatcher(p.opts.Kind, p.lists.Frameworks)
	for _, other := range sheets {
		if isTemplateSheet(other.name) {
			continue
		}
		for i, row := range other.rows {
			below := slices.ContainsFunc(other.rows[i+1:], func(r Row) bool { return !isBlank(r.Cells) })
			if below && columns.recognised(row.Cells) >= headerColumns {
				p.rows.faults.Add(domain.FindingSheetsSeveral, domain.Cell{Sheet: other.name}, "")
				break
			}
		}
	}
}
