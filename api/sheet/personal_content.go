package sheet

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// personalSigns is what a text shows of personal data.
type personalSigns uint8

const (
	signNINumber   personalSigns = 1 << iota
	signNHSGrouped               // an NHS number written in groups of 3, 3 and 4 digits
	signNHSPlain                 // ten digits that pass the check of an NHS number
	signTenDigits                // ten digits, whether they pass it or not
	signEmail
	signTelephone
)

// The fewest digits that an NI number and a telephone number have.
const (
	fewestDigits  = 6
	nhsDigits     = 10
	longTelephone = 24 // characters with spaces and brackets
)

// personalContent looks for personal data anywhere in a text:
//
//   - a National Insurance number: the pattern of domain.md 5.6, and the prefix
//     QQ, which the tax office uses where it gives an example;
//   - an NHS number: ten digits, alone or in groups of 3, 3 and 4, that pass its
//     check digit and are not all the same;
//   - an e-mail address;
//   - a British telephone number: +44 or 0044 and nine or ten digits, or eleven
//     digits from 01, 02, 03 or 07.
//
// All but telephone numbers count in every column, one value being enough; of NHS
// numbers as employee numbers see employeeWatch. Postcodes are not looked for: those
// of hospitals and sites are nobody's and stand in many lists, and nothing in a
// postcode tells them from a home's. A column of them is refused by its heading.
// Nor are dates, except in headings: in a column they may be of anything.
func personalContent(text string) personalSigns {
	digits, at, ascii := 0, false, true
	for i := range len(text) {
		switch b := text[i]; {
		case b >= '0' && b <= '9':
			digits++
		case b == '@':
			at = true
		case b >= utf8.RuneSelf:
			ascii = false
		}
	}
	if digits < fewestDigits && !at {
		return 0
	}
	if !ascii {
		text = plainSpaces(text)
	}
	var found personalSigns
	if at && hasEmail(text) {
		found |= signEmail
	}
	if digits < fewestDigits {
		return found
	}
	for i := range len(text) {
		if i > 0 && isWordByte(text[i-1]) {
			continue
		}
		switch b := text[i]; {
		case isLetterByte(b):
			if niNumberAt(text[i:]) {
				found |= signNINumber
			}
		case digits < nhsDigits:
		case isDigitByte(b):
			found |= nhsNumberAt(text, i)
			if b == '0' && telephoneAt(text, i) {
				found |= signTelephone
			}
		case b == '+' && telephoneAt(text, i):
			found |= signTelephone
		}
	}
	return found
}

// plainSpaces writes every kind of space and dash as the plain one.
func plainSpaces(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r < utf8.RuneSelf:
			return r
		case isPadding(r):
			return ' '
		case unicode.Is(unicode.Dash, r):
			return '-'
		}
		return r
	}, text)
}

func isLetterByte(b byte) bool { return b|0x20 >= 'a' && b|0x20 <= 'z' }

func isDigitByte(b byte) bool { return b >= '0' && b <= '9' }

// isWordByte tells bytes of words and numbers, those of letters beyond ASCII
// among them.
func isWordByte(b byte) bool { return isLetterByte(b) || isDigitByte(b) || b >= utf8.RuneSelf }

// ends tells whether a word or number may end at a place.
func ends(text string, at int) bool { return at >= len(text) || !isWordByte(text[at]) }

// passSeparator passes over one space or dash.
func passSeparator(text string, at int) int {
	if at < len(text) && (text[at] == ' ' || text[at] == '-') {
		return at + 1
	}
	return at
}

func niNumberAt(text string) bool {
	const shortest = len("AA000000A")
	if len(text) < shortest || !isNIPrefix(text[0]&^0x20, text[1]&^0x20) {
		return false
	}
	at := 2
	for range 3 {
		at = passSeparator(text, at)
		if at+2 > len(text) || !isDigitByte(text[at]) || !isDigitByte(text[at+1]) {
			return false
		}
		at += 2
	}
	at = passSeparator(text, at)
	if at >= len(text) {
		return false
	}
	suffix := text[at] &^ 0x20
	return suffix >= 'A' && suffix <= 'D' && ends(text, at+1)
}

