package sheet_test

import (
	"bytes"
	"encoding/binary"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"skillstracker/api/sheet"
)

// compound is the beginning of an OLE compound file with these streams in its
// directory, which lies behind some other sectors.
func compound(streams ...string) []byte {
	data := make([]byte, 512*40)
	copy(data, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
	for i, name := range streams {
		entry := data[512*30+128*i:]
		for j, unit := range utf16.Encode([]rune(name)) {
			binary.LittleEndian.PutUint16(entry[2*j:], unit)
		}
		binary.LittleEndian.PutUint16(entry[64:], uint16(2*len(name)+2))
	}
	return data
}

func TestDetectRefuses(t *testing.T) {
	tests := []struct {
		name, data, code, says string
	}{
		{"old workbook", string(compound("Root Entry", "Workbook", "\x05SummaryInformation")), sheet.CodeOldXLS, "Excel 97"},
		{"older workbook", string(compound("Root Entry", "Book")), sheet.CodeOldXLS, "Excel 97"},
		{"protected workbook", string(compound("Root Entry", "EncryptionInfo", "EncryptedPackage")), sheet.CodeEncrypted, "password"},
		{"Word document", string(compound("Root Entry", "WordDocument")), sheet.CodeTypeUnsupported, "Word"},
		{"other compound file", string(compound("Root Entry")), sheet.CodeTypeUnsupported, "older Office"},
		{"PDF", "%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", sheet.CodeTypeUnsupported, "PDF"},
		{"PNG", "\x89PNG\r\n\x1a\n\x00\x00", sheet.CodeTypeUnsupported, "PNG"},
		{"JPEG", "\xff\xd8\xff\xe0\x00\x10JFIF", sheet.CodeTypeUnsupported, "JPEG"},
		{"GIF", "GIF89a", sheet.CodeTypeUnsupported, "GIF"},
		{"TIFF", "II*\x00\x08\x00\x00\x00", sheet.CodeTypeUnsupported, "TIFF"},
		{"WebP", "RIFF\x00\x00\x00\x00WEBPVP8 ", sheet.CodeTypeUnsupported, "WebP"},
		{"gzip", "\x1f\x8b\x08\x00", sheet.CodeTypeUnsupported, "gzip"},
		{"7-Zip", "7z\xbc\xaf\x27\x1c", sheet.CodeTypeUnsupported, "7-Zip"},
		{"RAR", "Rar!\x1a\x07\x00", sheet.CodeTypeUnsupported, "RAR"},
		{"empty ZIP", "PK\x05\x06" + strings.Repeat("\x00", 18), sheet.CodeTypeUnsupported, "ZIP"},
		{"rich text", `{\rtf1\ansi`, sheet.CodeTypeUnsupported, "rich-text"},
		{"web page", "\ufeff\r\n<!DOCTYPE html><html>", sheet.CodeTypeUnsupported, "HTML"},
		{"table of a web page", "<TABLE border=1><tr>", sheet.CodeTypeUnsupported, "HTML"},
		{"XML", `<?xml version="1.0"?><Workbook/>`, sheet.CodeTypeUnsupported, "XML"},
		{"JSON array", " [\n {\"a\":1}]", sheet.CodeJSONShape, "rows"},
		{"empty JSON", "[]", sheet.CodeJSONShape, "rows"},
		{"program", "\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x03\x00>\x00\x01", sheet.CodeTypeUnsupported, "binary"},
		{"blank", " \r\n\t", sheet.CodeFileEmpty, "empty"},
		{"plain ZIP", string(zipped(t, []part{{"staff.csv", "a,b\n"}})), sheet.CodeTypeUnsupported, "ZIP"},
		{"OpenDocument", string(zipped(t, []part{{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"}, {"content.xml", "<x/>"}})), sheet.CodeTypeUnsupported, "OpenDocument"},
		{"Numbers", string(zipped(t, []part{{"Index/Document.iwa", "x"}})), sheet.CodeTypeUnsupported, "Numbers"},
		{"Word document of today", string(zipped(t, []part{
			{"[Content_Types].xml", "<Types/>"},
			{"_rels/.rels", relations("officeDocument", "word/document.xml")},
			{"word/_rels/document.xml.rels", relations("styles", "styles.xml")},
			{"word/document.xml", `<w:document xmlns:w="urn:w"/>`},
		})), sheet.CodeTypeUnsupported, "without sheets"},
		{"binary workbook", string(zipped(t, []part{
			{"[Content_Types].xml", "<Types/>"}, {"_rels/.rels", relations("officeDocument", "xl/workbook.bin")}, {"xl/workbook.bin", "x"},
		})), sheet.CodeTypeUnsupported, ".xlsb"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			fault := wantFault(t, []byte(test.data), sheet.DefaultLimits(), test.code)
			if !strings.Contains(fault.Message, test.says) {
				t.Errorf("the message does not say %q: %s", test.says, fault.Message)
			}
		})
	}
}

func TestDetectByName(t *testing.T) {
	const table = "a,b\n1,2\n"
	const excel = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	const records = "\ufeff \n{\"rows\":[{\"a\":1}]}"
	workbook := string(book(t, sheetXML("")))
	tests := []struct {
		data, contentType, filename string
		want                        sheet.Format
	}{
		{table, "", "", sheet.CSV},
		{table, "text/csv; charset=utf-8", "staff.csv", sheet.CSV},
		{table, "application/vnd.ms-excel", "staff.csv", sheet.CSV}, // what Windows says of a CSV file
		{table, "application/x-www-form-urlencoded", "", sheet.CSV}, // what curl says of any file
		{table, "not a type; ;", "staff.txt", sheet.CSV},
		{table, "text/csv", "staff.xlsx", sheet.CSV},
		{table, "", "staff.XLSX", ""},
		{table, excel, "staff.csv", ""},
		{table, "text/html", "", ""},
		{table, "application/pdf", "", ""},
		{table, "text/plain", "staff.xlsx", sheet.CSV},
		{table, "application/json", "staff.csv", sheet.JSON},
		{table, "", "staff.JSON", sheet.JSON},
		{table, "text/csv", "staff.json", sheet.CSV},
		{records, "", "", sheet.JSON},
		{records, "application/json; charset=utf-8", "", sheet.JSON},
		{records, "text/plain", "staff.txt", sheet.JSON},
		{records, "application/x-www-form-urlencoded", "", sheet.JSON},
		{records, "text/csv", "", ""},
		{string(utf16Bytes(records[3:], false, true)), "", "", sheet.JSON},
		{string(utf16Bytes(records[3:], true, false)), "", "", sheet.JSON},
		{string(utf16Bytes(table+table, false, true)), "", "", sheet.CSV},
		{`[{"a":1}]`, "", "", sheet.JSON},
		{`[Employee Number],[Band]`, "", "", sheet.CSV},
		{"<html>", "application/json", "", ""},
		{workbook, "application/json", "", sheet.XLSX},
		{workbook, "", "", sheet.XLSX},
		{workbook, excel, "staff.xlsx", sheet.XLSX},
		{workbook, "text/csv", "staff.csv", sheet.XLSX},
	}
	for _, test := range tests {
		src := source([]byte(test.data))
		src.ContentType, src.Filename = test.contentType, test.filename
		got, err := sheet.Detect(src)
		if got != test.want || (err == nil) != (test.want != "") {
			t.Errorf("%q %q: got %q, %v, want %q", test.contentType, test.filename, got, err, test.want)
		}
	}
}

// TestDetectEncryptedByExcelize makes a real password-protected workbook.
func TestDetectEncryptedByExcelize(t *testing.T) {
	file := excelize.NewFile()
	noError(t, file.SetCellValue("Sheet1", "A1", "secret"))
	var out bytes.Buffer
	noError(t, file.Write(&out, excelize.Options{Password: "synthetic"}))
	fault := wantFault(t, out.Bytes(), sheet.DefaultLimits(), sheet.CodeEncrypted)
	if !strings.Contains(fault.Mend, "password") {
		t.Errorf("the advice is %q", fault.Mend)
	}
}

// TestFaultsHoldNoValues puts a mark into every kind of place for a value and
// looks for it in what the refusal says.
func TestFaultsHoldNoValues(t *testing.T) {
	const canary = "CANARY7431"
	files := map[string][]byte{
		"quote":          []byte("a,b\n" + canary + ",\"" + canary + "\n"),
		"control":        []byte("a,b\n" + canary + "\x01\n"),
		"encoding":       []byte("é,é\n" + canary + "\xff\n"),
		"columns":        []byte("a" + strings.Repeat(","+canary, 300)),
		"length":         []byte("a\n" + strings.Repeat(canary, 4000)),
		"JSON value":     []byte(`{"rows":[{"a":` + canary + `}]}`),
		"JSON name":      []byte(`{"rows":[{"` + canary + `":1,"` + canary + `":2}]}`),
		"JSON member":    []byte(`{"` + canary + `":1}`),
		"JSON control":   []byte(`{"rows":[{"` + canary + `":"` + canary + `\u0000"}]}`),
		"JSON length":    []byte(`{"rows":[{"a":"` + strings.Repeat(canary, 4000) + `"}]}`),
		"JSON list":      []byte(`{"rows":[{"a":["` + canary + `"]}]}`),
		"number":         book(t, sheetXML(`<row><c><v>`+canary+`</v></c></row>`)),
		"boolean":        book(t, sheetXML(`<row><c t="b"><v>`+canary+`</v></c></row>`)),
		"text in row":    book(t, sheetXML(`<row>`+canary+`</row>`)),
		"type":           book(t, sheetXML(`<row><c t="`+canary+`"/></row>`)),
		"reference":      book(t, sheetXML(`<row><c t="str"><v>&`+canary+`;</v></c></row>`)),
		"element":        book(t, sheetXML(`<row><`+canary+`/></row>`)),
		"nesting":        book(t, sheetXML(`<row><c></`+canary+`></row>`)),
		"shared":         zipped(t, with(bookParts(sheetXML("")), "xl/sharedStrings.xml", stringsXML("<si>"+canary+"</si>"))),
		"long text":      book(t, sheetXML(`<row><c t="str"><v>`+strings.Repeat(canary, 4000)+`</v></c></row>`)),
		"behind the end": book(t, sheetXML("")+canary),
	}
	for name, data := range files {
		_, err := readAll(data, sheet.DefaultLimits())
		if err == nil {
			t.Errorf("%s: accepted", name)
			continue
		}
		fault, ok := err.(*sheet.FileError) //nolint:errorlint // faults are not wrapped
		if !ok || strings.Contains(fault.Error()+fault.Mend, canary) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
