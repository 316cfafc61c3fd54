package sheet

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"fmt"
	"io"
	"slices"
	"strings"
)

// Bounds of an archive that no workbook of a spreadsheet program comes near.
const (
	maxEntries       = 1000
	maxDirectory     = 1 << 20 // bytes of the archive's directory
	maxEndRecord     = 22 + 1<<16
	methodStored     = 0
	methodDeflated   = 8
	flagEncrypted    = 1 << 0
	flagHiddenHeader = 1 << 13
)

// archive is the directory of a ZIP file, read and checked whole before any
// part is unpacked. It is read by this package itself, because the standard
// library's reader takes memory in proportion to what a file declares and
// passes over a checksum of zero.
type archive struct {
	file  io.ReaderAt
	parts map[string]archivePart // by name in lower case, without a leading slash
	start int64                  // of the directory, behind all parts
}

// archivePart is one entry of the directory.
type archivePart struct {
	name   string // as stored
	method uint16
	sum    uint32 // CRC-32 of the unpacked bytes
	packed int64
	size   int64 // unpacked, as declared
	offset int64 // of the local header
}

// directoryPlace is where the archive's directory lies.
type directoryPlace struct {
	entries uint64
	size    uint64
	start   uint64
	end     uint64 // where the record that told this begins
}

func openArchive(src Source, lim Limits) (*archive, error) {
	place, err := findDirectory(src)
	if err != nil {
		return nil, err
	}
	switch {
	case place.entries > maxEntries:
		return nil, hostile("it has %d parts; the limit is %d", place.entries, maxEntries)
	case place.size > maxDirectory:
		return nil, hostile("the list of its parts has %d bytes", place.size)
	case place.start > place.end || place.end-place.start != place.size:
		return nil, damaged("the list of its parts is not where it should be")
	}
	directory := make([]byte, place.size)
	if err := readFull(src.File, directory, int64(place.start)); err != nil {
		return nil, fmt.Errorf("read directory of workbook: %w", err)
	}
	zip := &archive{
		file:  src.File,
		parts: make(map[string]archivePart, place.entries),
		start: int64(place.start),
	}
	left := uint64(lim.MaxUnzipped)
	for range place.entries {
		part, rest, err := readEntry(directory)
		if err != nil {
			return nil, err
		}
		directory = rest
		if uint64(part.size) > left {
			return nil, unzippedTooLarge(lim)
		}
		left -= uint64(part.size)
		if err := zip.add(part); err != nil {
			return nil, err
		}
	}
	if len(directory) > 0 {
		return nil, damaged("the list of its parts is longer than it should be")
	}
	return zip, zip.checkOverlap()
}

func unzippedTooLarge(lim Limits) *FileError {
	return &FileError{
		Code:    CodeUnzippedTooLarge,
		Message: fmt.Sprintf("The workbook unpacks to more than %s, which is the limit.", sizeText(lim.MaxUnzipped)),
		Mend:    "Copy the rows into a new workbook without pictures and other sheets, or send them in several files.",
		Limit:   lim.MaxUnzipped,
	}
}

// findDirectory reads the record at the end of the file, and the longer one
// that large files and some programs put before it.
func findDirectory(src Source) (directoryPlace, error) {
	tail := make([]byte, min(src.Size, maxEndRecord+20))
	from := src.Size - int64(len(tail))
	if err := readFull(src.File, tail, from); err != nil {
		return directoryPlace{}, fmt.Errorf("read end of workbook: %w", err)
	}
	i := bytes.LastIndex(tail, []byte("PK\x05\x06"))
	for i >= 0 && (i+22 > len(tail) || i+22+int(binary.LittleEndian.Uint16(tail[i+20:])) > len(tail)) {
		i = bytes.LastIndex(tail[:i], []byte("PK\x05\x06"))
	}
	if i < 0 {
		return directoryPlace{}, damaged("its end is missing, so it was cut off on the way")
	}
	record := tail[i:]
	if binary.LittleEndian.Uint32(record[4:]) != 0 {
		return directoryPlace{}, damaged("it is one of several parts of an archive")
	}
	place := directoryPlace{
		entries: uint64(binary.LittleEndian.Uint16(record[10:])),
		size:    uint64(binary.LittleEndian.Uint32(record[12:])),
		start:   uint64(binary.LittleEndian.Uint32(record[16:])),
		end:     uint64(from) + uint64(i),
	}
	if i >= 20 && bytes.HasPrefix(tail[i-20:], []byte("PK\x06\x07")) {
		return readZip64End(src, tail[i-20:i], place.end-20)
	}
	if uint64(binary.LittleEndian.Uint16(record[8:])) != place.entries {
		return directoryPlace{}, damaged("its end is not as it should be")
	}
	return place, nil
}

