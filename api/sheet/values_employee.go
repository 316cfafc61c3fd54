package sheet

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"skillstracker/domain"
)

// The bounds of an employee number (DESIGN 2 and 3.3).
const (
	employeeNumberChars  = 32
	employeeNumberDigits = 15
)

// employeeNumber reads the employer's own identifier: text of 1 to 32
// characters with its zeros, or a whole number below 10^15, of which a number
// format's leading zeros are taken as shown.
func (r *rowReader) employeeNumber(c column) string {
	cell, valued := r.required(c)
	if !valued {
		return ""
	}
	if fault := employeeNumberFault(cell); fault != "" {
		r.fault(fault, c, "")
		return ""
	}
	number := cell.Text
	if cell.Kind == Number {
		r.warnNumeric(c)
		number = cell.Decimal()
		if shown := cell.Displayed; isDigits(shown) && len(shown) <= employeeNumberChars && strings.HasSuffix(shown, number) {
			number = shown
		}
	}
	return strings.Clone(number)
}

// employeeNumberFault tells an employer's identifier from what cannot be one: too
// long a text, one with invisible characters, words without any digit, which are
// most likely somebody's name, and what a spreadsheet has made of one.
func employeeNumberFault(cell Cell) domain.FindingCode {
	switch cell.Kind {
	case Text:
		return employeeTextFault(cell)
	case Number:
		return employeeDigitsFault(cell)
	case Date:
		return domain.FindingCodeDate
	case Empty, Bool, ErrorValue:
	}
	return domain.FindingEmployeeNumberBad
}

// employeeDigitsFault looks at a number. One that is shown with an exponent was
// most likely typed as a code such as 5E1.
func employeeDigitsFault(cell Cell) domain.FindingCode {
	switch digits := cell.Decimal(); {
	case strings.Contains(digits, "E+"), isDigits(digits) && len(digits) > employeeNumberDigits:
		return domain.FindingEmployeeNumberDigits
	case mangledCode(cell) == domain.FindingCodeScientific:
		return domain.FindingEmployeeNumberScientific
	case isDigits(digits):
		return ""
	}
	return domain.FindingEmployeeNumberBad
}

func employeeTextFault(cell Cell) domain.FindingCode {
	invisible := func(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) }
	switch {
	case strings.IndexFunc(cell.Text, invisible) >= 0:
		return domain.FindingEmployeeNumberBad
	case len(cell.Text) > employeeNumberChars && utf8.RuneCountInString(cell.Text) > employeeNumberChars:
		return domain.FindingEmployeeNumberLong
	case strings.IndexFunc(cell.Text, unicode.IsDigit) < 0:
		if strings.IndexFunc(cell.Text, unicode.IsSpace) >= 0 {
			return domain.FindingEmployeeNumberWords
		}
		return ""
	}
	mangled := mangledCode(cell)
	if mangled == domain.FindingCodeScientific {
		return domain.FindingEmployeeNumberScientific
	}
	return mangled
}

// warnNumeric warns once of employee numbers that are stored as numbers.
func (r *rowReader) warnNumeric(c column) {
	if !r.numericWarned {
		r.numericWarned = true
		r.columnFault(domain.FindingEmployeeNumberNumber, c, "")
	}
}
