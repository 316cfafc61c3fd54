package sheet_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"

	"skillstracker/api/sheet"
)

// utf16Bytes encodes text as UTF-16.
func utf16Bytes(text string, bigEndian, mark bool) []byte {
	var out []byte
	units := utf16.Encode([]rune(text))
	if mark {
		units = append([]uint16{0xFEFF}, units...)
	}
	for _, unit := range units {
		if bigEndian {
			out = append(out, byte(unit>>8), byte(unit))
		} else {
			out = append(out, byte(unit), byte(unit>>8))
		}
	}
	return out
}

func TestCSVRead(t *testing.T) {
	type rows = [][]string
	header := []string{"employee_number", "staff_group"}
	accented := rows{header, {"00123", "Café – £5 ’s"}}
	const accentedText = "employee_number,staff_group\n00123,Café – £5 ’s\n"
	tests := []struct {
		name    string
		data    string
		want    rows
		numbers []int    // row numbers, if not 1, 2, 3 ...
		notes   []string // codes
	}{
		{name: "plain", data: "employee_number,staff_group\n00123,Nursing\n", want: rows{header, {"00123", "Nursing"}}},
		{name: "no line end at the end", data: "a,b\n1,2", want: rows{{"a", "b"}, {"1", "2"}}},
		{name: "CRLF", data: "a,b\r\n1,2\r\n", want: rows{{"a", "b"}, {"1", "2"}}},
		{name: "CR", data: "a,b\r1,2\r", want: rows{{"a", "b"}, {"1", "2"}}},
		{name: "one column", data: "a\n1\n", want: rows{{"a"}, {"1"}}},
		{name: "UTF-8 mark", data: "\ufeff" + accentedText, want: accented},
		{name: "two UTF-8 marks", data: "\ufeff\ufeff" + accentedText, want: accented},
		{name: "mark and quotes", data: "\ufeff\"employee_number\",\"staff_group\"\n", want: rows{header}},
		{name: "UTF-16 LE", data: string(utf16Bytes(accentedText, false, true)), want: accented, notes: []string{sheet.NoteEncoding}},
		{name: "UTF-16 BE", data: string(utf16Bytes(accentedText, true, true)), want: accented, notes: []string{sheet.NoteEncoding}},
		{name: "UTF-16 LE without mark", data: string(utf16Bytes(accentedText, false, false)), want: accented, notes: []string{sheet.NoteEncoding}},
		{name: "UTF-16 BE without mark", data: string(utf16Bytes(accentedText, true, false)), want: accented, notes: []string{sheet.NoteEncoding}},
		{name: "UTF-16 beyond the first plane", data: string(utf16Bytes("a,\U0001F600\n", false, true)), want: rows{{"a", "\U0001F600"}}, notes: []string{sheet.NoteEncoding}},
		{name: "Windows-1252", data: "employee_number,staff_group\n00123,Caf\xe9 \x96 \xa35 \x92s\n", want: accented, notes: []string{sheet.NoteEncoding}},
		{name: "semicolons, commas inside", data: "a;b;c\n1;Nursing, Midwifery;1,0\n2;Medical, Dental;0,8\n", want: rows{{"a", "b", "c"}, {"1", "Nursing, Midwifery", "1,0"}, {"2", "Medical, Dental", "0,8"}}, notes: []string{sheet.NoteDelimiter}},
		{name: "tabs", data: "a\tb, c\n1\t2\n", want: rows{{"a", "b, c"}, {"1", "2"}}, notes: []string{sheet.NoteDelimiter}},
		{name: "title with a comma above semicolons", data: "Staff list, October\n\na;b;c\n1;2;3\n", want: rows{{"Staff list, October"}, {"a", "b", "c"}, {"1", "2", "3"}}, numbers: []int{1, 3, 4}, notes: []string{sheet.NoteDelimiter}},
		{name: "quoted delimiters do not count", data: "\"a;b;c;d\",e\n\"1;2;3;4\",5\n", want: rows{{"a;b;c;d", "e"}, {"1;2;3;4", "5"}}},
		{name: "sep line", data: "sep=;\na;b,c,d\n1;2\n", want: rows{{"a", "b,c,d"}, {"1", "2"}}, notes: []string{sheet.NoteDelimiter}},
		{name: "sep line, quoted, mark, CRLF", data: "\ufeff\"sep=|\"\r\na|b\r\n", want: rows{{"a", "b"}}, notes: []string{sheet.NoteDelimiter}},
		{name: "sep line alone is data when it names none", data: "sep=\na\n", want: rows{{"sep="}, {"a"}}},
		{name: "quoted line breaks", data: "a,b\r\n\"x\r\ny\",\"p\nq\"\r\n3,4\r\n", want: rows{{"a", "b"}, {"x\ny", "p\nq"}, {"3", "4"}}},
		{name: "doubled quotation marks", data: "a,\"say \"\"yes\"\"\",\"\"\n", want: rows{{"a", `say "yes"`}}},
		{name: "blank lines keep the numbers of a spreadsheet", data: "a,b\n\n,,\n1,2\n\n\n3,4\n\n", want: rows{{"a", "b"}, {"1", "2"}, {"3", "4"}}, numbers: []int{1, 4, 7}},
		{name: "ragged", data: "a,b,c\n1\n1,2,3,4\n,,5,,\n", want: rows{{"a", "b", "c"}, {"1"}, {"1", "2", "3", "4"}, {"", "", "5"}}},
		{name: "mixed line ends", data: "a,b\r\n1,2\n3,4\r5,6\n\r7,8", want: rows{{"a", "b"}, {"1", "2"}, {"3", "4"}, {"5", "6"}, {"7", "8"}}, numbers: []int{1, 2, 3, 4, 6}},
		{name: "lone CR in quotes", data: "a,b\r\n\"x\ry\",2\r\n", want: rows{{"a", "b"}, {"x\ny", "2"}}},
		{name: "trailing delimiters", data: "a;b;;\n1;2;;\n;;;\n3;;;\n", want: rows{{"a", "b"}, {"1", "2"}, {"3"}}, numbers: []int{1, 2, 4}, notes: []string{sheet.NoteDelimiter}},
		{name: "apostrophes of exports", data: "'=a,'+1,'-2,'@b,\"'\tc\",\"'\rd\",''e,'''f\n", want: rows{{"=a", "+1", "-2", "@b", "\tc", "\nd", "'e", "''f"}}},
		{name: "apostrophes of people", data: "'00123,',O'Neil,'abc,' =1,a'=\n", want: rows{{"'00123", "'", "O'Neil", "'abc", "' =1", "a'="}}},
		{name: "UTF-16 LE, tabs, quotes, CRLF", data: string(utf16Bytes("a\tb\r\n\"x\r\n\ty\"\t2\r\n", false, true)), want: rows{{"a", "b"}, {"x\n\ty", "2"}}, notes: []string{sheet.NoteEncoding, sheet.NoteDelimiter}},
		{name: "Windows-1252, semicolons, sep line", data: "sep=;\r\na;b\r\nCaf\xe9;\x80\r\n", want: rows{{"a", "b"}, {"Café", "€"}}, notes: []string{sheet.NoteEncoding, sheet.NoteDelimiter}},
		{name: "spaces are kept", data: " a ,b\n 1 ,\u00a02\n", want: rows{{" a ", "b"}, {" 1 ", "\u00a02"}}},
		{name: "end-of-file sign of DOS", data: "a,b\r\n1,2\r\n\x1a", want: rows{{"a", "b"}, {"1", "2"}}},
		{name: "end-of-file sign behind a value", data: "a,b\r\n1,2\x1a\x1a\r\n", want: rows{{"a", "b"}, {"1", "2"}}},
		{name: "square brackets are not JSON", data: "[Employee Number],[Band]\n1,8a\n", want: rows{{"[Employee Number]", "[Band]"}, {"1", "8a"}}},
		{name: "blank lines only", data: "\n\n\r\n" + strings.Repeat("\n", 2000), want: rows{}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			reader, err := sheet.Open(source([]byte(test.data)), sheet.DefaultLimits())
			if err != nil {
				t.Fatal(err)
			}
			got, err := drain(reader)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, texts(got)); diff != "" {
				t.Errorf("rows (-want +got):\n%s", diff)
			}
			for i, row := range got {
				want := i + 1
				if test.numbers != nil {
					want = test.numbers[i]
				}
				if row.Number != want {
					t.Errorf("row %d has number %d, want %d", i, row.Number, want)
				}
				for _, cell := range row.Cells {
					if (cell.Kind == sheet.Text) != (cell.Text != "") || cell.Kind > sheet.Text {
						t.Errorf("a cell has the kind %v", cell.Kind)
					}
				}
			}
			var notes []string
			for _, note := range reader.Notes() {
				notes = append(notes, note.Code)
			}
			if diff := cmp.Diff(test.notes, notes); diff != "" {
				t.Errorf("notes (-want +got):\n%s", diff)
			}
			if reader.Format() != sheet.CSV || reader.SheetName() != "" || len(reader.Sheets()) != 1 {
				t.Errorf("format %q, sheet %q, %d sheets", reader.Format(), reader.SheetName(), len(reader.Sheets()))
			}
		})
	}
}

