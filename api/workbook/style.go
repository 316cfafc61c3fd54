package workbook

import (
	"fmt"

	"github.com/xuri/excelize/v2"
)

// The type and sizes of every workbook, in points. The numbers of headings are those
// by which programs know the built-in cell styles (ECMA-376 part 1, 18.8.7) and by
// which screen readers find headings.
const (
	FontName    = "Arial"
	BodySize    = 12
	TitleSize   = 16
	HeadingSize = 14

	builtInHeading1 = 16
	builtInHeading2 = 17

	linkColour  = "0000FF"
	textTheme   = 1 // the theme's text colour, which a reader's own settings replace
	fillError   = "FFC7CE"
	fillWarning = "FFEB9C"
	black       = "000000"
)

// Number formats.
const (
	FormatText    = "@" // keeps what is typed, such as 0123, a text
	FormatWhole   = "#,##0"
	FormatOne     = "#,##0.0"
	FormatTwo     = "#,##0.00"
	FormatChange  = "[>=0.05]+#,##0.0;[<=-0.05]-#,##0.0;0.0"
	FormatDay     = "d mmm yyyy"
	FormatMonth   = "mmm yyyy"
	FormatISODay  = "yyyy-mm-dd" // of files that are uploaded
	FormatISOTime = "yyyy-mm-dd hh:mm:ss"
)

// Role is what a cell is for.
type Role uint8

// The roles. Title and Heading are tagged as Heading 1 and Heading 2.
const (
	Body    Role = iota
	Title        // of a worksheet, in A1
	Heading      // of a section of a worksheet
	Header       // of a column of a table
	Link         // text that leads elsewhere
)

// Mark says how a cell is marked as faulty: by a fill, bold letters and a frame, so
// that it does not rest on colour alone.
type Mark uint8

// The marks.
const (
	Unmarked Mark = iota
	Warning
	Error
)

// Style is the look of a cell. The zero value is a cell of text in a table, wrapped
// and on the left. No style but that of a marked cell has a fill, and colour and
// underline are for links alone.
type Style struct {
	Role    Role
	Format  string // number format; empty for General
	Right   bool   // on the right, as numbers and their headers are
	OneLine bool   // not wrapped: the text may run over empty cells beside it
	Mark    Mark
}

// styles makes the styles of one workbook, each when it is first asked for.
type styles struct {
	file     *excelize.File
	known    map[Style]int
	headings map[int]int // index of the parent of each built-in heading
}

func newStyles(file *excelize.File) (*styles, error) {
	if err := file.SetDefaultFont(FontName); err != nil {
		return nil, fmt.Errorf("set default font: %w", err)
	}
	size := float64(BodySize)
	file.Styles.Fonts.Font[0].Sz.Val = &size
	return &styles{file: file, known: make(map[Style]int), headings: make(map[int]int)}, nil
}

// id returns the index of a style.
func (s *styles) id(style Style) (int, error) {
	if id, known := s.known[style]; known {
		return id, nil
	}
	made := &excelize.Style{Font: style.font(), Alignment: style.alignment()}
	if style.Format != "" {
		made.CustomNumFmt = &style.Format
	}
	switch {
	case style.Mark != Unmarked:
		fill, line := fillWarning, 8 // a dashed line
		if style.Mark == Error {
			fill, line = fillError, 5 // a thick line
		}
		made.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{fill}}
		for _, side := range []string{"left", "top", "right", "bottom"} {
			made.Border = append(made.Border, excelize.Border{Type: side, Style: line, Color: black})
		}
	case style.Role == Header:
		made.Border = []excelize.Border{{Type: "bottom", Style: 1, Color: black}}
	}
	id, err := s.file.NewStyle(made)
	if err != nil {
		return 0, fmt.Errorf("make cell style: %w", err)
	}
	switch style.Role {
	case Title:
		s.tagHeading("Heading 1", builtInHeading1, id)
	case Heading:
		s.tagHeading("Heading 2", builtInHeading2, id)
	case Body, Header, Link:
	}
	s.known[style] = id
	return id, nil
}

// size returns the size of the letters in points.
func (s Style) size() float64 {
	switch s.Role {
	case Title:
		return TitleSize
	case Heading:
		return HeadingSize
	case Body, Header, Link:
	}
	return BodySize
}

func (s Style) bold() bool {
	return s.Role == Title || s.Role == Heading || s.Role == Header || s.Mark != Unmarked
}

func (s Style) font() *excelize.Font {
	if s.Role == Link {
		return &excelize.Font{Family: FontName, Size: BodySize, Underline: "single", Color: linkColour}
	}
	automatic := textTheme
	return &excelize.Font{Family: FontName, Size: s.size(), Bold: s.bold(), ColorTheme: &automatic}
}

func (s Style) alignment() *excelize.Alignment {
	alignment := &excelize.Alignment{Horizontal: "left", Vertical: "top", WrapText: !s.OneLine}
	if s.Right {
		alignment.Horizontal = "right"
	}
	if s.Role == Header {
		alignment.Vertical = "bottom"
	}
	return alignment
}

// tagHeading makes a cell style an instance of a built-in heading style. The library
// has no call for it, but its style sheet is open.
func (s *styles) tagHeading(name string, builtIn, id int) {
	sheet := s.file.Styles
	index, known := s.headings[builtIn]
	if !known {
		parent := sheet.CellXfs.Xf[id]
		parent.XfID = nil
		sheet.CellStyleXfs.Xf = append(sheet.CellStyleXfs.Xf, parent)
		sheet.CellStyleXfs.Count = len(sheet.CellStyleXfs.Xf)
		index = len(sheet.CellStyleXfs.Xf) - 1
		s.headings[builtIn] = index

		named, custom := *sheet.CellStyles.CellStyle[0], true
		named.Name, named.XfID, named.BuiltInID, named.CustomBuiltIn = name, index, &builtIn, &custom
		sheet.CellStyles.CellStyle = append(sheet.CellStyles.CellStyle, &named)
		sheet.CellStyles.Count = len(sheet.CellStyles.CellStyle)
	}
	sheet.CellXfs.Xf[id].XfID = &index
}
