package check

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"unicode/utf8"
)

// Bounds of a part's XML that no spreadsheet program comes near.
const (
	maxDepth   = 200
	maxToken   = 4 << 20 // bytes of a tag or a run of text
	maxNames   = 4096    // different names of elements
	firstChunk = 64 << 10
)

type token uint8

const (
	tokenStart token = iota
	tokenEnd
	tokenText
	tokenEOF
)

// puller reads the XML of one part as a stream, with a window of bounded size. It
// looks at local names only: transitional and strict workbooks, and any prefix, are
// the same to it. Document types are refused, so there are no entities but XML's own.
type puller struct {
	src      io.Reader
	window   []byte
	pos, end int
	fail     error // of src

	depth   int
	closing bool // the end of an element without content is due
	name    string
	raw     []byte // the name with its prefix
	attrs   []attribute
	chars   []byte
	names   map[string]string
}

type attribute struct{ name, value []byte }

func newPuller(src io.Reader) *puller {
	return &puller{src: src, window: make([]byte, firstChunk), names: map[string]string{}}
}

var (
	errMalformed = errors.New("is not well-formed XML")
	errCutOff    = errors.New("ends in the middle")
	errHostile   = errors.New("is larger, deeper or stranger than any spreadsheet program writes")
)

// more reads further bytes into the window and reports whether there were any.
func (p *puller) more() (bool, error) {
	if p.fail != nil {
		if errors.Is(p.fail, io.EOF) {
			return false, nil
		}
		return false, p.fail
	}
	if p.pos > 0 {
		p.end = copy(p.window, p.window[p.pos:p.end])
		p.pos = 0
	}
	if p.end == len(p.window) {
		if len(p.window) >= maxToken {
			return false, errHostile
		}
		p.window = append(p.window, make([]byte, len(p.window))...)
	}
	n, err := io.ReadAtLeast(p.src, p.window[p.end:], 1)
	p.end += n
	if n > 0 {
		return true, nil
	}
	p.fail = err
	return p.more()
}

// find returns the place of a mark at or behind from, both counted from pos.
func (p *puller) find(mark string, from int) (int, error) {
	for searched := from; ; {
		if p.pos+searched < p.end {
			if i := bytes.Index(p.window[p.pos+searched:p.end], []byte(mark)); i >= 0 {
				return searched + i, nil
			}
			searched = max(from, p.end-p.pos-len(mark)+1)
		}
		got, err := p.more()
		if err != nil {
			return 0, err
		}
		if !got {
			return 0, errCutOff
		}
	}
}

// has reports whether the input goes on with a text.
func (p *puller) has(text string) (bool, error) {
	for p.end-p.pos < len(text) {
		if got, err := p.more(); err != nil || !got {
			return false, err
		}
	}
	return string(p.window[p.pos:p.pos+len(text)]) == text, nil
}

func (p *puller) next() (token, error) {
	if p.closing {
		p.closing = false
		p.depth--
		return tokenEnd, nil
	}
	for {
		if p.pos == p.end {
			got, err := p.more()
			if err != nil {
				return 0, err
			}
			if !got {
				if p.depth > 0 {
					return 0, errCutOff
				}
				return tokenEOF, nil
			}
		}
		if p.window[p.pos] != '<' {
			if err := p.readChars(); err != nil {
				return 0, err
			}
			if p.depth > 0 {
				return tokenText, nil
			}
			continue
		}
		found, tok, err := p.markup()
		if err != nil || found {
			return tok, err
		}
	}
}

// markup reads what begins with "<". It reports false for what is passed over.
func (p *puller) markup() (bool, token, error) {
	for _, skipped := range []struct{ open, end string }{{"<?", "?>"}, {"<!--", "-->"}} {
		is, err := p.has(skipped.open)
		if err != nil {
			return false, 0, err
		}
		if is {
			at, err := p.find(skipped.end, len(skipped.open))
			p.pos += at + len(skipped.end)
			return false, 0, err
		}
	}
	const cdata = "<![CDATA["
	is, err := p.has(cdata)
	if err != nil {
		return false, 0, err
	}
	if is {
		at, err := p.find("]]>", len(cdata))
		if err != nil {
			return false, 0, err
		}
		p.chars = append(p.chars[:0], p.window[p.pos+len(cdata):p.pos+at]...)
		p.pos += at + len("]]>")
		return p.depth > 0, tokenText, nil
	}
	return p.tag()
}

func (p *puller) tag() (bool, token, error) {
	at, err := p.tagEnd()
	if err != nil {
		return false, 0, err
	}
	tag := p.window[p.pos+1 : p.pos+at]
	p.pos += at + 1
	if len(tag) == 0 || tag[0] == '!' {
		return false, 0, errHostile
	}
	if tag[0] == '/' {
		if p.depth == 0 {
			return false, 0, errMalformed
		}
		p.depth--
		return true, tokenEnd, nil
	}
	if tag[len(tag)-1] == '/' {
		tag = tag[:len(tag)-1]
		p.closing = true
	}
	if p.depth++; p.depth > maxDepth {
		return false, 0, errHostile
	}
	return true, tokenStart, p.readTag(tag)
}

