package sheet

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"skillstracker/domain"
)

// unopened says what is wrong with a file that could not be opened: the request
// as a whole, where the file is of another kind or too large, or else the file.
func (p *parser) unopened(src Source, err error) (domain.UploadFile, error) {
	fault, ofFile := errors.AsType[*FileError](err)
	if !ofFile {
		return domain.UploadFile{}, fmt.Errorf("open file: %w", err)
	}
	switch fault.Code {
	case CodeTypeUnsupported, CodeOldXLS, CodeEncrypted:
		return domain.UploadFile{}, &domain.Error{Kind: domain.KindUnsupported, Code: fault.Code, Message: sentence(fault)}
	}
	if isLimit(fault) {
		return domain.UploadFile{}, tooLarge(fault)
	}
	var file domain.UploadFile
	file.Kind, file.Complete, file.Format = p.opts.Kind, p.opts.Complete, string(CSV)
	format, err := Detect(src)
	switch {
	case err == nil:
		file.Format = string(format)
	case fault.Code != CodeFileEmpty:
		return domain.UploadFile{}, fmt.Errorf("look at file: %w", err)
	case strings.HasSuffix(strings.ToLower(src.Filename), ".xlsx"):
		file.Format = string(XLSX)
	case strings.HasSuffix(strings.ToLower(src.Filename), ".json"):
		file.Format = string(JSON)
	}
	file.Faults = unreadable(fault, Format(file.Format))
	return file, nil
}

// isLimit tells the limits that are published for a whole file.
func isLimit(fault *FileError) bool {
	switch fault.Code {
	case CodeFileTooLarge, CodeUnzippedTooLarge, CodeTooManyRows, CodeTooManyColumns, CodeXLSXTooMuchText:
		return true
	}
	return false
}

func tooLarge(fault *FileError) error {
	return &domain.Error{Kind: domain.KindTooLarge, Code: fault.Code, Message: sentence(fault)}
}

func sentence(fault *FileError) string { return fault.Message + " " + fault.Mend }

// unreadable is the one finding about a file that is damaged, empty or of a
// shape that is refused. Nothing else is said of such a file: what was found in
// it so far may come from the damage. Its code is that of the fault, each of which
// is published.
func unreadable(fault *FileError, format Format) *domain.Findings {
	finding := domain.Finding{
		Code: domain.FindingCode(fault.Code), Severity: domain.SeverityError,
		Sheet: fault.Sheet, Row: fault.Row, Message: fault.Message, Mend: fault.Mend,
	}
	if fault.Column > 0 {
		finding.Column = placeLabel(format, fault.Column-1)
	}
	faults := domain.NewFindings()
	faults.AddFinding(finding)
	return faults
}

// finish records what shows only at the end of the file.
func (p *parser) finish() {
	if p.binder == nil {
		return
	}
	if p.filled == 0 {
		p.rows.faults.Add(domain.FindingRowsMissing, domain.Cell{Sheet: p.reader.SheetName()}, "")
	}
	for _, place := range p.formulas.never() {
		if p.rows.table.used(place) {
			p.rows.faults.Add(domain.FindingFormulasNever, domain.Cell{Sheet: p.reader.SheetName(), Column: p.rows.table.label(place)}, "")
		}
	}
}

// seeUnnamed warns once of each column that holds values without a heading. In a
// CSV file, and in a workbook of findings, values to the right of the headings mean
// that the row is split wrongly, so that none of its values can be trusted.
func (p *parser) seeUnnamed(row Row) {
	cells := row.Cells
	headings := p.rows.table.headings
	if p.rows.table.bounded() && len(cells) > len(headings) && !isBlank(cells[len(headings):]) {
		p.rows.faults.Add(domain.FindingRowLong, domain.Cell{Row: row.Number}, "")
		return
	}
	for place := range cells {
		if cells[place].Kind == Empty || place < len(headings) && headings[place].text != "" {
			continue
		}
		if _, known := p.unnamed[place]; known || cells[place].Kind == Text && trim(cells[place].Text) == "" {
			continue
		}
		p.unnamed[place] = struct{}{}
		p.rows.faults.Add(domain.FindingColumnUnnamed, domain.Cell{Sheet: p.reader.SheetName(), Column: p.rows.table.label(place)}, "")
	}
}

// formulaWatch tells formulas that were never worked out, as in a workbook that
// a program wrote, from formulas whose result is empty: in the first case no
// formula of the sheet has a value.
type formulaWatch struct {
	valued bool             // a formula has a value
	filled bool             // there was a row that is not blank
	empty  map[int]struct{} // columns whose formulas have no value, in the rows that are not blank if there are any
}

func (w *formulaWatch) see(cells []Cell, blank bool) {
	if w.valued || w.filled && blank {
		return
	}
	if !w.filled && !blank {
		w.filled = true
		clear(w.empty)
	}
	for place := range cells {
		if !cells[place].Formula {
			continue
		}
		if cells[place].Kind != Empty {
			w.valued = true
			return
		}
		if w.empty == nil {
			w.empty = make(map[int]struct{})
		}
		w.empty[place] = struct{}{}
	}
}

// never lists the columns whose formulas were never worked out.
func (w *formulaWatch) never() []int {
	if w.valued {
		return nil
	}
	return slices.Sorted(maps.Keys(w.empty))
}
