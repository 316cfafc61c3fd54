package sheet_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"skillstracker/api/sheet"
	"skillstracker/domain"
)

// numberedRow is a row as a test writes it down.
type numberedRow struct {
	Number int
	Cells  []sheet.Cell
}

func numberedRows(rows []sheet.Row) []numberedRow {
	all := make([]numberedRow, len(rows))
	for i, row := range rows {
		all[i] = numberedRow(row)
	}
	return all
}

func TestJSONRead(t *testing.T) {
	truth := func(s string) sheet.Cell { return sheet.Cell{Kind: sheet.Bool, Text: s} }
	tests := []struct {
		name, data string
		want       []numberedRow
	}{
		{"plain", `{"rows":[{"a":"x","b":1.5},{"a":"y","b":2}]}`, []numberedRow{
			{0, []sheet.Cell{text("a"), text("b")}}, {1, []sheet.Cell{text("x"), num("1.5")}}, {2, []sheet.Cell{text("y"), num("2")}},
		}},
		{"a single record", `{"rows":[{"a":"x"}]}`, []numberedRow{{0, []sheet.Cell{text("a")}}, {1, []sheet.Cell{text("x")}}}},
		{"space everywhere, a mark before", "\ufeff \r\n{ \"rows\"\t: [ { \"a\" : \"x\" , \"b\" : 1 } , { } ] }\r\n\t ", []numberedRow{
			{0, []sheet.Cell{text("a"), text("b")}}, {1, []sheet.Cell{text("x"), num("1")}},
		}},
		{"different members in each record", `{"rows":[{"b":1},{"a":2,"b":3},{"c":4},{"a":5}]}`, []numberedRow{
			{0, []sheet.Cell{text("b"), text("a"), text("c")}},
			{1, []sheet.Cell{num("1")}},
			{2, []sheet.Cell{num("3"), num("2")}},
			{3, []sheet.Cell{{}, {}, num("4")}},
			{4, []sheet.Cell{{}, num("5")}},
		}},
		{"blank records keep their numbers", `{"rows":[{},{"a":null},{"a":""},{"a":"x","b":null},{}]}`, []numberedRow{
			{0, []sheet.Cell{text("a"), text("b")}}, {4, []sheet.Cell{text("x")}},
		}},
		{"truth", `{"rows":[{"a":true,"b":false}]}`, []numberedRow{{0, []sheet.Cell{text("a"), text("b")}}, {1, []sheet.Cell{truth("TRUE"), truth("FALSE")}}}},
		{"escapes", `{"rows":[{"a\u00e9":"\"\\\/\n\r\t\u0041\uD83D\uDE00é😀"}]}`, []numberedRow{
			{0, []sheet.Cell{text("aé")}}, {1, []sheet.Cell{text("\"\\/\n\r\tA😀é😀")}},
		}},
		{"values are not protected texts", `{"rows":[{"a":"'=1","b":" x "}]}`, []numberedRow{{0, []sheet.Cell{text("a"), text("b")}}, {1, []sheet.Cell{text("'=1"), text(" x ")}}}},
		{"numbers", `{"rows":[{"a":-0.5,"b":1.10,"c":1e3,"d":0.80000000000000004,"e":12345678901234567890,"f":-0,"g":1E-7,"h":0}]}`, []numberedRow{
			{0, []sheet.Cell{text("a"), text("b"), text("c"), text("d"), text("e"), text("f"), text("g"), text("h")}},
			{1, []sheet.Cell{
				num("-0.5"), shown("1.10", "1.1"), shown("1e3", "1000"), shown("0.80000000000000004", "0.8"),
				shown("12345678901234567890", "12345678901234600000"), shown("-0", "0"), shown("1E-7", "0.0000001"), num("0"),
			}},
		}},
		{"no records", `{"rows":[]}`, []numberedRow{}},
		{"records without members", `{"rows":[{},{}]}`, []numberedRow{}},
		{"records without values", `{"rows":[{"a":null}]}`, []numberedRow{{0, []sheet.Cell{text("a")}}}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			reader, err := sheet.Open(source([]byte(test.data)), sheet.DefaultLimits())
			if err != nil {
				t.Fatal(err)
			}
			rows, err := drain(reader)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, numberedRows(rows)); diff != "" {
				t.Errorf("rows (-want +got):\n%s", diff)
			}
			if reader.Format() != sheet.JSON || reader.SheetName() != "" || len(reader.Sheets()) != 1 || len(reader.Notes()) != 0 {
				t.Errorf("format %q, sheet %q, %d sheets", reader.Format(), reader.SheetName(), len(reader.Sheets()))
			}
			if reader.Select("Data") == nil || reader.Select("") != nil {
				t.Error("a JSON file has no sheet named Data, and the empty name is none")
			}
		})
	}
}

