package sheet_test

import (
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"skillstracker/api/sheet"
)

func TestXLSXDamagedSheet(t *testing.T) {
	good := sheetXML(`<row r="1"><c r="A1"><v>1</v></c></row>`)
	cut := func(mark string) string { return good[:strings.Index(good, mark)] }
	tests := map[string]string{
		"cut before the rows":                     cut("<sheetData>"),
		"cut in a row":                            cut("</row>"),
		"cut behind a row":                        cut("</sheetData>"),
		"cut behind the rows":                     cut("</worksheet>"),
		"cut in the last tag":                     strings.TrimSuffix(good, ">"),
		"nothing":                                 "",
		"a blank":                                 "      ",
		"only a declaration":                      xmlHead,
		"no rows element":                         `<worksheet xmlns="` + mainSpace + `"></worksheet>`,
		"rows twice":                              strings.Replace(good, "</worksheet>", "<sheetData/></worksheet>", 1),
		"text behind the end":                     good + "x",
		"zeros behind the end":                    good + "\x00",
		"element behind the end":                  good + "<a/>",
		"instruction behind the end":              good + "<?a b?>",
		"second worksheet":                        good + strings.TrimPrefix(good, xmlHead),
		"another root":                            strings.ReplaceAll(good, "worksheet", "chartsheet"),
		"no namespace":                            strings.Replace(good, ` xmlns="`+mainSpace+`"`, "", 1),
		"another namespace":                       strings.Replace(good, mainSpace, "urn:x", 1),
		"unknown prefix":                          strings.Replace(good, "<row ", "<x:row ", 1),
		"unknown prefix of an attribute":          strings.Replace(good, "<row ", `<row x:y="1" `, 1),
		"prefix bound to nothing":                 strings.Replace(good, "<row ", `<row xmlns:y="" `, 1),
		"wrong nesting":                           strings.Replace(good, "</v></c>", "</c></v>", 1),
		"end tag too long":                        strings.Replace(good, "</row>", "</rows>", 1),
		"end tag without a start":                 "</worksheet>",
		"attribute twice":                         strings.Replace(good, "<row ", `<row r="1" `, 1),
		"attribute without quotes":                strings.Replace(good, `r="1"`, `r=1`, 1),
		"attribute without a value":               strings.Replace(good, `r="1"`, `r`, 1),
		"attributes without a gap":                strings.Replace(good, `r="1"`, `r="1"s="0"`, 1),
		"attribute with a tag":                    strings.Replace(good, `r="1"`, `r="<1"`, 1),
		"attribute with a bare ampersand":         strings.Replace(good, `r="1"`, `r="1" a="&"`, 1),
		"name that begins with a digit":           strings.Replace(good, "<row ", "<1row ", 1),
		"empty name":                              strings.Replace(good, "<row ", "< row ", 1),
		"two colons":                              strings.Replace(good, "<row ", "<a:b:row ", 1),
		"slash in a tag":                          strings.Replace(good, "<row ", "<row / ", 1),
		"text between rows":                       strings.Replace(good, "<row ", "x<row ", 1),
		"text between cells":                      strings.Replace(good, "<c ", "x<c ", 1),
		"text in a cell":                          strings.Replace(good, "<v>", "x<v>", 1),
		"element between rows":                    strings.Replace(good, "<row ", "<rows/><row ", 1),
		"element between cells":                   strings.Replace(good, "<c ", "<v/><c ", 1),
		"element in a cell":                       strings.Replace(good, "<v>", "<w/><v>", 1),
		"two values in a cell":                    strings.Replace(good, "<v>", "<v>1</v><v>", 1),
		"element in a value":                      strings.Replace(good, "<v>1", "<v><b>1</b>", 1),
		"foreign row":                             strings.Replace(good, "<row ", `<row xmlns="urn:x" `, 1),
		"bytes that are no UTF-8":                 sheetXML("<row><c t=\"str\"><v>\xe9</v></c></row>"),
		"bytes that are no UTF-8 in an attribute": sheetXML("<row a=\"\xe9\"/>"),
		"control character":                       sheetXML("<row><c t=\"str\"><v>\x01</v></c></row>"),
		"control character by number":             sheetXML(`<row><c t="str"><v>&#1;</v></c></row>`),
		"NUL by number":                           sheetXML(`<row><c t="str"><v>&#0;</v></c></row>`),
		"surrogate by number":                     sheetXML(`<row><c t="str"><v>&#xD800;</v></c></row>`),
		"number beyond Unicode":                   sheetXML(`<row><c t="str"><v>&#x110000;</v></c></row>`),
		"reference without an end":                sheetXML(`<row><c t="str"><v>a &amp b</v></c></row>`),
		"reference without a name":                sheetXML(`<row><c t="str"><v>&;</v></c></row>`),
		"signed reference":                        sheetXML(`<row><c t="str"><v>&#+65;</v></c></row>`),
		"end of CDATA in text":                    sheetXML(`<row><c t="str"><v>a]]>b</v></c></row>`),
		"CDATA without an end":                    sheetXML(`<row><c t="str"><v><![CDATA[b</v></c></row>`),
		"CDATA outside the root":                  "<![CDATA[x]]>" + good[len(xmlHead):],
		"comment with two dashes":                 strings.Replace(good, "<row ", "<!-- a -- b --><row ", 1),
		"comment without an end":                  strings.Replace(good, "<row ", "<!-- a <row ", 1),
		"another encoding":                        strings.Replace(good, "UTF-8", "ISO-8859-1", 1),
		"UTF-16":                                  string(utf16Bytes(good, false, true)),
		"second declaration":                      strings.Replace(good, "<row ", `<?xml version="1.0"?><row `, 1),
		"row zero":                                sheetXML(`<row r="0"><c><v>1</v></c></row>`),
		"negative row":                            sheetXML(`<row r="-1"><c><v>1</v></c></row>`),
		"row beyond the last":                     sheetXML(`<row r="1048577"><c><v>1</v></c></row>`),
		"row beyond counting":                     sheetXML(`<row r="18446744073709551617"><c><v>1</v></c></row>`),
		"row after the last":                      sheetXML(`<row r="1048576"/><row><c><v>1</v></c></row>`),
		"row that is no number":                   sheetXML(`<row r="x"/>`),
		"empty row number":                        sheetXML(`<row r=""/>`),
		"rows backwards":                          sheetXML(`<row r="2"/><row r="1"/>`),
		"row twice":                               sheetXML(`<row r="2"/><row r="2"/>`),
		"row behind one without number":           sheetXML(`<row r="2"/><row/><row r="3"/>`),
		"cells backwards":                         sheetXML(`<row><c r="B1"/><c r="A1"/></row>`),
		"cell twice":                              sheetXML(`<row><c r="B1"/><c r="B1"/></row>`),
		"cell of another row":                     sheetXML(`<row r="2"><c r="A1"/></row>`),
		"column beyond the last":                  sheetXML(`<row><c r="XFE1"/></row>`),
		"column of four letters":                  sheetXML(`<row><c r="AAAA1"/></row>`),
		"column after the last":                   sheetXML(`<row><c r="XFD1"/><c/></row>`),
		"reference in lower case":                 sheetXML(`<row><c r="a1"/></row>`),
		"reference without a row":                 sheetXML(`<row><c r="A"/></row>`),
		"reference without a column":              sheetXML(`<row><c r="1"/></row>`),
		"empty reference":                         sheetXML(`<row><c r=""/></row>`),
		"absolute reference":                      sheetXML(`<row><c r="$A$1"/></row>`),
		"unknown type":                            sheetXML(`<row><c t="x"><v>1</v></c></row>`),
		"style beyond the list":                   sheetXML(`<row><c s="7"><v>1</v></c></row>`),
		"negative style":                          sheetXML(`<row><c s="-1"><v>1</v></c></row>`),
		"shared text beyond the list":             sheetXML(`<row><c t="s"><v>1</v></c></row>`),
		"shared text far beyond":                  sheetXML(`<row><c t="s"><v>99999999999999999999</v></c></row>`),
		"negative shared text":                    sheetXML(`<row><c t="s"><v>-1</v></c></row>`),
		"shared text without a number":            sheetXML(`<row><c t="s"><v></v></c></row>`),
		"shared text that is no number":           sheetXML(`<row><c t="s"><v>0x0</v></c></row>`),
		"truth that is neither":                   sheetXML(`<row><c t="b"><v>2</v></c></row>`),
		"error without a name":                    sheetXML(`<row><c t="e"><v></v></c></row>`),
		"number that is text":                     sheetXML(`<row><c><v>abc</v></c></row>`),
		"number with a comma":                     sheetXML(`<row><c><v>1,5</v></c></row>`),
		"number in hexadecimal":                   sheetXML(`<row><c><v>0x1F</v></c></row>`),
		"number with underscores":                 sheetXML(`<row><c><v>1_000</v></c></row>`),
		"not a number":                            sheetXML(`<row><c><v>NaN</v></c></row>`),
		"infinite":                                sheetXML(`<row><c><v>INF</v></c></row>`),
		"too great":                               sheetXML(`<row><c><v>1E999</v></c></row>`),
		"too great for a date":                    sheetXML(`<row><c s="1"><v>1E999</v></c></row>`),
		"too great for zeros":                     sheetXML(`<row><c s="5"><v>1E999</v></c></row>`),
		"exponent without digits":                 sheetXML(`<row><c><v>1E</v></c></row>`),
		"point alone":                             sheetXML(`<row><c><v>.</v></c></row>`),
	}
	for name, xml := range tests {
		t.Run(name, func(t *testing.T) {
			refused(t, book(t, xml), sheet.CodeXLSXDamaged)
		})
	}
}

