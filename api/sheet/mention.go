package sheet

import (
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"slices"
	"strings"

	"skillstracker/domain"
)

// longNumber is the number of characters from which on an employee number is looked for
// in the parts of a workbook that hold no rows. Shorter ones stand there by chance.
const longNumber = 5

// FindEmployee looks for an employee number in a sent file, given how its columns were
// understood when it was stored. The rows are those with the number in the column of
// employee numbers; the file names the person also when the number stands anywhere
// else, as a word of its own: in another column, in the header or above it, on another
// sheet, in a comment or in what a pivot table keeps. A number that lacks its leading zeros is the
// same one. A file that is at fault, so that nobody can say what it holds, names the
// person; the error is one of reading alone.
func FindEmployee(ctx context.Context, src Source, upload domain.Upload, number string, lim Limits) (domain.Mention, error) {
	f := employeeFinder{number: number, mapping: upload.Mapping, place: noColumn}
	err := f.search(ctx, src, lim)
	if _, ofFile := errors.AsType[*FileError](err); ofFile {
		f.found.Named, err = true, nil
	}
	if err != nil {
		return domain.Mention{}, fmt.Errorf("look for employee number: %w", err)
	}
	return f.found, nil
}

// employeeFinder looks through one file.
type employeeFinder struct {
	number  string
	mapping []domain.MappedColumn
	place   int // of the column of employee numbers, once the header was found
	found   domain.Mention
}

func (f *employeeFinder) search(ctx context.Context, src Source, lim Limits) error {
	reader, err := Open(src, lim)
	if err != nil {
		return err
	}
	if others, has := reader.(OthersReader); has {
		if err := others.EachOther(func(_ string, row Row) error {
			f.anywhere(row.Cells)
			return ctx.Err()
		}); err != nil {
			return errors.Join(err, reader.Close())
		}
	}
	sent := sentFile{format: reader.Format(), findings: noColumn}
	if sent.format == JSON {
		sent.shift = 1
	}
	if err := eachRow(ctx, reader, func(row Row) error {
		f.row(&sent, row)
		return nil
	}); err != nil || f.found.Named || sent.format != XLSX || len(f.number) < longNumber {
		return err
	}
	var escaped strings.Builder
	if err := xml.EscapeText(&escaped, []byte(f.number)); err != nil {
		return err
	}
	f.found.Named, err = anyPart(src, func(name string) bool { return !strings.HasPrefix(strings.ToLower(name), "xl/worksheets/sheet") },
		func(text string) bool { return holdsWord(text, escaped.String()) })
	return err
}

// row looks at a row of the sheet that was read.
func (f *employeeFinder) row(sent *sentFile, row Row) {
	if sent.header == 0 {
		sent.see(row, f.mapping)
		if sent.header > 0 {
			f.place = slices.Index(sent.fields, fieldEmployeeNumber)
			f.anywhere(row.Cells) // people may be columns
			return
		}
	}
	f.anywhere(row.Cells)
	if f.place >= 0 && f.place < len(row.Cells) && isNumberOf(&row.Cells[f.place], f.number) {
		f.found.Rows, f.found.Named = append(f.found.Rows, row.Number), true
	}
}

func (f *employeeFinder) anywhere(cells []Cell) {
	f.found.Named = f.found.Named || slices.ContainsFunc(cells, func(cell Cell) bool {
		return isNumberOf(&cell, f.number) || holdsWord(cell.Text, f.number)
	})
}

// isNumberOf says whether a cell holds an employee number, however it was written.
func isNumberOf(cell *Cell, number string) bool {
	for _, text := range []string{cell.Text, cell.String(), cell.Decimal()} {
		if text = trim(text); text != "" && (text == number || strings.TrimLeft(text, "0") == strings.TrimLeft(number, "0")) {
			return true
		}
	}
	return false
}

// holdsWord says whether a text holds a word, with no letter or digit beside it.
func holdsWord(text, word string) bool {
	for at := 0; ; at++ {
		next := strings.Index(text[at:], word)
		if next < 0 {
			return false
		}
		at += next
		if (at == 0 || !isWordByte(text[at-1])) && ends(text, at+len(word)) {
			return true
		}
	}
}
