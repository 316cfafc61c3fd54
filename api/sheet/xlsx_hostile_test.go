package sheet_test

import (
	"archive/zip"
	"bytes"
	"hash/crc32"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/flate"

	"skillstracker/api/sheet"
)

// memoryCap is what refusing or reading any file may allocate in all, which
// bounds the peak.
const memoryCap = 128 << 20

// capMemory fails the test if the function allocates more than the cap.
func capMemory(t *testing.T, memoryCap uint64, read func()) {
	t.Helper()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	begun := time.Now()
	read()
	spent := time.Since(begun)
	runtime.ReadMemStats(&after)
	used := after.TotalAlloc - before.TotalAlloc
	t.Logf("%v, %d KiB allocated in all", spent.Round(time.Millisecond), used>>10)
	if used > memoryCap {
		t.Errorf("allocated %d KiB, the cap is %d", used>>10, memoryCap>>10)
	}
}

// repeated packs a head, a text many times, and a tail, without holding them.
func repeated(t *testing.T, head, text string, times int, tail string) rawPart {
	t.Helper()
	var packed bytes.Buffer
	writer, err := flate.NewWriter(&packed, flate.BestSpeed)
	if err != nil {
		t.Fatal(err)
	}
	sum := crc32.NewIEEE()
	size := 0
	write := func(s string) {
		n, err := writer.Write([]byte(s))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := sum.Write([]byte(s)); err != nil {
			t.Fatal(err)
		}
		size += n
	}
	write(head)
	const block = 1000
	long := strings.Repeat(text, block)
	for range times / block {
		write(long)
	}
	write(tail)
	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}
	return rawPart{packed: packed.Bytes(), sum: sum.Sum32(), declared: uint64(size)}
}

// rawPart is a part whose header says what the test wants.
type rawPart struct {
	packed   []byte
	sum      uint32
	declared uint64
	flags    uint16
	method   uint16
	stored   bool
}