func TestXLSXDamagedPackage(t *testing.T) {
	good := func() []part { return bookParts(sheetXML(`<row><c t="s"><v>0</v></c></row>`)) }
	unclosed := func(s string) string { return s[:strings.LastIndex(s, "<")] }
	tests := map[string][]part{
		"no relationships":              without(good(), "_rels/.rels"),
		"no workbook":                   without(good(), "xl/workbook.xml"),
		"no workbook relationships":     without(good(), "xl/_rels/workbook.xml.rels"),
		"no sheet":                      without(good(), sheetPart),
		"no styles":                     without(good(), "xl/styles.xml"),
		"no shared texts":               without(good(), "xl/sharedStrings.xml"),
		"workbook not named":            with(good(), "_rels/.rels", relations("other", "xl/workbook.xml")),
		"relationships cut":             with(good(), "_rels/.rels", unclosed(relations("officeDocument", "xl/workbook.xml"))),
		"relationships of two ids":      with(good(), "_rels/.rels", strings.Replace(relations("officeDocument", "xl/workbook.xml", "x", "y"), "rId2", "rId1", 1)),
		"relationship without id":       with(good(), "_rels/.rels", strings.Replace(relations("officeDocument", "xl/workbook.xml"), `Id="rId1"`, "", 1)),
		"relationships of another root": with(good(), "_rels/.rels", strings.ReplaceAll(relations("officeDocument", "xl/workbook.xml"), "Relationships", "Relations")),
		"unknown relationship":          with(good(), "_rels/.rels", strings.ReplaceAll(relations("officeDocument", "xl/workbook.xml"), "<Relationship ", "<Relation ")),
		"workbook cut":                  with(good(), "xl/workbook.xml", unclosed(workbookXML(`<sheet name="S" r:id="rId1"/>`))),
		"workbook without sheets":       with(good(), "xl/workbook.xml", workbookXML("")),
		"sheet without a name":          with(good(), "xl/workbook.xml", workbookXML(`<sheet r:id="rId1"/>`)),
		"sheet without a part":          with(good(), "xl/workbook.xml", workbookXML(`<sheet name="S" r:id="rId9"/>`)),
		"sheet without an id":           with(good(), "xl/workbook.xml", workbookXML(`<sheet name="S" id="rId1"/>`)),
		"something among the sheets":    with(good(), "xl/workbook.xml", workbookXML(`<sheep name="S" r:id="rId1"/>`)),
		"two sheets of one name":        with(with(good(), "xl/workbook.xml", workbookXML(`<sheet name="S" r:id="rId1"/><sheet name="s" r:id="rId2"/>`)), "xl/_rels/workbook.xml.rels", relations("worksheet", "worksheets/sheet1.xml", "worksheet", "worksheets/sheet2.xml")),
		"external sheet":                with(good(), "xl/_rels/workbook.xml.rels", strings.Replace(relations("worksheet", "worksheets/sheet1.xml"), "/>", ` TargetMode="External"/>`, 1)),
		"styles cut":                    with(good(), "xl/styles.xml", unclosed(stylesXML)),
		"styles of another root":        with(good(), "xl/styles.xml", strings.ReplaceAll(stylesXML, "styleSheet", "styles")),
		"something among the styles":    with(good(), "xl/styles.xml", strings.Replace(stylesXML, `<xf numFmtId="165"/>`, `<yf/>`, 1)),
		"something among formats":       with(good(), "xl/styles.xml", strings.Replace(stylesXML, `<numFmt `, `<numFnt `, 1)),
		"format without a number":       with(good(), "xl/styles.xml", strings.Replace(stylesXML, `numFmtId="165"`, `numFmtId="x"`, 1)),
		"shared texts cut":              with(good(), "xl/sharedStrings.xml", unclosed(stringsXML(`<si><t>a</t></si>`))),
		"shared texts of another root":  with(good(), "xl/sharedStrings.xml", strings.ReplaceAll(stringsXML(`<si><t>a</t></si>`), "sst", "tss")),
		"text among shared texts":       with(good(), "xl/sharedStrings.xml", stringsXML(`<si><t>a</t></si>x`)),
		"text beside a shared text":     with(good(), "xl/sharedStrings.xml", stringsXML(`<si>x<t>a</t></si>`)),
		"element in a shared text":      with(good(), "xl/sharedStrings.xml", stringsXML(`<si><t>a<b/></t></si>`)),
		"unknown part of a shared text": with(good(), "xl/sharedStrings.xml", stringsXML(`<si><u>a</u></si>`)),
	}
	for name, parts := range tests {
		t.Run(name, func(t *testing.T) {
			refused(t, zipped(t, parts), sheet.CodeXLSXDamaged)
		})
	}
}

