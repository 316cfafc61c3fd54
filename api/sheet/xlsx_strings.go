package sheet

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Sizes of a stringTable.
const (
	chunkBits = 20 // a chunk has at most 1 MiB
	chunkSize = 1 << chunkBits
	pageBits  = 14
	pageSize  = 1 << pageBits
)

// stringTable holds the shared strings of a workbook: their bytes in chunks
// one behind the other, and where each ends. No string spans two chunks, so
// that a look-up makes no copy.
type stringTable struct {
	chunks []string
	pages  [][]uint32 // ends: chunk in the upper bits, place within it below
	count  int
}

// get returns the string of this index.
func (t *stringTable) get(index int) (string, bool) {
	if index < 0 || index >= t.count {
		return "", false
	}
	end := t.end(index)
	start := uint32(0)
	if index > 0 {
		start = t.end(index - 1)
	}
	if start == end {
		return "", true
	}
	// An end at the very edge of a chunk belongs to that chunk.
	chunk := (end - 1) >> chunkBits
	start = max(start, chunk<<chunkBits)
	return t.chunks[chunk][start-chunk<<chunkBits : end-chunk<<chunkBits], true
}

func (t *stringTable) end(index int) uint32 {
	return t.pages[index>>pageBits][index&(pageSize-1)]
}

// stringBuilder fills a stringTable.
type stringBuilder struct {
	table  stringTable
	chunk  *strings.Builder
	sealed int   // chunks that are full
	size   int64 // bytes taken in all
	limit  int64 // of size
	hint   int   // expected bytes, for the first chunk
}

func (b *stringBuilder) add(text []byte) error {
	if b.chunk == nil || b.chunk.Cap()-b.chunk.Len() < len(text) {
		b.seal()
		b.chunk = &strings.Builder{}
		b.chunk.Grow(min(max(b.hint, len(text)), chunkSize))
		b.size += int64(b.chunk.Cap())
	}
	b.chunk.Write(text)
	index := b.table.count
	if index>>pageBits == len(b.table.pages) {
		b.table.pages = append(b.table.pages, make([]uint32, 0, pageSize))
		b.size += pageSize * 4
	}
	page := &b.table.pages[index>>pageBits]
	*page = append(*page, uint32(b.sealed<<chunkBits+b.chunk.Len()))
	b.table.count++
	if b.size > b.limit {
		return &FileError{
			Code:    CodeXLSXTooMuchText,
			Message: fmt.Sprintf("The workbook holds more than %d bytes of different texts, which is the limit.", b.limit),
			Mend:    "Remove the sheets and columns that are not needed, send the rows in several files, or save the sheet as CSV UTF-8.",
			Limit:   b.limit,
		}
	}
	return nil
}

func (b *stringBuilder) seal() {
	if b.chunk != nil {
		b.table.chunks = append(b.table.chunks, b.chunk.String())
		b.sealed++
	}
	b.hint = chunkSize
}

// readStrings reads the shared strings. A workbook may have none.
func readStrings(zip *archive, name string, lim Limits) (*stringTable, error) {
	if name == "" {
		return &stringTable{}, nil
	}
	const role = "the list of shared texts"
	part, err := zip.open(name, role)
	if err != nil {
		return nil, err
	}
	xml := newXMLScanner(part)
	builder := &stringBuilder{hint: int(min(part.left, chunkSize)), limit: max(lim.MaxUnzipped/3, 2*chunkSize)}
	var text []byte
	err = xml.eachChild(spaceMain, "sst", func() error {
		if !xml.is("si") {
			return xml.skip()
		}
		var err error
		if text, err = readRich(xml, text[:0], lim.MaxCellChars); err != nil {
			return err
		}
		return builder.add(text)
	})
	if err != nil {
		return nil, err
	}
	builder.seal()
	return &builder.table, nil
}

// readRich appends the text of the current element, which holds a plain text,
// runs of text with formats, or both. How the text is pronounced (phonetic
// runs) is not part of it.
func readRich(xml *xmlScanner, text []byte, limit int) ([]byte, error) {
	for depth := 0; ; {
		found, err := xml.next()
		if err != nil {
			return text, err
		}
		switch found {
		case tokenEnd:
			if depth == 0 {
				return text, nil
			}
			depth--
		case tokenText:
			if !isSpace(xml.text) {
				return text, damaged("%s has text where none can be", xml.role)
			}
		case tokenStart:
			switch {
			case xml.is("t"):
				if text, err = readPlain(xml, text, limit); err != nil {
					return text, err
				}
			case xml.is("r") && depth == 0:
				depth++
			case xml.is("rPh"), xml.is("phoneticPr"), xml.is("rPr"), xml.is("extLst"):
				if err := xml.skip(); err != nil {
					return text, err
				}
			default:
				return text, damaged("%s has an unknown element", xml.role)
			}
		case tokenEOF:
			return text, nil
		}
	}
}

// readPlain appends the text of the current element, which holds nothing but
// text. The limit is on all that has been gathered.
func readPlain(xml *xmlScanner, text []byte, limit int) ([]byte, error) {
	from := len(text)
	for {
		found, err := xml.next()
		if err != nil {
			return text, err
		}
		switch found {
		case tokenEnd, tokenEOF:
			return decodeEscapes(text, from), nil
		case tokenStart:
			return text, damaged("%s has an unknown element", xml.role)
		case tokenText:
			text = append(text, xml.text...)
			if len(text) > limit && utf8.RuneCount(text) > limit {
				return text, cellTooLong(limit)
			}
		}
	}
}