func TestJSONRefused(t *testing.T) {
	second := func(record string) string { return `{"rows":[{"a":1},` + record + `]}` }
	tests := []struct {
		name, data, code string
		row              int
		says             string
	}{
		{"list", `[{"a":1}]`, sheet.CodeJSONShape, 0, `{"rows": [`},
		{"no member", `{}`, sheet.CodeJSONShape, 0, `"rows"`},
		{"another member", `{"data":[]}`, sheet.CodeJSONShape, 0, `"rows"`},
		{"another member before", `{"version":1,"rows":[{"a":1}]}`, sheet.CodeJSONShape, 0, `"rows"`},
		{"another member behind", `{"rows":[{"a":1}],"version":1}`, sheet.CodeJSONShape, 0, `"rows"`},
		{"rows twice", `{"rows":[{"a":1}],"rows":[{"a":1}]}`, sheet.CodeJSONShape, 0, `"rows"`},
		{"rows in capitals", `{"ROWS":[{"a":1}]}`, sheet.CodeJSONShape, 0, `"rows"`},
		{"rows that are none", `{"rows":{"a":1}}`, sheet.CodeJSONShape, 0, "list"},
		{"null in place of rows", `{"rows":null}`, sheet.CodeJSONShape, 0, "list"},
		{"record that is a list", second(`["x"]`), sheet.CodeJSONShape, 2, "Record 2"},
		{"record that is null", second(`null`), sheet.CodeJSONShape, 2, "Record 2"},
		{"list in a record", second(`{"a":2,"b":["x"]}`), sheet.CodeJSONShape, 2, "member 2"},
		{"object in a record", second(`{"b":{"x":1}}`), sheet.CodeJSONShape, 2, "member 1"},
		{"member without a name", second(`{"":1}`), sheet.CodeJSONShape, 2, "without a name"},
		{"member twice", second(`{"a":1,"b":2,"a":3}`), sheet.CodeJSONTwice, 2, "member 3"},
		{"member twice, one escaped", second(`{"a":1,"\u0061":3}`), sheet.CodeJSONTwice, 2, "member 2"},
		{"member twice, both null", second(`{"a":null,"a":null}`), sheet.CodeJSONTwice, 2, "member 2"},
		{"text behind the end", `{"rows":[{"a":1}]} x`, sheet.CodeJSONSyntax, 0, "after its end"},
		{"second file behind the end", `{"rows":[{"a":1}]}{"rows":[{"a":1}]}`, sheet.CodeJSONSyntax, 0, "after its end"},
		{"NUL behind the end", "{\"rows\":[{\"a\":1}]}\x00", sheet.CodeJSONSyntax, 0, "after its end"},
		{"comma behind the last record", `{"rows":[{"a":1},]}`, sheet.CodeJSONSyntax, 2, "Record 2"},
		{"comma behind the last member", second(`{"b":1,}`), sheet.CodeJSONSyntax, 2, "name"},
		{"comma before the first member", second(`{,"b":1}`), sheet.CodeJSONSyntax, 2, "name"},
		{"no comma between records", `{"rows":[{"a":1} {"a":2}]}`, sheet.CodeJSONSyntax, 1, "Record 1"},
		{"no comma between members", second(`{"a":1 "b":2}`), sheet.CodeJSONSyntax, 2, "member 1"},
		{"no colon", second(`{"a" 1}`), sheet.CodeJSONSyntax, 2, "Record 2"},
		{"no value", second(`{"a":}`), sheet.CodeJSONSyntax, 2, "Record 2"},
		{"name without quotation marks", second(`{a:1}`), sheet.CodeJSONSyntax, 2, "name"},
		{"single quotation marks", second(`{'a':1}`), sheet.CodeJSONSyntax, 2, "name"},
		{"comment", second(`/* x */{"a":1}`), sheet.CodeJSONShape, 2, "Record 2"},
		{"leading zero", second(`{"a":007}`), sheet.CodeJSONSyntax, 2, "Record 2"},
		{"leading plus", second(`{"a":+7}`), sheet.CodeJSONSyntax, 2, "Record 2"},
		{"point without digits", second(`{"a":7.}`), sheet.CodeJSONSyntax, 2, "Record 2"},
		{"point first", second(`{"a":.7}`), sheet.CodeJSONSyntax, 2, "Record 2"},
		{"minus alone", second(`{"a":-}`), sheet.CodeJSONSyntax, 2, "Record 2"},
		{"exponent without digits", second(`{"a":1e+}`), sheet.CodeJSONSyntax, 2, "Record 2"},
		{"hexadecimal", second(`{"a":0x1F}`), sheet.CodeJSONSyntax, 2, "Record 2"},
		{"not a number", second(`{"a":NaN}`), sheet.CodeJSONSyntax, 2, "Record 2"},
		{"truth in capitals", second(`{"a":True}`), sheet.CodeJSONSyntax, 2, "Record 2"},
		{"line break in a text", second("{\"a\":\"x\ny\"}"), sheet.CodeJSONSyntax, 2, "line break"},
		{"NUL in a text", second("{\"a\":\"x\x00y\"}"), sheet.CodeJSONSyntax, 2, "control"},
		{"unknown escape", second(`{"a":"\x41"}`), sheet.CodeJSONSyntax, 2, "backslash"},
		{"escape without digits", second(`{"a":"\u00G1"}`), sheet.CodeJSONSyntax, 2, "hexadecimal"},
		{"escaped NUL", second(`{"a":"\u0000"}`), sheet.CodeJSONControl, 2, "U+0000"},
		{"escaped control character", second(`{"a":"\f"}`), sheet.CodeJSONControl, 2, "U+000C"},
		{"control character in a name", second(`{"\b":1}`), sheet.CodeJSONControl, 2, "U+0008"},
		{"high surrogate alone", second(`{"a":"\uD83D"}`), sheet.CodeJSONEncoding, 2, "half"},
		{"high surrogate before another escape", second(`{"a":"\uD83D\n"}`), sheet.CodeJSONEncoding, 2, "half"},
		{"high surrogate twice", second(`{"a":"\uD83D\uD83D"}`), sheet.CodeJSONEncoding, 2, "half"},
		{"low surrogate alone", second(`{"a":"\uDE00x"}`), sheet.CodeJSONEncoding, 2, "half"},
		{"bytes that are no UTF-8", second("{\"a\":\"\xe9\"}"), sheet.CodeJSONEncoding, 2, "UTF-8"},
		{"surrogates written as bytes", second("{\"a\":\"\xed\xa0\xbd\"}"), sheet.CodeJSONEncoding, 2, "UTF-8"},
		{"bytes that are no UTF-8 in a name", second("{\"\xff\":1}"), sheet.CodeJSONEncoding, 2, "UTF-8"},
		{"UTF-16", string(utf16Bytes(`{"rows":[{"a":1}]}`, false, true)), sheet.CodeJSONEncoding, 0, "UTF-16"},
		{"UTF-16 without a mark", string(utf16Bytes(`{"rows":[{"a":1}]}`, true, false)), sheet.CodeJSONEncoding, 0, "UTF-16"},
		{"long value", second(`{"b":1,"a":"` + strings.Repeat("x", 40_000) + `"}`), sheet.CodeCellTooLong, 2, "member 2"},
		{"long name", second(`{"` + strings.Repeat("x", 40_000) + `":1}`), sheet.CodeCellTooLong, 2, "Record 2"},
		{"long number", second(`{"a":` + strings.Repeat("1", 40_000) + `}`), sheet.CodeCellTooLong, 2, "Record 2"},
		{"deep nesting", `{"rows":` + strings.Repeat("[", 100_000), sheet.CodeJSONShape, 1, "Record 1"},
		{"deep nesting in a record", second(`{"a":` + strings.Repeat(`{"a":`, 100_000)), sheet.CodeJSONShape, 2, "Record 2"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			fault := wantFault(t, []byte(test.data), sheet.DefaultLimits(), test.code)
			if fault.Row != test.row || !strings.Contains(fault.Message, test.says) {
				t.Errorf("got row %d and %q, want row %d and %q", fault.Row, fault.Message, test.row, test.says)
			}
		})
	}
}