// TestXLSXArchiveEnds rewrites the records at the end of the archive.
func TestXLSXArchiveEnds(t *testing.T) {
	good := book(t, sheetXML(`<row><c><v>1</v></c></row>`))
	end := len(good) - 22
	change := func(at int, value uint16) []byte {
		data := append([]byte(nil), good...)
		binary.LittleEndian.PutUint16(data[at:], value)
		return data
	}
	endings := map[string][]byte{
		"no end":                   good[:end],
		"several disks":            change(end+4, 1),
		"fewer entries":            change(end+10, 6),
		"more entries":             change(end+10, 8),
		"shorter directory":        change(end+12, 46),
		"directory elsewhere":      change(end+16, 1),
		"comment cut":              change(end+20, 5),
		"bytes before the archive": append([]byte("PK\x03\x04"), good...),
	}
	for name, data := range endings {
		t.Run(name, func(t *testing.T) { refused(t, data, sheet.CodeXLSXDamaged) })
	}
	if rows := mustRead(t, append(change(end+20, 3), "end"...)); len(rows) != 1 {
		t.Errorf("with a comment: %d rows", len(rows))
	}
	if rows := mustRead(t, zip64(good)); len(rows) != 1 {
		t.Errorf("with 64-bit records: %d rows", len(rows))
	}
	shared := append([]byte(nil), good...)
	directory := int(binary.LittleEndian.Uint32(good[end+16:]))
	second := directory + 46 + len("[Content_Types].xml")
	binary.LittleEndian.PutUint32(shared[second+42:], 10)
	refused(t, shared, sheet.CodeXLSXHostile)
}

