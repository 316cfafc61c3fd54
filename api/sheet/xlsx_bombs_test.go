package sheet_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"hash/crc32"
	"strings"
	"testing"

	"github.com/klauspost/compress/flate"
	"github.com/xuri/excelize/v2"

	"skillstracker/api/sheet"
)

// large packs a head, a block of about 1 MiB as often as it takes to reach the
// size, and a tail. The block is packed once, by itself, so that it can be
// repeated as it is. The checksum of what is beyond every limit stays zero.
func large(t *testing.T, head, text string, size uint64, tail string) rawPart {
	t.Helper()
	block := strings.Repeat(text, max(1, mebi/len(text)))
	times := int(size-uint64(len(head)+len(tail))) / len(block)
	pack := func(s string, last bool) []byte {
		var packed bytes.Buffer
		writer, err := flate.NewWriter(&packed, flate.BestSpeed)
		noErr(t, err)
		_, err = writer.Write([]byte(s))
		noErr(t, err)
		if last {
			noErr(t, writer.Close())
		} else {
			noErr(t, writer.Flush())
		}
		return packed.Bytes()
	}
	raw := rawPart{
		packed:   bytes.Join([][]byte{pack(head, false), bytes.Repeat(pack(block, false), times), pack(tail, true)}, nil),
		declared: uint64(len(head)) + uint64(len(block))*uint64(times) + uint64(len(tail)),
	}
	if raw.declared < 256*mebi {
		raw.sum = crc32.ChecksumIEEE([]byte(head))
		for range times {
			raw.sum = crc32.Update(raw.sum, crc32.IEEETable, []byte(block))
		}
		raw.sum = crc32.Update(raw.sum, crc32.IEEETable, []byte(tail))
	}
	return raw
}

// hostileWorkbooks are the bombs of platform.md 5, at their full size.
func hostileWorkbooks() []hostileFile {
	begin, end, _ := strings.Cut(sheetXML("|"), "|")
	good := func() []part { return bookParts(sheetXML(`<row><c><v>1</v></c></row>`)) }
	within := func(name, head, text string, size uint64, tail string) func(*testing.T) []byte {
		return func(t *testing.T) []byte {
			t.Helper()
			return withRaw(t, good(), name, large(t, head, text, size, tail))
		}
	}
	declares := func(size uint64) func(*testing.T) []byte {
		return func(t *testing.T) []byte {
			t.Helper()
			raw := repeated(t, sheetXML(""), "", 0, "")
			raw.declared = size
			return withRaw(t, good(), sheetPart, raw)
		}
	}
	const cell = `<row><c t="inlineStr"><is>`
	return []hostileFile{
		{"sheet of 1 GB", sheet.CodeUnzippedTooLarge, within(sheetPart, begin, `<row><c><v>1</v></c></row>`, 1<<30, end)},
		{"styles of 2 GB", sheet.CodeUnzippedTooLarge, within("xl/styles.xml", `<styleSheet xmlns="`+mainSpace+`"><cellXfs>`, `<xf/>`, 2<<30, `</cellXfs></styleSheet>`)},
		{"picture of 3 GB", sheet.CodeUnzippedTooLarge, within("xl/media/image1.png", "", "x", 3<<30, "")},
		{"part that declares 12 GB", sheet.CodeUnzippedTooLarge, declares(12 << 30)},
		{"part that declares 2^63 bytes", sheet.CodeXLSXHostile, declares(1 << 63)},
		{"last column in 20,000 rows", sheet.CodeTooManyColumns, func(t *testing.T) []byte {
			t.Helper()
			var rows strings.Builder
			for i := range 20_000 {
				fmt.Fprintf(&rows, `<row r="%d"><c r="XFD%d"><v>1</v></c></row>`, i+1, i+1)
			}
			return book(t, sheetXML(rows.String()))
		}},
		{"one cell in the last row", "header_missing", func(t *testing.T) []byte {
			t.Helper()
			return book(t, sheetXML(`<row r="1048576"><c r="A1048576"><v>1</v></c></row>`))
		}},
		{"row far beyond the last", sheet.CodeXLSXDamaged, func(t *testing.T) []byte {
			t.Helper()
			return book(t, sheetXML(`<row r="4294967295"><c><v>1</v></c></row>`))
		}},
		{"5 million runs in one cell", sheet.CodeCellTooLong, within(sheetPart, begin+cell, `<r><t>x</t></r>`, 75_000_000, `</is></c></row>`+end)},
		{"5 million nested elements", sheet.CodeXLSXHostile, within(sheetPart, `<worksheet xmlns="`+mainSpace+`">`, `<a>`, 15_000_000, ``)},
		{"2 million attributes", sheet.CodeXLSXHostile, within(sheetPart, begin+`<row `, `a="1" `, 12_000_000, `/>`+end)},
		{"one text of 32 MB", sheet.CodeXLSXHostile, within(sheetPart, begin+cell+`<t>`, `x`, 32_000_000, `</t></is></c></row>`+end)},
		{"200,000 parts", sheet.CodeXLSXHostile, func(t *testing.T) []byte {
			t.Helper()
			var out bytes.Buffer
			writer := zip.NewWriter(&out)
			for i := range 200_000 {
				_, err := writer.CreateHeader(&zip.FileHeader{Name: fmt.Sprintf("x/%d", i)})
				noErr(t, err)
			}
			noErr(t, writer.Close())
			return out.Bytes()
		}},
		{"billion laughs", sheet.CodeXLSXHostile, func(t *testing.T) []byte {
			t.Helper()
			return book(t, `<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>`+strings.TrimPrefix(sheetXML(`<row><c t="str"><v>&b;</v></c></row>`), xmlHead))
		}},
		{"file included by an entity", sheet.CodeXLSXHostile, func(t *testing.T) []byte {
			t.Helper()
			return book(t, `<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/hostname">]>`+strings.TrimPrefix(sheetXML(`<row><c t="str"><v>&x;</v></c></row>`), xmlHead))
		}},
		{"protected by a password", sheet.CodeEncrypted, func(t *testing.T) []byte {
			t.Helper()
			var out bytes.Buffer
			noErr(t, excelize.NewFile().Write(&out, excelize.Options{Password: "synthetic"}))
			return out.Bytes()
		}},
		{"protected, its loop count the greatest", sheet.CodeEncrypted, func(t *testing.T) []byte {
			t.Helper()
			return append(compound("Root Entry", "EncryptionInfo", "EncryptedPackage"), []byte(`<encryption spinCount="4294967295"/>`)...)
		}},
		{"old workbook of 32 MiB", sheet.CodeOldXLS, func(t *testing.T) []byte {
			t.Helper()
			return append(make([]byte, 0, 32*mebi), bytes.Repeat(compound("Root Entry", "Workbook"), 32*mebi/len(compound()))...)
		}},
	}
}