// TestJSONCut ends a file before each of its bytes.
func TestJSONCut(t *testing.T) {
	data := `{"rows":[{"aé":"x\u00e9\n","b":-1.5e3},{"a":null,"c":true}]}`
	mustRead(t, []byte(data))
	for cut := 1; cut < len(data); cut++ {
		_, err := readAll([]byte(data[:cut]), sheet.DefaultLimits())
		if fault, ok := errors.AsType[*sheet.FileError](err); !ok || fault.Code != sheet.CodeJSONSyntax {
			t.Errorf("cut behind %q: %v", data[:cut], err)
		}
	}
}

func TestJSONLimits(t *testing.T) {
	lim := sheet.DefaultLimits()
	lim.MaxRows, lim.MaxColumns, lim.MaxCellChars = 2, 2, 4
	good := `{"rows":[{"a":"éééé"},{},{"b":1}`
	if rows, err := readAll([]byte(good+`]}`), lim); err != nil || len(rows) != 3 {
		t.Fatalf("two records and a blank one: got %d rows, %v", len(rows), err)
	}
	if fault := wantFault(t, []byte(good+`,{"a":1}]}`), lim, sheet.CodeTooManyRows); fault.Limit != 2 || fault.Row != 4 || !strings.Contains(fault.Message, "2 records") {
		t.Errorf("got %+v", fault)
	}
	if fault := wantFault(t, []byte(`{"rows":[{"a":1,"b":2},{"c":null}]}`), lim, sheet.CodeTooManyColumns); fault.Limit != 2 || fault.Row != 2 || !strings.Contains(fault.Message, "2") {
		t.Errorf("got %+v", fault)
	}
	if fault := wantFault(t, []byte(`{"rows":[{"a":"eeeee"}]}`), lim, sheet.CodeCellTooLong); fault.Limit != 4 || fault.Row != 1 {
		t.Errorf("got %+v", fault)
	}
}