// zip64 rewrites the end of an archive as programs do that write streams: all
// places in 64 bits, and the first entry's as well.
func zip64(good []byte) []byte {
	le := binary.LittleEndian
	end := len(good) - 22
	directory := int(le.Uint32(good[end+16:]))
	entries := append([]byte(nil), good[directory:end]...)
	name, extra := int(le.Uint16(entries[28:])), int(le.Uint16(entries[30:]))
	var wide []byte
	wide = le.AppendUint16(wide, 1)
	wide = le.AppendUint16(wide, 24)
	for _, at := range []int{24, 20, 42} {
		wide = le.AppendUint64(wide, uint64(le.Uint32(entries[at:])))
		le.PutUint32(entries[at:], 0xFFFFFFFF)
	}
	le.PutUint16(entries[30:], uint16(extra+len(wide)))
	at := 46 + name + extra
	entries = append(entries[:at:at], append(wide, entries[at:]...)...)

	out := append(append([]byte(nil), good[:directory]...), entries...)
	record := make([]byte, 56)
	copy(record, "PK\x06\x06")
	le.PutUint64(record[4:], 44)
	le.PutUint64(record[24:], uint64(le.Uint16(good[end+10:])))
	le.PutUint64(record[32:], uint64(le.Uint16(good[end+10:])))
	le.PutUint64(record[40:], uint64(len(entries)))
	le.PutUint64(record[48:], uint64(directory))
	locator := make([]byte, 20)
	copy(locator, "PK\x06\x07")
	le.PutUint64(locator[8:], uint64(len(out)))
	le.PutUint32(locator[16:], 1)
	out = append(append(out, record...), locator...)
	last := append([]byte(nil), good[end:]...)
	for i := 8; i < 20; i++ {
		last[i] = 0xFF
	}
	return append(out, last...)
}

