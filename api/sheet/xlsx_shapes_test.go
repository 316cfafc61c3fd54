package sheet_test

import (
	"errors"
	"hash/crc32"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"skillstracker/api/sheet"
)

func text(s string) sheet.Cell { return sheet.Cell{Kind: sheet.Text, Text: s} }

func num(s string) sheet.Cell { return sheet.Cell{Kind: sheet.Number, Text: s, Displayed: s} }

func shown(s, as string) sheet.Cell {
	return sheet.Cell{Kind: sheet.Number, Text: s, Displayed: as}
}

func date(serial string, year int, month time.Month, day int) sheet.Cell {
	return sheet.Cell{Kind: sheet.Date, Text: serial, Days: days(year, month, day)}
}

// TestXLSXCells reads one row with each way of storing a value.
func TestXLSXCells(t *testing.T) {
	formula := func(c sheet.Cell) sheet.Cell {
		c.Formula = true
		return c
	}
	timed := func(c sheet.Cell) sheet.Cell {
		c.TimeOfDay = true
		return c
	}
	tests := []struct {
		name, xml string
		want      sheet.Cell
	}{
		{"number", `<c r="A1"><v>12.5</v></c>`, num("12.5")},
		{"number with its type", `<c r="A1" t="n"><v>12</v></c>`, num("12")},
		{"number without a reference", `<c><v>12</v></c>`, num("12")},
		{"negative", `<c><v>-0.5</v></c>`, num("-0.5")},
		{"binary fraction", `<c><v>1.1000000000000001</v></c>`, shown("1.1000000000000001", "1.1")},
		{"binary fraction below", `<c><v>4.0999999999999996</v></c>`, shown("4.0999999999999996", "4.1")},
		{"whole with a point", `<c><v>5.0</v></c>`, shown("5.0", "5")},
		{"exponent", `<c><v>1.5E-3</v></c>`, shown("1.5E-3", "0.0015")},
		{"great exponent", `<c><v>5E+22</v></c>`, shown("5E+22", "5E+22")},
		{"small exponent", `<c><v>5E-12</v></c>`, shown("5E-12", "5E-12")},
		{"too many digits", `<c><v>1234567890123456789</v></c>`, shown("1234567890123456789", "1234567890123460000")},
		{"leading zeros", `<c><v>007</v></c>`, shown("007", "7")},
		{"negative zero", `<c><v>-0</v></c>`, shown("-0", "0")},
		{"space around a number", "<c><v> 12\n</v></c>", num("12")},
		{"format 00000", `<c s="5"><v>123</v></c>`, shown("123", "00123")},
		{"format 0.0", `<c s="6"><v>1.1000000000000001</v></c>`, shown("1.1000000000000001", "1.1")},
		{"format 0.0 rounds halves away from zero", `<c s="6"><v>-2.25</v></c>`, shown("-2.25", "-2.3")},
		{"format 0.0 carries", `<c s="6"><v>9.96</v></c>`, shown("9.96", "10.0")},
		{"format 0.0 of nothing much", `<c s="6"><v>-0.01</v></c>`, shown("-0.01", "0.0")},
		{"format 00000 of very much", `<c s="5"><v>1E+15</v></c>`, shown("1E+15", "1000000000000000")},
		{"the greatest number", `<c><v>1.7976931348623157E+308</v></c>`, shown("1.7976931348623157E+308", "1.7976931348623157E+308")},
		{"format @", `<c s="2"><v>12</v></c>`, num("12")},
		{"built-in date", `<c s="1"><v>46326</v></c>`, date("46326", 2026, time.October, 31)},
		{"own date", `<c s="3"><v>46326</v></c>`, date("46326", 2026, time.October, 31)},
		{"date with a time", `<c s="3"><v>46326.75</v></c>`, timed(date("46326.75", 2026, time.October, 31))},
		{"date just below midnight", `<c s="3"><v>46325.999999999999</v></c>`, date("46325.999999999999", 2026, time.October, 31)},
		{"first leap day", `<c s="3"><v>59</v></c>`, date("59", 1900, time.February, 28)},
		{"day that never was", `<c s="3"><v>60</v></c>`, num("60")},
		{"negative date", `<c s="3"><v>-1</v></c>`, num("-1")},
		{"elapsed time is a number", `<c s="4"><v>1.5</v></c>`, num("1.5")},
		{"ISO date", `<c t="d" s="3"><v>2026-10-31</v></c>`, date("2026-10-31", 2026, time.October, 31)},
		{"ISO date and time", `<c t="d"><v>2026-10-31T14:00:00Z</v></c>`, timed(date("2026-10-31T14:00:00Z", 2026, time.October, 31))},
		{"ISO time alone", `<c t="d"><v>14:00:00</v></c>`, text("14:00:00")},
		{"shared", `<c t="s"><v>0</v></c>`, text("shared")},
		{"shared, no value", `<c t="s"/>`, sheet.Cell{}},
		{"inline", `<c t="inlineStr"><is><t xml:space="preserve"> as typed </t></is></c>`, text(" as typed ")},
		{"inline without its type", `<c><is><t>x</t></is></c>`, text("x")},
		{"inline rich", `<c t="inlineStr"><is><r><rPr><b/></rPr><t>bo</t></r><r><t>ld</t></r><rPh sb="0" eb="1"><t>no</t></rPh><phoneticPr fontId="1"/></is></c>`, text("bold")},
		{"formula text", `<c t="str"><f>A2&amp;"x"</f><v>result</v></c>`, formula(text("result"))},
		{"formula number", `<c><f>1+1</f><v>2</v></c>`, formula(num("2"))},
		{"formula with nothing", `<c t="str"><f>""</f><v></v></c>`, formula(sheet.Cell{})},
		{"formula never calculated", `<c><f>1+1</f></c>`, formula(sheet.Cell{})},
		{"true", `<c t="b"><v>1</v></c>`, sheet.Cell{Kind: sheet.Bool, Text: "TRUE"}},
		{"false", `<c t="b"><v>false</v></c>`, sheet.Cell{Kind: sheet.Bool, Text: "FALSE"}},
		{"error", `<c t="e"><f>NA()</f><v>#N/A</v></c>`, formula(sheet.Cell{Kind: sheet.ErrorValue, Text: "#N/A"})},
		{"empty with a style", `<c s="3"/>`, sheet.Cell{}},
		{"empty value", `<c><v></v></c>`, sheet.Cell{}},
		{"entities", `<c t="str"><v>&lt;&gt;&amp;&quot;&apos;&#65;&#x42;&#x1F600;</v></c>`, text(`<>&"'AB` + "\U0001F600")},
		{"CDATA", `<c t="str"><v>a<![CDATA[<b>&amp;]]>c</v></c>`, text("a<b>&amp;c")},
		{"comment inside", `<c t="str"><v>a<!-- no -->b</v></c>`, text("ab")},
		{"escaped characters", `<c t="str"><v>a_x000D__x000A_b_x0009_c_x005F_x000D_</v></c>`, text("a\r\nb\tc_x000D_")},
		{"escapes that stay", `<c t="str"><v>_x0000__x0001__xD83D__xZZZZ__x12_</v></c>`, text("_x0000__x0001__xD83D__xZZZZ__x12_")},
		{"line ends", "<c t=\"str\"><v>a\r\nb\rc\nd</v></c>", text("a\nb\nc\nd")},
		{"accents", `<c t="str"><v>Café – £5</v></c>`, text("Café – £5")},
		{"unknown attributes", `<c r="A1" cm="1" vm="2" ph="1"><v>1</v></c>`, num("1")},
		{"single quotes and spaces in tags", "<c r = 'A1'\n\tt='n' ><v >1</v\n></c >", num("1")},
		{"extension", `<c><v>1</v><extLst><ext uri="x"><y xmlns="z">2</y></ext></extLst></c>`, num("1")},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			rows := mustRead(t, book(t, sheetXML(`<row r="1">`+test.xml+`<c r="B1"><v>7</v></c></row>`)))
			want := []sheet.Cell{test.want, num("7")}
			if len(rows) != 1 {
				t.Fatalf("got %d rows", len(rows))
			}
			if diff := cmp.Diff(want, rows[0].Cells); diff != "" {
				t.Errorf("cells (-want +got):\n%s", diff)
			}
		})
	}
}