// withRaw is a workbook in which one part is packed by the test.
func withRaw(t *testing.T, parts []part, name string, raw rawPart) []byte {
	t.Helper()
	var out bytes.Buffer
	writer := zip.NewWriter(&out)
	for _, p := range without(parts, name) {
		w, err := writer.Create(p.name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(p.text)); err != nil {
			t.Fatal(err)
		}
	}
	if raw.method == 0 && !raw.stored {
		raw.method = zip.Deflate
	}
	w, err := writer.CreateRaw(&zip.FileHeader{
		Name: name, Method: raw.method, Flags: raw.flags, CRC32: raw.sum,
		CompressedSize64: uint64(len(raw.packed)), UncompressedSize64: raw.declared,
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(raw.packed); err != nil {
		t.Fatal(err)
	}
	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

const sheetPart = "xl/worksheets/sheet1.xml"

// TestXLSXBombs refuses what a small file can hold to exhaust its reader. Its
// limit on unpacking is a tenth of the usual one, to keep the test short.
func TestXLSXBombs(t *testing.T) {
	lim := sheet.DefaultLimits()
	lim.MaxUnzipped = 20 << 20
	good := func() []part { return bookParts(sheetXML(`<row><c><v>1</v></c></row>`)) }
	begin, end, _ := strings.Cut(sheetXML("|"), "|")
	small := repeated(t, sheetXML(""), "", 0, "")
	declare := func(size uint64) rawPart {
		raw := small
		raw.declared = size
		return raw
	}
	cell := `<row><c t="inlineStr"><is>`
	tests := []struct {
		name, code string
		data       func() []byte
	}{
		{"sheet beyond the limit", sheet.CodeUnzippedTooLarge, func() []byte {
			return withRaw(t, good(), sheetPart, repeated(t, begin, strings.Repeat(" ", 1024), 30_000, end))
		}},
		{"styles of 210 MiB, as declared", sheet.CodeUnzippedTooLarge, func() []byte {
			return withRaw(t, good(), "xl/styles.xml", declare(210<<20))
		}},
		{"picture of 3 GB, as declared", sheet.CodeUnzippedTooLarge, func() []byte {
			return withRaw(t, good(), "xl/media/image1.png", declare(3<<30))
		}},
		{"declares 12 GB", sheet.CodeUnzippedTooLarge, func() []byte { return withRaw(t, good(), sheetPart, declare(12<<30)) }},
		{"declares 2^63", sheet.CodeXLSXHostile, func() []byte { return withRaw(t, good(), sheetPart, declare(1<<63)) }},
		{"parts that add up beyond 2^64", sheet.CodeUnzippedTooLarge, func() []byte {
			return withRaw(t, with(good(), "x", strings.Repeat("x", 100)), sheetPart, declare(1<<62))
		}},
		{"holds more than it declares", sheet.CodeXLSXHostile, func() []byte {
			raw := repeated(t, begin, "<row/>", 100_000, end)
			raw.declared = 1000
			return withRaw(t, good(), sheetPart, raw)
		}},
		{"holds less than it declares", sheet.CodeXLSXDamaged, func() []byte { return withRaw(t, good(), sheetPart, declare(5000)) }},
		{"wrong checksum", sheet.CodeXLSXDamaged, func() []byte {
			raw := small
			raw.sum++
			return withRaw(t, good(), sheetPart, raw)
		}},
		{"checksum of zero", sheet.CodeXLSXDamaged, func() []byte {
			raw := small
			raw.sum = 0
			return withRaw(t, good(), sheetPart, raw)
		}},
		{"encrypted part", sheet.CodeEncrypted, func() []byte {
			raw := small
			raw.flags = 1
			return withRaw(t, good(), sheetPart, raw)
		}},
		{"packed by another method", sheet.CodeXLSXDamaged, func() []byte {
			raw := small
			raw.method = 12
			return withRaw(t, good(), sheetPart, raw)
		}},
		{"last column in 20,000 rows", sheet.CodeTooManyColumns, func() []byte {
			return withRaw(t, good(), sheetPart, repeated(t, begin+`<row r="1"><c r="XFD1"><v>1</v></c></row>`, `<row><c><v>1</v></c></row>`, 20_000, end))
		}},
		{"200,000 texts in one cell", sheet.CodeCellTooLong, func() []byte {
			return withRaw(t, good(), sheetPart, repeated(t, begin+cell, `<r><t>x</t></r>`, 200_000, `</is></c></row>`+end))
		}},
		{"100,000 nested runs", sheet.CodeXLSXDamaged, func() []byte {
			return withRaw(t, good(), sheetPart, repeated(t, begin+cell, `<r>`, 100_000, ``))
		}},
		{"100,000 nested elements before the rows", sheet.CodeXLSXHostile, func() []byte {
			return withRaw(t, good(), sheetPart, repeated(t, `<worksheet xmlns="`+mainSpace+`">`, `<cols>`, 100_000, ``))
		}},
		{"100,000 attributes", sheet.CodeXLSXHostile, func() []byte {
			return withRaw(t, good(), sheetPart, repeated(t, begin+`<row `, `a="1" `, 100_000, `/>`+end))
		}},
		{"one attribute of 3 MB", sheet.CodeXLSXHostile, func() []byte {
			return withRaw(t, good(), sheetPart, repeated(t, begin+`<row a="`, strings.Repeat("x", 32), 100_000, `"/>`+end))
		}},
		{"one text of 3 MB", sheet.CodeXLSXHostile, func() []byte {
			return withRaw(t, good(), sheetPart, repeated(t, begin+cell+"<t>", strings.Repeat("x", 32), 100_000, `</t></is></c></row>`+end))
		}},
		{"one comment of 3 MB", sheet.CodeXLSXHostile, func() []byte {
			return withRaw(t, good(), sheetPart, repeated(t, begin+"<!--", strings.Repeat("x", 32), 100_000, `-->`+end))
		}},
		{"one name of 3 MB", sheet.CodeXLSXHostile, func() []byte {
			return withRaw(t, good(), sheetPart, repeated(t, begin+"<", strings.Repeat("x", 32), 100_000, `/>`+end))
		}},
		{"text of 40,000 characters", sheet.CodeCellTooLong, func() []byte {
			return book(t, sheetXML(cell+"<t>"+strings.Repeat("x", 40_000)+`</t></is></c></row>`))
		}},
		{"shared text of 40,000 characters", sheet.CodeCellTooLong, func() []byte {
			return zipped(t, with(good(), "xl/sharedStrings.xml", stringsXML("<si><t>"+strings.Repeat("x", 40_000)+"</t></si>")))
		}},
		{"2.3 million empty shared texts", sheet.CodeXLSXTooMuchText, func() []byte {
			head, tail, _ := strings.Cut(stringsXML("|"), "|")
			return withRaw(t, good(), "xl/sharedStrings.xml", repeated(t, head, "<si/>", 2_300_000, tail))
		}},
		{"15 MB of shared texts", sheet.CodeXLSXTooMuchText, func() []byte {
			head, tail, _ := strings.Cut(stringsXML("|"), "|")
			return withRaw(t, good(), "xl/sharedStrings.xml", repeated(t, head, "<si><t>"+strings.Repeat("x", 5_000)+"</t></si>", 3_000, tail))
		}},
		{"100,000 cell formats", sheet.CodeXLSXHostile, func() []byte {
			return withRaw(t, good(), "xl/styles.xml", repeated(t, `<styleSheet xmlns="`+mainSpace+`"><cellXfs>`, `<xf/>`, 100_000, `</cellXfs></styleSheet>`))
		}},
		{"100,000 relationships", sheet.CodeXLSXDamaged, func() []byte {
			return withRaw(t, good(), "_rels/.rels", repeated(t, `<Relationships xmlns="`+packageSpace+`">`, `<Relationship Id="x"/>`, 100_000, `</Relationships>`))
		}},
		{"100,000 sheets", sheet.CodeXLSXDamaged, func() []byte {
			head, tail, _ := strings.Cut(workbookXML("|"), "|")
			return withRaw(t, good(), "xl/workbook.xml", repeated(t, head, `<sheet name="S" r:id="rId1"/>`, 100_000, tail))
		}},
		{"100 namespace prefixes", sheet.CodeXLSXHostile, func() []byte {
			var prefixes strings.Builder
			for i := range 100 {
				if i%50 == 0 {
					prefixes.WriteString("><extLst")
				}
				prefixes.WriteString(" xmlns:p" + strings.Repeat("p", i) + `="urn:x"`)
			}
			return book(t, `<worksheet xmlns="`+mainSpace+`"`+prefixes.String()+`></extLst></extLst><sheetData/></worksheet>`)
		}},
		{"5,000 parts", sheet.CodeXLSXHostile, func() []byte {
			parts := good()
			for i := range 5000 {
				parts = append(parts, part{name: "x/" + strings.Repeat("y", i%90) + string(rune('0'+i/90)), text: ""})
			}
			return zipped(t, parts)
		}},
		{"parts with names of 60 KB", sheet.CodeXLSXHostile, func() []byte {
			parts := good()
			for i := range 20 {
				parts = append(parts, part{name: string(rune('a'+i)) + strings.Repeat("y", 60_000)})
			}
			return zipped(t, parts)
		}},
		{"billion laughs", sheet.CodeXLSXHostile, func() []byte {
			return book(t, `<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>`+strings.TrimPrefix(sheetXML(`<row><c t="str"><v>&b;</v></c></row>`), xmlHead))
		}},
		{"file included by an entity", sheet.CodeXLSXHostile, func() []byte {
			return zipped(t, with(good(), "xl/sharedStrings.xml", `<!DOCTYPE sst [<!ENTITY x SYSTEM "file:///etc/hostname">]>`+strings.TrimPrefix(stringsXML(`<si><t>&x;</t></si>`), xmlHead)))
		}},
		{"entity without a definition", sheet.CodeXLSXDamaged, func() []byte { return book(t, sheetXML(`<row><c t="str"><v>&nbsp;</v></c></row>`)) }},
		{"two parts of one name", sheet.CodeXLSXHostile, func() []byte { return zipped(t, append(good(), part{"XL/Worksheets/SHEET1.xml", "x"})) }},
		{"part outside the workbook", sheet.CodeXLSXHostile, func() []byte { return zipped(t, append(good(), part{"xl/../../x", "x"})) }},
		{"part outside the workbook, backslashes", sheet.CodeXLSXHostile, func() []byte { return zipped(t, append(good(), part{`..\x`, "x"})) }},
		{"two sheets in one part", sheet.CodeXLSXHostile, func() []byte {
			return zipped(t, with(good(), "xl/workbook.xml", workbookXML(`<sheet name="A" r:id="rId1"/><sheet name="B" r:id="rId1"/>`)))
		}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			data := test.data()
			capMemory(t, memoryCap/10, func() {
				if fault := wantFault(t, data, lim, test.code); strings.HasSuffix(test.code, "_too_large") && fault.Limit != lim.MaxUnzipped {
					t.Errorf("the limit is not in %+v", fault)
				}
			})
		})
	}
}

// TestXLSXMemoryAtFullLimits fills the one thing that is held in memory.
func TestXLSXMemoryAtFullLimits(t *testing.T) {
	head, tail, _ := strings.Cut(stringsXML("|"), "|")
	texts := repeated(t, head, "<si><t>"+strings.Repeat("x", 20_000)+"</t></si>", 4_000, tail)
	data := withRaw(t, bookParts(sheetXML("")), "xl/sharedStrings.xml", texts)
	capMemory(t, memoryCap, func() { refused(t, data, sheet.CodeXLSXTooMuchText) })
}

// TestXLSXHeavyButHonest reads files that look like bombs and are not.
func TestXLSXHeavyButHonest(t *testing.T) {
	begin, end, _ := strings.Cut(sheetXML("|"), "|")
	good := bookParts("")
	tests := []struct {
		name string
		data []byte
		rows int
	}{
		{"one cell in the last row", book(t, sheetXML(`<row r="1048576"><c r="A1048576"><v>1</v></c></row>`)), 1},
		{"300,000 rows with a format and no value", withRaw(t, good, sheetPart, repeated(t, begin+`<row><c><v>1</v></c></row>`, `<row s="1"><c s="1"/></row>`, 300_000, end)), 1},
		{"a row with a format in every column", book(t, sheetXML(`<row><c><v>1</v></c>`+strings.Repeat(`<c s="1"/>`, 16_383)+`</row>`)), 1},
		{"very repetitive", withRaw(t, good, sheetPart, repeated(t, begin, `<row><c><v>1</v></c></row>`, 200_000, end)), 200_000},
		{"300,000 empty runs in one cell", withRaw(t, good, sheetPart, repeated(t, begin+`<row><c t="inlineStr"><is><t>x</t>`, `<r/>`, 300_000, `</is></c></row>`+end)), 1},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			capMemory(t, memoryCap/10, func() {
				reader, err := sheet.Open(source(test.data), sheet.DefaultLimits())
				if err != nil {
					t.Fatal(err)
				}
				rows := 0
				for {
					if _, err = reader.Next(); err != nil {
						break
					}
					rows++
				}
				if rows != test.rows || err.Error() != "EOF" {
					t.Errorf("read %d rows and got %v, want %d rows", rows, err, test.rows)
				}
			})
		})
	}
}

