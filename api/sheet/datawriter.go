package sheet

import (
	"errors"
	"fmt"
	"io"
	"time"

	"skillstracker/domain"
)

// DataOptions says what a data file holds.
type DataOptions struct {
	Kind  domain.UploadKind
	Lists domain.Lists

	// Framework is the framework version of assessments; other kinds have none.
	Framework domain.FrameworkVersion

	// Synthetic says that the register holds made-up data only. A workbook says
	// so; the other formats are those of an upload and have no place for it.
	Synthetic bool

	Organisation string // ODS code
	Version      string // of the program

	// KnownAt is the time of which the file says what the register held; nil
	// means the time at which it was made.
	KnownAt *time.Time

	// Limits are those of an upload. A file that could not be sent back because
	// of them is not written.
	Limits Limits

	// MadeAt is the time that a workbook says of itself; the zero time leaves it out.
	MadeAt time.Time
}

// DataWriter writes what the register holds of one kind in the form of an upload:
// the columns of the template, codes as text, FTE as exact decimals, dates as days.
// A file that is sent back unchanged changes nothing. What is not given, not
// assessed or not stated is an empty cell; not applicable is N/A and not known is
// Don't know.
//
// Rows are handed on as they come, so that memory does not grow with them. A
// DataWriter is not safe for use by several goroutines.
type DataWriter struct {
	kind      domain.UploadKind
	framework domain.FrameworkVersion
	columns   []dataColumn
	cells     []Cell
	out       rowWriter
	maxRows   int
	rows      int // below the header
	closed    bool
	fail      error
}

// rowWriter writes the rows of one file, of which the first is the header.
type rowWriter interface {
	// row writes a row. The cells are used again for the next one.
	row(cells []Cell) error

	// close completes the file.
	close() error
}

// NewDataWriter begins a file. The caller must call Close, which completes a
// workbook and writes most of it. The error is a *domain.Error of kind invalid for
// a kind or a format that there is not.
func NewDataWriter(w io.Writer, format Format, opts DataOptions) (*DataWriter, error) {
	if Columns(opts.Kind) == nil {
		return nil, errKindUnknown()
	}
	columns := formColumns(opts.Kind, opts.Framework)
	d := &DataWriter{
		kind: opts.Kind, framework: opts.Framework, columns: dataColumns(columns, opts.Framework),
		cells: make([]Cell, len(columns)), maxRows: opts.Limits.MaxRows,
	}
	var err error
	switch format {
	case CSV:
		d.out = newCSVWriter(w, opts.Limits.MaxBytes)
	case JSON:
		d.out = newJSONWriter(w, opts.Limits.MaxBytes)
	case XLSX:
		d.out, err = newDataBook(w, columns, opts)
	default:
		err = domain.Invalid("format_unknown", "There is no such format of a file. Use csv, xlsx or json.")
	}
	if err != nil {
		return nil, err
	}
	for i := range columns {
		d.cells[i] = Cell{Kind: Text, Text: columns[i].Name}
	}
	d.fail = d.advised(d.out.row(d.cells))
	return d, d.fail
}

func errKindUnknown() error {
	return domain.Invalid("kind_unknown", "There is no such kind of upload. Use staff, assessments, vacancies, position_vacancies or targets.")
}

// Staff writes one row of a staff list. Like the methods of the other kinds it fails with
// a *domain.Error of kind invalid once the file has more rows than an upload may have.
func (d *DataWriter) Staff(row domain.StaffRow) error {
	if err := d.expect(domain.UploadStaff); err != nil {
		return err
	}
	for i := range d.columns {
		d.cells[i] = staffCell(&row, d.columns[i].name)
	}
	return d.write()
}

// Assessment writes one assessment of the framework version of the options.
func (d *DataWriter) Assessment(row domain.AssessmentRow) error {
	if err := d.expect(domain.UploadAssessments); err != nil {
		return err
	}
	count := len(d.framework.Competences)
	if len(row.Levels) != count || row.Needs != nil && len(row.Needs) != count {
		return fmt.Errorf("write assessment: it has %d levels and %d needs for the %d competences of %s %s",
			len(row.Levels), len(row.Needs), count, d.framework.Framework, d.framework.Version)
	}
	for i := range d.columns {
		d.cells[i] = assessmentCell(&row, &d.framework, d.columns[i])
	}
	return d.write()
}

// Vacancy writes one cell of a vacancy return.
func (d *DataWriter) Vacancy(row domain.VacancyRow) error {
	if err := d.expect(domain.UploadVacancies); err != nil {
		return err
	}
	for i := range d.columns {
		d.cells[i] = vacancyCell(&row, d.columns[i].name)
	}
	return d.write()
}

// Position writes one position vacancy.
func (d *DataWriter) Position(row domain.PositionRow) error {
	if err := d.expect(domain.UploadPositions); err != nil {
		return err
	}
	for i := range d.columns {
		d.cells[i] = positionCell(&row, d.columns[i].name)
	}
	return d.write()
}

// Target writes one target, of whichever framework version.
func (d *DataWriter) Target(row domain.TargetRow) error {
	if err := d.expect(domain.UploadTargets); err != nil {
		return err
	}
	for i := range d.columns {
		d.cells[i] = targetCell(&row, d.columns[i].name)
	}
	return d.write()
}

func (d *DataWriter) expect(kind domain.UploadKind) error {
	if d.closed {
		return errClosed
	}
	if d.kind != kind {
		return fmt.Errorf("write row: it is one of %s in a file of %s", kind, d.kind)
	}
	return d.fail
}

// write hands a row on. The first failure is kept: a file with a gap in it is none.
func (d *DataWriter) write() error {
	d.rows++
	switch {
	case d.fail != nil:
	case d.rows > d.maxRows:
		d.fail = d.advised(tooMuchData("rows", int64(d.maxRows)))
	default:
		d.fail = d.advised(d.out.row(d.cells))
	}
	return d.fail
}

// Close completes the file. It returns the first error that there was, with which
// the file must not be used: a *domain.Error of kind invalid when the file would be
// beyond the limits of an upload.
func (d *DataWriter) Close() error {
	if d.closed {
		return d.fail
	}
	d.closed = true
	if err := d.out.close(); d.fail == nil {
		d.fail = d.advised(err)
	}
	return d.fail
}

const codeTooMuchData = "data_too_large"

// tooMuchData says that what was asked for would not fit into one upload.
func tooMuchData(unit string, limit int64) error {
	return domain.Invalid(codeTooMuchData, fmt.Sprintf(
		"What was asked for would need more than %d %s, which is the limit of one file, so it could not be sent back.", limit, unit,
	))
}

// advised adds to the error of too much data how to ask for less of the kind.
func (d *DataWriter) advised(err error) error {
	fault, ours := errors.AsType[*domain.Error](err)
	if !ours || fault.Code != codeTooMuchData {
		return err
	}
	if d.kind == domain.UploadStaff {
		return domain.Invalid(fault.Code, fault.Message+
			" A staff list is one position and cannot be asked for in parts. Ask for another format, or have the limits of a file raised by whoever runs the service.")
	}
	return domain.Invalid(fault.Code, fault.Message+" Ask for fewer rows at a time with from and to, or for another format.",
		domain.FieldFault{Field: "from", Message: "Use a later day."}, domain.FieldFault{Field: "to", Message: "Use an earlier day."})
}
