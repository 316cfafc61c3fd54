package sheet

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"skillstracker/domain"
)

// put writes a cell as it was, text as text, numbers and dates as such.
func (d *sentData) put(place int, cell *Cell, isHeader bool) error {
	at := d.sent.placeOnData(place)
	if at >= len(d.values) {
		return nil
	}
	key := styleKey{mark: d.marks[at], header: isHeader}
	value, err := d.content(cell, &key)
	if err != nil {
		return err
	}
	if value == nil {
		switch {
		case cell.Formula && (key.mark == markedError || d.neverWorkedOut(place)):
			value = "#VALUE!"
		case key.mark == unmarked:
			return nil
		default:
			value = ""
		}
		if place < len(d.sent.fields) && d.sent.fields[place] != "" {
			key.format = formFormat(formOf(d.sent.fields[place]))
		}
	}
	style, err := d.style(key)
	if err != nil {
		return err
	}
	if value == "" {
		value = nil
	}
	d.values[at] = excelize.Cell{StyleID: style, Value: value}
	return nil
}

// neverWorkedOut says whether the formulas of a column have no results. Their cells
// must not come back as empty ones, which are taken for answers.
func (d *sentData) neverWorkedOut(place int) bool {
	return slices.ContainsFunc(d.headers[place], func(f *domain.Finding) bool { return f.Code == domain.FindingFormulasNever })
}

// content is the value of a cell and the number format that goes with it.
func (d *sentData) content(cell *Cell, key *styleKey) (any, error) {
	switch cell.Kind {
	case Number:
		key.format = zerosFormat(cell)
		if number, err := strconv.ParseFloat(cell.Text, 64); err == nil {
			return number, nil
		}
		return "#NUM!", nil // of JSON: no workbook holds so large a number
	case Date:
		serial := daySerial(cell.Days, d.sent.date1904)
		if serial < 0 {
			key.format = formatText
			return isoDate(cell.Days), nil
		}
		key.format = formatDay
		if !cell.TimeOfDay {
			return float64(serial), nil
		}
		key.format = formatDayTime
		return float64(serial) + timeOfDay(cell.Text), nil
	case ErrorValue:
		if !isErrorText(cell.Text) {
			return "#N/A", nil
		}
	case Text:
		key.format = formatText
	case Empty, Bool:
	}
	return cellContent(cell, d.sent.date1904)
}

// timeOfDay is the part of a day of a stored date, half a day where it cannot be
// told: a time of day is never read.
func timeOfDay(stored string) float64 {
	const noon = 0.5
	serial, err := strconv.ParseFloat(stored, 64)
	if err != nil {
		return noon
	}
	return serial - math.Floor(serial)
}

// zerosFormat is the number format of a number that is shown otherwise than in the
// General form: with more zeros, such as 00123, or with an exponent. It is empty for
// the General form.
func zerosFormat(cell *Cell) string {
	const longest = 40
	if cell.Displayed == generalForm(cell.Text) || len(cell.Displayed) > longest || !isNumber([]byte(cell.Displayed)) {
		return ""
	}
	mantissa, exponent, scientific := strings.Cut(strings.TrimLeft(cell.Displayed, "+-"), "E")
	format := zeros(mantissa)
	if scientific {
		format += "E+" + zeros(strings.TrimLeft(exponent, "+-"))
	}
	return format
}

// zeros writes a zero for every digit.
func zeros(digits string) string {
	return strings.Map(func(r rune) rune {
		if r == '.' {
			return r
		}
		return '0'
	}, digits)
}

func formFormat(form valueForm) string {
	switch form {
	case formText:
		return formatText
	case formDate:
		return formatDay
	case formNumber:
	}
	return ""
}
