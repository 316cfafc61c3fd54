package sheet

import (
	"math"
	"slices"
	"strconv"
	"strings"

	xlsx "skillstracker/api/workbook"
	"skillstracker/domain"
)

// put notes a cell as it was, text as text, numbers and dates as such.
func (d *sentData) put(place int, cell *Cell, isHeader bool) {
	at := d.sent.placeOnData(place)
	if at >= len(d.cells) {
		return
	}
	to := &d.cells[at]
	to.value, to.style.Format = d.content(cell)
	if isHeader {
		to.style.Role = xlsx.Header
	}
	if to.value != nil {
		return
	}
	if cell.Formula && (to.style.Mark == xlsx.Error || d.neverWorkedOut(place)) {
		to.value = "#VALUE!"
	}
	if place < len(d.sent.fields) && d.sent.fields[place] != "" {
		to.style.Format = formStyle(formOf(d.sent.fields[place])).Format
	}
}

// neverWorkedOut says whether the formulas of a column have no results. Their cells
// must not come back as empty ones, which are taken for answers.
func (d *sentData) neverWorkedOut(place int) bool {
	return slices.ContainsFunc(d.headers[place], func(f *domain.Finding) bool { return f.Code == domain.FindingFormulasNever })
}

// content is the value of a cell and the number format that goes with it.
func (d *sentData) content(cell *Cell) (value any, format string) {
	switch cell.Kind {
	case Number:
		if number, err := strconv.ParseFloat(cell.Text, 64); err == nil {
			return number, zerosFormat(cell)
		}
		return "#NUM!", "" // of JSON: no workbook holds so large a number
	case Date:
		serial := daySerial(cell.Days, d.sent.date1904)
		switch {
		case serial < 0:
			return isoDate(cell.Days), xlsx.FormatText
		case cell.TimeOfDay:
			return float64(serial) + timeOfDay(cell.Text), xlsx.FormatISOTime
		}
		return float64(serial), xlsx.FormatISODay
	case ErrorValue:
		if !isErrorText(cell.Text) {
			return "#N/A", ""
		}
		return cell.Text, ""
	case Text:
		return cell.Text, xlsx.FormatText
	case Bool:
		return cell.Text == "TRUE", ""
	case Empty:
	}
	return nil, ""
}

// daySerial is the day number of a workbook for days since 1 January 1970: the
// reverse of [SerialDays]. It is negative for a day that no workbook can show.
func daySerial(days int, date1904 bool) int {
	serial := days + serial1970
	switch {
	case date1904:
		return serial - offset1904
	case serial <= leapDay1900:
		serial--
	}
	if serial < 1 {
		return -1
	}
	return serial
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
