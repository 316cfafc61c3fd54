package report_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"regexp"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"skillstracker/api/report"
)

// repacked returns a workbook with its parts as a function changes them.
func repacked(t *testing.T, content []byte, change func(name, text string) string) []byte {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	to := zip.NewWriter(&out)
	for _, part := range archive.File {
		from, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(from)
		if err != nil {
			t.Fatal(err)
		}
		written, err := to.Create(part.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(written, change(part.Name, string(text))); err != nil {
			t.Fatal(err)
		}
	}
	if err := to.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// partWith returns the name of the worksheet part that holds a text.
func partWith(t *testing.T, content []byte, text string) string {
	t.Helper()
	found := ""
	repacked(t, content, func(name, part string) string {
		if strings.HasPrefix(name, "xl/worksheets/sheet") && strings.Contains(part, text) {
			found = name
		}
		return part
	})
	if found == "" {
		t.Fatalf("no sheet holds %q", text)
	}
	return found
}

// What a file says of the size of its tables is not believed.
func TestReadFileOfATableThatClaimsTheWholeSheet(t *testing.T) {
	t.Parallel()
	book, written := verifiable(t)
	ref := regexp.MustCompile(` ref="[A-Z0-9:]+"`)
	hostile := repacked(t, written, func(name, text string) string {
		if strings.HasPrefix(name, "xl/tables/") {
			return ref.ReplaceAllString(text, ` ref="A1:XFD1048576"`)
		}
		return text
	})
	file, err := readFile(hostile)
	if err != nil || !file.Untouched || len(report.Compare(file.Tables, book.Tables())) > 0 {
		t.Errorf("untouched %t, %v", file.Untouched, err)
	}
}

// A small file of many cells is given up, and not read into memory.
func TestReadFileOfTooManyCells(t *testing.T) {
	t.Parallel()
	_, written := verifiable(t)
	part := partWith(t, written, "Vacancies by band")
	hostile := repacked(t, written, func(name, text string) string {
		if name != part {
			return text
		}
		var more strings.Builder
		for row := 1000; row < 1700; row++ {
			fmt.Fprintf(&more, `<row r="%d"><c r="XFD%d"><v>1</v></c></row>`, row, row)
		}
		return strings.Replace(text, "</sheetData>", more.String()+"</sheetData>", 1)
	})
	if _, err := readFile(hostile); err == nil || !strings.Contains(err.Error(), "more than 10000000 cells") {
		t.Errorf("got %v", err)
	}
}

// A receipt decides which sheets are read, so it may not name one again and again, nor
// one that is not there.
func TestReadFileOfAReceiptThatNamesSheetsWrongly(t *testing.T) {
	t.Parallel()
	_, written := verifiable(t)
	for named, want := range map[string]string{"Summary Summary": "the sheet Summary twice", "Summary Elsewhere": "names the sheet Elsewhere", "Cover Summary": "names the sheet Cover"} {
		hostile := repacked(t, written, func(_, text string) string {
			return strings.Replace(text, "Worksheets of the figures: Summary", "Worksheets of the figures: "+named, 1)
		})
		if _, err := readFile(hostile); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v", named, err)
		}
	}
}

// Whoever writes beside or below a table does not change its figures; whoever empties a
// cell of it, or writes a row right below it, does.
func TestReadFileKeepsToTheTable(t *testing.T) {
	t.Parallel()
	book, written := verifiable(t)
	for name, test := range map[string]struct {
		change  func(*excelize.File, int, int) error
		differs int
	}{
		"below": {func(f *excelize.File, _, last int) error {
			return f.SetCellValue("By_band", fmt.Sprintf("A%d", last+2), "Checked")
		}, 0},
		"beside": {func(f *excelize.File, _, last int) error {
			return f.SetCellValue("By_band", fmt.Sprintf("Z%d", last), 7)
		}, 0},
		"emptied": {func(f *excelize.File, first, _ int) error {
			return f.SetCellValue("By_band", fmt.Sprintf("C%d", first), nil)
		}, 1},
		"next row": {func(f *excelize.File, _, last int) error {
			return f.SetCellValue("By_band", fmt.Sprintf("A%d", last+1), "More")
		}, 1},
		"as a text": {func(f *excelize.File, first, _ int) error {
			return f.SetCellValue("By_band", fmt.Sprintf("C%d", first), "n/a")
		}, 1},
	} {
		edited, err := excelize.OpenReader(bytes.NewReader(written))
		if err != nil {
			t.Fatal(err)
		}
		tables, err := edited.GetTables("By_band")
		if err != nil {
			t.Fatal(err)
		}
		var first, last int
		if _, err := fmt.Sscanf(regexp.MustCompile(`[A-Z]+`).ReplaceAllString(tables[0].Range, ""), "%d:%d", &first, &last); err != nil {
			t.Fatal(err)
		}
		if err := test.change(edited, first+1, last); err != nil {
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
		if found := report.Compare(file.Tables, book.Tables()); len(found) != test.differs || file.Untouched != (test.differs == 0) {
			t.Errorf("%s: untouched %t, differences %+v", name, file.Untouched, found)
		}
	}
}

func TestReadFileRefusesWhatIsNoReport(t *testing.T) {
	t.Parallel()
	book, written := verifiable(t)
	var other, ods, archive bytes.Buffer
	if err := excelize.NewFile().Write(&other); err != nil {
		t.Fatal(err)
	}
	for format, to := range map[report.Format]*bytes.Buffer{report.ODS: &ods, report.ZIP: &archive} {
		if err := book.Write(to, format, report.Accessible); err != nil {
			t.Fatal(err)
		}
	}
	for name, test := range map[string]struct {
		content []byte
		want    string
	}{
		"text":             {[]byte("a,b"), "it is not an Excel workbook"},
		"another workbook": {other.Bytes(), "it is not a report of this program"},
		"ods":              {ods.Bytes(), "when it is an ods or a zip, get the same report as xlsx"},
		"zip":              {archive.Bytes(), "when it is an ods or a zip, get the same report as xlsx"},
		"cut off":          {written[:len(written)/2], "cut off"},
		"nothing":          {nil, "empty"},
		"another edition":  {repacked(t, written, func(_, text string) string { return strings.Replace(text, ">Receipt<", ">Bill<", 1) }), "has no heading"},
	} {
		_, err := readFile(test.content)
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}
