package check_test

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
	"unicode/utf16"

	"skillstracker/api/report/check"
)

// checked runs a check on bytes that may be anything. It must end in a result or in an
// error that says what to do.
func checked(tb testing.TB, content []byte, opts check.Options) error {
	tb.Helper()
	_, err := check.File(tb.Context(), bytes.NewReader(content), int64(len(content)), "a.xlsx", opts)
	if err == nil {
		return nil
	}
	fault, ok := errors.AsType[*check.FileError](err)
	if !ok {
		tb.Fatalf("ends in %v", err)
	}
	if !strings.HasSuffix(fault.Message, ".") || !strings.HasSuffix(fault.Advice, ".") {
		tb.Fatalf("says %q and %q", fault.Message, fault.Advice)
	}
	return err
}

func TestNotAWorkbook(t *testing.T) {
	t.Parallel()
	compound := append([]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), make([]byte, 600)...)
	for name, test := range map[string]struct {
		content []byte
		says    string
	}{
		"nothing":              {nil, "not an Excel workbook"},
		"text":                 {[]byte("Employee,Level\n1,2\n"), "not an Excel workbook"},
		"older format":         {compound, "older Excel format"},
		"cut-off archive":      {goodParts(t).pack(t)[:2000], "damaged"},
		"archive":              {parts{"a.txt": "x"}.pack(t), "an archive without a workbook"},
		"document":             {parts{"word/document.xml": "<x/>"}.pack(t), "a document"},
		"OpenDocument":         {parts{"content.xml": "<x/>", "mimetype": "x"}.pack(t), "an OpenDocument file"},
		"binary workbook":      {parts{"xl/workbook.bin": "x"}.pack(t), "binary Excel workbook"},
		"workbook of no sheet": {parts{"xl/workbook.xml": "<workbook/>"}.pack(t), "no worksheets"},
		"sheet without part":   {parts{"xl/workbook.xml": `<workbook><sheets><sheet name="A"/></sheets></workbook>`}.pack(t), "has no part"},
	} {
		if err := checked(t, test.content, check.Options{}); err == nil || !strings.Contains(err.Error(), test.says) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestEncrypted(t *testing.T) {
	t.Parallel()
	content := append([]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), make([]byte, 1016)...)
	for _, unit := range utf16.Encode([]rune("EncryptedPackage")) {
		content = binary.LittleEndian.AppendUint16(content, unit)
	}
	result := checkBytes(t, content, goodName, check.Options{})
	if got := failed(result); len(got) != 1 || got[0] != "DOC-08" || result.NotChecked != 73 || result.Passed != 1 {
		t.Errorf("fails %v of %+v", got, result)
	}
}

// Whatever is done to the bytes of a workbook, a check ends, and not in a panic.
func TestDamagedBytes(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(7, 8))
	stored := store(t, goodParts(t))
	packed, err := os.ReadFile(workbook("xlsxwriter.xlsx"))
	must(t, err)
	faults := 0
	for range 160 {
		content := bytes.Clone(stored)
		if random.IntN(2) == 0 {
			content = bytes.Clone(packed)
		}
		for range 1 + random.IntN(4) {
			content[random.IntN(len(content))] ^= byte(1 + random.IntN(255))
		}
		if random.IntN(4) == 0 {
			content = content[:random.IntN(len(content))]
		}
		if checked(t, content, check.Options{}) != nil {
			faults++
		}
	}
	if faults < 40 {
		t.Errorf("only %d of 160 damaged workbooks were refused", faults)
	}
}

// store packs parts without compression and without checksums that could save the
// reader from looking at damaged XML.
func store(tb testing.TB, p parts) []byte {
	tb.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for name, content := range p {
		part, err := w.CreateRaw(&zip.FileHeader{
			Name: name, Method: zip.Store, CompressedSize64: uint64(len(content)), UncompressedSize64: uint64(len(content)),
		})
		must(tb, err)
		_, err = part.Write([]byte(content))
		must(tb, err)
	}
	must(tb, w.Close())
	return out.Bytes()
}

// Parts whose XML is changed at random, with checksums that are right.
func TestDamagedParts(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(9, 10))
	names := []string{
		coverPart, contentsPart, notesPart, dataPart, chartSheet, bookPart, corePart, stylesPart, tablePart, drawingPart, chartPart,
		"xl/_rels/workbook.xml.rels", "[Content_Types].xml",
	}
	pieces := []string{"", "<", ">", `"`, "&#x0;", "&amp;", "<a>", "</a>", `<c r="A1"/>`, `r="XFD1048576"`, "-1", "99999999999999999999", "]]>", "<![CDATA[", "<!--", "\x00", "\xff"}
	for range 300 {
		p := goodParts(t)
		name := names[random.IntN(len(names))]
		for range 1 + random.IntN(3) {
			text := p[name]
			at := random.IntN(len(text))
			cut := min(at+random.IntN(12), len(text))
			p[name] = text[:at] + pieces[random.IntN(len(pieces))] + text[cut:]
		}
		_ = checked(t, store(t, p), check.Options{})
	}
}

