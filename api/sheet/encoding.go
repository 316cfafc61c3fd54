package sheet

import (
	"bytes"
	"fmt"
	"unicode/utf8"
)

// encoding is how a text file stores its characters.
type encoding uint8

const (
	encodingUTF8 encoding = iota
	encodingUTF16LE
	encodingUTF16BE
	encodingWindows1252
)

func (e encoding) note() (Note, bool) {
	name := ""
	switch e {
	case encodingUTF8:
		return Note{}, false
	case encodingUTF16LE, encodingUTF16BE:
		name = "UTF-16"
	case encodingWindows1252:
		name = "Windows-1252"
	}
	return Note{
		Code:    NoteEncoding,
		Message: "The file was read as " + name + ". Save it as CSV UTF-8 if accented letters or signs come out wrong.",
	}, true
}

// utf16Shape is what the first bytes say about UTF-16.
type utf16Shape uint8

const (
	notUTF16 utf16Shape = iota
	littleEndian
	bigEndian
)

// utf16Order recognises UTF-16 by its byte-order mark, or without one by zero
// bytes in every second place of what would be ASCII characters.
func utf16Order(head []byte) utf16Shape {
	switch {
	case bytes.HasPrefix(head, []byte{0xFF, 0xFE}):
		return littleEndian
	case bytes.HasPrefix(head, []byte{0xFE, 0xFF}):
		return bigEndian
	}
	even, odd := 0, 0
	for i, b := range head {
		switch {
		case b != 0:
		case i%2 == 0:
			even++
		default:
			odd++
		}
	}
	// Most characters of a table are ASCII in every language of the field.
	most := len(head) / 2 * 6 / 10
	switch {
	case len(head) < 4:
		return notUTF16
	case odd >= most && even == 0:
		return littleEndian
	case even >= most && odd == 0:
		return bigEndian
	}
	return notUTF16
}

// detectEncoding decides how the file stores characters and how many bytes of
// byte-order mark to pass over. Text that is not UTF-16 is read through once:
// all valid UTF-8 is UTF-8; where bytes that are no UTF-8 outnumber the
// characters beyond ASCII that are, it is Windows-1252; otherwise it is UTF-8
// with damage, which is refused.
func detectEncoding(src Source) (encoding, int64, error) {
	head := make([]byte, min(src.Size, sniffed))
	if err := readFull(src.File, head, 0); err != nil {
		return 0, 0, fmt.Errorf("read start of file: %w", err)
	}
	mark := int64(0)
	if bytes.HasPrefix(head, []byte{0xFF, 0xFE}) || bytes.HasPrefix(head, []byte{0xFE, 0xFF}) {
		mark = 2
	}
	switch utf16Order(head) {
	case littleEndian:
		return encodingUTF16LE, mark, nil
	case bigEndian:
		return encodingUTF16BE, mark, nil
	case notUTF16:
	}
	marked := len(head) - len(withoutBOM(head))
	count, err := countUTF8(src)
	switch {
	case err != nil:
		return 0, 0, err
	case count.invalid == 0:
		return encodingUTF8, int64(marked), nil
	case marked > 0 || count.invalid <= count.beyondASCII:
		return 0, 0, badEncoding(count.line, "UTF-8")
	}
	return encodingWindows1252, 0, nil
}

func badEncoding(line int, name string) *FileError {
	return &FileError{
		Code:    CodeCSVEncoding,
		Message: fmt.Sprintf("Line %d of the file holds bytes that are no text in %s.", line, name),
		Mend:    "Open the file in a spreadsheet program, save it as CSV UTF-8 and send the new file.",
	}
}

// utf8Count is what reading a file as UTF-8 found.
type utf8Count struct {
	beyondASCII int // valid characters of more than one byte
	invalid     int // bytes that are no UTF-8
	line        int // line of the first of those, from 1
}

func countUTF8(src Source) (utf8Count, error) {
	var count utf8Count
	lines := 1
	buffer := make([]byte, 64<<10)
	kept := 0 // bytes of a character cut by the block's end
	for at := int64(0); at < src.Size; {
		block := buffer[:min(int64(len(buffer)), int64(kept)+src.Size-at)]
		if err := readFull(src.File, block[kept:], at); err != nil {
			return count, fmt.Errorf("read file: %w", err)
		}
		at += int64(len(block) - kept)
		i := 0
		for i < len(block) {
			if b := block[i]; b < utf8.RuneSelf {
				if b == '\n' {
					lines++
				}
				i++
				continue
			}
			if at < src.Size && !utf8.FullRune(block[i:]) {
				break
			}
			char, size := utf8.DecodeRune(block[i:])
			switch {
			case char != utf8.RuneError || size > 1:
				count.beyondASCII++
			default:
				if count.invalid == 0 {
					count.line = lines
				}
				count.invalid++
			}
			i += size
		}
		kept = copy(buffer, block[i:])
	}
	return count, nil
}
