package sheet

import "strconv"

// Kind says what a cell holds.
type Kind uint8

// The kinds of cell. A CSV file has only Empty and Text.
const (
	Empty      Kind = iota // no value; a text of no characters is empty too
	Text                   // text, as it was typed
	Number                 // a number whose number format is not a date
	Date                   // a number shown as a date, or an ISO date cell
	Bool                   // TRUE or FALSE
	ErrorValue             // a spreadsheet error such as #N/A
)

// String names the kind in one lower-case word for messages.
func (k Kind) String() string {
	switch k {
	case Empty:
		return "empty"
	case Text:
		return "text"
	case Number:
		return "number"
	case Date:
		return "date"
	case Bool:
		return "true or false"
	case ErrorValue:
		return "spreadsheet error"
	}
	return "kind " + strconv.Itoa(int(k))
}

// Cell is one value of a row. The zero Cell is an empty one.
//
// Texts may share memory with the reader that made them: a caller that keeps a
// few of many should clone those it keeps.
type Cell struct {
	Kind Kind

	// Text is the original: of a Text cell every character with nothing
	// trimmed, of a Number or a Date the digits exactly as the file stores
	// them (1.1000000000000001), of a Bool TRUE or FALSE, of an ErrorValue its
	// name (#N/A). It never holds NUL or another control character, save tabs
	// and line breaks.
	Text string

	// Displayed is set for a Number only: the text as its number format shows
	// it where that is cheap to know (General and formats made of zeros, such
	// as 0.0 or 00000), otherwise the General form, which has at most 15
	// significant digits. Use it for codes, and Decimal for quantities.
	Displayed string

	// Days is set for a Date only: days since 1 January 1970, from the
	// workbook's own date system.
	Days int

	// TimeOfDay tells that a Date also holds a time other than midnight.
	TimeOfDay bool

	// Date1904 tells that the workbook counts days from 1904.
	Date1904 bool

	// Formula tells that the value is a formula's stored result. A formula
	// that was never calculated is an Empty cell with Formula set.
	Formula bool
}

// String is what a person sees in the cell, with dates in ISO form.
func (c Cell) String() string {
	switch c.Kind {
	case Number:
		return c.Displayed
	case Date:
		return isoDate(c.Days)
	case Empty, Text, Bool, ErrorValue:
	}
	return c.Text
}

// Decimal is the number of a Number cell rounded to 15 significant digits and
// written without an exponent where it is between 1E-10 and 1E+21: the value
// that a spreadsheet means when it stores 0.80000000000000004. It does not
// depend on the number format. Other kinds have no decimal and give "".
func (c Cell) Decimal() string {
	if c.Kind != Number {
		return ""
	}
	if isPlainNumber(c.Text) {
		return c.Text
	}
	return generalForm(c.Text)
}

// Date reads the cell as a date: a Date cell, a Text cell by [ParseDate], or a
// Number of five digits, which is a spreadsheet's serial without its format.
// Every other cell has the fault NotADate.
func (c Cell) Date() DateResult {
	switch c.Kind {
	case Date:
		result := DateResult{Days: c.Days, Form: DateSerial}
		result.Fault = yearFault(c.Days)
		if result.Fault == DateOK && c.TimeOfDay {
			result.Fault = DateHasTime
		}
		return result
	case Number:
		return bareSerial(c.Decimal(), c.Date1904)
	case Text:
		return ParseDate(c.Text)
	case Empty, Bool, ErrorValue:
	}
	return DateResult{Fault: NotADate}
}
