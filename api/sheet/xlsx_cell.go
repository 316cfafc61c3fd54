package sheet

import (
	"strconv"
	"unicode/utf8"
)

// cellType is the `t` of a cell: how its value is stored.
type cellType uint8

const (
	typeNumber cellType = iota
	typeShared
	typeInline
	typeFormulaText
	typeBool
	typeError
	typeDate
)

func typeOf(name []byte) (cellType, bool) {
	switch string(name) {
	case "", "n":
		return typeNumber, true
	case "s":
		return typeShared, true
	case "inlineStr":
		return typeInline, true
	case "str":
		return typeFormulaText, true
	case "b":
		return typeBool, true
	case "e":
		return typeError, true
	case "d":
		return typeDate, true
	}
	return 0, false
}

// storedCell is what the XML says about a cell.
type storedCell struct {
	kind    cellType
	style   numberStyle
	value   []byte // of the element v
	inline  []byte // of the element is
	valued  bool   // there is an element v
	inlined bool   // there is an element is
	formula bool
}

// readCell reads the cell whose start tag came last.
func (s *sheetRows) readCell() error {
	var stored storedCell
	column := s.column + 1
	for i := range s.xml.attributes {
		a := &s.xml.attributes[i]
		if len(a.name) != 1 {
			continue
		}
		ok := true
		switch a.name[0] {
		case 'r':
			column, ok = s.cellColumn(a.value)
		case 't':
			stored.kind, ok = typeOf(a.value)
		case 's':
			stored.style, ok = s.styleOf(a.value)
		}
		if !ok {
			return damaged("a cell's reference, type or style is not one that this workbook can have")
		}
	}
	if column <= s.column || column > lastColumn {
		return damaged("the cells of a row are not in order")
	}
	s.column = column
	if err := s.readValue(&stored); err != nil {
		return inColumn(err, column)
	}
	return nil
}

// readValue reads the rest of the current cell and puts it into the row.
func (s *sheetRows) readValue(stored *storedCell) error {
	value, short := s.xml.shortValue()
	switch {
	case short && len(value) > s.lim.MaxCellChars:
		return cellTooLong(s.lim.MaxCellChars)
	case short:
		stored.value, stored.valued = value, true
	default:
		if err := s.readContent(stored); err != nil {
			return err
		}
	}
	return s.addCell(stored)
}

func (s *sheetRows) styleOf(value []byte) (numberStyle, bool) {
	index, err := strconv.ParseUint(string(value), 10, 31)
	switch {
	case err != nil:
		return numberStyle{}, false
	case s.styles == nil:
		return numberStyle{}, true
	case index >= uint64(len(s.styles)):
		return numberStyle{}, false
	}
	return s.styles[index], true
}

// readContent reads the elements of a cell.
func (s *sheetRows) readContent(stored *storedCell) error {
	return s.xml.each(func() error {
		var err error
		switch {
		case s.xml.is("v") && !stored.valued:
			stored.valued = true
			s.value, err = readPlainRaw(s.xml, s.value[:0], s.lim.MaxCellChars)
			stored.value = s.value
		case s.xml.is("is") && !stored.inlined:
			stored.inlined = true
			s.inline, err = readRich(s.xml, s.inline[:0], s.lim.MaxCellChars)
			stored.inline = s.inline
		case s.xml.is("f"):
			stored.formula = true
			err = s.xml.skip()
		case s.xml.is("extLst"):
			err = s.xml.skip()
		default:
			err = damaged("a cell has an element that cells do not have")
		}
		return err
	})
}

// shortValue passes over the commonest content of a cell, which is a value of
// plain characters and nothing else, and over the cell's end tag.
func (s *xmlScanner) shortValue() ([]byte, bool) {
	const begin, finish = "<v>", "</v></c>"
	w := s.window[s.pos:s.end]
	if s.selfClosed || s.plain != spaceMain || string(s.names[s.open[len(s.open)-1].name:]) != "c" ||
		len(w) < len(begin) || string(w[:len(begin)]) != begin {
		return nil, false
	}
	i := len(begin)
	for i < len(w) && s.classes[w[i]]&classText == 0 {
		i++
	}
	if len(w)-i < len(finish) || string(w[i:i+len(finish)]) != finish {
		return nil, false
	}
	s.pos += i + len(finish)
	s.leave()
	return w[len(begin):i], true
}

// addCell puts a cell into the row. Cells without a value only widen it.
func (s *sheetRows) addCell(stored *storedCell) error {
	column := s.column
	cell := Cell{Formula: stored.formula}
	text, err := s.convert(stored, &cell)
	if err != nil {
		return err
	}
	if cell.Kind == Empty && !cell.Formula {
		return nil
	}
	if column > s.lim.MaxColumns {
		return tooManyColumns(s.lim.MaxColumns)
	}
	for len(s.cells) < column {
		s.cells = append(s.cells, Cell{})
	}
	if text != nil {
		start := len(s.text)
		s.text = append(s.text, text...)
		s.spans = append(s.spans, textSpan{cell: column - 1, start: start, end: len(s.text)})
	}
	s.cells[column-1] = cell
	s.valued = column
	return nil
}

// readPlainRaw is readPlain without the resolution of escapes, which only
// texts have.
func readPlainRaw(xml *xmlScanner, text []byte, limit int) ([]byte, error) {
	for {
		found, err := xml.next()
		if err != nil {
			return text, err
		}
		switch found {
		case tokenEnd, tokenEOF:
			return text, nil
		case tokenStart:
			return text, damaged("%s has an unknown element", xml.role)
		case tokenText:
			text = append(text, xml.text...)
			if len(text) > limit && utf8.RuneCount(text) > limit {
				return text, cellTooLong(limit)
			}
		}
	}
}
