package sheet_test

import (
	"archive/zip"
	"bytes"
	"slices"
	"strings"
	"testing"
)

// part is one part of a workbook made by hand.
type part struct{ name, text string }

const (
	xmlHead      = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	mainSpace    = `http://schemas.openxmlformats.org/spreadsheetml/2006/main`
	relSpace     = `http://schemas.openxmlformats.org/officeDocument/2006/relationships`
	packageSpace = `http://schemas.openxmlformats.org/package/2006/relationships`
)

// sheetXML puts rows into a worksheet part.
func sheetXML(rows string) string {
	return xmlHead + `<worksheet xmlns="` + mainSpace + `"><sheetData>` + rows + `</sheetData></worksheet>`
}

// bookParts is a whole workbook with one sheet, which tests change.
func bookParts(sheet string) []part {
	return []part{
		{"[Content_Types].xml", xmlHead + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`},
		{"_rels/.rels", relations(`officeDocument`, `xl/workbook.xml`)},
		{"xl/workbook.xml", workbookXML(`<sheet name="Staff" sheetId="1" r:id="rId1"/>`)},
		{"xl/_rels/workbook.xml.rels", relations(`worksheet`, `worksheets/sheet1.xml`, `styles`, `styles.xml`, `sharedStrings`, `sharedStrings.xml`)},
		{"xl/styles.xml", stylesXML},
		{"xl/sharedStrings.xml", stringsXML(`<si><t>shared</t></si>`)},
		{"xl/worksheets/sheet1.xml", sheet},
	}
}

// stylesXML has cell formats 0 General, 1 short date, 2 text, 3 dd/mm/yyyy,
// 4 [h]:mm, 5 00000, 6 0.0.
const stylesXML = xmlHead + `<styleSheet xmlns="` + mainSpace + `">` +
	`<numFmts count="4"><numFmt numFmtId="164" formatCode="dd/mm/yyyy;@"/><numFmt numFmtId="165" formatCode="[h]:mm"/>` +
	`<numFmt numFmtId="166" formatCode="00000"/><numFmt numFmtId="167" formatCode="0.0"/></numFmts>` +
	`<cellStyleXfs count="1"><xf numFmtId="14"/></cellStyleXfs>` +
	`<cellXfs count="7"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="49"/><xf numFmtId="164"/>` +
	`<xf numFmtId="165"/><xf numFmtId="166"><alignment/></xf><xf numFmtId="167"/></cellXfs></styleSheet>`

func stringsXML(items string) string {
	return xmlHead + `<sst xmlns="` + mainSpace + `" count="1" uniqueCount="1">` + items + `</sst>`
}

func workbookXML(sheets string) string {
	return xmlHead + `<workbook xmlns="` + mainSpace + `" xmlns:r="` + relSpace + `"><workbookPr/><sheets>` + sheets + `</sheets></workbook>`
}

// relations lists relationships rId1, rId2 ... of pairs of kind and target.
func relations(pairs ...string) string {
	var out strings.Builder
	out.WriteString(xmlHead + `<Relationships xmlns="` + packageSpace + `">`)
	id := '1'
	for pair := range slices.Chunk(pairs, 2) {
		out.WriteString(`<Relationship Id="rId` + string(id) + `" Type="` + relSpace + `/` + pair[0] + `" Target="` + pair[1] + `"/>`)
		id++
	}
	out.WriteString(`</Relationships>`)
	return out.String()
}

// with replaces or adds a part.
func with(parts []part, name, text string) []part {
	for i := range parts {
		if parts[i].name == name {
			parts[i].text = text
			return parts
		}
	}
	return append(parts, part{name, text})
}

// without leaves a part out.
func without(parts []part, name string) []part {
	var kept []part
	for _, p := range parts {
		if p.name != name {
			kept = append(kept, p)
		}
	}
	return kept
}

func zipped(tb testing.TB, parts []part) []byte {
	tb.Helper()
	var out bytes.Buffer
	writer := zip.NewWriter(&out)
	for _, p := range parts {
		w, err := writer.Create(p.name)
		if err != nil {
			tb.Fatal(err)
		}
		if _, err := w.Write([]byte(p.text)); err != nil {
			tb.Fatal(err)
		}
	}
	if err := writer.Close(); err != nil {
		tb.Fatal(err)
	}
	return out.Bytes()
}

// book is a workbook with this worksheet part.
func book(tb testing.TB, sheet string) []byte {
	tb.Helper()
	return zipped(tb, bookParts(sheet))
}
