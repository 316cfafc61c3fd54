package sheet

import (
	"bytes"
	"unicode/utf8"
)

// attribute is one attribute of a start tag, with references resolved.
type attribute struct {
	name  []byte // as written, with its prefix
	colon int    // where the prefix ends, -1 if there is none
	value []byte
}

// attr returns an attribute without a prefix.
func (s *xmlScanner) attr(name string) ([]byte, bool) {
	for i := range s.attributes {
		if string(s.attributes[i].name) == name {
			return s.attributes[i].value, true
		}
	}
	return nil, false
}

// readStart reads a start tag. A tag that is cut by the window's end is read
// again after a refill.
func (s *xmlScanner) readStart() error {
	for {
		whole, err := s.tryStart()
		if whole || err != nil {
			return err
		}
		if err := s.grow(); err != nil {
			return err
		}
	}
}

func (s *xmlScanner) tryStart() (whole bool, err error) {
	w := s.window[:s.end]
	begin := s.pos + 1
	i, colon := s.scanName(w, begin)
	if i == len(w) {
		return false, nil
	}
	name := w[begin:i]
	if !s.isName(name, colon) {
		return false, s.malformed()
	}
	s.attributes, s.resolved = s.attributes[:0], s.resolved[:0]
	for {
		gap := i
		for i < len(w) && isSpaceByte(w[i]) {
			i++
		}
		if i+1 >= len(w) {
			return false, nil
		}
		switch {
		case w[i] == '>':
			s.pos = i + 1
			return true, s.enter(name, colon)
		case w[i] == '/' && w[i+1] == '>':
			s.pos = i + 2
			s.selfClosed = true
			return true, s.enter(name, colon)
		case i == gap:
			return false, s.malformed()
		case len(s.attributes) == maxAttributes:
			return false, hostile("%s has a tag with more than %d attributes", s.role, maxAttributes)
		}
		if i, err = s.scanAttribute(w, i); i == len(w) || err != nil {
			return false, err
		}
	}
}

// scanName returns where the name that begins at i ends, and the place of its
// colon within the name, -1 without one.
func (s *xmlScanner) scanName(w []byte, i int) (end, colon int) {
	begin := i
	colon = -1
	for i < len(w) && s.classes[w[i]]&classNameEnd == 0 {
		if w[i] == ':' && colon < 0 {
			colon = i - begin
		}
		i++
	}
	return i, colon
}

func (s *xmlScanner) isName(name []byte, colon int) bool {
	if len(name) == 0 || s.classes[name[0]]&classNotFirst != 0 {
		return false
	}
	if colon >= 0 && (colon == len(name)-1 || bytes.IndexByte(name[colon+1:], ':') >= 0) {
		return false
	}
	for _, b := range name {
		if b >= utf8.RuneSelf {
			return utf8.Valid(name)
		}
	}
	return true
}

// scanAttribute reads one attribute and returns where it ends, or len(w) if
// the window ends before it does.
func (s *xmlScanner) scanAttribute(w []byte, i int) (int, error) {
	begin := i
	i, colon := s.scanName(w, i)
	a := attribute{name: w[begin:i], colon: colon}
	for i < len(w) && isSpaceByte(w[i]) {
		i++
	}
	if i == len(w) {
		return i, nil
	}
	if w[i] != '=' || !s.isName(a.name, colon) {
		return i, s.malformed()
	}
	i++
	for i < len(w) && isSpaceByte(w[i]) {
		i++
	}
	if i == len(w) {
		return i, nil
	}
	quote := w[i]
	if quote != '"' && quote != '\'' {
		return i, s.malformed()
	}
	i++
	begin = i
	special := false
	for ; i < len(w) && w[i] != quote; i++ {
		if s.classes[w[i]]&(classText|classBlank) != 0 {
			if w[i] == '<' {
				return i, s.malformed()
			}
			special = true
		}
	}
	if i == len(w) {
		return i, nil
	}
	a.value = w[begin:i]
	if special {
		var err error
		if a.value, err = s.attributeText(a.value); err != nil {
			return i, err
		}
	}
	s.attributes = append(s.attributes, a)
	return i + 1, nil
}

// enter opens the element whose tag has been read: it takes its namespace
// declarations, resolves its name and checks those of its attributes.
func (s *xmlScanner) enter(name []byte, colon int) error {
	switch {
	case len(s.open) == 0 && s.rooted:
		return damaged("%s goes on after its end", s.role)
	case len(s.open) == maxDepth:
		return hostile("%s has elements nested more than %d deep", s.role, maxDepth)
	}
	s.rooted = true
	element := openElement{name: len(s.names), local: len(s.names) + colon + 1, bindings: len(s.bindings), plain: s.plain}
	for i := range s.attributes {
		for j := range i {
			if bytes.Equal(s.attributes[i].name, s.attributes[j].name) {
				return s.malformed()
			}
		}
		if err := s.bind(&s.attributes[i]); err != nil {
			return err
		}
	}
	element.space = s.plain
	if colon >= 0 {
		of, bound := s.resolve(name[:colon])
		if !bound {
			return s.malformed()
		}
		element.space = of
	}
	for _, a := range s.attributes {
		if a.colon < 0 || string(a.name[:a.colon]) == "xmlns" {
			continue
		}
		if _, bound := s.resolve(a.name[:a.colon]); !bound {
			return s.malformed()
		}
	}
	s.names = append(s.names, name...)
	s.open = append(s.open, element)
	s.space, s.local = element.space, name[colon+1:]
	return nil
}

// readEnd reads an end tag, which must be that of the innermost open element.
func (s *xmlScanner) readEnd() error {
	if len(s.open) == 0 {
		return s.malformed()
	}
	name := s.names[s.open[len(s.open)-1].name:]
	if err := s.need(len("</") + len(name) + len(">")); err != nil {
		return err
	}
	i := len("</") + len(name)
	if !bytes.Equal(s.window[s.pos+len("</"):s.pos+i], name) {
		return damaged("%s has tags that are not properly nested", s.role)
	}
	for s.window[s.pos+i] != '>' {
		if !isSpaceByte(s.window[s.pos+i]) {
			return damaged("%s has tags that are not properly nested", s.role)
		}
		i++
		if err := s.need(i + 1); err != nil {
			return err
		}
	}
	s.pos += i + 1
	s.leave()
	return nil
}

// leave closes the innermost open element and makes it the current one.
func (s *xmlScanner) leave() {
	element := s.open[len(s.open)-1]
	s.open = s.open[:len(s.open)-1]
	s.space, s.local = element.space, s.names[element.local:]
	s.names = s.names[:element.name]
	s.bindings = s.bindings[:element.bindings]
	s.plain = element.plain
}