func isNIPrefix(first, second byte) bool {
	if first == 'Q' && second == 'Q' {
		return true
	}
	isLetter := first >= 'A' && first <= 'Z' && second >= 'A' && second <= 'Z'
	return isLetter && strings.IndexByte("DFIQUV", first) < 0 && strings.IndexByte("DFIOQUV", second) < 0
}

// nhsNumberAt looks at the digits that begin at a place.
func nhsNumberAt(text string, start int) personalSigns {
	if start > 0 && strings.IndexByte(".,+-/_", text[start-1]) >= 0 {
		return 0 // the rest of a decimal, of a date or of a longer code
	}
	var digits [nhsDigits]byte
	count, grouped := 0, false
	at := start
	for count < nhsDigits {
		if count == 3 || count == 6 {
			next := passSeparator(text, at)
			grouped = grouped || next > at
			at = next
		}
		if at >= len(text) || !isDigitByte(text[at]) {
			return 0
		}
		digits[count] = text[at] - '0'
		count++
		at++
	}
	if !ends(text, at) || continues(text, at) {
		return 0
	}
	switch passes := passesNHSCheck(digits); {
	case passes && grouped:
		return signNHSGrouped
	case grouped:
		return 0
	case passes:
		return signNHSPlain | signTenDigits
	}
	return signTenDigits
}

// continues tells whether a number goes on behind a point, comma, dash, stroke
// or underscore.
func continues(text string, at int) bool {
	return at+1 < len(text) && strings.IndexByte(".,-/_:", text[at]) >= 0 && isWordByte(text[at+1])
}

// passesNHSCheck does the modulus 11 check of NHS numbers. The same digit ten
// times passes it for most digits, but fills a field rather than names anybody.
func passesNHSCheck(digits [nhsDigits]byte) bool {
	sum, same := 0, true
	for i, digit := range digits[:nhsDigits-1] {
		sum += int(digit) * (nhsDigits - i)
		same = same && digit == digits[nhsDigits-1]
	}
	check := 11 - sum%11
	if check == 11 {
		check = 0
	}
	return !same && check == int(digits[nhsDigits-1])
}

// hasEmail looks for name@host.domain.
func hasEmail(text string) bool {
	for at := range len(text) {
		if text[at] != '@' || at == 0 {
			continue
		}
		before := text[at-1]
		if !isWordByte(before) && strings.IndexByte("._%+'-", before) < 0 {
			continue
		}
		host := text[at+1:]
		length := strings.IndexFunc(host, func(r rune) bool {
			return r < utf8.RuneSelf && !isWordByte(byte(r)) && r != '.' && r != '-'
		})
		if length >= 0 {
			host = host[:length]
		}
		host = strings.TrimRight(host, ".-")
		point := strings.LastIndexByte(host, '.')
		if point > 0 && len(host)-point > 2 && !isDigitByte(host[point+1]) {
			return true
		}
	}
	return false
}

// telephoneAt tells whether a British telephone number begins at a place.
func telephoneAt(text string, start int) bool {
	if start > 0 && strings.IndexByte(".,-/_", text[start-1]) >= 0 {
		return false
	}
	var digits [16]byte
	count := 0
	at := start
	plus := text[at] == '+'
	if plus {
		at++
	}
	for ; at < len(text) && at-start < longTelephone; at++ {
		b := text[at]
		if isDigitByte(b) {
			if count == len(digits) {
				return false
			}
			digits[count] = b
			count++
		} else if strings.IndexByte(" -()", b) < 0 {
			break
		}
	}
	if !ends(text, at) || continues(text, at) {
		return false
	}
	return isTelephone(string(digits[:count]), plus)
}

func isTelephone(digits string, plus bool) bool {
	country := "0044"
	if plus {
		country = "44"
	}
	if rest, abroad := strings.CutPrefix(digits, country); abroad {
		rest = strings.TrimPrefix(rest, "0")
		return len(rest) == 9 || len(rest) == 10
	}
	return !plus && len(digits) == 11 && digits[0] == '0' && strings.IndexByte("1237", digits[1]) >= 0
}
