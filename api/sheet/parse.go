package sheet

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"skillstracker/domain"
)

// Options says what a file is and what it leaves to the request.
type Options struct {
	Kind domain.UploadKind

	// AsAt is the date of a staff list that gives none itself. Without it such a
	// list is of today.
	AsAt *domain.Date

	// Today is the day after which no assessment and no position may be dated, and
	// no vacancy opened or closed.
	Today domain.Date

	// Framework and FrameworkVersion are those of assessments that name none;
	// without either they are the default of the register, without a version alone
	// the newest of the framework.
	Framework, FrameworkVersion string

	// SocialCare says that the sender is a social care provider, in whose
	// vacancy returns 999 means don't know.
	SocialCare bool

	// Complete is passed on to the upload.
	Complete bool

	// ValidRows says that rows with errors are to be left out and the others
	// stored. Rows that fall with another row then have a finding of their own.
	ValidRows bool

	// Organisation is the ODS code for which the file is sent, with which an
	// organisation column is compared; without it nothing is compared.
	Organisation string

	Limits Limits
}

// Parse reads a whole file and turns it into the typed rows of its kind. What is
// wrong with the file or its rows is among the findings of the answer, which has
// no rows when the file is damaged or refused for personal data. The answer says
// neither which organisation sent it nor what its bytes are.
//
// The error is a *domain.Error of kind unsupported for a file that is no CSV file
// or workbook or is encrypted, of kind too large for one beyond the limits, and
// of kind invalid for an option that no file could go with; any other error is
// one of reading.
func Parse(ctx context.Context, src Source, opts Options, lists domain.Lists) (domain.UploadFile, error) {
	p, err := newParser(opts, lists)
	if err != nil {
		return domain.UploadFile{}, err
	}
	reader, err := Open(src, opts.Limits)
	if err != nil {
		return p.unopened(src, err)
	}
	file, err := p.parse(ctx, reader)
	if closing := reader.Close(); err == nil && closing != nil {
		err = fmt.Errorf("close file: %w", closing)
	}
	if err != nil {
		return domain.UploadFile{}, err
	}
	return file, nil
}

// parser reads one file.
type parser struct {
	opts      Options
	lists     domain.Lists
	framework domain.FrameworkVersion // of the options

	reader   Reader
	watch    *personalWatch
	rows     rowReader
	binder   binder // nil for a file without a header row
	formulas formulaWatch
	unnamed  map[int]struct{} // columns without a heading that were found to hold values

	headerNumber int // row number of the header row
	lastNumber   int // row number of the last row that is not blank
	filled       int // rows below the header that are not blank
}

func newParser(opts Options, lists domain.Lists) (*parser, error) {
	p := &parser{opts: opts, lists: lists, unnamed: make(map[int]struct{})}
	p.rows.faults = domain.NewFindings()
	p.rows.faults.ValidRows = opts.ValidRows
	if Columns(opts.Kind) == nil {
		return nil, errKindUnknown()
	}
	if opts.Kind == domain.UploadStaff && opts.AsAt != nil && *opts.AsAt > opts.Today {
		return nil, domain.Invalid("as_at_future", "A staff list states a position that was; its date must not lie in the future.")
	}
	if opts.Kind != domain.UploadAssessments {
		return p, nil
	}
	code, version := opts.Framework, opts.FrameworkVersion
	if code == "" && version == "" {
		code, version = domain.DefaultFramework, domain.DefaultFrameworkVersion
	}
	var known bool
	if p.framework, known = lists.Framework(code, version); !known {
		return nil, domain.Invalid(string(domain.FindingFrameworkUnknown),
			"No such framework version is published. Use a code and version of the reference list, such as hdc 2018.")
	}
	return p, nil
}

// parse reads the file that was opened.
func (p *parser) parse(ctx context.Context, reader Reader) (domain.UploadFile, error) {
	p.reader = reader
	p.watch = newPersonalWatch(reader, p.opts.Today)
	p.rows.faults.Sheet = reader.SheetName()
	err := p.read(ctx)
	fault, ofFile := errors.AsType[*FileError](err)
	switch {
	case err != nil && !ofFile:
		return domain.UploadFile{}, fmt.Errorf("read rows of file: %w", err)
	case p.watch.refused():
		return p.refused(), nil
	case ofFile && isLimit(fault):
		return domain.UploadFile{}, tooLarge(fault)
	case ofFile:
		file := p.answer()
		file.Faults = unreadable(fault, p.reader.Format())
		return file, nil
	}
	file := p.answer()
	if p.binder != nil {
		p.binder.finish(&file)
	}
	return file, nil
}

// answer says how the file was read, without its rows.
func (p *parser) answer() domain.UploadFile {
	file := domain.UploadFile{Faults: p.rows.faults}
	file.Kind, file.Complete, file.Format = p.opts.Kind, p.opts.Complete, string(p.reader.Format())
	if p.rows.table != nil {
		file.Mapping = p.rows.table.mapping()
	}
	if p.filled > 0 {
		file.Counts.RowsRead = p.lastNumber - p.headerNumber
		file.Blank = file.Counts.RowsRead - p.filled
	}
	return file
}

// refused says that the file was refused for personal data, and nothing else.
func (p *parser) refused() domain.UploadFile {
	file := p.answer()
	file.Refused, file.Mapping, file.Faults = true, nil, p.watch.findings()
	return file
}

// read goes through the whole file: whatever else is wrong with it, all of it is
// searched for personal data.
func (p *parser) read(ctx context.Context) error {
	p.watch.sheetNames()
	damage, err := p.readOthers(ctx)
	if err != nil {
		return err
	}
	start, err := p.start()
	for _, row := range p.begin(start) {
		p.row(row)
	}
	for turn := 0; err == nil; turn++ {
		if turn%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		var row Row
		if row, err = p.reader.Next(); err == nil {
			p.row(row)
		}
	}
	p.watch.finish()
	if !errors.Is(err, io.EOF) {
		return err
	}
	if damage != nil {
		return damage
	}
	p.finish()
	return nil
}

// start reads the rows among which the header row is looked for, and one more,
// so that there is a row below it when there is any. Rows may come with an
// error, io.EOF among them.
func (p *parser) start() ([]Row, error) {
	rows := make([]Row, 0, headerRows+1)
	for len(rows) <= headerRows {
		row, err := p.reader.Next()
		if err != nil {
			return rows, err
		}
		row.Cells = slices.Clone(row.Cells)
		rows = append(rows, row)
	}
	return rows, nil
}

// row reads one row below the header, or of a file that has none.
func (p *parser) row(row Row) {
	p.watch.dataRow(row)
	if p.binder == nil {
		return
	}
	blank := isBlank(row.Cells)
	p.formulas.see(row.Cells, blank)
	if blank {
		return
	}
	p.filled++
	p.lastNumber = row.Number
	if p.watch.refused() {
		return
	}
	p.rows.number, p.rows.cells = row.Number, row.Cells
	p.seeUnnamed(row)
	p.binder.bind(&p.rows)
}

// isBlank tells rows that hold nothing but spaces and empty results of formulas.
func isBlank(cells []Cell) bool {
	for i := range cells {
		switch {
		case cells[i].Kind == Empty:
		case cells[i].Kind != Text || trim(cells[i].Text) != "":
			return false
		}
	}
	return true
}
