package sheet

import (
	"errors"
	"io"
)

// byteSource hands out the bytes of a text in order, with a buffer of bounded
// size. Readers take single bytes with peek, and runs of them from unread.
type byteSource struct {
	source io.Reader
	fail   error // of the source, io.EOF after the last byte
	buffer []byte
	unread []byte
}

func newByteSource(source io.Reader) byteSource {
	return byteSource{source: source, buffer: make([]byte, 64<<10)}
}

// peek returns the next byte without passing over it. At the end of the text
// more is false.
func (s *byteSource) peek() (b byte, more bool, err error) {
	if len(s.unread) > 0 {
		return s.unread[0], true, nil
	}
	return s.refill()
}

func (s *byteSource) refill() (b byte, more bool, err error) {
	for len(s.unread) == 0 {
		if errors.Is(s.fail, io.EOF) {
			return 0, false, nil
		}
		if s.fail != nil {
			return 0, false, s.fail
		}
		n, err := s.source.Read(s.buffer)
		s.unread, s.fail = s.buffer[:n], err
	}
	return s.unread[0], true, nil
}
