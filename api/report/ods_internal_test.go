package report

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"testing"

	"skillstracker/api/workbook"
	"skillstracker/domain"
)

// odsFile is what an OpenDocument spreadsheet says, read by nothing of this package.
type odsFile struct {
	Sheets []odsTable `xml:"body>spreadsheet>table"`
	Ranges []struct {
		Name   string `xml:"name,attr"`
		Target string `xml:"target-range-address,attr"`
		Header string `xml:"contains-header,attr"`
		Filter string `xml:"display-filter-buttons,attr"`
	} `xml:"body>spreadsheet>database-ranges>database-range"`
	Styles []struct {
		Name   string `xml:"name,attr"`
		Parent string `xml:"parent-style-name,attr"`
		Data   string `xml:"data-style-name,attr"`
		Para   struct {
			Align string `xml:"text-align,attr"`
		} `xml:"paragraph-properties"`
	} `xml:"automatic-styles>style"`
}

type odsTable struct {
	Name  string       `xml:"name,attr"`
	Above []odsTestRow `xml:"table-row"`
	Head  []odsTestRow `xml:"table-header-rows>table-row"`
}

type odsTestRow struct {
	Cells []odsTestCell `xml:"table-cell"`
}

type odsTestCell struct {
	Style string `xml:"style-name,attr"`
	Type  string `xml:"value-type,attr"`
	Value string `xml:"value,attr"`
	Date  string `xml:"date-value,attr"`
	Text  struct {
		Own  string `xml:",chardata"`
		Link struct {
			Target string `xml:"href,attr"`
			Text   string `xml:",chardata"`
		} `xml:"a"`
	} `xml:"p"`
}

// is returns what a cell holds as Book.Tables has it.
func (c odsTestCell) is(t *testing.T) any {
	t.Helper()
	switch c.Type {
	case "string":
		return c.Text.Own + c.Text.Link.Text
	case "float":
		number, err := strconv.ParseFloat(c.Value, 64)
		if err != nil {
			t.Error(err)
		}
		return number
	case "date":
		day, err := domain.ParseDate(c.Date)
		if err != nil {
			t.Error(err)
		}
		return dateValue(day).number
	}
	t.Errorf("a cell of type %q", c.Type)
	return nil
}

// odsParts returns the parts of a package, after it has read each to its end as XML.
func odsParts(t *testing.T, content []byte) map[string][]byte {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string][]byte{}
	for i, file := range archive.File {
		reader, err := file.Open()
		if err != nil {
			t.Fatal(err)
		}
		if parts[file.Name], err = io.ReadAll(reader); err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			if file.Name != "mimetype" || file.Method != zip.Store || file.Flags&8 != 0 || len(file.Extra) > 0 {
				t.Errorf("first part %s, method %d, flags %x", file.Name, file.Method, file.Flags)
			}
			continue
		}
		decoder := xml.NewDecoder(bytes.NewReader(parts[file.Name]))
		for {
			if _, err := decoder.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("part %s: %v", file.Name, err)
			}
		}
	}
	return parts
}