func readZip64End(src Source, locator []byte, end uint64) (directoryPlace, error) {
	at := binary.LittleEndian.Uint64(locator[8:])
	if at > end || end-at < 56 {
		return directoryPlace{}, damaged("the list of its parts is not where it should be")
	}
	record := make([]byte, 56)
	if err := readFull(src.File, record, int64(at)); err != nil {
		return directoryPlace{}, fmt.Errorf("read end of workbook: %w", err)
	}
	if !bytes.HasPrefix(record, []byte("PK\x06\x06")) {
		return directoryPlace{}, damaged("its end is not as it should be")
	}
	return directoryPlace{
		entries: binary.LittleEndian.Uint64(record[32:]),
		size:    binary.LittleEndian.Uint64(record[40:]),
		start:   binary.LittleEndian.Uint64(record[48:]),
		end:     at,
	}, nil
}

// readEntry reads one entry of the directory and returns what follows it.
func readEntry(directory []byte) (archivePart, []byte, error) {
	const fixed = 46
	if len(directory) < fixed || !bytes.HasPrefix(directory, []byte("PK\x01\x02")) {
		return archivePart{}, nil, damaged("the list of its parts is not as it should be")
	}
	le := binary.LittleEndian
	name, extra, comment := int(le.Uint16(directory[28:])), int(le.Uint16(directory[30:])), int(le.Uint16(directory[32:]))
	length := fixed + name + extra + comment
	if len(directory) < length {
		return archivePart{}, nil, damaged("the list of its parts is cut off")
	}
	if le.Uint16(directory[8:])&(flagEncrypted|flagHiddenHeader) != 0 {
		return archivePart{}, nil, encrypted()
	}
	sizes := [3]uint64{ // in the order of the 64-bit extra field
		uint64(le.Uint32(directory[24:])),
		uint64(le.Uint32(directory[20:])),
		uint64(le.Uint32(directory[42:])),
	}
	if err := widen(&sizes, directory[fixed+name:fixed+name+extra]); err != nil {
		return archivePart{}, nil, err
	}
	for _, size := range sizes {
		if size > 1<<62 {
			return archivePart{}, nil, hostile("a part declares %d bytes", size)
		}
	}
	return archivePart{
		name:   string(directory[fixed : fixed+name]),
		method: le.Uint16(directory[10:]),
		sum:    le.Uint32(directory[16:]),
		size:   int64(sizes[0]),
		packed: int64(sizes[1]),
		offset: int64(sizes[2]),
	}, directory[length:], nil
}

// widen takes the 64-bit values of an entry from its extra field, for those
// that do not fit into 32 bits.
func widen(sizes *[3]uint64, extra []byte) error {
	le := binary.LittleEndian
	var wide []byte
	for len(extra) >= 4 {
		id, length := le.Uint16(extra), int(le.Uint16(extra[2:]))
		extra = extra[4:]
		if length > len(extra) {
			// Some programs pad the field; only the 64-bit values matter.
			break
		}
		if id == 1 {
			wide = extra[:length]
		}
		extra = extra[length:]
	}
	for i, size := range sizes {
		if size != 0xFFFFFFFF {
			continue
		}
		if len(wide) < 8 {
			return damaged("the size of a part is missing")
		}
		sizes[i] = le.Uint64(wide)
		wide = wide[8:]
	}
	return nil
}

func (a *archive) add(part archivePart) error {
	key, err := partKey(part.name)
	if err != nil {
		return err
	}
	if _, twice := a.parts[key]; twice {
		return hostile("two of its parts have the same name")
	}
	a.parts[key] = part
	return nil
}

// partKey is the name by which a part is found: part names are blind to case,
// and some programs write backslashes.
func partKey(name string) (string, error) {
	name = strings.ToLower(strings.ReplaceAll(name, `\`, "/"))
	if strings.ContainsRune(name, 0) || strings.Contains("/"+name+"/", "/../") {
		return "", hostile("a part has a name that leads outside the workbook")
	}
	return strings.TrimPrefix(name, "/"), nil
}

// checkOverlap refuses parts that share bytes, by which a small file can
// unpack to a large one.
func (a *archive) checkOverlap() error {
	parts := make([]archivePart, 0, len(a.parts))
	for _, part := range a.parts {
		parts = append(parts, part)
	}
	slices.SortFunc(parts, func(x, y archivePart) int { return cmp.Compare(x.offset, y.offset) })
	free := int64(0)
	for _, part := range parts {
		if part.offset < free {
			return hostile("two of its parts share the same bytes")
		}
		free = part.offset + localHeader + int64(len(part.name)) + part.packed
		if free > a.start || free < part.offset {
			return damaged("a part is cut off")
		}
	}
	return nil
}
