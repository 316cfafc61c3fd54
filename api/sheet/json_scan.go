package sheet

import (
	"fmt"
	"unicode/utf16"
	"unicode/utf8"
)

// jsonScanner reads the values of a JSON text (RFC 8259) one after the other
// and gathers their characters. It holds one block of the text and one record.
//
// It exists because the standard decoder replaces bytes that are no UTF-8 and
// halves of surrogate pairs without a word, and holds a value of any length
// before its caller can refuse it.
type jsonScanner struct {
	byteSource
	lim    Limits
	line   int // line of the next byte, from 1
	record int // ordinal of the current record, from 1; 0 before the first
	member int // ordinal of the current member within the record

	text []byte // of all values of the current record, one behind the other
}

// sign returns the next byte that is no space, without passing over it. The
// text must not end before.
func (s *jsonScanner) sign() (byte, error) {
	b, more, err := s.signOrEnd()
	if err == nil && !more {
		return 0, s.cutOff()
	}
	return b, err
}

func (s *jsonScanner) signOrEnd() (b byte, more bool, err error) {
	for {
		b, more, err := s.peek()
		switch {
		case err != nil:
			return 0, false, fmt.Errorf("read file: %w", err)
		case !more || !isSpaceByte(b):
			return b, more, nil
		case b == '\n':
			s.line++
		}
		s.pass()
	}
}

// expect passes over a sign that must come next, behind space.
func (s *jsonScanner) expect(sign byte) error {
	b, err := s.sign()
	if err != nil {
		return err
	}
	if b != sign {
		return s.fault(CodeJSONSyntax, fmt.Sprintf("is not JSON: there is something else in place of the sign %q", string(sign)))
	}
	s.pass()
	return nil
}

// pass passes over the next byte, which is known.
func (s *jsonScanner) pass() { s.unread = s.unread[1:] }

// take returns the next byte and passes over it. The text must not end before.
func (s *jsonScanner) take() (byte, error) {
	b, more, err := s.peek()
	switch {
	case err != nil:
		return 0, fmt.Errorf("read file: %w", err)
	case !more:
		return 0, s.cutOff()
	}
	s.pass()
	return b, nil
}

// quoted appends the characters of a text, of which the opening quotation mark
// is the next byte, and passes over the closing one.
func (s *jsonScanner) quoted() error {
	start := len(s.text)
	s.pass()
	for {
		b, err := s.take()
		switch {
		case err != nil:
			return err
		case b == '"':
			if !utf8.Valid(s.text[start:]) {
				return s.fault(CodeJSONEncoding, "holds bytes that are no text in UTF-8")
			}
			return nil
		case b == '\\':
			if err := s.escaped(); err != nil {
				return err
			}
		case b < ' ':
			return s.fault(CodeJSONSyntax, "is not JSON: a text holds a line break or another control character that is not escaped")
		default:
			s.text = append(s.text, b)
			n := s.plainLength()
			s.text = append(s.text, s.unread[:n]...)
			s.unread = s.unread[n:]
		}
		if err := s.checkLength(start); err != nil {
			return err
		}
	}
}

// plainLength is how many unread bytes stand for themselves in a text.
func (s *jsonScanner) plainLength() int {
	for i, b := range s.unread {
		if b == '"' || b == '\\' || b < ' ' {
			return i
		}
	}
	return len(s.unread)
}

func (s *jsonScanner) checkLength(start int) error {
	limit := s.lim.MaxCellChars
	if len(s.text)-start <= limit || utf8.RuneCount(s.text[start:]) <= limit {
		return nil
	}
	fault := cellTooLong(limit)
	fault.Message = s.where() + fmt.Sprintf(" holds a value of more than %d characters, which is the limit for one value.", limit)
	fault.Mend = "Shorten that value and send the file again."
	fault.Row = s.record
	return fault
}

// escaped appends the character of an escape, of which the backslash has been
// passed over.
func (s *jsonScanner) escaped() error {
	b, err := s.take()
	if err != nil {
		return err
	}
	switch b {
	case '"', '\\', '/':
		s.text = append(s.text, b)
		return nil
	case 'n':
		s.text = append(s.text, '\n')
		return nil
	case 'r':
		s.text = append(s.text, '\r')
		return nil
	case 't':
		s.text = append(s.text, '\t')
		return nil
	case 'b':
		return s.control('\b')
	case 'f':
		return s.control('\f')
	case 'u':
	default:
		return s.fault(CodeJSONSyntax, "is not JSON: a backslash has no meaning")
	}
	char, err := s.hexadecimal()
	if err != nil {
		return err
	}
	if utf16.IsSurrogate(char) {
		if char, err = s.surrogate(char); err != nil {
			return err
		}
	}
	if char < ' ' && char != '\t' && char != '\n' && char != '\r' {
		return s.control(char)
	}
	s.text = utf8.AppendRune(s.text, char)
	return nil
}

func (s *jsonScanner) control(char rune) error {
	return s.fault(CodeJSONControl, fmt.Sprintf("holds the control character U+%04X", char))
}

// surrogate reads the second half of a character beyond U+FFFF.
func (s *jsonScanner) surrogate(first rune) (rune, error) {
	for _, sign := range []byte(`\u`) {
		b, err := s.take()
		if err != nil {
			return 0, err
		}
		if b != sign {
			return 0, s.halfCharacter()
		}
	}
	second, err := s.hexadecimal()
	if err != nil {
		return 0, err
	}
	char := utf16.DecodeRune(first, second)
	if char == utf8.RuneError {
		return 0, s.halfCharacter()
	}
	return char, nil
}

func (s *jsonScanner) halfCharacter() error {
	return s.fault(CodeJSONEncoding, "holds half of a character (an escape for a surrogate without the other)")
}

func (s *jsonScanner) hexadecimal() (rune, error) {
	char := rune(0)
	for range 4 {
		b, err := s.take()
		if err != nil {
			return 0, err
		}
		switch lower := b | 0x20; {
		case b >= '0' && b <= '9':
			char = char<<4 | rune(b-'0')
		case lower >= 'a' && lower <= 'f':
			char = char<<4 | rune(lower-'a'+10)
		default:
			return 0, s.fault(CodeJSONSyntax, `is not JSON: \u is not followed by four hexadecimal digits`)
		}
	}
	return char, nil
}

// bare appends the characters of a value without quotation marks: a number,
// true, false or null.
func (s *jsonScanner) bare() error {
	start := len(s.text)
	for {
		b, more, err := s.peek()
		switch {
		case err != nil:
			return fmt.Errorf("read file: %w", err)
		case !more || !isBare(b):
			return nil
		}
		s.text = append(s.text, b)
		s.pass()
		if err := s.checkLength(start); err != nil {
			return err
		}
	}
}

func isBare(b byte) bool {
	return isASCIIAlnum(b) || b == '-' || b == '+' || b == '.'
}

// isJSONNumber tells the numbers of JSON, which have no leading zeros, no plus
// sign and digits on both sides of a point.
func isJSONNumber(text []byte) bool {
	i := 0
	if len(text) > 0 && text[0] == '-' {
		i = 1
	}
	whole := skipDigits(text, i) - i
	if whole == 0 || (text[i] == '0' && whole > 1) {
		return false
	}
	i += whole
	if i < len(text) && text[i] == '.' {
		end := skipDigits(text, i+1)
		if end == i+1 {
			return false
		}
		i = end
	}
	if i < len(text) && text[i]|0x20 == 'e' {
		start := skipSign(text, i+1)
		i = skipDigits(text, start)
		return i > start && i == len(text)
	}
	return i == len(text)
}
