package sheet

import (
	"fmt"
	"io"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// textReader turns a file of any accepted encoding into UTF-8.
func textReader(src Source, kind encoding, from int64) io.Reader {
	raw := &section{file: src.File, at: from, end: src.Size}
	switch kind {
	case encodingUTF16LE, encodingUTF16BE:
		return &utf16Reader{raw: raw, bigEndian: kind == encodingUTF16BE}
	case encodingWindows1252:
		return &windows1252Reader{raw: raw, line: 1}
	case encodingUTF8:
	}
	return raw
}

// utf16Reader decodes UTF-16 and refuses halves of surrogate pairs and a file
// that ends in the middle of a character.
type utf16Reader struct {
	raw       io.Reader
	bigEndian bool
	block     [32 << 10]byte
	kept      int // bytes at the start of block that await their other half
	decoded   []byte
	text      []byte // the part of decoded that was not handed out yet
	line      int
	fail      error
}

func (r *utf16Reader) Read(p []byte) (int, error) {
	for len(r.text) == 0 {
		if r.fail != nil {
			return 0, r.fail
		}
		r.decode()
	}
	n := copy(p, r.text)
	r.text = r.text[n:]
	return n, nil
}

func (r *utf16Reader) decode() {
	n, err := io.ReadFull(r.raw, r.block[r.kept:])
	last := err != nil
	block := r.block[:r.kept+n]
	text := r.decoded[:0]
	i := 0
	for ; i+1 < len(block); i += 2 {
		char := rune(r.unit(block, i))
		if utf16.IsSurrogate(char) {
			if i+3 >= len(block) && !last {
				break
			}
			if i+3 < len(block) {
				char = utf16.DecodeRune(char, rune(r.unit(block, i+2)))
			}
			if utf16.IsSurrogate(char) || char == utf8.RuneError {
				r.fail = badEncoding(r.line+1, "UTF-16")
				r.decoded, r.text = text, text
				return
			}
			i += 2
		}
		if char == '\n' {
			r.line++
		}
		text = utf8.AppendRune(text, char)
	}
	r.decoded, r.text = text, text
	r.kept = copy(r.block[:], block[i:])
	switch {
	case !last:
	case err != io.EOF && err != io.ErrUnexpectedEOF:
		r.fail = fmt.Errorf("read file: %w", err)
	case r.kept > 0:
		r.fail = badEncoding(r.line+1, "UTF-16")
	default:
		r.fail = io.EOF
	}
}

func (r *utf16Reader) unit(block []byte, i int) uint16 {
	if r.bigEndian {
		return uint16(block[i])<<8 | uint16(block[i+1])
	}
	return uint16(block[i+1])<<8 | uint16(block[i])
}

// windows1252Reader decodes Windows-1252 and refuses the five bytes that it
// leaves undefined, which shows a file in yet another encoding.
type windows1252Reader struct {
	raw     io.Reader
	block   [16 << 10]byte
	decoded []byte
	text    []byte // the part of decoded that was not handed out yet
	line    int
	fail    error
}

func (r *windows1252Reader) Read(p []byte) (int, error) {
	for len(r.text) == 0 {
		if r.fail != nil {
			return 0, r.fail
		}
		r.decode()
	}
	n := copy(p, r.text)
	r.text = r.text[n:]
	return n, nil
}

func (r *windows1252Reader) decode() {
	n, err := r.raw.Read(r.block[:])
	r.fail = err
	text := r.decoded[:0]
	for _, b := range r.block[:n] {
		if isUndefined1252(b) {
			r.fail = badEncoding(r.line, "UTF-8 or Windows-1252")
			break
		}
		if b == '\n' {
			r.line++
		}
		text = utf8.AppendRune(text, charmap.Windows1252.DecodeByte(b))
	}
	r.decoded, r.text = text, text
}

func isUndefined1252(b byte) bool {
	switch b {
	case 0x81, 0x8D, 0x8F, 0x90, 0x9D:
		return true
	}
	return false
}