func TestXLSX1904(t *testing.T) {
	parts := with(bookParts(sheetXML(`<row><c s="1"><v>45000</v></c><c><v>44864</v></c></row>`)), "xl/workbook.xml",
		strings.Replace(workbookXML(`<sheet name="Staff" sheetId="1" r:id="rId1"/>`), "<workbookPr/>", `<workbookPr date1904="1"/>`, 1))
	rows := mustRead(t, zipped(t, parts))
	got := rows[0].Cells
	if got[0].Days != days(2027, time.March, 16) || got[0].Kind != sheet.Date {
		t.Errorf("got %+v, want 16 March 2027", got[0])
	}
	if date := got[1].Date(); date.Days != days(2026, time.October, 31) {
		t.Errorf("a serial without a format became %+v", date)
	}
}

// TestXLSXRows reads sheets of unusual shape.
func TestXLSXRows(t *testing.T) {
	type numbered struct {
		Number int
		Cells  []string
	}
	tests := []struct {
		name, sheet string
		want        []numbered
	}{
		{
			"no references at all", sheetXML(`<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>`),
			[]numbered{{1, []string{"1", "2"}}, {2, []string{"3"}}},
		},
		{
			"gaps in rows and columns", sheetXML(`<row r="2"><c r="B2"><v>1</v></c><c><v>2</v></c><c r="E2"><v>3</v></c></row><row r="9"><c r="A9"><v>4</v></c></row>`),
			[]numbered{{2, []string{"", "1", "2", "", "3"}}, {9, []string{"4"}}},
		},
		{
			"blank rows and cells with formats", sheetXML(`<row r="1"><c r="A1"><v>1</v></c><c r="XFD1" s="1"/></row><row r="2"><c r="A2" s="1"/></row><row r="3"/><row r="4"><c><v>2</v></c></row><row r="1048576" s="1"/>`),
			[]numbered{{1, []string{"1"}}, {4, []string{"2"}}},
		},
		{
			"prefix", strings.NewReplacer("</", "</x:", "<?", "<?", "<", "<x:", "xmlns=", "xmlns:x=").Replace(sheetXML(`<row r="1"><c r="A1" t="s"><v>0</v></c><c t="inlineStr"><is><t>i</t></is></c></row>`)),
			[]numbered{{1, []string{"shared", "i"}}},
		},
		{
			"strict", strings.ReplaceAll(sheetXML(`<row><c><v>1</v></c></row>`), mainSpace, "http://purl.oclc.org/ooxml/spreadsheetml/main"),
			[]numbered{{1, []string{"1"}}},
		},
		{
			"everything else around the rows", xmlHead + "<!-- made by hand -->\n" + `<worksheet xmlns="` + mainSpace + `" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="a" xmlns:a="urn:a">` +
				`<sheetPr/><dimension ref="A1:ZZ99"/><sheetViews><sheetView><pane/></sheetView></sheetViews><cols><col min="1" max="3"/></cols>` + "\n" +
				`<sheetData>` + "\n" + `<row r="1" spans="1:2" ht="15" a:dyDescent="0.25">` + "\n" + `<c r="A1"><v>1</v></c>` + "\n" + `</row><!-- x --></sheetData>` +
				`<mergeCells><mergeCell ref="A1:B1"/></mergeCells><conditionalFormatting sqref="A1"><cfRule><formula>A1&gt;1</formula></cfRule></conditionalFormatting>` +
				`<mc:AlternateContent><mc:Choice Requires="a"><a:x/></mc:Choice></mc:AlternateContent><extLst><ext uri="u"/></extLst></worksheet>` + "\n<!-- end -->\n",
			[]numbered{{1, []string{"1"}}},
		},
		{"no rows", sheetXML(""), nil},
		{"rows in a closed element", strings.Replace(sheetXML(""), "<sheetData></sheetData>", "<sheetData/>", 1), nil},
		{"byte-order mark", "\ufeff" + sheetXML(`<row><c><v>1</v></c></row>`), []numbered{{1, []string{"1"}}}},
		{"no XML declaration", strings.TrimPrefix(sheetXML(`<row><c><v>1</v></c></row>`), xmlHead), []numbered{{1, []string{"1"}}}},
		{"ASCII declaration", strings.Replace(sheetXML(`<row><c><v>1</v></c></row>`), "UTF-8", "us-ascii", 1), []numbered{{1, []string{"1"}}}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			rows := mustRead(t, book(t, test.sheet))
			var got []numbered
			for i, cells := range texts(rows) {
				got = append(got, numbered{rows[i].Number, cells})
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("rows (-want +got):\n%s", diff)
			}
		})
	}
}

