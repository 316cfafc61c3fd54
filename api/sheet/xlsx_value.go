package sheet

import "strconv"

// convert fills an empty cell. A text that is not set in the cell is returned
// beside it.
func (s *sheetRows) convert(stored *storedCell, cell *Cell) ([]byte, error) {
	switch {
	case stored.inlined && (!stored.valued || stored.kind == typeInline):
		return textCell(stored.inline, cell)
	case !stored.valued:
		return nil, nil
	}
	switch stored.kind {
	case typeShared:
		return nil, s.sharedCell(stored.value, cell)
	case typeInline, typeFormulaText:
		return textCell(decodeEscapes(stored.value, 0), cell)
	case typeBool:
		return nil, boolCell(stored.value, cell)
	case typeError:
		if len(stored.value) == 0 {
			return nil, damaged("a cell with an error does not say which")
		}
		cell.Kind = ErrorValue
		return stored.value, nil
	case typeDate:
		return isoCell(stored.value, cell)
	case typeNumber:
	}
	return s.numberCell(stored, cell)
}

func textCell(text []byte, cell *Cell) ([]byte, error) {
	if len(text) == 0 {
		return nil, nil
	}
	cell.Kind = Text
	return text, nil
}

func (s *sheetRows) sharedCell(value []byte, cell *Cell) error {
	index := 0
	for _, b := range value {
		if b < '0' || b > '9' || index > s.strings.count {
			return damaged("a cell refers to a shared text that is not there")
		}
		index = index*10 + int(b-'0')
	}
	text, found := s.strings.get(index)
	if !found || len(value) == 0 {
		return damaged("a cell refers to a shared text that is not there")
	}
	if text != "" {
		cell.Kind, cell.Text = Text, text
	}
	return nil
}

func boolCell(value []byte, cell *Cell) error {
	switch string(value) {
	case "1", "true":
		cell.Kind, cell.Text = Bool, "TRUE"
	case "0", "false":
		cell.Kind, cell.Text = Bool, "FALSE"
	default:
		return damaged("a cell is neither true nor false")
	}
	return nil
}

// isoCell reads a date that is stored as text. One that is no date of the
// calendar, such as a time alone, stays a text.
func isoCell(value []byte, cell *Cell) ([]byte, error) {
	date := ParseDate(string(value))
	if date.Form != DateISO || (date.Fault != DateOK && date.Fault != DateHasTime && date.Fault != YearOutside) {
		return textCell(value, cell)
	}
	cell.Kind, cell.Days, cell.TimeOfDay = Date, date.Days, date.Fault == DateHasTime
	return value, nil
}

func (s *sheetRows) numberCell(stored *storedCell, cell *Cell) ([]byte, error) {
	value := stored.value
	plain := isPlainNumber(value)
	if !plain {
		value = trimSpace(value)
		if len(value) == 0 {
			return nil, nil
		}
		if !isNumber(value) {
			return nil, damaged("a cell that should hold a number does not")
		}
	}
	// A plain number has few digits, so only others can leave the range.
	serial := 0.0
	if !plain || stored.style.kind == styleDate || stored.style.kind == styleExponent {
		var err error
		if serial, err = strconv.ParseFloat(string(value), 64); err != nil {
			return nil, damaged("a cell holds a number that is too large")
		}
	}
	cell.Kind, cell.Date1904 = Number, s.date1904
	switch stored.style.kind {
	case styleDate:
		if days, timed, ok := serialDate(serial, s.date1904); ok {
			cell.Kind, cell.Days, cell.TimeOfDay = Date, days, timed
			return value, nil
		}
	case styleZeros:
		cell.Displayed = zerosForm(string(value), int(stored.style.whole), int(stored.style.decimals))
	case styleExponent:
		cell.Displayed = strconv.FormatFloat(serial, 'E', int(stored.style.decimals), 64)
	case styleGeneral:
	}
	if !plain && cell.Displayed == "" {
		cell.Displayed = generalForm(string(value))
	}
	return value, nil
}

func trimSpace(text []byte) []byte {
	for len(text) > 0 && isSpaceByte(text[0]) {
		text = text[1:]
	}
	for len(text) > 0 && isSpaceByte(text[len(text)-1]) {
		text = text[:len(text)-1]
	}
	return text
}
