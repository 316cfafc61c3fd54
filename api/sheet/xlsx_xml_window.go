package sheet

import (
	"bytes"
	"errors"
	"io"
)

// more brings further bytes into the window and keeps those from pos on. At
// the end of the part it returns io.EOF.
func (s *xmlScanner) more() error {
	if s.fail != nil {
		return s.fail
	}
	if s.pos > 0 {
		s.end = copy(s.window, s.window[s.pos:s.end])
		s.pos = 0
	}
	if s.end == len(s.window) {
		if len(s.window) >= maxToken {
			return hostile("%s has a tag or a text of more than %d bytes", s.role, maxToken)
		}
		s.window = append(s.window, make([]byte, len(s.window))...)
	}
	// Filling the whole window keeps the cost of reading a long token again
	// after each refill within twice its length.
	before, idle := s.end, 0
	for s.end < len(s.window) {
		n, err := s.source.Read(s.window[s.end:])
		s.end += n
		if err != nil {
			s.fail = err
			break
		}
		if idle++; n > 0 {
			idle = 0
		}
		if idle > 100 {
			return io.ErrNoProgress
		}
	}
	if s.end == before && s.fail != nil {
		return s.fail
	}
	return nil
}

// need makes sure that n bytes from pos on are in the window. The part must
// not end before.
func (s *xmlScanner) need(n int) error {
	for s.end-s.pos < n {
		err := s.more()
		if errors.Is(err, io.EOF) {
			return s.cutOff()
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// grow brings more of an unfinished token into the window.
func (s *xmlScanner) grow() error { return s.need(s.end - s.pos + 1) }

// upTo passes over everything to the end of the mark and returns what lies
// between the first skip bytes and the mark.
func (s *xmlScanner) upTo(mark string, skip int) ([]byte, error) {
	for searched := skip; ; {
		if found := bytes.Index(s.window[s.pos+searched:s.end], []byte(mark)); found >= 0 {
			between := s.window[s.pos+skip : s.pos+searched+found]
			s.pos += searched + found + len(mark)
			return between, nil
		}
		searched = max(skip, s.end-s.pos-len(mark)+1)
		if err := s.grow(); err != nil {
			return nil, err
		}
	}
}
