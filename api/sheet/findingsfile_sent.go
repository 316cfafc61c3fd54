package sheet

import (
	"context"
	"errors"
	"io"
	"slices"

	xlsx "skillstracker/api/workbook"
	"skillstracker/domain"
)

// sentFile is what a first reading of a sent file shows of it, so that a second one
// can write its rows as they come.
type sentFile struct {
	format   Format
	sheet    string
	header   int      // row of the header on Data; 0 for none
	labels   []string // what findings call the columns, by place
	headings []string // the header's texts, by place; empty where it holds none
	fields   []string // canonical columns, by place; empty for a column that is not used
	width    int      // columns that hold a value
	last     int      // last row on Data
	findings int      // place of the column findings; -1 for none
	held     bool     // the file has a column findings, whose texts are left out
	shift    int      // what rows on Data are lower than in the file
	date1904 bool
	size     int64 // estimate of the sheet's bytes
}

// readSent reads a sent file for the first time. It returns nil when there is none,
// or none that can be shown.
func readSent(ctx context.Context, src *Source, upload domain.Upload, lim Limits) (*sentFile, error) {
	if src == nil {
		return nil, nil
	}
	reader, err := Open(*src, lim)
	if err != nil {
		return nil, unlessFault(err)
	}
	sent := &sentFile{format: reader.Format(), sheet: reader.SheetName(), findings: -1}
	if sent.format == JSON {
		sent.shift = 1
	}
	err = eachRow(ctx, reader, func(row Row) error {
		sent.see(row, upload.Mapping)
		return nil
	})
	if err != nil {
		return nil, unlessFault(err)
	}
	if sent.last > xlsx.MaxRows {
		return nil, nil
	}
	sent.placeFindings(lim)
	return sent, nil
}

// unlessFault drops the error of a file that is at fault itself: its findings say so.
func unlessFault(err error) error {
	if _, ofFile := errors.AsType[*FileError](err); ofFile {
		return nil
	}
	return err
}

// eachRow hands out all rows and closes the reader.
func eachRow(ctx context.Context, reader Reader, see func(Row) error) (err error) {
	defer func() { err = errors.Join(err, reader.Close()) }()
	for turn := 0; ; turn++ {
		if turn%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		row, err := reader.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := see(row); err != nil {
			return err
		}
	}
}

// see notes what one row tells.
func (s *sentFile) see(row Row, mapping []domain.MappedColumn) {
	number := row.Number + s.shift
	if s.header == 0 && len(mapping) > 0 {
		s.findHeader(number, row.Cells, mapping)
	}
	const cellBytes = 64 // of the marks around a value
	for i := range row.Cells {
		cell := &row.Cells[i]
		s.date1904 = s.date1904 || cell.Date1904
		s.size += int64(len(cell.Text)) + cellBytes
	}
	s.width = max(s.width, len(row.Cells))
	s.last = number
}

// findHeader recognises the header row by the headings that the upload has stored.
func (s *sentFile) findHeader(number int, cells []Cell, mapping []domain.MappedColumn) {
	labels, fields, next := make([]string, len(cells)), make([]string, len(cells)), 0
	headings := make([]string, len(cells))
	for place := range cells {
		if cells[place].Kind == Text {
			headings[place] = cells[place].Text
		}
		labels[place] = shownHeading(s.format, place, cells[place].String())
		if labels[place] == "" {
			continue
		}
		if next == len(mapping) || mapping[next].Header != labels[place] {
			return
		}
		fields[place] = mapping[next].Field
		next++
	}
	if next == len(mapping) {
		s.header, s.labels, s.headings, s.fields = number, labels, headings, fields
	}
}

// placeFindings finds room for the column findings: where the file has it already,
// else behind the last column. What a row of CSV has beyond the headings is written
// behind it, where it is found to be too much again.
func (s *sentFile) placeFindings(lim Limits) {
	if s.header == 0 {
		return
	}
	for place, label := range s.labels {
		if isFindingsHeading(label) {
			s.findings, s.held = place, true
			return
		}
	}
	if s.width < lim.MaxColumns && s.width < xlsx.MaxColumns {
		s.findings = s.width
		if s.format == CSV {
			s.findings = len(s.labels)
		}
	}
}

// isFindingsHeading tells the column findings of a workbook that is sent again.
func isFindingsHeading(heading string) bool { return keyOf(heading) == headingFindings }

// placeOnData is where a column of the file stands on the sheet Data.
func (s *sentFile) placeOnData(place int) int {
	if s.findings >= 0 && !s.held && place >= s.findings {
		return place + 1
	}
	return place
}

// columnOf returns the place of the column that a finding names, or -1.
func (s *sentFile) columnOf(name string) int {
	if name == "" {
		return -1
	}
	if place := slices.Index(s.labels, name); place >= 0 {
		return place
	}
	for place := range s.width {
		if placeLabel(s.format, place) == name {
			return place
		}
	}
	return slices.Index(s.fields, name)
}
