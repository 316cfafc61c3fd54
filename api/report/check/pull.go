package check

import (
	"bytes"
	"errors"
	"fmt"
	"io"
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

// newPuller reads a part that says it has a size in bytes.
func newPuller(src io.Reader, size uint64) *puller {
	return &puller{src: src, window: make([]byte, min(size, firstChunk-1)+1), names: map[string]string{}}
}

var (
	errMalformed = errors.New("is not well-formed XML")
	errCutOff    = errors.New("ends in the middle")
	errHostile   = errors.New("is larger, deeper or stranger than any spreadsheet program writes")
)

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
	if p.pos+1 < p.end && p.window[p.pos+1] != '?' && p.window[p.pos+1] != '!' {
		return p.tag()
	}
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