// hostileSheets keep within the limit on unpacking, so that they are read.
func hostileSheets() []hostileFile {
	begin, end, _ := strings.Cut(sheetXML("|"), "|")
	head, tail, _ := strings.Cut(stringsXML("|"), "|")
	const headings = `<row r="1"><c t="inlineStr"><is><t>employee_number</t></is></c><c t="inlineStr"><is><t>staff_group</t></is></c><c t="inlineStr"><is><t>fte</t></is></c></row>`
	sized := func(size uint64, name, head, text, tail string) func(*testing.T) []byte {
		return func(t *testing.T) []byte {
			t.Helper()
			return withRaw(t, bookParts(sheetXML(headings)), name, large(t, head, text, size, tail))
		}
	}
	within := func(name, head, text, tail string) func(*testing.T) []byte {
		return sized(199*mebi, name, head, text, tail)
	}
	return []hostileFile{
		{"40 MiB of blanks and comments", "rows_missing", sized(40*mebi, sheetPart, begin+headings, strings.Repeat(" ", 100)+"<!-- -->", end)},
		{"199 MiB of rows without cells", sheet.CodeXLSXDamaged, within(sheetPart, begin+headings, "<row/>", end)},
		{"199 MiB of one comment", sheet.CodeXLSXHostile, within(sheetPart, begin+headings+"<!--", "x", "-->"+end)},
		{"199 MiB of rows", sheet.CodeTooManyRows, within(sheetPart, begin, "<row><c><v>1</v></c></row>", end)},
		{"199 MiB of long shared texts", sheet.CodeXLSXTooMuchText, within("xl/sharedStrings.xml", head, "<si><t>"+strings.Repeat("x", 32_000)+"</t></si>", tail)},
		{"199 MiB of one shared text", sheet.CodeCellTooLong, within("xl/sharedStrings.xml", head+"<si>", "<r><t>x</t></r>", "</si>"+tail)},
		{"199 MiB of cell formats", sheet.CodeXLSXHostile, within("xl/styles.xml", `<styleSheet xmlns="`+mainSpace+`"><cellXfs>`, `<xf numFmtId="14"/>`, `</cellXfs></styleSheet>`)},
		{"199 MiB of relationships", sheet.CodeXLSXDamaged, within("_rels/.rels", `<Relationships xmlns="`+packageSpace+`">`, `<Relationship Id="x" Target="y"/>`, `</Relationships>`)},
		{"199 MiB of sheets", sheet.CodeXLSXDamaged, within("xl/workbook.xml", strings.TrimSuffix(workbookXML(""), "</sheets></workbook>"), `<sheet name="S" r:id="rId1"/>`, `</sheets></workbook>`)},
	}
}
