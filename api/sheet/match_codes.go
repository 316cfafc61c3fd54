package sheet

import (
	"strings"

	"skillstracker/domain"
)

// codeBook finds the code of a value by the value's key.
type codeBook struct {
	codes map[string]string

	// special are the findings for values, by their keys, of which more can be
	// said than that they are unknown.
	special map[string]domain.FindingCode

	// unknown is the finding for any other value that is not in the book.
	unknown domain.FindingCode

	// optional says that a row may leave the value out or write a dash for it.
	optional bool
}

// newCodeBook makes a book of values. A code goes before a name and a name before
// a synonym where two values are written alike.
func newCodeBook(unknown domain.FindingCode, optional bool, values []Value) *codeBook {
	book := &codeBook{
		codes: make(map[string]string, 4*len(values)), special: make(map[string]domain.FindingCode), unknown: unknown, optional: optional,
	}
	for _, v := range values {
		book.add(v.Code, v.Code)
	}
	for _, v := range values {
		book.add(v.Code, v.Name, v.Code+" "+v.Name)
	}
	for _, v := range values {
		book.add(v.Code, v.Synonyms...)
	}
	return book
}

// add lets the names mean the code. A name that already means another code
// keeps its first meaning.
func (b *codeBook) add(code string, names ...string) {
	for _, name := range names {
		key := keyOf(name)
		if _, known := b.codes[key]; !known && key != "" {
			b.codes[key] = code
		}
	}
}

func (b *codeBook) find(text string) (code string, found bool) {
	var room [keySize]byte
	code, found = b.codes[string(appendKey(room[:0], text))]
	return code, found
}

// fault is the finding for a cell whose value is not in the book.
func (b *codeBook) fault(cell Cell, text string) domain.FindingCode {
	if code := mangledCode(cell); code != "" {
		return code
	}
	if code, known := b.special[keyOf(text)]; known {
		return code
	}
	return b.unknown
}

func staffGroupBook(groups []domain.StaffGroup, optional bool) *codeBook {
	return newCodeBook(domain.FindingStaffGroupUnknown, optional, staffGroupValues(groups))
}

func contractBook(types []domain.ContractType) *codeBook {
	return newCodeBook(domain.FindingContractUnknown, true, contractValues(types))
}

func actionBook() *codeBook { return newCodeBook(domain.FindingActionUnknown, true, actionValues()) }

func assessorBook() *codeBook {
	return newCodeBook(domain.FindingAssessorUnknown, true, assessorValues())
}

func statusBook(statuses []domain.PositionStatus) *codeBook {
	return newCodeBook(domain.FindingStatusUnknown, true, statusValues(statuses))
}

func domainBook(framework domain.FrameworkVersion) *codeBook {
	return newCodeBook(domain.FindingDomainUnknown, true, domainValues(framework))
}

// mangledCode says what a spreadsheet has made of a code, where it shows: a date
// or a number with an exponent. It is meant for values that are no code.
func mangledCode(cell Cell) domain.FindingCode {
	switch cell.Kind {
	case Date:
		return domain.FindingCodeDate
	case Number:
		if strings.ContainsAny(cell.Displayed, "eE") {
			return domain.FindingCodeScientific
		}
	case Text:
		if isExponentForm(cell.Text) {
			return domain.FindingCodeScientific
		}
		if looksLikeDate(cell.Text) {
			return domain.FindingCodeDate
		}
	case Empty, Bool, ErrorValue:
	}
	return ""
}

// isExponentForm tells what a spreadsheet shows in place of a long number or of a
// code that it took for one: 1.23457E+11, 5.00E+01, 5E+01.
func isExponentForm(text string) bool {
	at := strings.IndexAny(text, "eE")
	if at < 0 {
		return false
	}
	mantissa, exponent := text[:at], text[at+1:]
	if len(exponent) < 2 || len(exponent) > 4 || !isDigits(exponent[1:]) {
		return false
	}
	whole, fraction, pointed := strings.Cut(mantissa, ".")
	if len(whole) != 1 || !isDigits(whole) || pointed && !isDigits(fraction) {
		return false
	}
	// Without a fraction, 1E-12 may be somebody's own way of writing a code.
	return exponent[0] == '+' || exponent[0] == '-' && pointed
}

// looksLikeDate tells what a spreadsheet shows of a code that it took for a date:
// 08-Jan or Jan-08 for 8-1 and 1-8, or the whole date.
func looksLikeDate(text string) bool {
	if text == "" || isDigits(text) {
		return false
	}
	for _, date := range []DateResult{ParseDate(text), namedDay(text)} {
		switch date.Fault {
		case DateOK, DateHasTime, TwoDigitYear, MonthDayOnly:
			return true
		case NotADate, NoSuchDay, YearOutside:
		}
	}
	first, last, found := strings.Cut(text, "-")
	return found && (isShortNumber(first) && isShownMonth(last) || isShownMonth(first) && isShortNumber(last))
}

func isShortNumber(text string) bool { return len(text) <= 2 && isDigits(text) }

// isShownMonth tells the name of a month as spreadsheets shorten and write it; in
// other letters it may be part of a code.
func isShownMonth(text string) bool {
	return len(text) == 3 && text[0] >= 'A' && text[0] <= 'Z' && text[1] >= 'a' && monthOfName(text) > 0
}
