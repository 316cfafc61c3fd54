package report

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"

	"skillstracker/api/workbook"
)

// writer turns a laid-out report into a workbook. All of it is laid out before the
// first byte is written, so that nothing is written of one that cannot be held.
type writer struct {
	notes   numbering
	profile Profile
	sheets  []laidSheet
}

// laidSheet is a sheet as it will stand in the workbook, with its rows, if any.
type laidSheet struct {
	workbook.Sheet
	rows tableLayout
}

// lay lays out the cover, the sheets with a table and, in the management profile, those
// with a chart. It fails when a text cannot stand in a cell.
func (w *writer) lay(b *Book) error {
	w.cover(b)
	for _, s := range b.tableSheets(w.profile) {
		w.sheets = append(w.sheets, w.sheet(s, b.warnings()))
	}
	if w.profile == Management {
		for _, c := range b.charts {
			laid, err := w.chart(c, b.warnings())
			if err != nil {
				return err
			}
			w.sheets = append(w.sheets, laid)
		}
	}
	for i := range w.sheets {
		if err := w.sheets[i].check(); err != nil {
			return fmt.Errorf("write sheet %s: %w", w.sheets[i].Name, err)
		}
	}
	return nil
}

// write puts the workbook together and writes it.
func (w *writer) write(out io.Writer, b *Book) error {
	if err := w.lay(b); err != nil {
		return err
	}
	tabs := make([]string, len(w.sheets))
	for i := range w.sheets {
		tabs[i] = w.sheets[i].Name
	}
	keywords := b.keywords
	if w.profile == Management {
		keywords = append(slices.Clone(keywords), managementKeyword)
	}
	book, err := workbook.New(out, workbook.Options{
		Title: b.title(b.subject), Subject: b.subject, Creator: plain(b.Publisher), Keywords: keywords, Made: b.MadeAt,
	}, tabs...)
	if err != nil {
		return err
	}
	for i := range w.sheets {
		if err := book.Add(w.sheets[i].Sheet); err != nil {
			return err
		}
	}
	for i := range w.sheets {
		rows, err := book.Begin(tabs[i])
		if err != nil {
			return err
		}
		if err := w.sheets[i].rows.write(rows); err != nil {
			return err
		}
	}
	return book.Close()
}

// managementKeyword is the keyword by which the check knows the profile of a workbook.
const managementKeyword = "management profile"

// sheet lays a sheet out: the text above the table, and the table.
func (w *writer) sheet(s *sheet, warnings []string) laidSheet {
	laid := laidSheet{Sheet: workbook.Sheet{Name: s.name, Table: s.table, Rows: len(s.rows)}}
	for i, line := range s.top(warnings) {
		style := workbook.Style{OneLine: true}
		if i == 0 {
			style.Role = workbook.Title
			line = w.notes.mark(line, s.titleNotes)
		}
		laid.Lines = append(laid.Lines, workbook.Line{Text: line, Style: style})
	}
	laid.rows = w.layOut(s)
	laid.Columns, laid.Page = laid.rows.columns(), laid.rows.page()
	first := len(laid.Lines) + 2
	laid.Skeleton = laid.rows.links(first)
	if w.profile == Management {
		laid.Skeleton = laid.rows.coloured(first, laid.Skeleton)
	}
	return laid
}

// check refuses texts that a cell cannot hold, and control characters, which no text
// of a report has.
func (l *laidSheet) check() error {
	texts := make([]string, 0, len(l.Lines)+len(l.Columns))
	for _, line := range l.Lines {
		texts = append(texts, line.Text)
	}
	for i := range l.Columns {
		texts = append(texts, l.Columns[i].Header)
	}
	for _, row := range append([][]string{texts}, l.rows.texts...) {
		for _, text := range row {
			if err := workbook.CheckText(text); err != nil {
				return fmt.Errorf("%w: %.40q", err, text)
			}
			if strings.ContainsFunc(text, unicode.IsControl) {
				return errHasControl
			}
		}
	}
	return nil
}

var errHasControl = errors.New("a text holds a control character")
