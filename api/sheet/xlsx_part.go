package sheet

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"
	"strings"

	"github.com/klauspost/compress/flate"
)

// localHeader is the size of the header before a part's bytes, without the
// name and the extra field.
const localHeader = 30

// partReader unpacks one part. It returns io.EOF only after as many bytes as
// declared, with the declared checksum; it never hands out more than declared.
type partReader struct {
	role   string // names the part in messages
	raw    *section
	inner  io.Reader
	left   int64
	sum    uint32
	wanted uint32
	fail   error
}

// has tells whether the archive has a part of this name.
func (a *archive) has(name string) bool {
	_, found := a.parts[strings.ToLower(name)]
	return found
}

// open starts to unpack a part. The role names it in messages.
func (a *archive) open(name, role string) (*partReader, error) {
	part, found := a.parts[strings.ToLower(name)]
	if !found {
		return nil, damaged("%s is missing", role)
	}
	header := make([]byte, localHeader+len(part.name))
	if err := readFull(a.file, header, part.offset); err != nil {
		return nil, fmt.Errorf("read %s: %w", role, err)
	}
	le := binary.LittleEndian
	begin := part.offset + int64(len(header)) + int64(le.Uint16(header[28:]))
	switch {
	case string(header[:4]) != "PK\x03\x04",
		int(le.Uint16(header[26:])) != len(part.name),
		string(header[localHeader:]) != part.name,
		le.Uint16(header[8:]) != part.method,
		begin+part.packed > a.start:
		return nil, damaged("%s is not where the list of parts says", role)
	case le.Uint16(header[6:])&(flagEncrypted|flagHiddenHeader) != 0:
		return nil, encrypted()
	}
	p := &partReader{
		role:   role,
		raw:    &section{file: a.file, at: begin, end: begin + part.packed},
		left:   part.size,
		wanted: part.sum,
	}
	switch part.method {
	case methodStored:
		p.inner = p.raw
	case methodDeflated:
		p.inner = flate.NewReader(bufio.NewReaderSize(p.raw, int(min(part.packed+1, 32<<10))))
	default:
		return nil, damaged("%s is packed by a method that workbooks do not use", role)
	}
	return p, nil
}

func (p *partReader) Read(b []byte) (int, error) {
	if p.fail != nil {
		return 0, p.fail
	}
	n, err := p.inner.Read(b)
	p.sum = crc32.Update(p.sum, crc32.IEEETable, b[:n])
	p.left -= int64(n)
	switch {
	case p.left < 0:
		p.fail = hostile("%s unpacks to more bytes than it declares", p.role)
		return 0, p.fail
	case err == nil:
		return n, nil
	case p.raw.fault != nil:
		p.fail = fmt.Errorf("read %s: %w", p.role, p.raw.fault)
	case err != io.EOF:
		p.fail = damaged("%s does not unpack", p.role)
	case p.left > 0:
		p.fail = damaged("%s is shorter than it should be", p.role)
	case p.sum != p.wanted:
		p.fail = damaged("the checksum of %s is wrong", p.role)
	default:
		p.fail = io.EOF
	}
	return n, p.fail
}
