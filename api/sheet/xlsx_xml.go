package sheet

import (
	"bytes"
	"errors"
	"io"
)

// Bounds of a part's XML that no spreadsheet program comes near.
const (
	maxDepth      = 64
	maxAttributes = 64
	maxBindings   = 64        // namespace prefixes in force at one place
	maxToken      = 512 << 10 // bytes of one tag or one run of text
	firstWindow   = 64 << 10
)

// token is what an xmlScanner found.
type token uint8

const (
	tokenStart token = iota
	tokenEnd
	tokenText
	tokenEOF
)

// xmlScanner reads the XML of one part as a stream of tokens, with a window
// of bounded size. It checks that the XML is well-formed to its end, with
// namespaces, and refuses document types, so that there are no entities but
// the five of XML itself.
//
// It exists because the standard decoder costs ten times the time on a sheet
// and leaves the bounds to its callers.
type xmlScanner struct {
	role   string // names the part in messages
	source *partReader
	window []byte
	pos    int // of the next byte in window[:end]
	end    int
	fail   error // of source; io.EOF after the last byte

	// The current token. All slices are valid until the next call of next.
	space      space // of tokenStart and tokenEnd
	local      []byte
	attributes []attribute
	text       []byte // of tokenText, with references resolved

	selfClosed bool // the end token of an element without content is due
	started    bool
	rooted     bool // the root element has begun
	open       []openElement
	names      []byte // the raw names of all open elements, one behind the other
	bindings   []binding
	plain      space  // of names without a prefix
	resolved   []byte // backing of values and texts that had references
	classes    [256]uint8
}

// openElement is an element whose end has not come yet.
type openElement struct {
	name     int // start of its raw name in names
	local    int // start of its local name in names
	bindings int // how many bindings there were before it
	space    space
	plain    space // of names without a prefix, outside it
}

func newXMLScanner(part *partReader) *xmlScanner {
	return &xmlScanner{
		role:   part.role,
		source: part,
		// One byte more than the part, so that its end is seen at once.
		window:     make([]byte, max(min(part.left+1, firstWindow), 1)),
		attributes: make([]attribute, 0, maxAttributes),
		classes:    byteClasses(),
	}
}

func (s *xmlScanner) cutOff() error {
	return damaged("%s ends in the middle", s.role)
}

func (s *xmlScanner) malformed() error {
	return damaged("%s is not well-formed XML", s.role)
}

// next moves to the next token. tokenEOF comes once, after the root element
// has been closed and the whole part has been read and proven.
func (s *xmlScanner) next() (token, error) {
	if s.selfClosed {
		s.selfClosed = false
		s.leave()
		return tokenEnd, nil
	}
	if !s.started {
		if err := s.begin(); err != nil {
			return 0, err
		}
	}
	for {
		if s.pos == s.end {
			err := s.more()
			if errors.Is(err, io.EOF) {
				return s.finish()
			}
			if err != nil {
				return 0, err
			}
		}
		if s.window[s.pos] != '<' {
			if len(s.open) > 0 {
				return tokenText, s.readText()
			}
			if err := s.passSpace(); err != nil {
				return 0, err
			}
			continue
		}
		if err := s.need(2); err != nil {
			return 0, err
		}
		switch s.window[s.pos+1] {
		case '/':
			return tokenEnd, s.readEnd()
		case '?':
			if err := s.passInstruction(); err != nil {
				return 0, err
			}
		case '!':
			isText, err := s.readDeclaration()
			if err != nil {
				return 0, err
			}
			if isText {
				return tokenText, nil
			}
		default:
			return tokenStart, s.readStart()
		}
	}
}

func (s *xmlScanner) finish() (token, error) {
	if len(s.open) > 0 || !s.rooted {
		return 0, s.cutOff()
	}
	return tokenEOF, nil
}

// begin passes over a byte-order mark and the XML declaration.
func (s *xmlScanner) begin() error {
	s.started = true
	if err := s.need(4); err != nil {
		return err
	}
	head := s.window[s.pos:s.end]
	if bytes.HasPrefix(head, []byte("\xFF\xFE")) || bytes.HasPrefix(head, []byte("\xFE\xFF")) {
		return damaged("%s is not written in UTF-8", s.role)
	}
	s.pos += len(head) - len(withoutBOM(head))
	if err := s.need(6); err != nil {
		return err
	}
	if !bytes.HasPrefix(s.window[s.pos:s.end], []byte("<?xml")) || !isSpace(s.window[s.pos+5:s.pos+6]) {
		return nil
	}
	declaration, err := s.upTo("?>", len("<?xml"))
	if err != nil {
		return err
	}
	if !declaresUTF8(declaration) {
		return damaged("%s is not written in UTF-8", s.role)
	}
	return nil
}

func (s *xmlScanner) passInstruction() error {
	instruction, err := s.upTo("?>", len("<?"))
	if err != nil {
		return err
	}
	target, _, _ := bytes.Cut(instruction, []byte(" "))
	switch {
	case len(target) == 0 || bytes.EqualFold(target, []byte("xml")):
		return s.malformed()
	case s.rooted && len(s.open) == 0:
		return damaged("%s goes on after its end", s.role)
	}
	return nil
}

// readDeclaration reads what begins with `<!`: a comment, which it passes
// over, or a CDATA section, which is text.
func (s *xmlScanner) readDeclaration() (isText bool, err error) {
	if err := s.need(4); err != nil {
		return false, err
	}
	if string(s.window[s.pos:s.pos+4]) == "<!--" {
		if _, err := s.upTo("--", len("<!--")); err != nil {
			return false, err
		}
		if err := s.need(1); err != nil {
			return false, err
		}
		if s.window[s.pos] != '>' {
			return false, s.malformed()
		}
		s.pos++
		return false, nil
	}
	const cdata = "<![CDATA["
	if err := s.need(len(cdata)); err != nil {
		return false, err
	}
	if string(s.window[s.pos:s.pos+len(cdata)]) != cdata {
		return false, hostile("%s has a document type definition", s.role)
	}
	if len(s.open) == 0 {
		return false, s.malformed()
	}
	text, err := s.upTo("]]>", len(cdata))
	if err != nil {
		return false, err
	}
	s.text, err = s.literal(text)
	return true, err
}

// skip passes over the rest of the element whose start token came last, with
// everything in it.
func (s *xmlScanner) skip() error {
	for depth := 1; depth > 0; {
		found, err := s.next()
		if err != nil {
			return err
		}
		switch found {
		case tokenStart:
			depth++
		case tokenEnd:
			depth--
		case tokenText, tokenEOF:
		}
	}
	return nil
}

// passEnd reads the rest of the part after the root element's end token and
// proves that nothing but space and comments follows.
func (s *xmlScanner) passEnd() error {
	found, err := s.next()
	switch {
	case err != nil:
		return err
	case found != tokenEOF:
		return damaged("%s goes on after its end", s.role)
	}
	return nil
}
