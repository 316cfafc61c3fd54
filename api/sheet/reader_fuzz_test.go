package sheet_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"skillstracker/api/sheet"
)

// fuzzLimits keep each try short.
func fuzzLimits() sheet.Limits {
	return sheet.Limits{MaxBytes: 1 << 20, MaxRows: 1000, MaxColumns: 50, MaxUnzipped: 4 << 20, MaxCellChars: 1000}
}

// addSeeds adds the files kept for a fuzz target.
func addSeeds(f *testing.F, pattern string) {
	f.Helper()
	names, err := filepath.Glob(filepath.Join("testdata", "raw", pattern))
	if err != nil {
		f.Fatal(err)
	}
	if len(names) == 0 {
		f.Fatalf("no seed matches %s", pattern)
	}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
}

// check reads a file and holds the reader to what it promises of every file.
func check(t *testing.T, data []byte) {
	t.Helper()
	if rows, err := checked(t, source(data)); err != nil {
		checkFault(t, err)
	} else if len(rows) > 0 && rows[0].Number == 0 {
		sameRecords(t, data, rows)
	}
}

// checked reads a file, and returns its rows and the error of a refusal.
func checked(t *testing.T, src sheet.Source) ([]sheet.Row, error) {
	t.Helper()
	lim := fuzzLimits()
	reader, err := sheet.Open(src, lim)
	if err != nil {
		return nil, err
	}
	if others, ok := reader.(sheet.OthersReader); ok {
		if err := others.EachOther(func(string, sheet.Row) error { return nil }); err != nil {
			checkFault(t, err)
		}
	}
	rows, err := drain(reader)
	last := 0
	if reader.Format() == sheet.JSON {
		last = -1 // the header row is before the first record
	}
	for _, row := range rows {
		if row.Number <= last || len(row.Cells) == 0 || len(row.Cells) > lim.MaxColumns {
			t.Fatalf("row %d after row %d has %d cells", row.Number, last, len(row.Cells))
		}
		last = row.Number
		for _, cell := range row.Cells {
			checkCell(t, cell, lim)
		}
	}
	if len(rows) > lim.MaxRows+1 {
		t.Fatalf("%d rows", len(rows))
	}
	return rows, err
}

func checkFault(t *testing.T, err error) {
	t.Helper()
	fault, ok := errors.AsType[*sheet.FileError](err)
	if !ok || fault.Code == "" || fault.Message == "" || fault.Mend == "" {
		t.Fatalf("refused with %#v", err)
	}
}

func checkCell(t *testing.T, cell sheet.Cell, lim sheet.Limits) {
	t.Helper()
	isControl := func(r rune) bool { return r < ' ' && !strings.ContainsRune("\t\n\r", r) }
	switch {
	case !utf8.ValidString(cell.Text), strings.ContainsFunc(cell.Text, isControl), utf8.RuneCountInString(cell.Text) > lim.MaxCellChars:
		t.Fatalf("text %q", cell.Text)
	case (cell.Kind == sheet.Empty) != (cell.Text == ""), cell.Kind > sheet.ErrorValue:
		t.Fatalf("cell %+v", cell)
	case cell.Kind == sheet.Number && (cell.Displayed == "" || cell.Decimal() == ""):
		t.Fatalf("number %+v", cell)
	case cell.Kind != sheet.Number && cell.Displayed != "":
		t.Fatalf("cell %+v", cell)
	}
}

func FuzzCSV(f *testing.F) {
	addSeeds(f, "*.csv")
	f.Add([]byte("sep=;\na;b\n\"x\ny\";\"\"\"\"\n"))
	f.Add([]byte("a\tb\r\rc\x1a"))
	f.Fuzz(check)
}

func FuzzXLSX(f *testing.F) {
	addSeeds(f, "*.xlsx")
	f.Add(book(f, sheetXML(`<row><c t="s"><v>0</v></c><c s="1"><v>46326.5</v></c></row>`)))
	f.Fuzz(check)
}

// FuzzXLSXSheet puts fuzzed XML into a whole archive, so that the tries get
// past the checksum.
func FuzzXLSXSheet(f *testing.F) {
	addSheets(f)
	f.Fuzz(func(t *testing.T, xml string) { check(t, book(t, xml)) })
}

func addSheets(f *testing.F) {
	f.Helper()
	f.Add(sheetXML(`<row r="1"><c r="A1" t="s"><v>0</v></c><c s="1"><v>46326.5</v></c><c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c></row>`))
	f.Add(sheetXML(`<row r="3"><c r="B3" t="inlineStr"><is><r><t>a_x000D_&lt;&#65;</t></r><rPh><t>b</t></rPh></is></c><c t="str"><f>A1</f><v><![CDATA[x]]></v></c></row>`))
	f.Add(`<x:worksheet xmlns:x="` + mainSpace + `"><!-- c --><x:cols a='1'/><x:sheetData><x:row><x:c t="d"><x:v>2026-10-31</x:v></x:c></x:row></x:sheetData><?p i?></x:worksheet>`)
	f.Add(sheetXML(`<row><c s="5"><v>1.5E-3</v></c><c s="6"><v>-99.95</v></c></row><row r="1048576"><c r="XFD1048576" s="2"/></row>`))
}

// FuzzXLSXParts puts fuzzed XML into the other parts of a whole archive.
func FuzzXLSXParts(f *testing.F) {
	f.Add(workbookXML(`<sheet name="S" r:id="rId1"/>`), relations("worksheet", "worksheets/sheet1.xml", "styles", "styles.xml", "sharedStrings", "sharedStrings.xml"), stylesXML, stringsXML(`<si><t>a</t></si><si><r><t>b</t></r></si>`))
	f.Fuzz(func(t *testing.T, workbook, rels, styles, texts string) {
		parts := bookParts(sheetXML(`<row><c t="s"><v>0</v></c><c s="1"><v>46326</v></c></row>`))
		parts = with(parts, "xl/workbook.xml", workbook)
		parts = with(parts, "xl/_rels/workbook.xml.rels", rels)
		parts = with(parts, "xl/styles.xml", styles)
		parts = with(parts, "xl/sharedStrings.xml", texts)
		check(t, zipped(t, parts))
	})
}

func FuzzParseDate(f *testing.F) {
	for _, text := range []string{"2026-10-31", "31/10/2026 00:00", "03/25/2026", "1.2.26", "46326", "2026-10-31T14:00:00.5Z"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		date := sheet.ParseDate(text)
		if !date.OK() {
			return
		}
		again := sheet.ParseDate(sheet.Cell{Kind: sheet.Date, Days: date.Days}.String())
		if !again.OK() || again.Days != date.Days || again.Form != sheet.DateISO {
			t.Fatalf("%q is day %d, which is written as something else: %+v", text, date.Days, again)
		}
	})
}