func readODS(t *testing.T, content []byte) odsFile {
	t.Helper()
	var file odsFile
	if err := xml.Unmarshal(odsParts(t, content)["content.xml"], &file); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestODSPackage(t *testing.T) {
	t.Parallel()
	b := everyKind(t)
	content := written(t, b, ODS, Accessible)
	// Programs know the format by these bytes.
	if want := "mimetype" + odsType; string(content[30:30+len(want)]) != want {
		t.Errorf("the file begins with %q", content[:80])
	}
	parts := odsParts(t, content)
	var manifest struct {
		Version string `xml:"version,attr"`
		Entries []struct {
			Path string `xml:"full-path,attr"`
			Type string `xml:"media-type,attr"`
		} `xml:"file-entry"`
	}
	if err := xml.Unmarshal(parts["META-INF/manifest.xml"], &manifest); err != nil {
		t.Fatal(err)
	}
	listed := []string{"META-INF/manifest.xml", "mimetype"}
	for _, entry := range manifest.Entries {
		if entry.Path == "/" {
			if entry.Type != odsType {
				t.Errorf("the package is of type %s", entry.Type)
			}
			continue
		}
		listed = append(listed, entry.Path)
	}
	slices.Sort(listed)
	var held []string
	for name := range parts {
		held = append(held, name)
	}
	slices.Sort(held)
	if !slices.Equal(listed, held) || manifest.Version != "1.3" {
		t.Errorf("version %s lists %v, the package has %v", manifest.Version, listed, held)
	}
	var meta struct {
		Title    string   `xml:"meta>title"`
		Language string   `xml:"meta>language"`
		Creator  string   `xml:"meta>creator"`
		Made     string   `xml:"meta>creation-date"`
		Changed  string   `xml:"meta>date"`
		Keywords []string `xml:"meta>keyword"`
	}
	if err := xml.Unmarshal(parts["meta.xml"], &meta); err != nil {
		t.Fatal(err)
	}
	if meta.Title != b.title(b.subject) || meta.Language != "en-GB" || meta.Creator != b.Publisher || meta.Made != "2026-11-03T14:05:00Z" || meta.Changed != meta.Made {
		t.Errorf("properties %+v", meta)
	}
	if !slices.Equal(meta.Keywords, b.keywords) {
		t.Errorf("keywords %v, want %v", meta.Keywords, b.keywords)
	}
	if again := written(t, everyKind(t), ODS, Accessible); !bytes.Equal(content, again) {
		t.Error("two spreadsheets made from the same input differ")
	}
}

func TestODSHasTheFiguresOfTheBook(t *testing.T) {
	t.Parallel()
	b := everyKind(t)
	file := readODS(t, written(t, b, ODS, Accessible))
	w := &writer{notes: b.notes, profile: Accessible}
	if err := w.lay(b); err != nil {
		t.Fatal(err)
	}
	if len(file.Sheets) != len(w.sheets) {
		t.Fatalf("%d sheets, want %d", len(file.Sheets), len(w.sheets))
	}
	tables := map[string]Table{}
	for _, table := range b.Tables() {
		tables[table.Sheet] = table
	}
	if len(tables) != 3 {
		t.Fatalf("the sample has %d tables", len(tables))
	}
	for i, s := range file.Sheets {
		laid := w.sheets[i]
		if s.Name != laid.Name {
			t.Errorf("sheet %d is %s, want %s", i+1, s.Name, laid.Name)
		}
		for j, line := range laid.Lines {
			if got := s.Above[j].Cells[0].is(t); got != line.Text {
				t.Errorf("%s, row %d: got %q, want %q", s.Name, j+1, got, line.Text)
			}
		}
		table, isTable := tables[s.Name]
		if !isTable {
			continue
		}
		delete(tables, s.Name)
		for j, header := range table.Header {
			if got := s.Head[0].Cells[j].is(t); got != header {
				t.Errorf("%s: header %q, want %q", s.Name, got, header)
			}
		}
		rows := s.Above[len(laid.Lines):]
		if len(rows) != len(table.Rows) {
			t.Fatalf("%s: %d rows, want %d", s.Name, len(rows), len(table.Rows))
		}
		for j, row := range table.Rows {
			for k, want := range row {
				if got := rows[j].Cells[k].is(t); got != want {
					t.Errorf("%s, row %d, column %d: got %v, want %v", s.Name, j+1, k+1, got, want)
				}
			}
		}
	}
	if len(tables) > 0 {
		t.Errorf("tables without a sheet: %v", tables)
	}
}

func TestODSIsMarkedUp(t *testing.T) {
	t.Parallel()
	b := everyKind(t)
	content := written(t, b, ODS, Accessible)
	file := readODS(t, content)
	names, parents := map[string]bool{}, map[string]string{}
	for _, s := range file.Sheets {
		names[s.Name] = true
	}
	for _, style := range file.Styles {
		parents[style.Name] = style.Parent
	}
	links := 0
	for i, s := range file.Sheets {
		title := s.Above[0].Cells[0].Style
		if title != odsTitle && parents[title] != odsTitle {
			t.Errorf("%s: the title has style %s", s.Name, title)
		}
		for _, row := range slices.Concat(s.Head, s.Above) {
			for _, cell := range row.Cells {
				if target := cell.Text.Link.Target; target != "" {
					links++
					if to, found := strings.CutPrefix(target, "#"); !found || !names[strings.TrimSuffix(to, ".A1")] || cell.Text.Link.Text != strings.TrimSuffix(to, ".A1") {
						t.Errorf("%s: link %q to %s", s.Name, cell.Text.Link.Text, target)
					}
				}
			}
		}
		if i == 0 {
			continue
		}
		above := len(s.Above)
		r := file.Ranges[i-1]
		top := above - rowsOfTable(b, s.Name) + 1
		want := fmt.Sprintf("%s.A%d:%s.%s", s.Name, top, s.Name, workbook.CellName(len(s.Head[0].Cells), above+1))
		if r.Target != want || r.Header != "true" || r.Filter != "false" {
			t.Errorf("table %+v, want %s", r, want)
		}
	}
	// Contents lists the sheets after it.
	if want := len(file.Sheets) - 2; links != want {
		t.Errorf("%d links, want %d", links, want)
	}
	headings := 0
	for _, row := range file.Sheets[0].Above {
		if row.Cells[0].Style == odsHeading {
			headings++
		}
	}
	if headings != len(b.cover) {
		t.Errorf("%d headings on the cover, want %d", headings, len(b.cover))
	}
	styles := string(odsParts(t, content)["styles.xml"])
	for _, want := range []string{
		`style:display-name="Heading 1"`, `style:display-name="Heading 2"`, `fo:language="en" fo:country="GB"`, `fo:font-size="12pt"`,
	} {
		if !strings.Contains(styles, want) {
			t.Errorf("styles have no %s", want)
		}
	}
}

func rowsOfTable(b *Book, sheet string) int {
	for _, s := range b.tableSheets(Accessible) {
		if s.name == sheet {
			return len(s.rows)
		}
	}
	return -1
}

// Texts that XML or a cell cannot hold are an error and are not changed in silence.
func TestODSRefusesControlCharacters(t *testing.T) {
	t.Parallel()
	b := everyKind(t)
	b.sheets[0].rows[0][1].text = "bell\x07"
	if err := b.Write(io.Discard, ODS, Accessible); !errors.Is(err, errHasControl) {
		t.Errorf("got %v", err)
	}
}
