package sheet

import (
	"errors"
	"fmt"
	"io"
	"strings"
)

// maxExcelText is the greatest number of characters that the file format
// allows in a cell, whatever the configured limit.
const maxExcelText = 32_767

// xlsxReader is the Reader of a workbook. It reads the parts it needs: the
// workbook, its relationships, the styles, the shared texts and one sheet.
type xlsxReader struct {
	lim      Limits
	zip      *archive
	book     *workbook
	selected int
	prepared bool
	strings  *stringTable
	styles   []numberStyle
	rows     *sheetRows
	fail     error
	closed   bool
}

func openXLSX(src Source, lim Limits) (Reader, error) {
	lim.MaxCellChars = min(lim.MaxCellChars, maxExcelText)
	zip, err := openArchive(src, lim)
	if err != nil {
		return nil, err
	}
	book, err := readWorkbook(zip)
	if err != nil {
		return nil, err
	}
	return &xlsxReader{lim: lim, zip: zip, book: book, selected: defaultSheet(book.sheets)}, nil
}

// defaultSheet chooses the sheet to read: Data, else the first visible one
// that is not a template's own, else the first visible one, else the first.
func defaultSheet(sheets []worksheet) int {
	visible, unlikely := -1, 0
	for i := len(sheets) - 1; i >= 0; i-- {
		name := strings.ToLower(strings.TrimSpace(sheets[i].name))
		if name == "data" {
			return i
		}
		if !sheets[i].visible {
			continue
		}
		unlikely = i
		switch name {
		case "instructions", "examples", "lists", "cover", "notes", "contents", "about", "findings":
		default:
			visible = i
		}
	}
	if visible >= 0 {
		return visible
	}
	return unlikely
}

func (r *xlsxReader) Format() Format { return XLSX }

func (r *xlsxReader) Sheets() []SheetInfo {
	sheets := make([]SheetInfo, len(r.book.sheets))
	for i, sheet := range r.book.sheets {
		sheets[i] = SheetInfo{Name: sheet.name, Visible: sheet.visible}
	}
	return sheets
}

func (r *xlsxReader) SheetName() string { return r.book.sheets[r.selected].name }

func (r *xlsxReader) Notes() []Note {
	var notes []Note
	if r.book.macros {
		notes = append(notes, Note{Code: NoteMacros, Message: "The workbook's macros were ignored."})
	}
	if r.book.links {
		notes = append(notes, Note{Code: NoteExternalLinks, Message: "Links to other files were ignored; the values stored with them were read."})
	}
	sheet := r.book.sheets[r.selected]
	if !sheet.visible {
		notes = append(notes, Note{Code: NoteHiddenSheet, Message: fmt.Sprintf("The sheet %q is hidden and was read.", sheet.name)})
	}
	if len(r.book.sheets) > 1 {
		notes = append(notes, Note{Code: NoteSheetChosen, Message: fmt.Sprintf("Of %d sheets, %q was read.", len(r.book.sheets), sheet.name)})
	}
	return notes
}

func (r *xlsxReader) Select(name string) error {
	if r.rows != nil {
		return errors.New("select a sheet after its first row was read")
	}
	for i, sheet := range r.book.sheets {
		if strings.EqualFold(sheet.name, name) {
			r.selected = i
			return nil
		}
	}
	names := make([]string, len(r.book.sheets))
	for i, sheet := range r.book.sheets {
		names[i] = fmt.Sprintf("%q", sheet.name)
	}
	const shown = 20
	if len(names) > shown {
		names = append(names[:shown], "...")
	}
	return sheetNotFound("The workbook has no sheet of the name that was asked for.",
		"Choose one of its sheets: "+strings.Join(names, ", ")+".")
}

func (r *xlsxReader) Next() (Row, error) {
	if r.fail != nil {
		return Row{}, r.fail
	}
	row, err := r.next()
	if err != nil {
		r.fail = err
		return Row{}, err
	}
	return row, nil
}

func (r *xlsxReader) next() (Row, error) {
	if r.rows == nil {
		rows, err := r.openSheet(r.selected)
		if err != nil {
			return Row{}, err
		}
		r.rows = rows
	}
	row, err := r.rows.next()
	if err != nil {
		return Row{}, inSheet(err, r.SheetName(), r.rows.row)
	}
	return row, nil
}

// openSheet starts to read a sheet; the first time it reads what all sheets
// share.
func (r *xlsxReader) openSheet(index int) (*sheetRows, error) {
	if !r.prepared {
		styles, err := readStyles(r.zip, r.book.styles)
		if err != nil {
			return nil, err
		}
		table, err := readStrings(r.zip, r.book.strings, r.lim)
		if err != nil {
			return nil, err
		}
		r.styles, r.strings, r.prepared = styles, table, true
	}
	const role = "the sheet"
	sheet := r.book.sheets[index]
	part, err := r.zip.open(sheet.part, role)
	if err != nil {
		return nil, inSheet(err, sheet.name, 0)
	}
	return &sheetRows{
		xml:      newXMLScanner(part),
		lim:      r.lim,
		strings:  r.strings,
		styles:   r.styles,
		date1904: r.book.date1904,
	}, nil
}

// EachOther implements [OthersReader].
func (r *xlsxReader) EachOther(see func(sheet string, row Row) error) error {
	if r.closed {
		return errClosed
	}
	for i := range r.book.sheets {
		if i == r.selected {
			continue
		}
		if err := r.eachRowOf(i, see); err != nil {
			return err
		}
	}
	return nil
}

// eachRowOf hands out the rows of a sheet that is not selected.
func (r *xlsxReader) eachRowOf(index int, see func(sheet string, row Row) error) error {
	rows, err := r.openSheet(index)
	if err != nil {
		return err
	}
	rows.lim.MaxRows, rows.lim.MaxColumns = lastRow, lastColumn
	name := r.book.sheets[index].name
	for {
		row, err := rows.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return inSheet(err, name, rows.row)
		}
		if err := see(name, row); err != nil {
			return err
		}
	}
}

func (r *xlsxReader) Close() error {
	r.closed, r.fail = true, errClosed
	r.rows, r.strings, r.styles = nil, nil, nil
	return nil
}
