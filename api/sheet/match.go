package sheet

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// trim takes away the spaces around a value: those that unicode knows, the
// no-break space among them, and characters of no width, which pasting from web
// pages leaves behind.
func trim(text string) string {
	if text == "" || isVisible(text[0]) && isVisible(text[len(text)-1]) {
		return text
	}
	return strings.TrimFunc(text, isPadding)
}

func isVisible(b byte) bool { return b > ' ' && b < utf8.RuneSelf }

func isPadding(r rune) bool {
	switch r {
	case '\u200B', '\u200C', '\u200D', '\u2060', '\uFEFF':
		return true
	}
	return unicode.IsSpace(r)
}

// keySize is room for the key of most headings and names without allocation.
const keySize = 96

// appendKey appends what is compared of a heading or a name: its letters in
// lower case and its digits, `and` for an ampersand, and a point that stands
// between two digits, which tells 1.1 from 11. Spaces, underscores, dashes of
// any kind and all other punctuation do not count.
func appendKey(key []byte, text string) []byte {
	digit := false // whether the character before is one
	for i := 0; i < len(text); {
		b := text[i]
		if b >= utf8.RuneSelf {
			r, size := utf8.DecodeRuneInString(text[i:])
			if unicode.IsLetter(r) || unicode.IsDigit(r) {
				key = utf8.AppendRune(key, unicode.ToLower(r))
			}
			digit = false
			i += size
			continue
		}
		i++
		switch {
		case b >= 'a' && b <= 'z':
			key = append(key, b)
		case b >= 'A' && b <= 'Z':
			key = append(key, b-'A'+'a')
		case b >= '0' && b <= '9':
			key = append(key, b)
			digit = true
			continue
		case b == '&':
			key = append(key, "and"...)
		case b == '.' && digit && i < len(text) && text[i] >= '0' && text[i] <= '9':
			key = append(key, b)
		}
		digit = false
	}
	return key
}

func keyOf(text string) string { return string(appendKey(make([]byte, 0, keySize), text)) }
