package check

import (
	"bytes"
	"strconv"
	"unicode/utf8"
)

// value returns an attribute without a prefix, with its references unresolved.
func (p *puller) value(name string) ([]byte, bool) {
	for i := range p.attrs {
		if string(p.attrs[i].name) == name {
			return p.attrs[i].value, true
		}
	}
	return nil, false
}

// attr returns an attribute without a prefix; empty when it is absent.
func (p *puller) attr(name string) string {
	raw, _ := p.value(name)
	return string(appendDecoded(nil, raw))
}

// relation returns the attribute id of the namespace of relationships.
func (p *puller) relation() string {
	for _, a := range p.attrs {
		if bytes.HasSuffix(a.name, []byte(":id")) {
			return string(appendDecoded(nil, a.value))
		}
	}
	return ""
}

// number returns an attribute that is a whole number, or what stands for it.
func (p *puller) number(name string, instead int) int {
	raw, found := p.value(name)
	if !found {
		return instead
	}
	n, err := strconv.Atoi(string(raw))
	if err != nil {
		return instead
	}
	return n
}

// decimal returns an attribute that is a number, or what stands for it.
func (p *puller) decimal(name string, instead float64) float64 {
	raw, found := p.value(name)
	if !found {
		return instead
	}
	n, err := strconv.ParseFloat(string(raw), 64)
	if err != nil {
		return instead
	}
	return n
}

// on returns an attribute that is true or false, or what stands for it.
func (p *puller) on(name string, instead bool) bool {
	raw, found := p.value(name)
	if !found {
		return instead
	}
	return isOn(string(raw))
}

func isOn(text string) bool { return text == "1" || text == "true" || text == "on" }

// appendDecoded appends a text with its references resolved. A reference that XML
// does not know stays as it is, and bytes that are no UTF-8 become the sign for that.
func appendDecoded(to, text []byte) []byte {
	if !utf8.Valid(text) {
		text = bytes.ToValidUTF8(text, []byte("\uFFFD"))
	}
	for {
		i := bytes.IndexByte(text, '&')
		if i < 0 {
			return append(to, text...)
		}
		to = append(to, text[:i]...)
		text = text[i:]
		end := bytes.IndexByte(text[:min(len(text), 12)], ';')
		if end < 0 {
			to, text = append(to, '&'), text[1:]
			continue
		}
		if char, ok := reference(string(text[1:end])); ok {
			to = utf8.AppendRune(to, char)
		} else {
			to = append(to, text[:end+1]...)
		}
		text = text[end+1:]
	}
}

func reference(name string) (rune, bool) {
	switch name {
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
	digits, base := name[1:], 10
	if digits[0] == 'x' {
		digits, base = digits[1:], 16
	}
	number, err := strconv.ParseUint(digits, base, 21)
	return rune(number), err == nil && number != 0 && utf8.ValidRune(rune(number))
}
