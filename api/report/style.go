package report

import (
	"strconv"

	"skillstracker/api/workbook"
)

// style returns the style of the cells of a kind.
func (k kind) style() workbook.Style {
	style := workbook.Style{Format: k.numberFormat(), Right: k.numeric()}
	if k == kindLink {
		style.Role = workbook.Link
	}
	return style
}

// numberFormat returns the number format of a kind, empty for text.
func (k kind) numberFormat() string {
	switch k {
	case kindWhole:
		return workbook.FormatWhole
	case kindOne:
		return workbook.FormatOne
	case kindTwo:
		return workbook.FormatTwo
	case kindChange:
		return workbook.FormatChange
	case kindMonth:
		return workbook.FormatMonth
	case kindDay:
		return workbook.FormatDay
	case kindText, kindCode, kindLink:
	}
	return ""
}

// display returns a number about as wide as it will be shown.
func (k kind) display(number float64) string {
	decimals := 0
	switch k {
	case kindMonth:
		return "Mmm 0000"
	case kindDay:
		return "00 Mmm 0000"
	case kindTwo:
		decimals = 2
	case kindOne, kindChange:
		decimals = 1
	case kindWhole, kindText, kindCode, kindLink:
	}
	return "+" + strconv.FormatFloat(number, 'f', decimals, 64) + ",,"
}