// TestCSVAtEveryBlockEdge moves characters and line ends across the edges of
// the blocks in which files are read.
func TestCSVAtEveryBlockEdge(t *testing.T) {
	encode := map[string]func(string) []byte{
		"UTF-8":        func(s string) []byte { return []byte(s) },
		"UTF-16":       func(s string) []byte { return utf16Bytes(s, false, true) },
		"Windows-1252": func(s string) []byte { return []byte(strings.ReplaceAll(s, "é😀", "\xe9\xe9")) },
	}
	for name, enc := range encode {
		for shift := range 24 {
			line := "\"é😀\r\n\"\"\",é😀\r\n"
			text := strings.Repeat("x", 40+shift) + ",y\r\n" + strings.Repeat(line, 9000)
			rows := mustRead(t, enc(text))
			if len(rows) != 9001 {
				t.Fatalf("%s, shift %d: %d rows", name, shift, len(rows))
			}
			want := []string{"é😀\n\"", "é😀"}
			if name == "Windows-1252" {
				want = []string{"éé\n\"", "éé"}
			}
			for _, row := range texts(rows)[1:] {
				if !slices.Equal(row, want) {
					t.Fatalf("%s, shift %d: a row is %q", name, shift, row)
				}
			}
		}
	}
}

func TestCSVRefused(t *testing.T) {
	long := strings.Repeat("x", 70_000)
	tests := []struct {
		name, data, code string
		row              int
	}{
		{"nothing", "", sheet.CodeFileEmpty, 0},
		{"mark only", "\ufeff", sheet.CodeFileEmpty, 0},
		{"UTF-16 mark only", "\xff\xfe", sheet.CodeFileEmpty, 0},
		{"NUL", "a,b\n1,2\n\n3\x00,4\n", sheet.CodeCSVNulByte, 4},
		{"NUL in quotes", "a,b\n\"\x00\",4\n", sheet.CodeCSVNulByte, 2},
		{"NUL in UTF-16", string(utf16Bytes("employee,band\n1,\x00\n", false, true)), sheet.CodeCSVNulByte, 2},
		{"control character", "a,b\n1,2\x07\n", sheet.CodeCSVControl, 2},
		{"end-of-file sign in the middle", "a,b\n1,2\n\x1a3,4\n", sheet.CodeCSVControl, 3},
		{"end-of-file sign in a value", "a,b\n1,2\x1a3\n", sheet.CodeCSVControl, 2},
		{"quotation mark never closed", "a,b\n1,2\n3,\"open\n5,6\n", sheet.CodeCSVQuote, 3},
		{"quotation mark never closed, blank lines before", "a,b\n\n\n3,\"open", sheet.CodeCSVQuote, 4},
		{"quotation mark inside", "a,b\n1,5\" screen\n", sheet.CodeCSVQuote, 2},
		{"text behind quotation mark", "a,b\n1,\"x\"y\n", sheet.CodeCSVQuote, 2},
		{"quotation mark inside, in UTF-16", string(utf16Bytes("employee,band\r\n\r\n1,5\" x\r\n", true, false)), sheet.CodeCSVQuote, 3},
		{"quotation mark inside, rows of several lines before", "a,b\n\"x\ny\nz\",2\n1,5\"\n", sheet.CodeCSVQuote, 3},
		{"odd quotation marks", "a,b\n1,\"\"\"\n2,3\n", sheet.CodeCSVQuote, 2},
		{"space before quotation mark", "a,b\n1, \"x\"\n", sheet.CodeCSVQuote, 2},
		{"missing quotation mark caught at the next", "a,b\n1,\"x\n\"2\",y\n", sheet.CodeCSVQuote, 2},
		{"long line", "a,b\n" + strings.Repeat("x,", 40_000) + "\n", sheet.CodeCSVLineTooLong, 2},
		{"long quoted line", "a,b\n" + strings.Repeat("\"xxxxx\",", 10_000) + "\n", sheet.CodeCSVLineTooLong, 2},
		{"long value", "a\n" + long[:40_000] + "\n", sheet.CodeCellTooLong, 2},
		{"long value of many lines", "a\n\"" + strings.Repeat("xxxxxxxxx\n", 4_000) + "\"\n", sheet.CodeCellTooLong, 2},
		{"many columns", strings.Repeat(",", 256) + "x\n", sheet.CodeTooManyColumns, 1},
		{"UTF-8 with a stray byte", "é,é\né,\xff\n", sheet.CodeCSVEncoding, 0},
		{"UTF-8 mark and a stray byte", "\ufeffa,b\n1,\xe9\n", sheet.CodeCSVEncoding, 0},
		{"a byte that Windows-1252 lacks", "a,b\n1,2\n\xe9,\x81\n", sheet.CodeCSVEncoding, 3},
		{"half a UTF-16 character", string(utf16Bytes("employee,band\n", false, true)) + "x", sheet.CodeCSVEncoding, 2},
		{"half a surrogate pair", string(utf16Bytes("employee,band\n", false, true)) + "\x00\xd8a\x00", sheet.CodeCSVEncoding, 2},
		{"half a surrogate pair at the end", string(utf16Bytes("employee,band\n", false, true)) + "\x00\xd8", sheet.CodeCSVEncoding, 2},
		{"wrong half of a surrogate pair", string(utf16Bytes("employee,band\n", false, true)) + "\x00\xdca\x00", sheet.CodeCSVEncoding, 2},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			fault := wantFault(t, []byte(test.data), sheet.DefaultLimits(), test.code)
			if fault.Row != test.row {
				t.Errorf("got row %d, want %d: %v", fault.Row, test.row, fault)
			}
		})
	}
}

