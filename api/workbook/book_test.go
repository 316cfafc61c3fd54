package workbook_test

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"skillstracker/api/workbook"
)

func title(text string) workbook.Line {
	return workbook.Line{Text: text, Style: workbook.Style{Role: workbook.Title, OneLine: true}}
}

func options() workbook.Options {
	return workbook.Options{
		Title: "Synthetic figures", Subject: "Figures", Creator: "Example Trust", Keywords: []string{"synthetic", "figures"},
		Made: time.Date(2026, 11, 3, 14, 5, 0, 0, time.UTC),
	}
}

// figures is a sheet of synthetic figures.
func figures(rows int) workbook.Sheet {
	return workbook.Sheet{
		Name: "Figures", Table: "figures", Rows: rows,
		Lines: []workbook.Line{title("Synthetic figures of a test"), {Text: "This worksheet contains one table.", Style: workbook.Style{OneLine: true}}},
		Columns: []workbook.Column{
			{Header: "Code", Width: 12, Style: workbook.Style{Format: workbook.FormatText}, Code: true, Below: true},
			{Header: `Text & "more"`, Width: 30},
			{Header: "Posts (number)", Width: 12, Style: workbook.Style{Format: workbook.FormatTwo, Right: true}},
			{Header: "Day", Width: 14, Style: workbook.Style{Format: workbook.FormatDay}},
		},
		Page: workbook.Page{Wide: 2, Labels: 1},
	}
}

const day20261031 = 20_757 // since 1 January 1970

func putFigures(t *testing.T, rows *workbook.Rows, count int) {
	t.Helper()
	for i := range count {
		rows.Text(fmt.Sprintf("%03d", i))
		rows.Text([]string{"=1+1", " _x0041_ ", "a\x01b", ""}[i%4])
		rows.Number(float64(i) / 4)
		rows.Date(day20261031 + i)
		if err := rows.End(); err != nil {
			t.Fatal(err)
		}
	}
}

// written is a workbook with a cover and figures, of which the rows are counted
// beforehand or not.
func written(t *testing.T, declared, count int) []byte {
	t.Helper()
	var out bytes.Buffer
	book, err := workbook.New(&out, options(), "Cover", "Figures")
	if err != nil {
		t.Fatal(err)
	}
	cover := workbook.Sheet{
		Name: "Cover", Columns: []workbook.Column{{Width: 60}}, Page: workbook.Page{Portrait: true},
		Lines: []workbook.Line{
			{Text: "Synthetic figures", Style: workbook.Style{Role: workbook.Title}},
			{Text: "About", Style: workbook.Style{Role: workbook.Heading}},
			{Text: "A paragraph that is so long that it does not stand on one line of the cover, which is 60 digits wide."},
		},
	}
	for _, sheet := range []workbook.Sheet{figures(declared), cover} {
		if err := book.Add(sheet); err != nil {
			t.Fatal(err)
		}
	}
	rows, err := book.Begin("Figures")
	if err != nil {
		t.Fatal(err)
	}
	putFigures(t, rows, count)
	if err := book.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func opened(t *testing.T, data []byte) *excelize.File {
	t.Helper()
	book, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := book.Close(); err != nil {
			t.Error(err)
		}
	})
	return book
}

func TestWorkbooksAreReadAgain(t *testing.T) {
	t.Parallel()
	for _, declared := range []int{4, workbook.Unknown} {
		book := opened(t, written(t, declared, 4))
		if got := book.GetSheetList(); !slices.Equal(got, []string{"Cover", "Figures"}) || book.GetActiveSheetIndex() != 0 {
			t.Errorf("sheets are %v, %d is active", got, book.GetActiveSheetIndex())
		}
		want := [][]string{
			{"Synthetic figures of a test"},
			{"This worksheet contains one table."},
			{"Code", `Text & "more"`, "Posts (number)", "Day"},
			{"000", "=1+1", "0", "46326"},
			{"001", " _x0041_ ", "0.25", "46327"},
			{"002", "a\x01b", "0.5", "46328"},
			{"003", "", "0.75", "46329"},
		}
		rows, err := book.Rows("Figures")
		if err != nil {
			t.Fatal(err)
		}
		var got [][]string
		for rows.Next() {
			row, err := rows.Columns(excelize.Options{RawCellValue: true})
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, row)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("rows differ:\n%s", diff)
		}
		for cell, shown := range map[string]string{"C5": "0.25", "D5": "1 Nov 2026"} {
			if got, err := book.GetCellValue("Figures", cell); err != nil || got != shown {
				t.Errorf("%s is shown as %q, %v; want %q", cell, got, err, shown)
			}
			if kind, err := book.GetCellType("Figures", cell); err != nil || kind != excelize.CellTypeUnset {
				t.Errorf("%s has the type %v, %v", cell, kind, err)
			}
		}
		if formula, err := book.GetCellFormula("Figures", "B4"); err != nil || formula != "" {
			t.Errorf("a text is a formula: %q, %v", formula, err)
		}
		properties, err := book.GetDocProps()
		if err != nil || properties.Title != "Synthetic figures" || properties.Language != "en-GB" || properties.Creator != "Example Trust" ||
			properties.Created != "2026-11-03T14:05:00Z" || properties.Modified != properties.Created || properties.Keywords != "synthetic, figures" {
			t.Errorf("properties are %+v, %v", properties, err)
		}
	}
}