// tagEnd returns the place of the ">" of a tag, which is not the one in a value.
func (p *puller) tagEnd() (int, error) {
	quote := byte(0)
	for i := 1; ; i++ {
		for p.pos+i >= p.end {
			got, err := p.more()
			if err != nil {
				return 0, err
			}
			if !got {
				return 0, errCutOff
			}
		}
		switch b := p.window[p.pos+i]; {
		case quote != 0:
			if b == quote {
				quote = 0
			}
		case b == '"' || b == '\'':
			quote = b
		case b == '>':
			return i, nil
		}
	}
}

func (p *puller) readTag(tag []byte) error {
	i := bytes.IndexAny(tag, " \t\r\n")
	if i < 0 {
		i = len(tag)
	}
	p.raw = append(p.raw[:0], tag[:i]...)
	if len(p.raw) == 0 {
		return errMalformed
	}
	local := p.raw[bytes.IndexByte(p.raw, ':')+1:]
	known, ok := p.names[string(local)]
	if !ok {
		if len(p.names) >= maxNames {
			return errHostile
		}
		known = string(local)
		p.names[known] = known
	}
	p.name = known
	p.attrs = p.attrs[:0]
	for rest := bytes.TrimLeft(tag[i:], " \t\r\n"); len(rest) > 0; rest = bytes.TrimLeft(rest, " \t\r\n") {
		name, after, found := bytes.Cut(rest, []byte("="))
		after = bytes.TrimLeft(after, " \t\r\n")
		if !found || len(after) < 2 || (after[0] != '"' && after[0] != '\'') {
			return errMalformed
		}
		end := bytes.IndexByte(after[1:], after[0])
		if end < 0 {
			return errMalformed
		}
		p.attrs = append(p.attrs, attribute{bytes.TrimSpace(name), after[1 : end+1]})
		rest = after[end+2:]
	}
	return nil
}

func (p *puller) readChars() error {
	for {
		if i := bytes.IndexByte(p.window[p.pos:p.end], '<'); i >= 0 {
			p.chars = appendDecoded(p.chars[:0], p.window[p.pos:p.pos+i])
			p.pos += i
			return nil
		}
		got, err := p.more()
		if err != nil {
			return err
		}
		if !got {
			p.chars = p.chars[:0]
			p.pos = p.end
			return nil
		}
	}
}

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

// each calls see for every child of the element whose start came last, or for the
// root element before that. What see does not read is passed over.
func (p *puller) each(see func(name string) error) error {
	depth := p.depth
	for {
		tok, err := p.next()
		if err != nil {
			return err
		}
		switch tok {
		case tokenStart:
			child := p.depth
			if err := see(p.name); err != nil {
				return err
			}
			if err := p.leave(child); err != nil {
				return err
			}
		case tokenEnd:
			if p.depth < depth {
				return nil
			}
		case tokenEOF:
			return nil
		case tokenText:
		}
	}
}

// leave passes over the rest of an element at a depth.
func (p *puller) leave(depth int) error {
	for p.depth >= depth {
		if _, err := p.next(); err != nil {
			return err
		}
	}
	return nil
}

// skip passes over the content of the element whose start came last without looking
// at it, up to its end tag.
func (p *puller) skip() error {
	if p.closing {
		return nil
	}
	end := "</" + string(p.raw)
	for {
		// The window must not be kept from here on, however long the content is.
		if i := bytes.Index(p.window[p.pos:p.end], []byte(end)); i >= 0 {
			p.pos += i
			return nil
		}
		p.pos = max(p.pos, p.end-len(end)+1)
		got, err := p.more()
		if err != nil {
			return err
		}
		if !got {
			return errCutOff
		}
	}
}

// text returns the characters of the element whose start came last, with those of
// the elements in it.
func (p *puller) text() (string, error) {
	var text []byte
	for depth := p.depth; p.depth >= depth; {
		tok, err := p.next()
		if err != nil {
			return "", err
		}
		if tok == tokenText {
			text = append(text, p.chars...)
		}
		if len(text) > maxToken {
			return "", errHostile
		}
	}
	return string(text), nil
}

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

// inPart wraps what is wrong with the XML of a part as a fault of the file.
func inPart(part string, err error) error {
	if errors.Is(err, errMalformed) || errors.Is(err, errCutOff) || errors.Is(err, errHostile) {
		return &FileError{
			Message: fmt.Sprintf("The workbook cannot be checked: its part %s %v.", part, err),
			Advice:  "Open it in a spreadsheet program, save it anew as an Excel workbook (.xlsx), and check that.",
		}
	}
	return err
}
