package sheet

import (
	"errors"
	"io"
)

// errShortened is the fault of a file that ends before its size.
var errShortened = errors.New("file is shorter than its size")

// section reads a part of a file from front to back. Unlike io.SectionReader
// it does not take a file that is shorter than it was said to be for one that
// ended.
type section struct {
	file    io.ReaderAt
	at, end int64

	// fault is an error of the file itself, which tells it apart from faults
	// that a decoder above finds in the bytes.
	fault error
}

func (s *section) Read(p []byte) (int, error) {
	if s.at >= s.end {
		return 0, io.EOF
	}
	n, err := s.file.ReadAt(p[:min(int64(len(p)), s.end-s.at)], s.at)
	s.at += int64(n)
	switch {
	case n > 0 || (err == nil && len(p) == 0):
		return n, nil
	case err == nil || errors.Is(err, io.EOF):
		err = errShortened
	}
	s.fault = err
	return 0, err
}