func TestStyles(t *testing.T) {
	t.Parallel()
	book := opened(t, written(t, 1, 1))
	builtIn := func(sheet, cell string) int {
		id, err := book.GetCellStyle(sheet, cell)
		if err != nil {
			t.Fatal(err)
		}
		parent := book.Styles.CellXfs.Xf[id].XfID
		for _, named := range book.Styles.CellStyles.CellStyle {
			if parent != nil && named.XfID == *parent && named.BuiltInID != nil {
				return *named.BuiltInID
			}
		}
		return -1
	}
	for cell, want := range map[string]int{"A1": 16, "A2": 17, "A3": 0} {
		if got := builtIn("Cover", cell); got != want {
			t.Errorf("%s of the cover has the built-in style %d, want %d", cell, got, want)
		}
	}
	for cell, want := range map[string]struct {
		bold  bool
		size  float64
		right string
		wrap  bool
	}{"A1": {true, 16, "left", false}, "A3": {true, 12, "left", true}, "C3": {true, 12, "right", true}, "A4": {false, 12, "left", true}, "C4": {false, 12, "right", true}} {
		id, err := book.GetCellStyle("Figures", cell)
		if err != nil {
			t.Fatal(err)
		}
		style, err := book.GetStyle(id)
		if err != nil || style.Font.Family != "Arial" || style.Font.Size != want.size || style.Font.Bold != want.bold ||
			style.Alignment.Horizontal != want.right || style.Alignment.WrapText != want.wrap || len(style.Fill.Color) > 0 {
			t.Errorf("%s has the style %+v %+v, %v", cell, style.Font, style.Alignment, err)
		}
	}
	if id, err := book.GetColStyle("Figures", "A"); err != nil || id == 0 {
		t.Errorf("empty cells of a column have the style %d, %v", id, err)
	}
}

func TestSameCallsGiveTheSameBytes(t *testing.T) {
	t.Parallel()
	if !bytes.Equal(written(t, workbook.Unknown, 9000), written(t, workbook.Unknown, 9000)) {
		t.Error("two workbooks made alike differ")
	}
}

// A caller that streams to a client sees bytes leave long before the last row.
func TestBytesLeaveEarly(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	book, err := workbook.New(&out, options(), "Figures")
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
	putFigures(t, rows, 20_000)
	if out.Len() < 32<<10 {
		t.Errorf("%d bytes have left after 20,000 rows", out.Len())
	}
}

type fullDisk struct{ room int }

func (f *fullDisk) Write(p []byte) (int, error) {
	if f.room -= len(p); f.room < 0 {
		return 0, io.ErrShortWrite
	}
	return len(p), nil
}

func TestFailedWritesAreReturned(t *testing.T) {
	t.Parallel()
	for _, room := range []int{0, 5000, 200_000} {
		book, err := workbook.New(&fullDisk{room}, options(), "Figures")
		if err != nil {
			t.Fatal(err)
		}
		if err := book.Add(figures(workbook.Unknown)); err != nil {
			t.Fatal(err)
		}
		rows, err := book.Begin("Figures")
		for i := 0; err == nil && i < 100_000; i++ {
			rows.Text(fmt.Sprintf("%x", i*7919))
			err = rows.End()
		}
		if err == nil {
			err = book.Close()
		}
		if err == nil || !strings.Contains(err.Error(), io.ErrShortWrite.Error()) {
			t.Errorf("with room for %d bytes: %v", room, err)
		}
	}
}
