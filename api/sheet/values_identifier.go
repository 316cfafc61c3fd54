package sheet

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"skillstracker/domain"
)

// identifierDigits is the greatest number of digits of an identifier that is stored as
// a number (DESIGN 3.3): a spreadsheet keeps no more of them.
const identifierDigits = 15

// identifierRule says how long an employer's own identifier may be and what is found
// of one that is none.
type identifierRule struct {
	chars int

	numeric    domain.FindingCode // once in a file whose identifiers are numbers
	bad        domain.FindingCode
	long       domain.FindingCode
	words      domain.FindingCode
	scientific domain.FindingCode
	digits     domain.FindingCode
}

// The greatest number of characters of identifiers (DESIGN 2; for references that of
// the register).
const (
	employeeNumberChars = 32
	referenceChars      = 50
)

func employeeNumberRule() identifierRule {
	return identifierRule{
		chars: employeeNumberChars, numeric: domain.FindingEmployeeNumberNumber, bad: domain.FindingEmployeeNumberBad,
		long: domain.FindingEmployeeNumberLong, words: domain.FindingEmployeeNumberWords,
		scientific: domain.FindingEmployeeNumberScientific, digits: domain.FindingEmployeeNumberDigits,
	}
}

func referenceRule() identifierRule {
	return identifierRule{
		chars: referenceChars, numeric: domain.FindingReferenceNumber, bad: domain.FindingReferenceBad,
		long: domain.FindingReferenceLong, words: domain.FindingReferenceWords,
		scientific: domain.FindingReferenceScientific, digits: domain.FindingReferenceDigits,
	}
}

// identifier reads the employer's own identifier of a person or a vacancy: text with
// its zeros, or a whole number below 10^15, of which a number format's leading zeros
// are taken as shown. It is empty when it could not be read.
func (r *rowReader) identifier(c column, rule identifierRule) string {
	cell, valued := r.required(c)
	if !valued {
		return ""
	}
	if fault := rule.fault(cell); fault != "" {
		r.fault(fault, c, "")
		return ""
	}
	text := cell.Text
	if cell.Kind == Number {
		r.warnNumeric(c, rule)
		text = cell.Decimal()
		if shown := cell.Displayed; isDigits(shown) && len(shown) <= rule.chars && strings.HasSuffix(shown, text) {
			text = shown
		}
	}
	return strings.Clone(text)
}

// fault tells an employer's identifier from what cannot be one: too long a text, one
// with invisible characters, words without any digit, which are most likely somebody's
// name, and what a spreadsheet has made of one.
func (rule *identifierRule) fault(cell Cell) domain.FindingCode {
	switch cell.Kind {
	case Text:
		return rule.textFault(cell)
	case Number:
		return rule.numberFault(cell)
	case Date:
		return domain.FindingCodeDate
	case Empty, Bool, ErrorValue:
	}
	return rule.bad
}

// numberFault looks at a number. One that is shown with an exponent was most likely
// typed as a code such as 5E1.
func (rule *identifierRule) numberFault(cell Cell) domain.FindingCode {
	switch digits := cell.Decimal(); {
	case strings.Contains(digits, "E+"), isDigits(digits) && len(digits) > identifierDigits:
		return rule.digits
	case mangledCode(cell) == domain.FindingCodeScientific:
		return rule.scientific
	case isDigits(digits):
		return ""
	}
	return rule.bad
}

func (rule *identifierRule) textFault(cell Cell) domain.FindingCode {
	invisible := func(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) }
	switch {
	case strings.IndexFunc(cell.Text, invisible) >= 0:
		return rule.bad
	case len(cell.Text) > rule.chars && utf8.RuneCountInString(cell.Text) > rule.chars:
		return rule.long
	case strings.IndexFunc(cell.Text, unicode.IsDigit) < 0:
		if strings.IndexFunc(cell.Text, unicode.IsSpace) >= 0 {
			return rule.words
		}
		return ""
	}
	mangled := mangledCode(cell)
	if mangled == domain.FindingCodeScientific {
		return rule.scientific
	}
	return mangled
}

// warnNumeric warns once of identifiers that are stored as numbers.
func (r *rowReader) warnNumeric(c column, rule identifierRule) {
	if !r.numericWarned {
		r.numericWarned = true
		r.columnFault(rule.numeric, c, "")
	}
}
