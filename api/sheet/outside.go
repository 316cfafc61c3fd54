package sheet

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
)

// The parts of a workbook are looked through in pieces that overlap by more than the
// longest text that is looked for.
const (
	outsidePiece   = 64 << 10
	outsideOverlap = 256
)

// HoldsPersonalText says whether a workbook holds an NI number or an e-mail address
// anywhere: in comments, links, formulas, headers of pages, names and whatever else a
// reader of cells does not see. A file that has been read may be stored for its cells
// all the same, but must not be kept. Other formats hold nothing but their cells.
func HoldsPersonalText(src Source) (bool, error) {
	format, err := Detect(src)
	if err != nil || format != XLSX {
		return false, err
	}
	return anyPart(src, func(string) bool { return true }, holdsPersonalText)
}

// anyPart says whether one of the wanted parts of a workbook holds a text, of at most
// outsideOverlap bytes.
func anyPart(src Source, wanted func(name string) bool, holds func(text string) bool) (bool, error) {
	archive, err := zip.NewReader(src.File, src.Size)
	if err != nil {
		return false, fmt.Errorf("open workbook: %w", err)
	}
	buffer := make([]byte, outsidePiece)
	for _, part := range archive.File {
		if !wanted(part.Name) {
			continue
		}
		found, err := partHolds(part, buffer, holds)
		if err != nil || found {
			return found, err
		}
	}
	return false, nil
}

func partHolds(part *zip.File, buffer []byte, holds func(text string) bool) (found bool, err error) {
	content, err := part.Open()
	if err != nil {
		return false, fmt.Errorf("open part of workbook: %w", err)
	}
	defer func() { err = errors.Join(err, content.Close()) }()
	kept := 0
	for {
		n, err := io.ReadFull(content, buffer[kept:])
		text := string(buffer[:kept+n])
		if holds(text) {
			return true, nil
		}
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			return false, nil
		}
		if err != nil {
			return false, fmt.Errorf("read part of workbook: %w", err)
		}
		kept = copy(buffer, text[len(text)-outsideOverlap:])
	}
}

func holdsPersonalText(text string) bool {
	for i := range len(text) {
		switch b := text[i]; {
		case b == '@':
			if hasEmail(text[max(0, i-outsideOverlap/2):min(len(text), i+outsideOverlap/2)]) {
				return true
			}
		case isLetterByte(b) && (i == 0 || !isWordByte(text[i-1]) || i > 5 && text[i-6:i-1] == "&amp;"):
			// A letter behind an ampersand is a code of a page header, not text.
			if niNumberAt(text[i:min(len(text), i+outsideOverlap/2)]) {
				return true
			}
		}
	}
	return false
}
