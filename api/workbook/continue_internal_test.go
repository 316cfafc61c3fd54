package workbook

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
)

// A table that is full goes on in a further sheet behind its own, with the same lines
// and headers, and the list of contents can say so.
func TestFullTablesGoOn(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	book, err := New(&out, Options{Title: "Long"}, "Cover", "Data", "Last")
	if err != nil {
		t.Fatal(err)
	}
	book.most = 12
	data := Sheet{
		Name: "Data", Table: "data_rows", Rows: 25, Columns: []Column{{Header: "Number", Width: 10, Style: Style{Right: true}}},
		Lines: []Line{{Text: "The data of a test", Style: Style{Role: Title, OneLine: true}}},
	}
	if err := book.Add(data); err != nil {
		t.Fatal(err)
	}
	rows, err := book.Begin("Data")
	if err != nil {
		t.Fatal(err)
	}
	for i := range 25 {
		rows.Height(20)
		rows.Whole(int64(i))
		if err := rows.End(); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"Cover", "Last"} {
		if err := book.Add(Sheet{Name: name, Table: strings.ToLower(name), Columns: []Column{{Header: name}}}); err != nil {
			t.Fatal(err)
		}
		if _, err := book.Begin(name); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff([]Part{
		{"Data", "Data", "The data of a test", 10},
		{"Data_2", "Data", "The data of a test (part 2)", 10},
		{"Data_3", "Data", "The data of a test (part 3)", 5},
		{"Cover", "Cover", "", 0},
	}, book.Written()); diff != "" {
		t.Errorf("what was written differs:\n%s", diff)
	}
	if err := book.Close(); err != nil {
		t.Fatal(err)
	}
	file, err := excelize.OpenReader(bytes.NewReader(out.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"Cover", "Data", "Data_2", "Data_3", "Last"}, file.GetSheetList()); diff != "" {
		t.Errorf("sheets differ:\n%s", diff)
	}
	for cell, want := range map[string]string{"Data!A12": "9", "Data!A13": "", "Data_2!A1": "The data of a test (part 2)", "Data_2!A2": "Number", "Data_2!A3": "10", "Data_3!A7": "24"} {
		sheet, ref, _ := strings.Cut(cell, "!")
		if got, err := file.GetCellValue(sheet, ref); err != nil || got != want {
			t.Errorf("%s is %q, %v; want %q", cell, got, err, want)
		}
	}
	var tables, titles []string
	for _, sheet := range file.GetSheetList() {
		list, err := file.GetTables(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for _, table := range list {
			tables = append(tables, sheet+" "+table.Name+" "+table.Range)
		}
	}
	if diff := cmp.Diff([]string{"Cover cover A1:A2", "Data data_rows A2:A12", "Data_2 data_rows_2 A2:A12", "Data_3 data_rows_3 A2:A7", "Last last A1:A2"}, tables); diff != "" {
		t.Errorf("tables differ:\n%s", diff)
	}
	for _, name := range file.GetDefinedName() {
		titles = append(titles, name.Scope+" "+name.RefersTo)
	}
	if diff := cmp.Diff([]string{"Cover 'Cover'!$1:$1", "Data 'Data'!$2:$2", "Data_2 'Data_2'!$2:$2", "Data_3 'Data_3'!$2:$2", "Last 'Last'!$1:$1"}, titles); diff != "" {
		t.Errorf("print titles differ:\n%s", diff)
	}
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
}

// A row that goes on in the next sheet keeps the height and the style that were set for
// it before it was known to.
func TestRowsThatGoOnKeepTheirLook(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	book, err := New(&out, Options{}, "Data")
	if err != nil {
		t.Fatal(err)
	}
	book.most = 2
	if err := book.Add(Sheet{Name: "Data", Table: "data_rows", Rows: Unknown, Columns: []Column{{Header: "Text"}, {Header: "More"}}}); err != nil {
		t.Fatal(err)
	}
	rows, err := book.Begin("Data")
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		rows.Height(40)
		rows.With(Style{Role: Heading}).Text("Marked")
		rows.Text("plain")
		if err := rows.End(); err != nil {
			t.Fatal(err)
		}
	}
	if err := book.Close(); err != nil {
		t.Fatal(err)
	}
	file, err := excelize.OpenReader(bytes.NewReader(out.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	looks := map[string]string{}
	for _, sheet := range []string{"Data", "Data_2"} {
		marked, first := file.GetCellStyle(sheet, "A2")
		plain, second := file.GetCellStyle(sheet, "B2")
		height, third := file.GetRowHeight(sheet, 2)
		if err := errors.Join(first, second, third); err != nil {
			t.Fatal(err)
		}
		if marked == plain {
			t.Errorf("%s: the first cell has the style of its column", sheet)
		}
		looks[sheet] = fmt.Sprint(marked, plain, height)
	}
	if looks["Data"] != looks["Data_2"] {
		t.Errorf("the rows look differently: %v", looks)
	}
}

// A sheet has less than 4 GiB, however few rows that is.
func TestLargeTablesGoOn(t *testing.T) {
	t.Parallel()
	book, err := New(io.Discard, Options{}, "Data")
	if err != nil {
		t.Fatal(err)
	}
	book.mostBytes = 100_000
	if err := book.Add(Sheet{Name: "Data", Table: "data_rows", Rows: Unknown, Columns: []Column{{Header: "Text"}}}); err != nil {
		t.Fatal(err)
	}
	rows, err := book.Begin("Data")
	if err != nil {
		t.Fatal(err)
	}
	for range 3000 {
		rows.Text("A text of a synthetic row")
		if err := rows.End(); err != nil {
			t.Fatal(err)
		}
	}
	if err := book.Close(); err != nil {
		t.Fatal(err)
	}
	total := 0
	for _, part := range book.Written() {
		total += part.Rows
	}
	if parts := len(book.Written()); parts < 2 || total != 3000 {
		t.Errorf("%d rows stand in %d parts", total, parts)
	}
}

func TestWhatCannotGoOnIsAnError(t *testing.T) {
	t.Parallel()
	for says, sheet := range map[string]Sheet{
		"it has more than 5 rows":          {Name: "Data", Rows: Unknown},
		"a sheet cannot be named":          {Name: "Data_" + strings.Repeat("x", 26), Table: "data", Columns: []Column{{Header: "A"}}, Rows: Unknown},
		"there is a sheet Taken_2 already": {Name: "Taken", Table: "taken", Columns: []Column{{Header: "A"}}, Rows: Unknown},
	} {
		book, err := New(new(bytes.Buffer), Options{}, sheet.Name, "Taken_2")
		if err != nil {
			t.Fatal(err)
		}
		book.most = 5
		if err := book.Add(sheet); err != nil {
			t.Fatal(err)
		}
		rows, err := book.Begin(sheet.Name)
		for i := 0; err == nil && i < 6; i++ {
			rows.Text(fmt.Sprint(i))
			err = rows.End()
		}
		if err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("got %v, want %q", err, says)
		}
	}
}
