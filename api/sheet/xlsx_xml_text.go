package sheet

import (
	"bytes"
	"strconv"
	"unicode/utf8"
)

// Classes of bytes.
const (
	classNameEnd  uint8 = 1 << iota // cannot stand in a name
	classNotFirst                   // cannot be the first of a name
	classText                       // in a text or a value, needs a closer look
	classBlank                      // in a value, counts as a blank
)

func byteClasses() (classes [256]uint8) {
	for i := range classes {
		b := byte(i)
		isLetter := (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || b == '_' || b >= utf8.RuneSelf
		isLater := (b >= '0' && b <= '9') || b == '-' || b == '.' || b == ':'
		if !isLetter {
			classes[i] |= classNotFirst
		}
		if !isLetter && !isLater {
			classes[i] |= classNameEnd
		}
		if (b < ' ' && b != '\t' && b != '\n') || b >= utf8.RuneSelf || b == '<' || b == '&' || b == ']' {
			classes[i] |= classText
		}
		if b == '\t' || b == '\n' {
			classes[i] |= classBlank
		}
	}
	return classes
}

func isSpaceByte(b byte) bool {
	return b == ' ' || b == '\n' || b == '\t' || b == '\r'
}

func isSpace(text []byte) bool {
	for _, b := range text {
		if !isSpaceByte(b) {
			return false
		}
	}
	return true
}

// readText reads text inside an element up to the next tag.
func (s *xmlScanner) readText() error {
	for searched := 0; ; {
		w := s.window[s.pos:s.end]
		found := bytes.IndexByte(w[searched:], '<')
		if found >= 0 {
			s.pos += searched + found
			var err error
			s.text, err = s.characters(w[:searched+found])
			return err
		}
		searched = len(w)
		if err := s.grow(); err != nil {
			return err
		}
	}
}

// passSpace passes over what lies in the window before the next tag outside
// the root element, where only space may stand.
func (s *xmlScanner) passSpace() error {
	for s.pos < s.end && s.window[s.pos] != '<' {
		if !isSpaceByte(s.window[s.pos]) {
			return damaged("%s has text outside its root element", s.role)
		}
		s.pos++
	}
	return nil
}

// characters resolves the references and line ends of a text.
func (s *xmlScanner) characters(raw []byte) ([]byte, error) {
	i := 0
	for i < len(raw) && s.classes[raw[i]]&classText == 0 {
		i++
	}
	if i == len(raw) {
		return raw, nil
	}
	if bytes.Contains(raw, []byte("]]>")) {
		return nil, s.malformed()
	}
	s.resolved = s.resolved[:0]
	return s.expand(raw, false, true)
}

// literal checks the text of a CDATA section.
func (s *xmlScanner) literal(raw []byte) ([]byte, error) {
	s.resolved = s.resolved[:0]
	return s.expand(raw, false, false)
}

// attributeText resolves an attribute's value, in which every white space
// counts as a blank.
func (s *xmlScanner) attributeText(raw []byte) ([]byte, error) {
	return s.expand(raw, true, true)
}

// expand appends the text to s.resolved with line ends as LF and references
// resolved. Characters that XML forbids are refused.
func (s *xmlScanner) expand(raw []byte, blanks, references bool) ([]byte, error) {
	if !utf8.Valid(raw) {
		return nil, damaged("%s holds bytes that are no UTF-8", s.role)
	}
	begin := len(s.resolved)
	for i := 0; i < len(raw); i++ {
		switch b := raw[i]; {
		case b == '&' && references:
			end := bytes.IndexByte(raw[i:min(len(raw), i+12)], ';')
			if end < 0 {
				return nil, s.malformed()
			}
			char, ok := reference(raw[i+1 : i+end])
			if !ok {
				return nil, s.malformed()
			}
			s.resolved = utf8.AppendRune(s.resolved, char)
			i += end
		case blanks && isSpaceByte(b):
			s.resolved = append(s.resolved, ' ')
		case b == '\r':
			s.resolved = append(s.resolved, '\n')
			if i+1 < len(raw) && raw[i+1] == '\n' {
				i++
			}
		case b < ' ' && !isSpaceByte(b):
			return nil, damaged("%s holds a control character", s.role)
		default:
			s.resolved = append(s.resolved, b)
		}
	}
	return s.resolved[begin:], nil
}

// reference resolves what stands between `&` and `;`: one of XML's own five
// entities, or the number of a character that XML allows.
func reference(name []byte) (rune, bool) {
	switch string(name) {
	case "lt":
		return '<', true
	case "gt":
		return '>', true
	case "amp":
		return '&', true
	case "quot":
		return '"', true
	case "apos":
		return '\'', true
	}
	if len(name) < 2 || name[0] != '#' {
		return 0, false
	}
	digits, base := string(name[1:]), 10
	if digits[0] == 'x' {
		digits, base = digits[1:], 16
	}
	number, err := strconv.ParseUint(digits, base, 21)
	if err != nil || digits[0] == '+' {
		return 0, false
	}
	char := rune(number)
	allowed := (char >= ' ' || char == '\t' || char == '\n' || char == '\r') &&
		utf8.ValidRune(char) && char != 0xFFFE && char != 0xFFFF
	return char, allowed
}

// declaresUTF8 tells whether an XML declaration names UTF-8, or ASCII, which
// is part of it, or no encoding.
func declaresUTF8(declaration []byte) bool {
	_, rest, found := bytes.Cut(declaration, []byte("encoding"))
	if !found {
		return true
	}
	rest = bytes.TrimLeft(rest, " \t\r\n=")
	if len(rest) == 0 {
		return false
	}
	name, _, _ := bytes.Cut(rest[1:], rest[:1])
	for _, known := range []string{"utf-8", "utf8", "us-ascii", "ascii"} {
		if bytes.EqualFold(name, []byte(known)) {
			return true
		}
	}
	return false
}

// decodeEscapes resolves the form _x000D_, by which spreadsheets store
// characters that XML cannot hold, in place from the given offset on. Control
// characters other than tab and line ends keep their written form, so that no
// text holds them; so do halves of surrogate pairs.
func decodeEscapes(text []byte, from int) []byte {
	first := bytes.Index(text[from:], []byte("_x"))
	if first < 0 {
		return text
	}
	out := text[:from+first]
	for rest := text[from+first:]; len(rest) > 0; {
		char, length := escape(rest)
		if length == 0 {
			out = append(out, rest[0])
			rest = rest[1:]
			continue
		}
		out = utf8.AppendRune(out, char)
		rest = rest[length:]
	}
	return out
}

// escape reads an escape at the start of the text and returns its character
// and length, 0 if there is none.
func escape(text []byte) (rune, int) {
	const length = len("_x000D_")
	if len(text) < length || text[0] != '_' || text[1] != 'x' || text[6] != '_' {
		return 0, 0
	}
	number := rune(0)
	for _, b := range text[2:6] {
		digit := bytes.IndexByte([]byte("0123456789abcdef"), b|0x20)
		if digit < 0 || (b < '0') {
			return 0, 0
		}
		number = number<<4 | rune(digit)
	}
	if (number < ' ' && number != '\t' && number != '\n' && number != '\r') || !utf8.ValidRune(number) {
		return 0, 0
	}
	return number, length
}
