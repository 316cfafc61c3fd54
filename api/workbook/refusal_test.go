package workbook_test

import (
	"fmt"
	"io"
	"math"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"skillstracker/api/workbook"
)

func TestCellsThatCannotBeHeld(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", workbook.MaxText+1)
	for says, put := range map[string]func(*workbook.Rows){
		"cell B5 of sheet Figures: a text of 32768 characters": func(r *workbook.Rows) { r.Text("a"); r.Text(long) },
		"cell A5 of sheet Figures: a text of 32768 characters": func(r *workbook.Rows) { r.Bytes([]byte(long)) },
		"cell A5 of sheet Figures: the text is not UTF-8":      func(r *workbook.Rows) { r.Text("a\xff") },
		"cell C5 of sheet Figures: a number without":           func(r *workbook.Rows) { r.Empty(); r.Empty(); r.Number(math.NaN()) },
		"cell B5 of sheet Figures: a number without":           func(r *workbook.Rows) { r.Empty(); r.Number(math.Inf(-1)) },
		"cell A5 of sheet Figures: day -99999 from":            func(r *workbook.Rows) { r.Date(-99_999) },
		"cell A5 of sheet Figures: a day is written":           func(r *workbook.Rows) { r.Day([]byte("31/10/2026")) },
		"cell A5 of sheet Figures: a number is written":        func(r *workbook.Rows) { r.Decimal([]byte("1,5")) },
		"cell E5 of sheet Figures: the sheet has 4 columns": func(r *workbook.Rows) {
			for range 5 {
				r.Whole(1)
			}
		},
		"row 4 is written already": func(r *workbook.Rows) { r.At(4) },
	} {
		book, err := workbook.New(io.Discard, options(), "Figures")
		if err != nil {
			t.Fatal(err)
		}
		if err := book.Add(figures(workbook.Unknown)); err != nil {
			t.Fatal(err)
		}
		rows, err := book.Begin("Figures")
		if err != nil {
			t.Fatal(err)
		}
		putFigures(t, rows, 1)
		put(rows)
		if err := rows.End(); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("got %v, want %q", err, says)
		}
		if err := book.Close(); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("at the end: got %v, want %q", err, says)
		}
	}
}

func TestSheetsThatCannotBe(t *testing.T) {
	t.Parallel()
	for says, change := range map[string]func(*workbook.Sheet){
		"there is no tab Other":                     func(s *workbook.Sheet) { s.Name = "Other" },
		"column 2 has no header":                    func(s *workbook.Sheet) { s.Columns[1].Header = "" },
		`two columns have the header "CODE"`:        func(s *workbook.Sheet) { s.Columns[1].Header = "CODE" },
		"the header of column 1 holds a control":    func(s *workbook.Sheet) { s.Columns[0].Header = "a\nb" },
		"the header of column 1 is longer than 255": func(s *workbook.Sheet) { s.Columns[0].Header = strings.Repeat("x", 256) },
		"the table has no column":                   func(s *workbook.Sheet) { s.Columns = nil },
		"16385 columns are more than the 16384":     func(s *workbook.Sheet) { s.Columns = make([]workbook.Column, 16_385) },
		`a table cannot be named "ab12"`:            func(s *workbook.Sheet) { s.Table = "ab12" },
		`a table cannot be named "By team"`:         func(s *workbook.Sheet) { s.Table = "By team" },
		"it cannot have -2 rows":                    func(s *workbook.Sheet) { s.Rows = -2 },
		"were set by the library's calls":           func(s *workbook.Sheet) { s.Skeleton = setsCell },
		"it has 1 rows and was to have 2":           func(s *workbook.Sheet) { s.Rows = 2 },
		"of sheet Figures: the sheet has no such":   func(s *workbook.Sheet) { s.Skeleton = fails },
		"cell A1 of sheet Figures: a text of 40000": func(s *workbook.Sheet) { s.Lines[0].Text = strings.Repeat("x", 40_000) },
	} {
		if err := writeChanged(t, change); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("got %v, want %q", err, says)
		}
	}
}

func setsCell(file *excelize.File, name string) error { return file.SetCellStr(name, "A9", "lost") }

func fails(*excelize.File, string) error {
	return fmt.Errorf("of sheet Figures: the sheet has no such thing")
}

func writeChanged(t *testing.T, change func(*workbook.Sheet)) error {
	t.Helper()
	book, err := workbook.New(io.Discard, options(), "Figures")
	if err != nil {
		t.Fatal(err)
	}
	sheet := figures(1)
	change(&sheet)
	if err := book.Add(sheet); err != nil {
		return err
	}
	rows, err := book.Begin("Figures")
	if err != nil {
		return err
	}
	putFigures(t, rows, 1)
	return book.Close()
}

func TestOrderOfCalls(t *testing.T) {
	t.Parallel()
	for _, tabs := range [][]string{{}, {"A b"}, {"Data", "DATA"}, {"x23456789012345678901234567890123"}} {
		if _, err := workbook.New(io.Discard, options(), tabs...); err == nil {
			t.Errorf("a workbook of %q was begun", tabs)
		}
	}
	book, err := workbook.New(io.Discard, options(), "Figures", "Other")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := book.Begin("Figures"); err == nil {
		t.Error("a sheet was begun before it was added")
	}
	if err := book.Add(figures(workbook.Unknown)); err != nil {
		t.Fatal(err)
	}
	if err := book.Add(figures(0)); err == nil {
		t.Error("a sheet was added twice")
	}
	rows, err := book.Begin("Figures")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := book.Begin("Figures"); err == nil {
		t.Error("a sheet was begun twice")
	}
	rows.Text("not ended")
	if err := book.Close(); err == nil || !strings.Contains(err.Error(), "Other was never added") {
		t.Errorf("got %v", err)
	}
	if err := book.Close(); err == nil {
		t.Error("a workbook was closed twice")
	}
}

func TestUnendedRowsAreErrors(t *testing.T) {
	t.Parallel()
	book, err := workbook.New(io.Discard, options(), "Figures")
	if err != nil {
		t.Fatal(err)
	}
	if err := book.Add(figures(workbook.Unknown)); err != nil {
		t.Fatal(err)
	}
	rows, err := book.Begin("Figures")
	if err != nil {
		t.Fatal(err)
	}
	rows.Text("not ended")
	if err := book.Close(); err == nil || !strings.Contains(err.Error(), "row 4 is not complete") {
		t.Errorf("got %v", err)
	}
}
