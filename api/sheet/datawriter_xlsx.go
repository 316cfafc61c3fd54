package sheet

import (
	"errors"
	"fmt"
	"io"
	"strconv"

	"github.com/xuri/excelize/v2"
)

// dataBook writes a data file as a workbook: the sheet Data with its rows as a
// table, and the sheet About, which says what the rows are.
type dataBook struct {
	*book
	opts    DataOptions
	stream  *excelize.StreamWriter
	columns []Column
	styles  []int // of the cells of each column
	values  []any
	rows    int
}

func newDataBook(w io.Writer, columns []Column, opts DataOptions) (*dataBook, error) {
	made, err := newBook(w, opts.Limits, opts.TempDir)
	if err != nil {
		return nil, err
	}
	d := &dataBook{book: made, opts: opts, columns: columns, styles: make([]int, len(columns)), values: make([]any, len(columns))}
	if err := d.begin(); err != nil {
		return nil, errors.Join(fmt.Errorf("begin workbook: %w", err), d.book.close())
	}
	return d, nil
}

// begin writes what the library wants to know before the first row.
func (d *dataBook) begin() error {
	if err := errors.Join(d.file.SetSheetName(d.file.GetSheetName(0), sheetData), d.landscape(sheetData)); err != nil {
		return err
	}
	d.streamed = sheetData
	err := d.noDimension(sheetData)
	if err != nil {
		return err
	}
	if d.stream, err = d.file.NewStreamWriter(sheetData); err != nil {
		return err
	}
	if err := d.stream.SetPanes(frozen(1)); err != nil {
		return err
	}
	for i := range d.columns {
		d.styles[i] = d.formStyle(formOf(d.columns[i].Name))
		if err := errors.Join(
			d.stream.SetColWidth(i+1, i+1, formWidth(d.columns[i].Name)), d.stream.SetColStyle(i+1, i+1, d.styles[i]),
		); err != nil {
			return err
		}
	}
	return nil
}

// formStyle is the style of the cells of a form.
func (b *book) formStyle(form valueForm) int {
	switch form {
	case formText:
		return b.styles.text
	case formDate:
		return b.styles.day
	case formNumber:
	}
	return b.styles.number
}

// formWidth is the width of a column, in digits: that of its values, and of its
// heading with the filter button.
func formWidth(column string) float64 {
	const button = 6
	width := 0.0
	switch column {
	case fieldTeam:
		width = 32
	case fieldEmployeeNumber:
		width = 20
	case fieldVacancyReference:
		width = 28
	}
	return max(width, float64(len(column))*1.15+button, 12)
}

func (d *dataBook) row(cells []Cell) error {
	d.rows++
	for i := range cells {
		style := d.styles[i]
		if d.rows == 1 {
			style = d.book.styles.header
		}
		value, err := cellContent(&cells[i], false)
		if err != nil {
			return fmt.Errorf("write row %d: %w", d.rows, err)
		}
		if d.values[i] = nil; value != nil {
			d.values[i] = excelize.Cell{StyleID: style, Value: value}
		}
	}
	if err := d.stream.SetRow(cellName(1, d.rows), d.values); err != nil {
		return fmt.Errorf("write row %d: %w", d.rows, err)
	}
	return nil
}

// cellContent is the value of a streamed cell, nil for an empty one.
func cellContent(cell *Cell, date1904 bool) (any, error) {
	switch cell.Kind {
	case Text:
		return textContent(cell.Text), nil
	case Number:
		number, err := strconv.ParseFloat(cell.Text, 64)
		if err != nil {
			return nil, fmt.Errorf("read number: %w", err)
		}
		return number, nil
	case Date:
		return float64(daySerial(cell.Days, date1904)), nil
	case Bool:
		return cell.Text == "TRUE", nil
	case ErrorValue:
		return cell.Text, nil
	case Empty:
	}
	return nil, nil
}

// daySerial is the day number of a workbook for days since 1 January 1970: the
// reverse of [SerialDays]. It is negative for a day that no workbook can show.
func daySerial(days int, date1904 bool) int {
	serial := days + serial1970
	switch {
	case date1904:
		return serial - offset1904
	case serial <= leapDay1900:
		serial--
	}
	if serial < 1 {
		return -1
	}
	return serial
}

func (d *dataBook) close() error {
	if err := d.complete(); err != nil {
		return errors.Join(fmt.Errorf("complete workbook: %w", err), d.book.close())
	}
	keywords := []string{string(d.opts.Kind), d.opts.Organisation}
	if d.opts.Synthetic {
		keywords = append(keywords, "synthetic data")
	}
	return d.write(bookProperties{
		title: kindTitle(d.opts.Kind) + " of " + d.opts.Organisation, subject: kindTitle(d.opts.Kind), creator: d.opts.Organisation, keywords: keywords,
	})
}

// complete marks the rows up as a table and writes the sheet About.
func (d *dataBook) complete() error {
	last := max(d.rows, 2)
	if err := d.stream.AddTable(&excelize.Table{
		Range: areaName(1, 1, len(d.columns), last), Name: "upload_data", ShowRowStripes: new(bool),
	}); err != nil {
		return fmt.Errorf("mark up table: %w", err)
	}
	for i := range d.columns {
		if formOf(d.columns[i].Name) != formText {
			continue
		}
		if err := d.file.AddIgnoredErrors(sheetData, areaName(i+1, 2, i+1, last), excelize.IgnoredErrorsNumberStoredAsText); err != nil {
			return err
		}
	}
	if err := d.stream.Flush(); err != nil {
		return fmt.Errorf("write rows: %w", err)
	}
	if _, err := d.file.NewSheet(sheetAbout); err != nil {
		return err
	}
	_, err := d.lines(sheetAbout, d.about()...)
	return errors.Join(err, d.widths(sheetAbout, 60), d.landscape(sheetAbout))
}

// about is what the sheet About says, a line for each cell.
func (d *dataBook) about() []string {
	lines := []string{kindTitle(d.opts.Kind) + " of " + d.opts.Organisation}
	if d.opts.Synthetic {
		lines = append(lines, "Synthetic data: everything in this workbook was made up for demonstration.")
	}
	known := "when this workbook was made"
	if d.opts.KnownAt != nil {
		known = "on " + d.opts.KnownAt.UTC().Format("2 Jan 2006 at 15:04:05") + " UTC"
	}
	lines = append(lines,
		"Organisation: "+d.opts.Organisation+".",
		fmt.Sprintf("Kind of upload: %s.", d.opts.Kind),
		"It holds what the register knew "+known+".",
		fmt.Sprintf("Rows below the headings of the sheet %s: %s.", sheetData, grouped(int64(d.rows-1))),
	)
	if d.opts.Framework.Framework != "" {
		lines = append(lines, fmt.Sprintf("Framework: %s (%s, version %s).", d.opts.Framework.Name, d.opts.Framework.Framework, d.opts.Framework.Version))
	}
	return append(lines,
		"Management information about staff and posts, for the organisation's own HR team. It is not for publication.",
		"The workbook has the form of an upload. Sent in again as it is, it changes nothing; only the sheet "+sheetData+" is read.",
		"Codes, employee numbers and references are held as text, so that leading zeros stay. Please keep the columns formatted as text.",
		"Filters and freeze panes are used on the sheet "+sheetData+". To turn them off, use Filter on the Data tab and Freeze Panes on the View tab.",
		"Made by skillstracker "+d.opts.Version+".",
	)
}
