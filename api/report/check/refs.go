package check

import (
	"strconv"
	"strings"
)

// cellRef is the place of a cell, both from 1.
type cellRef struct{ col, row int }

// area is a rectangle of cells.
type area struct{ left, top, right, bottom int }

func (a area) holds(col, row int) bool {
	return col >= a.left && col <= a.right && row >= a.top && row <= a.bottom
}

func (a area) valid() bool { return a.left > 0 && a.top > 0 }

// parseCell reads a reference such as B7 or $B$7.
func parseCell(text string) (cellRef, bool) {
	var ref cellRef
	i := 0
	for ; i < len(text); i++ {
		c := text[i] &^ 0x20
		if text[i] == '$' {
			continue
		}
		if c < 'A' || c > 'Z' {
			break
		}
		if ref.col = ref.col*26 + int(c-'A') + 1; ref.col > maxColumns {
			return cellRef{}, false
		}
	}
	row, err := strconv.Atoi(strings.TrimPrefix(text[i:], "$"))
	ref.row = row
	return ref, err == nil && ref.col > 0 && row > 0 && row <= maxRows
}

// parseArea reads a reference such as A4:C9, or that of one cell.
func parseArea(text string) (area, bool) {
	from, to, isArea := strings.Cut(text, ":")
	a, ok := parseCell(from)
	if !ok {
		return area{}, false
	}
	b := a
	if isArea {
		if b, ok = parseCell(to); !ok {
			return area{}, false
		}
	}
	return area{min(a.col, b.col), min(a.row, b.row), max(a.col, b.col), max(a.row, b.row)}, true
}

// parseAreas reads references with spaces between them, as many as there may be.
func parseAreas(text string) []area {
	var list []area
	for part := range strings.FieldsSeq(text) {
		if a, ok := parseArea(part); ok && len(list) < maxColumns {
			list = append(list, a)
		}
	}
	return list
}

func cellName(col, row int) string { return columnName(col) + strconv.Itoa(row) }

func columnName(col int) string {
	if col <= 0 {
		return ""
	}
	return columnName((col-1)/26) + string(rune('A'+(col-1)%26))
}

// splitTarget reads a reference to cells of a sheet, such as 'By band'!$B$5:$B$9.
func splitTarget(text string) (sheet, cells string, ok bool) {
	i := strings.LastIndexByte(text, '!')
	if i < 0 {
		return "", "", false
	}
	sheet = text[:i]
	if len(sheet) >= 2 && sheet[0] == '\'' && sheet[len(sheet)-1] == '\'' {
		sheet = strings.ReplaceAll(sheet[1:len(sheet)-1], "''", "'")
	}
	return sheet, text[i+1:], sheet != ""
}
