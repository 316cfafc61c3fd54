package sheet

import (
	"fmt"

	"github.com/xuri/excelize/v2"
)

// The type and sizes of workbooks. The numbers are those by which programs know the
// built-in heading style (ECMA-376 part 1, 18.8.7), by which screen readers find it.
const (
	fontName        = "Arial"
	fontSize        = 12
	titleSize       = 16
	textTheme       = 1 // the theme's text colour, which a reader's own settings replace
	builtInHeading1 = 16
	builtInHeading2 = 17

	formatText     = "@"
	formatDay      = "yyyy-mm-dd"
	formatDayTime  = "yyyy-mm-dd hh:mm:ss"
	fillError      = "FFC7CE"
	fillWarning    = "FFEB9C"
	lineThin       = 1
	lineThick      = 5
	lineMediumDash = 8
)

// bookStyles holds the cell styles of a workbook by their index.
type bookStyles struct {
	title   int // heading 1, on one line
	heading int // heading 2, on one line
	line    int // text above a table, on one line
	header  int // of a table
	wrapped int // text of a table, on several lines
	number  int // in the General form
	text    int // text that stays text when it is edited
	day     int
	known   map[styleKey]int
}

// styleKey is what cells of data differ by.
type styleKey struct {
	format  string // number format, empty for General
	mark    mark
	header  bool
	wrapped bool
}

// mark says how a cell is marked as faulty.
type mark uint8

const (
	unmarked mark = iota
	markedWarning
	markedError
)

func (b *book) makeStyles() error {
	if err := b.file.SetDefaultFont(fontName); err != nil {
		return err
	}
	size, automatic := float64(fontSize), textTheme
	b.file.Styles.Fonts.Font[0].Sz.Val = &size
	bold := excelize.Font{Family: fontName, Size: fontSize, Bold: true, ColorTheme: &automatic}
	title := excelize.Font{Family: fontName, Size: titleSize, Bold: true, ColorTheme: &automatic}
	left := excelize.Alignment{Horizontal: "left", Vertical: "top"}
	wrapped := excelize.Alignment{Horizontal: "left", Vertical: "top", WrapText: true}
	header := excelize.Alignment{Horizontal: "left", Vertical: "bottom", WrapText: true}
	b.styles.known = make(map[styleKey]int)
	for _, wanted := range []struct {
		id    *int
		style excelize.Style
	}{
		{&b.styles.title, excelize.Style{Font: &title, Alignment: &left}},
		{&b.styles.heading, excelize.Style{Font: &bold, Alignment: &left}},
		{&b.styles.line, excelize.Style{Alignment: &left}},
		{&b.styles.header, excelize.Style{Font: &bold, Alignment: &header, Border: []excelize.Border{{Type: "bottom", Style: lineThin, Color: "000000"}}}},
		{&b.styles.wrapped, excelize.Style{Alignment: &wrapped}},
	} {
		id, err := b.file.NewStyle(&wanted.style)
		if err != nil {
			return err
		}
		*wanted.id = id
	}
	b.tagHeading("Heading 1", builtInHeading1, b.styles.title)
	b.tagHeading("Heading 2", builtInHeading2, b.styles.heading)
	for _, wanted := range []struct {
		id     *int
		format string
	}{{&b.styles.number, ""}, {&b.styles.text, formatText}, {&b.styles.day, formatDay}} {
		id, err := b.style(styleKey{format: wanted.format})
		if err != nil {
			return err
		}
		*wanted.id = id
	}
	return nil
}

// tagHeading makes a cell style an instance of a built-in heading style. The library
// has no call for it, but its style sheet is open.
func (b *book) tagHeading(name string, builtIn, id int) {
	sheet := b.file.Styles
	parent := sheet.CellXfs.Xf[id]
	parent.XfID = nil
	sheet.CellStyleXfs.Xf = append(sheet.CellStyleXfs.Xf, parent)
	sheet.CellStyleXfs.Count = len(sheet.CellStyleXfs.Xf)
	index := len(sheet.CellStyleXfs.Xf) - 1

	named, custom := *sheet.CellStyles.CellStyle[0], true
	named.Name, named.XfID, named.BuiltInID, named.CustomBuiltIn = name, index, &builtIn, &custom
	sheet.CellStyles.CellStyle = append(sheet.CellStyles.CellStyle, &named)
	sheet.CellStyles.Count = len(sheet.CellStyles.CellStyle)
	sheet.CellXfs.Xf[id].XfID = &index
}

// style returns the style of a cell of data, which it makes the first time. A mark
// is a fill, bold letters and a frame, so that it does not rest on colour alone.
func (b *book) style(key styleKey) (int, error) {
	if id, known := b.styles.known[key]; known {
		return id, nil
	}
	style := excelize.Style{Alignment: &excelize.Alignment{Vertical: "top"}}
	if key.format == formatDay || key.format == formatDayTime {
		style.Alignment.Horizontal = "left"
	}
	if key.format != "" {
		style.CustomNumFmt = &key.format
	}
	style.Alignment.WrapText = key.wrapped
	if key.header || key.mark != unmarked {
		automatic := textTheme
		style.Font = &excelize.Font{Family: fontName, Size: fontSize, Bold: true, ColorTheme: &automatic}
	}
	if key.mark != unmarked {
		fill, line := fillWarning, lineMediumDash
		if key.mark == markedError {
			fill, line = fillError, lineThick
		}
		style.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{fill}}
		for _, side := range []string{"left", "top", "right", "bottom"} {
			style.Border = append(style.Border, excelize.Border{Type: side, Style: line, Color: "000000"})
		}
	}
	id, err := b.file.NewStyle(&style)
	if err != nil {
		return 0, fmt.Errorf("make cell style: %w", err)
	}
	b.styles.known[key] = id
	return id, nil
}
