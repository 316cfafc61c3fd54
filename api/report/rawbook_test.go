package report_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"strconv"
	"strings"
	"testing"
)

// rawBook is a workbook as its zip parts say, read without the library that wrote it.
type rawBook struct {
	parts  map[string]string
	core   rawCore
	sheets []rawSheet
	styles rawStyles
}

type rawCore struct {
	Title    string `xml:"title"`
	Creator  string `xml:"creator"`
	Keywords string `xml:"keywords"`
	Language string `xml:"language"`
	Created  string `xml:"created"`
	Modified string `xml:"modified"`
}

type rawSheet struct {
	name   string
	xml    string
	ref    string
	cells  []rawCell
	widths map[int]float64
	links  map[string]string // cell to location
	table  *rawTable
}

type rawCell struct {
	ref      string
	row, col int
	number   bool
	style    int
	value    string
}

type rawTable struct {
	xml     string
	Name    string `xml:"name,attr"`
	Ref     string `xml:"ref,attr"`
	Columns []struct {
		Name string `xml:"name,attr"`
	} `xml:"tableColumns>tableColumn"`
	Style struct {
		Name    string `xml:"name,attr"`
		Stripes bool   `xml:"showRowStripes,attr"`
	} `xml:"tableStyleInfo"`
}

type rawXf struct {
	NumFmtID  int `xml:"numFmtId,attr"`
	FontID    int `xml:"fontId,attr"`
	FillID    int `xml:"fillId,attr"`
	XfID      int `xml:"xfId,attr"`
	Alignment struct {
		Horizontal string `xml:"horizontal,attr"`
		Wrap       bool   `xml:"wrapText,attr"`
		Rotation   int    `xml:"textRotation,attr"`
		Indent     int    `xml:"indent,attr"`
	} `xml:"alignment"`
}

type rawStyles struct {
	NumFmts []struct {
		ID   int    `xml:"numFmtId,attr"`
		Code string `xml:"formatCode,attr"`
	} `xml:"numFmts>numFmt"`
	Fonts []struct {
		Bold      *struct{} `xml:"b"`
		Italic    *struct{} `xml:"i"`
		Underline *struct{} `xml:"u"`
		Size      struct {
			Val float64 `xml:"val,attr"`
		} `xml:"sz"`
		Color struct {
			RGB   string `xml:"rgb,attr"`
			Theme string `xml:"theme,attr"`
		} `xml:"color"`
		Name struct {
			Val string `xml:"val,attr"`
		} `xml:"name"`
	} `xml:"fonts>font"`
	Xfs        []rawXf `xml:"cellXfs>xf"`
	CellStyles []struct {
		XfID      int `xml:"xfId,attr"`
		BuiltinID int `xml:"builtinId,attr"`
	} `xml:"cellStyles>cellStyle"`
}

func (s rawStyles) format(style int) string {
	for _, f := range s.NumFmts {
		if f.ID == s.Xfs[style].NumFmtID {
			return f.Code
		}
	}
	return "General"
}

func (s rawStyles) builtin(style int) int {
	for _, c := range s.CellStyles {
		if c.XfID == s.Xfs[style].XfID {
			return c.BuiltinID
		}
	}
	return -1
}

func (s rawSheet) cell(ref string) rawCell {
	for _, c := range s.cells {
		if c.ref == ref {
			return c
		}
	}
	return rawCell{}
}

// bounds returns the first and the last row and the number of columns of the table.
func (s rawSheet) bounds() (header, last, columns int) {
	from, to, _ := strings.Cut(s.table.Ref, ":")
	_, header = place(from)
	columns, last = place(to)
	return header, last, columns
}

func place(ref string) (col, row int) {
	letters := strings.TrimRight(ref, "0123456789")
	for _, r := range letters {
		col = col*26 + int(r-'A') + 1
	}
	row, _ = strconv.Atoi(ref[len(letters):])
	return col, row
}

func decode(t *testing.T, part string, into any) {
	t.Helper()
	if err := xml.Unmarshal([]byte(part), into); err != nil {
		t.Fatalf("parse part: %v", err)
	}
}

