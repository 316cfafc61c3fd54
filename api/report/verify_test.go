package report_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"skillstracker/api/report"
	"skillstracker/domain/disclosure"
)

func verifiable(t *testing.T) (*report.Book, []byte) {
	t.Helper()
	book, err := report.Vacancies(sampleVacancies(disclosure.Default()))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := book.Write(&out, report.XLSX, report.Accessible); err != nil {
		t.Fatal(err)
	}
	return book, out.Bytes()
}

func readFile(content []byte) (report.File, error) {
	return report.ReadFile(bytes.NewReader(content), int64(len(content)))
}

// A workbook gives back the receipt and the tables that it was made from.
func TestReadFileGivesTheReceiptBack(t *testing.T) {
	t.Parallel()
	book, written := verifiable(t)
	file, err := readFile(written)
	if err != nil {
		t.Fatal(err)
	}
	want := book.Receipt()
	got := file.Receipt
	if !got.KnownAt.Equal(*want.KnownAt) || !got.MadeAt.Equal(want.MadeAt) {
		t.Errorf("times: got %v and %v", got.KnownAt, got.MadeAt)
	}
	got.KnownAt, got.MadeAt = want.KnownAt, want.MadeAt
	if strings.Join(got.Scope, " ") != strings.Join(want.Scope, " ") || strings.Join(got.Sheets, " ") != strings.Join(want.Sheets, " ") || len(got.Sheets) < 5 {
		t.Errorf("lists: got %v and %v", got.Scope, got.Sheets)
	}
	if got.Figures != want.Figures || got.Report != want.Report || got.Area != want.Area || got.Rule != want.Rule || got.AsAt != want.AsAt || got.Audience != want.Audience {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if differences := report.Compare(file.Tables, book.Tables()); !file.Untouched || len(differences) > 0 {
		t.Errorf("untouched %t, differences %+v", file.Untouched, differences)
	}
}

// A figure that was changed by hand is found and named.
func TestReadFileFindsAChangedFigure(t *testing.T) {
	t.Parallel()
	book, written := verifiable(t)
	edited, err := excelize.OpenReader(bytes.NewReader(written))
	if err != nil {
		t.Fatal(err)
	}
	tables, err := edited.GetTables("By_band")
	if err != nil {
		t.Fatal(err)
	}
	column, row, err := excelize.CellNameToCoordinates(strings.Split(tables[0].Range, ":")[0])
	if err != nil {
		t.Fatal(err)
	}
	cell, err := excelize.CoordinatesToCellName(column+2, row+1)
	if err != nil {
		t.Fatal(err)
	}
	if err := edited.SetCellValue("By_band", cell, 123456.5); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := edited.Write(&out); err != nil {
		t.Fatal(err)
	}
	file, err := readFile(out.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	differences := report.Compare(file.Tables, book.Tables())
	if file.Untouched || len(differences) != 1 || differences[0].Sheet != "By_band" || differences[0].File != "123456.5" || !strings.HasPrefix(differences[0].Column, "Budgeted FTE") {
		t.Errorf("untouched %t, differences %+v", file.Untouched, differences)
	}
}

// The scope of a region may be hundreds of organisations, which no cell holds legibly.
func TestALongScopeIsReadBack(t *testing.T) {
	t.Parallel()
	in := sampleVacancies(disclosure.Default())
	in.Receipt.Scope = nil
	for i := range 6000 {
		in.Receipt.Scope = append(in.Receipt.Scope, fmt.Sprintf("R%05d", i))
	}
	book, err := report.Vacancies(in)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := book.Write(&out, report.XLSX, report.Accessible); err != nil {
		t.Fatal(err)
	}
	file, err := readFile(out.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(file.Receipt.Scope, in.Receipt.Scope) {
		t.Errorf("%d organisations came back of %d", len(file.Receipt.Scope), len(in.Receipt.Scope))
	}
}