func TestHostileParts(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		edits []edit
		opts  check.Options
		fails bool
	}{
		"entities":      {edits: []edit{swap(bookPart, "<workbook ", `<!DOCTYPE x [<!ENTITY a "b">]><workbook `)}, fails: true},
		"depth":         {edits: []edit{swap(dataPart, "<sheetViews>", strings.Repeat("<x>", 300)+strings.Repeat("</x>", 300)+"<sheetViews>")}, fails: true},
		"token":         {edits: []edit{swap(dataPart, "<sheetViews>", `<x y="`+strings.Repeat("a", 5<<20)+`"/><sheetViews>`)}, fails: true},
		"rows":          {edits: []edit{swap(dataPart, `<row r="6">`, `<row r="4">`)}, fails: true},
		"columns":       {edits: []edit{swap(dataPart, `r="B6"`, `r="ZZZZ6"`)}, fails: true},
		"strings":       {edits: []edit{setCell(dataPart, "B6", `<c r="B6" t="s"><v>-1</v></c>`)}, fails: true},
		"styles":        {edits: []edit{style(dataPart, "B6", "99999999")}},
		"widest table":  {edits: []edit{swap(tablePart, "A4:F8", "A1:XFD1048576")}},
		"many tables":   {edits: []edit{swap(tablePart, "A4:F8", "A1:XFD1048576"), swap("xl/tables/table2.xml", "A3:B5", "A1:XFD9"), swap("xl/tables/table1.xml", "A3:C6", "A1:XFD9")}, fails: true},
		"empty merge":   {edits: []edit{swap(dataPart, "</sheetData>", `</sheetData><mergeCells><mergeCell ref=""/></mergeCells>`)}},
		"table nowhere": {edits: []edit{swap(tablePart, "A4:F8", "")}},
		"formats":       {edits: []edit{swap(dataPart, "</sheetData>", `</sheetData><conditionalFormatting sqref="A1:XFD1048576 x"><cfRule type="colorScale"/></conditionalFormatting>`)}},
		"all unpacked":  {opts: check.Options{Limits: check.Limits{Unzipped: 1 << 10}}, fails: true},
		"one part":      {opts: check.Options{Limits: check.Limits{Part: 100}}, fails: true},
		"parts":         {opts: check.Options{Limits: check.Limits{Parts: 3}}, fails: true},
		"texts": {
			edits: []edit{
				swap("xl/_rels/workbook.xml.rels", "</Relationships>", `<Relationship Id="rId20" Type="`+relType+`sharedStrings" Target="sharedStrings.xml"/></Relationships>`),
				add("xl/sharedStrings.xml", "<sst>"+strings.Repeat("<si><t>a text</t></si>", 1000)+"</sst>"),
			},
			opts: check.Options{Limits: check.Limits{Texts: 10_000}}, fails: true,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := goodParts(t)
			for _, change := range test.edits {
				change(t, p)
			}
			if err := checked(t, p.pack(t), test.opts); (err != nil) != test.fails {
				t.Errorf("ends in %v", err)
			}
		})
	}
}

// A part that unpacks to more than it declares is cut there.
func TestLyingSize(t *testing.T) {
	t.Parallel()
	p := goodParts(t)
	content := []byte(p[dataPart] + strings.Repeat(" ", 8<<20))
	delete(p, dataPart)
	var packed, out bytes.Buffer
	deflate, err := flate.NewWriter(&packed, flate.BestSpeed)
	must(t, err)
	_, err = deflate.Write(content)
	must(t, err, deflate.Close())
	w := zip.NewWriter(&out)
	for name, text := range p {
		part, err := w.Create(name)
		must(t, err)
		_, err = part.Write([]byte(text))
		must(t, err)
	}
	part, err := w.CreateRaw(&zip.FileHeader{
		Name: dataPart, Method: zip.Deflate, CRC32: crc32.ChecksumIEEE(content), CompressedSize64: uint64(packed.Len()), UncompressedSize64: 4096,
	})
	must(t, err)
	_, err = part.Write(packed.Bytes())
	must(t, err, w.Close())
	if err := checked(t, out.Bytes(), check.Options{}); err == nil || !strings.Contains(err.Error(), "cannot be unpacked") {
		t.Errorf("ends in %v", err)
	}
}

func TestCancelled(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	content := goodParts(t).pack(t)
	if _, err := check.File(ctx, bytes.NewReader(content), int64(len(content)), goodName, check.Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("ends in %v", err)
	}
}

// However often a rule is broken, a report stays short and counts the rest.
func TestManyBreaches(t *testing.T) {
	t.Parallel()
	p := goodParts(t)
	var rows strings.Builder
	for row := 9; row < 3000; row++ {
		fmt.Fprintf(&rows, `<row r="%d">`, row)
		for _, column := range "ABCDEF" {
			fmt.Fprintf(&rows, `<c r="%c%d" s="18" t="inlineStr"><is><t>  a</t></is></c>`, column, row)
		}
		rows.WriteString("</row>")
	}
	swap(dataPart, "</sheetData>", rows.String()+"</sheetData>")(t, p)
	swap(tablePart, "A4:F8", "A4:F2999")(t, p)
	result := checkBytes(t, p.pack(t), goodName, check.Options{})
	counts := map[string]int{}
	for _, b := range result.Breaches {
		counts[b.Rule] += 1 + b.More
	}
	if len(result.Breaches) > 200 || counts["SH-21"] != 6*2991 || counts["SH-22"] != 6*2991 {
		t.Errorf("%d breaches, %v", len(result.Breaches), counts)
	}
}
