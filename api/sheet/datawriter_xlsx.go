package sheet

import (
	"fmt"
	"io"

	xlsx "skillstracker/api/workbook"
)

// dataBook writes a data file as a workbook: the sheet Data with its rows as a
// table, and the sheet About, which says what the rows are.
type dataBook struct {
	book
	opts DataOptions
	data *xlsx.Rows
	rows int // with the header
}

func newDataBook(w io.Writer, columns []Column, opts DataOptions) (*dataBook, error) {
	keywords := []string{string(opts.Kind), opts.Organisation}
	if opts.Synthetic {
		keywords = append(keywords, "synthetic data")
	}
	made, err := newBook(w, opts.Limits, xlsx.Options{
		Title: kindTitle(opts.Kind) + " of " + opts.Organisation, Subject: kindTitle(opts.Kind), Category: "data", Creator: opts.Organisation,
		Keywords: keywords, Made: opts.MadeAt,
	}, sheetData, sheetAbout)
	if err != nil {
		return nil, err
	}
	d := &dataBook{book: made, opts: opts}
	data := xlsx.Sheet{Name: sheetData, Table: "upload_data", Rows: xlsx.Unknown}
	for i := range columns {
		data.Columns = append(data.Columns, formColumn(columns[i].Name))
	}
	if err := d.Add(data); err != nil {
		return nil, err
	}
	if d.data, err = d.Begin(sheetData); err != nil {
		return nil, err
	}
	return d, nil
}

// row writes a row. The first is the header, which the sheet has from its beginning.
func (d *dataBook) row(cells []Cell) error {
	if d.rows++; d.rows == 1 {
		return nil
	}
	if err := putCells(d.data, cells); err != nil {
		return fmt.Errorf("write row %d: %w", d.rows, err)
	}
	return d.within()
}

// close writes the sheet About and completes the workbook.
func (d *dataBook) close() error {
	if err := d.Add(xlsx.Sheet{Name: sheetAbout, Lines: lines(d.about()...), Columns: []xlsx.Column{{Width: xlsx.MaxWidth}}}); err != nil {
		return err
	}
	return d.Close()
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
		"Made by skillstracker "+d.opts.Version+".",
	)
}