// TestXLSXPackage opens workbooks whose parts are named and joined unusually.
func TestXLSXPackage(t *testing.T) {
	rows := sheetXML(`<row><c t="s"><v>0</v></c><c s="1"><v>46326</v></c></row>`)
	moved := []part{
		{"[content_types].XML", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`},
		{"_rels/.rels", relations("extended-properties", "docProps/app.xml", "officeDocument", "/book/Main.xml")},
		{"docProps/app.xml", "not even XML"},
		{"book/main.xml", workbookXML(`<sheet name="Only" sheetId="7" r:id="rId2"/>`)},
		{"book/_rels/Main.xml.rels", relations("styles", "../S.xml", "worksheet", "./a/../b/One.XML", "sharedStrings", `\book\strings.xml`)},
		{"s.xml", stylesXML},
		{"book\\strings.xml", stringsXML(`<si><r><t>sha</t></r><r><t>red</t></r><rPh sb="0" eb="2"><t>no</t></rPh></si>`)},
		{"book/b/one.xml", rows},
	}
	strict := bookParts(strings.ReplaceAll(rows, mainSpace, "http://purl.oclc.org/ooxml/spreadsheetml/main"))
	for i := range strict {
		strict[i].text = strings.ReplaceAll(strict[i].text, mainSpace, "http://purl.oclc.org/ooxml/spreadsheetml/main")
		strict[i].text = strings.ReplaceAll(strict[i].text, relSpace, "http://purl.oclc.org/ooxml/officeDocument/relationships")
	}
	prefixed := with(bookParts(rows), "xl/workbook.xml", `<w:workbook xmlns:w="`+mainSpace+`" xmlns:q="`+relSpace+`" xmlns:id="urn:x"><w:sheets><w:sheet name="S" q:id="rId1" id:id="no"/></w:sheets></w:workbook>`)
	for name, parts := range map[string][]part{
		"ordinary": bookParts(rows),
		"moved":    moved,
		"strict":   strict,
		"prefixed": prefixed,
	} {
		t.Run(name, func(t *testing.T) {
			want := [][]string{{"shared", "2026-10-31"}}
			if diff := cmp.Diff(want, texts(mustRead(t, zipped(t, parts)))); diff != "" {
				t.Errorf("rows (-want +got):\n%s", diff)
			}
		})
	}
	t.Run("stored without packing", func(t *testing.T) {
		sheetText := sheetXML(`<row><c><v>1</v></c></row>`)
		raw := rawPart{packed: []byte(sheetText), sum: crc32.ChecksumIEEE([]byte(sheetText)), declared: uint64(len(sheetText)), stored: true}
		if diff := cmp.Diff([][]string{{"1"}}, texts(mustRead(t, withRaw(t, bookParts(""), sheetPart, raw)))); diff != "" {
			t.Error(diff)
		}
		raw.packed[len(raw.packed)/2] ^= 1
		refused(t, withRaw(t, bookParts(""), sheetPart, raw), sheet.CodeXLSXDamaged)
	})
	t.Run("no styles and no shared texts", func(t *testing.T) {
		parts := without(without(bookParts(sheetXML(`<row><c s="5"><v>1</v></c></row>`)), "xl/styles.xml"), "xl/sharedStrings.xml")
		parts = with(parts, "xl/_rels/workbook.xml.rels", relations("worksheet", "worksheets/sheet1.xml"))
		if diff := cmp.Diff([][]string{{"1"}}, texts(mustRead(t, zipped(t, parts)))); diff != "" {
			t.Error(diff)
		}
	})
}

// sheetsBook has one sheet for each "name" or "name:state", whose only cell
// is its place.
func sheetsBook(t *testing.T, names ...string) []byte {
	t.Helper()
	var list strings.Builder
	var pairs []string
	parts := bookParts("")
	for i, name := range names {
		place := string(rune('1' + i))
		name, state, _ := strings.Cut(name, ":")
		list.WriteString(`<sheet name="` + name + `" sheetId="` + place + `" state="` + state + `" r:id="rId` + place + `"/>`)
		pairs = append(pairs, "worksheet", "worksheets/sheet"+place+".xml")
		parts = with(parts, "xl/worksheets/sheet"+place+".xml", sheetXML(`<row r="3"><c r="B3"><v>`+place+`</v></c></row><row><c><v>9</v></c></row><row><c r="IW5"><v>9</v></c></row>`))
	}
	parts = with(parts, "xl/workbook.xml", workbookXML(list.String()))
	return zipped(t, with(parts, "xl/_rels/workbook.xml.rels", relations(pairs...)))
}

func TestXLSXSheets(t *testing.T) {
	tests := []struct {
		names []string
		want  string
	}{
		{[]string{"Staff"}, "Staff"},
		{[]string{"Cover", "Staff", "Other"}, "Staff"},
		{[]string{"INSTRUCTIONS", "examples", "Lists", "Cover", "Notes ", "Contents", "Staff"}, "Staff"},
		{[]string{"Staff", "data"}, "data"},
		{[]string{"Staff", "Data:hidden"}, "Data"},
		{[]string{"Hidden:hidden", "VeryHidden:veryHidden", "Staff:visible"}, "Staff"},
		{[]string{"Cover:hidden", "Notes", "Lists"}, "Notes"},
		{[]string{"One:hidden", "Two:hidden"}, "One"},
	}
	for _, test := range tests {
		reader, err := sheet.Open(source(sheetsBook(t, test.names...)), sheet.DefaultLimits())
		if err != nil {
			t.Fatal(err)
		}
		if got := reader.SheetName(); got != test.want {
			t.Errorf("of %q, %q is read, want %q", test.names, got, test.want)
		}
		if len(reader.Sheets()) != len(test.names) {
			t.Errorf("of %q, %v are listed", test.names, reader.Sheets())
		}
	}
}

func TestXLSXSelect(t *testing.T) {
	data := sheetsBook(t, "Cover", "Staff", "Old:hidden")
	lim := sheet.DefaultLimits()
	lim.MaxRows = 3
	reader, err := sheet.Open(source(data), lim)
	if err != nil {
		t.Fatal(err)
	}
	missing := reader.Select("None")
	if fault, ok := errors.AsType[*sheet.FileError](missing); !ok || fault.Code != sheet.CodeSheetNotFound || !strings.Contains(fault.Mend, `"Cover", "Staff"`) {
		t.Errorf("a missing sheet gives %v", missing)
	}
	if err := reader.Select("oLD"); err != nil || reader.SheetName() != "Old" {
		t.Fatalf("selected %q, %v", reader.SheetName(), err)
	}
	others, ok := reader.(sheet.OthersReader)
	if !ok {
		t.Fatal("a workbook does not show its other sheets")
	}
	row, err := reader.Next()
	if err != nil || row.Number != 3 || row.Cells[1].Text != "3" {
		t.Fatalf("got %+v, %v", row, err)
	}
	var got []string
	err = others.EachOther(func(name string, row sheet.Row) error {
		got = append(got, name+" "+strings.Join(texts([]sheet.Row{row})[0], "|"))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	// The value in column IW is beyond the limit, which other sheets may pass.
	far := strings.Repeat("|", 256) + "9"
	if diff := cmp.Diff([]string{"Cover |1", "Cover 9", "Cover " + far, "Staff |2", "Staff 9", "Staff " + far}, got); diff != "" {
		t.Errorf("other sheets (-want +got):\n%s", diff)
	}
	if err := reader.Select("Staff"); err == nil {
		t.Error("another sheet was selected in the middle of reading")
	}
	_, err = drain(reader)
	fault, ok := errors.AsType[*sheet.FileError](err)
	if !ok || fault.Code != sheet.CodeTooManyColumns || fault.Sheet != "Old" || fault.Row != 5 || fault.Limit != 256 {
		t.Errorf("a value in column IW gives %+v", err)
	}
	var notes []string
	for _, note := range reader.Notes() {
		notes = append(notes, note.Code)
	}
	if diff := cmp.Diff([]string{sheet.NoteHiddenSheet, sheet.NoteSheetChosen}, notes); diff != "" {
		t.Error(diff)
	}
}

func TestXLSXNotes(t *testing.T) {
	parts := with(bookParts(sheetXML("")), "xl/_rels/workbook.xml.rels",
		relations("worksheet", "worksheets/sheet1.xml", "vbaProject", "vbaProject.bin", "externalLink", "externalLinks/externalLink1.xml", "chartsheet", "chartsheets/sheet1.xml"))
	parts = with(parts, "xl/workbook.xml", workbookXML(`<sheet name="Chart" sheetId="2" r:id="rId4"/><sheet name="Staff" sheetId="1" r:id="rId1"/>`))
	reader, err := sheet.Open(source(zipped(t, parts)), sheet.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	var notes []string
	for _, note := range reader.Notes() {
		notes = append(notes, note.Code)
	}
	if diff := cmp.Diff([]string{sheet.NoteMacros, sheet.NoteExternalLinks}, notes); diff != "" {
		t.Error(diff)
	}
	if got := reader.Sheets(); len(got) != 1 || got[0].Name != "Staff" || reader.Format() != sheet.XLSX {
		t.Errorf("got sheets %v of %s", got, reader.Format())
	}
}

func TestXLSXFormats(t *testing.T) {
	isDate := map[string]bool{
		"General": false, "0": false, "0.00": false, "#,##0": false, "0%": false, "@": false, "": false,
		`"day "0`: false, `0.00E+00`: false, `[Red]0`: false, `[$£-809]#,##0.00`: false, `\d0`: false, `_d0_y`: false, "*y0": false,
		"[h]:mm": false, "[hh]:mm:ss": false, "[mm]:ss": false, "h:mm": false, "mm:ss.0": false, "h:mm AM/PM": false, "[$-F400]h:mm:ss AM/PM": false,
		"General;[Red]-General": false, "# ?/?": false, `"`: false, "[": false, `\`: false,
		"dd/mm/yyyy": true, "yyyy-mm-dd": true, "d": true, "mmm-yy": true, "mmmm": true, "mm/dd/yy h:mm": true, "DD.MM.YYYY": true,
		"[$-809]dd mmmm yyyy;@": true, `[$-F800]dddd\,\ mmmm\ dd\,\ yyyy`: true, `[=0]"";dd/mm/yyyy`: true, `yyyy"-"mm"-"dd`: true, "d-mmm": true, "ge.m.d": true,
	}
	for code, want := range isDate {
		escaped := strings.NewReplacer("&", "&amp;", `"`, "&quot;", "<", "&lt;").Replace(code)
		styles := `<styleSheet xmlns="` + mainSpace + `"><cellXfs><xf numFmtId="200"/></cellXfs><numFmts><numFmt numFmtId="200" formatCode="` + escaped + `"/></numFmts></styleSheet>`
		rows := mustRead(t, zipped(t, with(bookParts(sheetXML(`<row><c s="0"><v>46326</v></c></row>`)), "xl/styles.xml", styles)))
		if got := rows[0].Cells[0].Kind == sheet.Date; got != want {
			t.Errorf("format %q: date %v, want %v", code, got, want)
		}
	}
	for id, want := range map[string]bool{"0": false, "2": false, "13": false, "14": true, "17": true, "18": false, "21": false, "22": true, "30": true, "33": false, "45": false, "47": false, "49": false, "58": true, "163": false, "999": false} {
		styles := `<styleSheet xmlns="` + mainSpace + `"><cellXfs><xf numFmtId="` + id + `"/></cellXfs></styleSheet>`
		rows := mustRead(t, zipped(t, with(bookParts(sheetXML(`<row><c s="0"><v>46326</v></c></row>`)), "xl/styles.xml", styles)))
		if got := rows[0].Cells[0].Kind == sheet.Date; got != want {
			t.Errorf("built-in format %s: date %v, want %v", id, got, want)
		}
	}
}