// readBook makes a workbook and reads its parts.
func readBook(t *testing.T, write func(io.Writer) error) rawBook {
	t.Helper()
	var out bytes.Buffer
	if err := write(&out); err != nil {
		t.Fatalf("make workbook: %v", err)
	}
	archive, err := zip.NewReader(bytes.NewReader(out.Bytes()), int64(out.Len()))
	if err != nil {
		t.Fatalf("open workbook: %v", err)
	}
	b := rawBook{parts: map[string]string{}}
	for _, f := range archive.File {
		r, err := f.Open()
		if err != nil {
			t.Fatalf("open part %s: %v", f.Name, err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatalf("read part %s: %v", f.Name, err)
		}
		b.parts[f.Name] = string(content)
	}
	decode(t, b.parts["docProps/core.xml"], &b.core)
	decode(t, b.parts["xl/styles.xml"], &b.styles)
	var strs struct {
		Items []struct {
			Text string `xml:"t"`
		} `xml:"si"`
	}
	decode(t, b.parts["xl/sharedStrings.xml"], &strs)
	var book struct {
		Sheets []struct {
			Name string `xml:"name,attr"`
			ID   int    `xml:"sheetId,attr"`
		} `xml:"sheets>sheet"`
	}
	decode(t, b.parts["xl/workbook.xml"], &book)
	for _, s := range book.Sheets {
		part := b.parts[fmt.Sprintf("xl/worksheets/sheet%d.xml", s.ID)]
		rels := b.parts[fmt.Sprintf("xl/worksheets/_rels/sheet%d.xml.rels", s.ID)]
		sheet := readSheet(t, s.Name, part, func(i int) string { return strs.Items[i].Text })
		if _, name, found := strings.Cut(rels, "../tables/"); found {
			name, _, _ = strings.Cut(name, `"`)
			sheet.table = &rawTable{xml: b.parts["xl/tables/"+name]}
			decode(t, sheet.table.xml, sheet.table)
		}
		b.sheets = append(b.sheets, sheet)
	}
	return b
}

func readSheet(t *testing.T, name, part string, text func(int) string) rawSheet {
	t.Helper()
	var raw struct {
		Dimension struct {
			Ref string `xml:"ref,attr"`
		} `xml:"dimension"`
		Cols []struct {
			Min   int     `xml:"min,attr"`
			Max   int     `xml:"max,attr"`
			Width float64 `xml:"width,attr"`
		} `xml:"cols>col"`
		Cells []struct {
			Ref   string `xml:"r,attr"`
			Style int    `xml:"s,attr"`
			Type  string `xml:"t,attr"`
			Value string `xml:"v"`
			Text  string `xml:"is>t"`
		} `xml:"sheetData>row>c"`
		Links []struct {
			Ref      string `xml:"ref,attr"`
			Location string `xml:"location,attr"`
		} `xml:"hyperlinks>hyperlink"`
	}
	decode(t, part, &raw)
	s := rawSheet{name: name, xml: part, ref: raw.Dimension.Ref, widths: map[int]float64{}, links: map[string]string{}}
	for _, c := range raw.Cols {
		for col := c.Min; col <= c.Max; col++ {
			s.widths[col] = c.Width
		}
	}
	for _, l := range raw.Links {
		s.links[l.Ref] = l.Location
	}
	for _, c := range raw.Cells {
		if c.Type == "" && c.Value == "" {
			continue
		}
		if c.Type == "inlineStr" {
			c.Value = c.Text
		}
		cell := rawCell{ref: c.Ref, style: c.Style, value: c.Value, number: c.Type == "" || c.Type == "n"}
		cell.col, cell.row = place(c.Ref)
		if c.Type == "s" {
			i, err := strconv.Atoi(c.Value)
			if err != nil {
				t.Fatalf("shared string of %s: %v", c.Ref, err)
			}
			cell.value = text(i)
		}
		s.cells = append(s.cells, cell)
	}
	return s
}

// canonical writes every cell as sheet!cell, type, number format and value.
func (b rawBook) canonical() string {
	var out strings.Builder
	for _, s := range b.sheets {
		for _, c := range s.cells {
			kind := "text"
			if c.number {
				kind = "number"
			}
			fmt.Fprintf(&out, "%s!%s\t%s\t%s\t%s\n", s.name, c.ref, kind, b.styles.format(c.style), c.value)
		}
	}
	return out.String()
}