func TestXLSXLimits(t *testing.T) {
	rows := func(n int) []byte {
		parts := bookParts(sheetXML(`<row r="5"><c r="D5"><v>1</v></c></row>` + strings.Repeat(`<row/><row><c t="str"><v>éééé</v></c></row>`, n-1)))
		return zipped(t, with(parts, "xl/sharedStrings.xml", stringsXML("")))
	}
	lim := sheet.DefaultLimits()
	lim.MaxRows, lim.MaxColumns, lim.MaxCellChars = 2, 4, 4
	if got, err := readAll(rows(3), lim); err != nil || len(got) != 3 {
		t.Fatalf("three rows: got %d, %v", len(got), err)
	}
	fault := wantFault(t, rows(4), lim, sheet.CodeTooManyRows)
	if fault.Limit != 2 || fault.Row != 11 || fault.Column != 0 || fault.Sheet != "Staff" || !strings.Contains(fault.Message, "2") {
		t.Errorf("got %+v", fault)
	}
	lim.MaxColumns = 3
	if fault := wantFault(t, rows(1), lim, sheet.CodeTooManyColumns); fault.Limit != 3 || fault.Row != 5 || fault.Column != 4 {
		t.Errorf("got %+v", fault)
	}
	lim.MaxColumns, lim.MaxCellChars = 4, 3
	if fault := wantFault(t, rows(2), lim, sheet.CodeCellTooLong); fault.Limit != 3 || fault.Row != 7 || fault.Column != 1 {
		t.Errorf("got %+v", fault)
	}
	lim = sheet.DefaultLimits()
	lim.MaxUnzipped = 1000
	if fault := wantFault(t, rows(1), lim, sheet.CodeUnzippedTooLarge); fault.Limit != 1000 {
		t.Errorf("got %+v", fault)
	}
}
