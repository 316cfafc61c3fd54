package report

import (
	"fmt"

	"github.com/xuri/excelize/v2"
)

const (
	fontName = "Arial"
	bodySize = 12
	h1Size   = 16
	h2Size   = 14

	// The numbers by which spreadsheet programs know their built-in cell styles
	// (ECMA-376 part 1, 18.8.7); screen readers find headings by them.
	builtInHeading1 = 16
	builtInHeading2 = 17

	linkColour = "0000FF"
	textTheme  = 1 // the theme's text colour, which a reader's own settings replace
)

// styles holds the cell styles of a workbook by their index. None has a fill, and
// colour and underline mark links only.
type styles struct {
	title       int // heading 1, on one line
	coverTitle  int // heading 1, wrapped
	heading     int // heading 2, wrapped
	line        int // text above a table, on one line
	paragraph   int // text of the cover, wrapped
	header      int
	headerRight int
	cells       map[kind]int
}

// numberFormat returns the number format of a kind, empty for text.
func (k kind) numberFormat() string {
	switch k {
	case kindWhole:
		return "#,##0"
	case kindOne:
		return "#,##0.0"
	case kindTwo:
		return "#,##0.00"
	case kindChange:
		return "[>=0.05]+#,##0.0;[<=-0.05]-#,##0.0;0.0"
	case kindMonth:
		return "mmm yyyy"
	case kindDay:
		return "d mmm yyyy"
	case kindText, kindCode, kindLink:
	}
	return ""
}

func kinds() []kind {
	return []kind{kindText, kindCode, kindLink, kindWhole, kindOne, kindTwo, kindChange, kindMonth, kindDay}
}

func newStyles(file *excelize.File) (styles, error) {
	s := styles{cells: map[kind]int{}}
	if err := setDefaultFont(file); err != nil {
		return s, err
	}
	automatic := textTheme
	body := excelize.Font{Family: fontName, Size: bodySize, ColorTheme: &automatic}
	bold := excelize.Font{Family: fontName, Size: bodySize, Bold: true, ColorTheme: &automatic}
	h1 := excelize.Font{Family: fontName, Size: h1Size, Bold: true, ColorTheme: &automatic}
	h2 := excelize.Font{Family: fontName, Size: h2Size, Bold: true, ColorTheme: &automatic}
	link := excelize.Font{Family: fontName, Size: bodySize, Underline: "single", Color: linkColour}
	wrapped := excelize.Alignment{Horizontal: "left", Vertical: "top", WrapText: true}
	right := excelize.Alignment{Horizontal: "right", Vertical: "top", WrapText: true}
	headerLeft, headerRight := wrapped, right
	headerLeft.Vertical, headerRight.Vertical = "bottom", "bottom"
	underHeader := []excelize.Border{{Type: "bottom", Style: 1, Color: "000000"}}
	oneLine := excelize.Alignment{Horizontal: "left", Vertical: "top"}

	wanted := []struct {
		id    *int
		style excelize.Style
	}{
		{&s.title, excelize.Style{Font: &h1, Alignment: &oneLine}},
		{&s.coverTitle, excelize.Style{Font: &h1, Alignment: &wrapped}},
		{&s.heading, excelize.Style{Font: &h2, Alignment: &wrapped}},
		{&s.line, excelize.Style{Font: &body, Alignment: &oneLine}},
		{&s.paragraph, excelize.Style{Font: &body, Alignment: &wrapped}},
		{&s.header, excelize.Style{Font: &bold, Alignment: &headerLeft, Border: underHeader}},
		{&s.headerRight, excelize.Style{Font: &bold, Alignment: &headerRight, Border: underHeader}},
	}
	for _, w := range wanted {
		id, err := file.NewStyle(&w.style)
		if err != nil {
			return s, fmt.Errorf("make cell style: %w", err)
		}
		*w.id = id
	}
	for _, k := range kinds() {
		style := excelize.Style{Font: &body, Alignment: &wrapped}
		if k == kindLink {
			style.Font = &link
		}
		if k.numeric() {
			style.Alignment = &right
		}
		if format := k.numberFormat(); format != "" {
			style.CustomNumFmt = &format
		}
		id, err := file.NewStyle(&style)
		if err != nil {
			return s, fmt.Errorf("make cell style: %w", err)
		}
		s.cells[k] = id
	}
	tagHeading(file, "Heading 1", builtInHeading1, s.title, s.coverTitle)
	tagHeading(file, "Heading 2", builtInHeading2, s.heading)
	return s, nil
}

func setDefaultFont(file *excelize.File) error {
	if err := file.SetDefaultFont(fontName); err != nil {
		return fmt.Errorf("set default font: %w", err)
	}
	size := float64(bodySize)
	file.Styles.Fonts.Font[0].Sz.Val = &size
	return nil
}

// tagHeading makes the cell styles of the given indexes instances of a built-in
// heading style. The library has no call for it, but its style sheet is open.
func tagHeading(file *excelize.File, name string, builtIn int, ids ...int) {
	sheet := file.Styles
	parent := sheet.CellXfs.Xf[ids[0]]
	parent.XfID = nil
	sheet.CellStyleXfs.Xf = append(sheet.CellStyleXfs.Xf, parent)
	sheet.CellStyleXfs.Count = len(sheet.CellStyleXfs.Xf)
	index := len(sheet.CellStyleXfs.Xf) - 1

	named, custom := *sheet.CellStyles.CellStyle[0], true
	named.Name, named.XfID, named.BuiltInID, named.CustomBuiltIn = name, index, &builtIn, &custom
	sheet.CellStyles.CellStyle = append(sheet.CellStyles.CellStyle, &named)
	sheet.CellStyles.Count = len(sheet.CellStyles.CellStyle)
	for _, id := range ids {
		sheet.CellXfs.Xf[id].XfID = &index
	}
}
