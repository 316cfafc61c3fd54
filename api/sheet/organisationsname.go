package sheet

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// organisationDisplayName writes a name that is all in capitals, as the ODS
// trust file has it, in the way managers write it: "Guy's and St Thomas' NHS
// Foundation Trust". A name that already has a small letter stays as it is. The
// same capitals always give the same name, so that an unchanged trust makes no
// new version.
func organisationDisplayName(name string) string {
	if name != strings.ToUpper(name) {
		return name
	}
	var out strings.Builder
	for rest := name; rest != ""; {
		length := strings.IndexFunc(rest, func(r rune) bool { return !isNameWordRune(r) })
		if length < 0 {
			length = len(rest)
		}
		if length == 0 {
			_, size := utf8.DecodeRuneInString(rest)
			out.WriteString(rest[:size])
			rest = rest[size:]
			continue
		}
		out.WriteString(nameWord(rest[:length], out.Len() == 0))
		rest = rest[length:]
	}
	return out.String()
}

func isNameWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || isApostrophe(r) }

func isApostrophe(r rune) bool { return r == '\'' || r == '’' }

// nameWord writes one word in capitals as part of a name.
func nameWord(word string, first bool) string {
	switch word {
	case "NHS", "CIC", "UK", "GP":
		return word
	case "AND", "AT", "BY", "FOR", "IN", "OF", "ON", "THE", "TO", "UPON", "WITH":
		if !first {
			return strings.ToLower(word)
		}
	}
	var out strings.Builder
	letters, capital := 0, true
	for _, r := range word {
		switch {
		case isApostrophe(r):
			// O'Neill and D'Arcy, but King's and St Thomas'.
			capital = letters == 1
		case capital:
			capital = false
			letters++
		default:
			r = unicode.ToLower(r)
			letters++
		}
		out.WriteRune(r)
	}
	return out.String()
}
