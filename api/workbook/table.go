package workbook

import "strconv"

// tablePart returns the part that marks cells up as a table, without style, stripes
// and filter buttons: the library always writes buttons, and does not know the last
// row when the rows begin. Element and attribute order are those of Excel's.
func tablePart(id int, name string, headers []string, headerRow, lastRow int) ([]byte, error) {
	part := []byte(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n" +
		`<table xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" id="`)
	part = strconv.AppendInt(part, int64(id), 10)
	part = append(part, `" name="`+name+`" displayName="`+name+`" ref="`...)
	// A table has at least one row, if only an empty one.
	part = append(part, area(1, headerRow, len(headers), max(lastRow, headerRow+1))...)
	part = append(part, `" totalsRowShown="0"><tableColumns count="`...)
	part = strconv.AppendInt(part, int64(len(headers)), 10)
	part = append(part, `">`...)
	for i, header := range headers {
		part = append(part, `<tableColumn id="`...)
		part = strconv.AppendInt(part, int64(i+1), 10)
		part = append(part, `" name="`...)
		var err error
		if part, err = appendAttribute(part, header); err != nil {
			return nil, err
		}
		part = append(part, `"/>`...)
	}
	return append(part, `</tableColumns><tableStyleInfo showFirstColumn="0" showLastColumn="0" showRowStripes="0" showColumnStripes="0"/></table>`...), nil
}

// appendAttribute appends a text as the value of an attribute.
func appendAttribute(buf []byte, text string) ([]byte, error) {
	escaped, err := appendText(nil, text)
	if err != nil {
		return nil, err
	}
	for _, c := range escaped {
		if c == '"' {
			buf = append(buf, "&quot;"...)
		} else {
			buf = append(buf, c)
		}
	}
	return buf, nil
}

// letters returns the name of a column, from 1.
func letters(column int) string {
	name := ""
	for ; column > 0; column = (column - 1) / 26 {
		name = string(rune('A'+(column-1)%26)) + name
	}
	return name
}

// CellName returns the reference of a cell by its column and row, from 1.
func CellName(column, row int) string { return letters(column) + strconv.Itoa(row) }

// area returns the reference of the cells from one corner to the other.
func area(column, row, lastColumn, lastRow int) string {
	if column == lastColumn && row == lastRow {
		return CellName(column, row)
	}
	return CellName(column, row) + ":" + CellName(lastColumn, lastRow)
}
