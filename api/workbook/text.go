package workbook

import (
	"errors"
	"fmt"
	"unicode/utf8"
)

// MaxText is the number of UTF-16 units that a cell can hold
// (Excel specifications and limits).
const MaxText = 32_767

var errNotUTF8 = errors.New("the text is not UTF-8")

// Units counts the UTF-16 units of a text, in which spreadsheet programs count.
func Units(text string) int {
	units := 0
	for _, r := range text {
		units++
		if r > 0xFFFF {
			units++
		}
	}
	return units
}

// CheckText says why a cell cannot hold a text; nil when it can.
func CheckText(text string) error {
	// A text has never more units than bytes.
	if len(text) > MaxText {
		if units := Units(text); units > MaxText {
			return fmt.Errorf("a text of %d characters is longer than the %d that a cell holds", units, MaxText)
		}
	}
	if !utf8.ValidString(text) {
		return errNotUTF8
	}
	return nil
}

// appendText appends a text as the content of an element. Characters that XML cannot
// hold are written as _xHHHH_ (ECMA-376 part 1, 22.9.2.19), and so is the underscore
// of a text that looks like that already. It fails where the text is not UTF-8.
func appendText[T string | []byte](buf []byte, text T) ([]byte, error) {
	from := 0
	for i := 0; i < len(text); {
		c := text[i]
		var instead string
		width := 1
		switch {
		case c == '&':
			instead = "&amp;"
		case c == '<':
			instead = "&lt;"
		case c == '>':
			instead = "&gt;"
		case c == '_' && looksEscaped(text[i:]):
			instead = "_x005F_"
		case c < ' ' && c != '\t' && c != '\n':
			const hex = "0123456789ABCDEF"
			instead = "_x00" + hex[c>>4:c>>4+1] + hex[c&15:c&15+1] + "_"
		case c >= utf8.RuneSelf:
			var r rune
			r, width = utf8.DecodeRuneInString(string(text[i:min(i+utf8.UTFMax, len(text))]))
			switch {
			case r == utf8.RuneError && width == 1:
				return buf, errNotUTF8
			case r == 0xFFFE:
				instead = "_xFFFE_"
			case r == 0xFFFF:
				instead = "_xFFFF_"
			}
		}
		if instead != "" {
			buf = append(buf, text[from:i]...)
			buf = append(buf, instead...)
			from = i + width
		}
		i += width
	}
	return append(buf, text[from:]...), nil
}

// looksEscaped says whether a text begins like an escaped character.
func looksEscaped[T string | []byte](text T) bool {
	if len(text) < 7 || text[1] != 'x' || text[6] != '_' {
		return false
	}
	for i := 2; i < 6; i++ {
		if c := text[i]; (c < '0' || c > '9') && (c < 'A' || c > 'F') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' }