// TestJSONRowsBeforeAFault are handed out with the header row, so that they
// can be searched for personal data.
func TestJSONRowsBeforeAFault(t *testing.T) {
	rows, err := readAll([]byte(`{"rows":[{"a":"x"},{"b":"y"},{"c":[`), sheet.DefaultLimits())
	if fault, ok := errors.AsType[*sheet.FileError](err); !ok || fault.Row != 3 {
		t.Errorf("got %v", err)
	}
	if diff := cmp.Diff([][]string{{"a", "b", "c"}, {"x"}, {"", "y"}}, texts(rows)); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
}

func parseJSON(t *testing.T, data string) domain.UploadFile {
	t.Helper()
	file, err := sheet.Parse(t.Context(), source([]byte(data)), options(t, domain.UploadStaff), realLists(t))
	if err != nil {
		t.Fatal(err)
	}
	return file
}

// TestJSONParsed takes records all the way through the parser.
func TestJSONParsed(t *testing.T) {
	file := parseJSON(t, `{"rows":[
		{"employee_number":"00123","staff_group":"08","fte":0.8},
		{},
		{"fte":"1","staff_group":"08","employee_number":"E2","band":null},
		{"employee_number":"E3","staff_group":"08"}
	]}`)
	wantFound(t, file, "value_missing 4 fte")
	if file.Format != "json" || file.Counts.RowsRead != 4 || file.Blank != 1 || len(file.Staff) != 3 {
		t.Fatalf("got %+v", file)
	}
	if first := file.Staff[0]; first.Row != 1 || first.EmployeeNumber != "00123" || first.FTE != 80_000 {
		t.Errorf("got %+v", first)
	}
	for _, test := range []struct{ data, want string }{
		{`{"rows":[]}`, "file_empty 0"},
		{`{"rows":[{}]}`, "file_empty 0"},
		{`{"rows":[{"employee_number":null,"staff_group":"","fte":null}]}`, "rows_missing 0"},
	} {
		file := parseJSON(t, test.data)
		wantFound(t, file, test.want)
	}
	refused := parseJSON(t, `{"rows":[{"employee_number":"E1","staff_group":"08","fte":1},{"nhs_number":1,"x":[`)
	if !refused.Refused {
		t.Errorf("a damaged file with personal data is answered with %+v", refused)
	}
	damaged := parseJSON(t, `{"rows":[{"employee_number":"E1"},{"x":[`)
	wantFound(t, damaged, "json_shape 2")
}