// TestXLSXCorruption changes single bytes of good workbooks: the result is
// refused, or reads exactly as before because the byte did not matter.
func TestXLSXCorruption(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	check := func(data []byte, want []sheet.Row, what string) bool {
		got, err := readAll(data, sheet.DefaultLimits())
		if err != nil {
			return false
		}
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("%s: accepted with other rows", what)
		}
		return true
	}
	large := zipped(t, corruptibleParts())
	want := mustRead(t, large)
	if len(want) != 300 {
		t.Fatalf("the good workbook has %d rows", len(want))
	}
	refused := 0
	for range 200 {
		at, value := random.IntN(len(large)), byte(1+random.IntN(255))
		bad := append([]byte(nil), large...)
		bad[at] ^= value
		if !check(bad, want, fmt.Sprintf("byte %d ^ %#x", at, value)) {
			refused++
		}
	}
	if refused < 150 {
		t.Errorf("only %d of 200 corruptions were noticed", refused)
	}
	small := book(t, sheetXML(`<row><c t="s"><v>0</v></c><c s="1"><v>46326</v></c></row>`))
	want = mustRead(t, small)
	for at := range small {
		for _, value := range []byte{0x01, 0xFF} {
			bad := append([]byte(nil), small...)
			bad[at] ^= value
			check(bad, want, fmt.Sprintf("small workbook, byte %d ^ %#x", at, value))
		}
	}
}

func TestXLSXTruncation(t *testing.T) {
	data := zipped(t, corruptibleParts())
	for cut := 1; cut < len(data); cut += 1 + cut/16 {
		if rows, err := readAll(data[:len(data)-cut], sheet.DefaultLimits()); err == nil {
			t.Fatalf("cut by %d bytes: accepted with %d rows", cut, len(rows))
		}
	}
}
