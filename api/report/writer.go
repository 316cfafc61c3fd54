package report

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"
)

// maxText is the number of UTF-16 units that a cell can hold.
const maxText = 32_767

// writer turns a laid-out workbook into a file. It owns the order of the steps,
// because the library loses silently what comes at the wrong time.
type writer struct {
	file   *excelize.File
	styles styles
	notes  numbering
}

func newWriter(notes numbering) (*writer, error) {
	file := excelize.NewFile()
	styles, err := newStyles(file)
	if err != nil {
		return nil, err
	}
	file.SetZipWriter(fittedRows)
	return &writer{file: file, styles: styles, notes: notes}, nil
}

// write puts the workbook together and writes it. What the library keeps in
// temporary files is removed whether that succeeds or not.
func (w *writer) write(out io.Writer, b *Book, profile Profile, sheets []*sheet) (err error) {
	defer func() {
		if closing := w.file.Close(); closing != nil {
			err = errors.Join(err, fmt.Errorf("close workbook: %w", closing))
		}
	}()
	if err := w.cover(b); err != nil {
		return fmt.Errorf("write sheet %s: %w", coverName, err)
	}
	for _, s := range sheets {
		if err := w.sheet(s, b.warnings()); err != nil {
			return fmt.Errorf("write sheet %s: %w", s.name, err)
		}
	}
	if err := w.properties(b); err != nil {
		return fmt.Errorf("write document properties: %w", err)
	}
	w.file.SetActiveSheet(0)
	if err := w.file.Write(out); err != nil {
		return fmt.Errorf("write workbook: %w", err)
	}
	return nil
}

// sheet writes a sheet: the text above the table, the table's cells, its markup
// and links, then the page.
func (w *writer) sheet(s *sheet, warnings []string) error {
	if _, err := w.file.NewSheet(s.name); err != nil {
		return err
	}
	top := s.top(warnings)
	for i, line := range top {
		style, size := w.styles.line, bodySize
		if i == 0 {
			style, size = w.styles.title, h1Size
			line = w.notes.mark(line, s.titleNotes)
		}
		if err := errors.Join(
			w.text(s.name, 1, i+1, line, style),
			w.height(s.name, i+1, rowText{size: float64(size)}),
		); err != nil {
			return err
		}
	}
	table := w.layOut(s, len(top)+1)
	for _, step := range []func(tableLayout) error{w.headers, w.cells, w.widths, w.markUp, w.codes, w.links, w.page} {
		if err := step(table); err != nil {
			return err
		}
	}
	return nil
}

// text writes a cell of text, which stays text even when it looks like a number
// or a formula. It refuses what a cell cannot hold, because the library would cut
// it off without a word.
func (w *writer) text(sheet string, column, row int, text string, style int) error {
	cell, err := excelize.CoordinatesToCellName(column, row)
	if err != nil {
		return err
	}
	if units := len(utf16.Encode([]rune(text))); units > maxText {
		return fmt.Errorf("cell %s: a text of %d characters is longer than the %d that a cell holds", cell, units, maxText)
	}
	if strings.ContainsFunc(text, unicode.IsControl) {
		return fmt.Errorf("cell %s: the text holds a control character", cell)
	}
	return errors.Join(
		w.file.SetCellStr(sheet, cell, text),
		w.file.SetCellStyle(sheet, cell, cell, style),
	)
}

func (w *writer) number(sheet string, column, row int, number float64, style int) error {
	cell, err := excelize.CoordinatesToCellName(column, row)
	if err != nil {
		return err
	}
	return errors.Join(
		w.file.SetCellValue(sheet, cell, number),
		w.file.SetCellStyle(sheet, cell, cell, style),
	)
}

// paper sets a sheet up for printing on A4, so many pages wide and as many as it
// takes high.
func (w *writer) paper(sheet, orientation string, wide int) error {
	const a4 = 9
	size, fit, high := a4, true, 0
	return errors.Join(
		w.file.SetSheetProps(sheet, &excelize.SheetPropsOptions{FitToPage: &fit}),
		w.file.SetPageLayout(sheet, &excelize.PageLayoutOptions{
			Size: &size, Orientation: &orientation, FitToWidth: &wide, FitToHeight: &high,
		}),
	)
}

func (w *writer) dimension(sheet string, columns, rows int) error {
	last, err := excelize.CoordinatesToCellName(columns, rows)
	if err != nil {
		return err
	}
	return w.file.SetSheetDimension(sheet, "A1:"+last)
}

func (w *writer) properties(b *Book) error {
	made := b.MadeAt.UTC().Format(time.RFC3339)
	publisher := plain(b.Publisher)
	return errors.Join(
		w.file.SetDocProps(&excelize.DocProperties{
			Title: b.title(b.subject), Subject: b.subject, Creator: publisher, LastModifiedBy: publisher,
			Keywords: strings.Join(b.keywords, ", "), Language: "en-GB", Created: made, Modified: made,
		}),
		w.file.SetAppProps(&excelize.AppProperties{Application: "skillstracker", Company: publisher}),
	)
}