func TestCSVLimits(t *testing.T) {
	lim := sheet.DefaultLimits()
	lim.MaxRows, lim.MaxColumns, lim.MaxCellChars = 2, 2, 4
	good := "a,b,,,\n1,2\n\n\n3,4\n"
	if rows, err := readAll([]byte(good), lim); err != nil || len(rows) != 3 {
		t.Fatalf("three rows with blank ones between: got %d, %v", len(rows), err)
	}
	if fault := wantFault(t, []byte(good+"5\n"), lim, sheet.CodeTooManyRows); fault.Limit != 2 || fault.Row != 6 {
		t.Errorf("got %+v", fault)
	}
	if fault := wantFault(t, []byte("a,b\n1,,2\n"), lim, sheet.CodeTooManyColumns); fault.Limit != 2 || fault.Row != 2 {
		t.Errorf("got %+v", fault)
	}
	if _, err := readAll([]byte("éééé,b\n"), lim); err != nil {
		t.Errorf("four characters in eight bytes: %v", err)
	}
	if fault := wantFault(t, []byte("a,b\n1,eeeee\n"), lim, sheet.CodeCellTooLong); fault.Limit != 4 || fault.Row != 2 || fault.Column != 2 {
		t.Errorf("got %+v", fault)
	}
}

func TestCSVSelect(t *testing.T) {
	reader, err := sheet.Open(source([]byte("a,b\n")), sheet.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	if err := reader.Select(""); err != nil {
		t.Error(err)
	}
	if err := reader.Select("Data"); err == nil {
		t.Error("a CSV file has no sheet named Data")
	}
}

// TestPublicDataFiles reads the real files of the field that lie beside the
// repository, where they are there.
func TestPublicDataFiles(t *testing.T) {
	folder := filepath.Join("..", "..", "..", "shared", "data")
	tests := map[string]struct{ rows, columns int }{
		"ods_etr_2022-03.csv":                     {218, 27},
		"ods_etr_2025-12.csv":                     {273, 27},
		"nhs_sickness_absence_2024-04.csv":        {286, 11},
		"hchs_fte_by_org_staff_group_2018-06.csv": {3610, 5},
		"nwd_job_role_codes.csv":                  {319, 5},
		"digcomp3_core_framework_en.csv":          {53, 4},
	}
	for name, want := range tests {
		t.Run(name, func(t *testing.T) {
			data, err := os.ReadFile(filepath.Join(folder, name))
			if os.IsNotExist(err) {
				t.Skip("the public data files are not beside the repository")
			}
			if err != nil {
				t.Fatal(err)
			}
			rows := mustRead(t, data)
			widest := 0
			for _, row := range rows {
				widest = max(widest, len(row.Cells))
			}
			if len(rows) != want.rows || widest > want.columns || widest < want.columns-5 {
				t.Errorf("got %d rows of up to %d columns, want %+v", len(rows), widest, want)
			}
		})
	}
}

func ExampleOpen() {
	data := []byte("sep=;\nemployee_number;fte\n00123;0.8\n")
	reader, err := sheet.Open(source(data), sheet.DefaultLimits())
	if err != nil {
		fmt.Println(err)
		return
	}
	for {
		row, err := reader.Next()
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(row.Number, row.Cells[0], row.Cells[1])
	}
	// Output:
	// 1 employee_number fte
	// 2 00123 0.8
	// EOF
}
