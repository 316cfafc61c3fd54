package sheet

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"

	"skillstracker/domain"
)

// organisationRecords hands out the records of a CSV file with the row numbers
// that a spreadsheet shows. A quoted line break makes a record longer than a
// line, and blank lines are rows of their own.
type organisationRecords struct {
	source  *bufio.Reader
	csv     *csv.Reader
	row     int // row of the last record
	endLine int // line on which the last record ended
}

func newOrganisationRecords(r io.Reader) *organisationRecords {
	source := bufio.NewReader(&organisationSizeLimit{source: r, left: OrganisationFileLimit})
	records := csv.NewReader(source)
	records.FieldsPerRecord = -1
	records.TrimLeadingSpace = true
	records.ReuseRecord = true
	return &organisationRecords{source: source, csv: records}
}

// begin passes over a byte-order mark. It names the format when the first bytes
// are those of a file that is not CSV in UTF-8.
func (o *organisationRecords) begin() (foreign string, err error) {
	head, err := o.source.Peek(4)
	if err != nil && !errors.Is(err, io.EOF) {
		return "", fmt.Errorf("read first bytes: %w", err)
	}
	switch {
	case bytes.HasPrefix(head, []byte("\xFF\xFE")), bytes.HasPrefix(head, []byte("\xFE\xFF")):
		return "UTF-16 text", nil
	case bytes.Equal(head, []byte("PK\x03\x04")):
		return "a workbook or another zip file", nil
	case bytes.HasPrefix(head, []byte("\xEF\xBB\xBF")):
		if _, err := o.source.Discard(3); err != nil {
			return "", fmt.Errorf("pass over byte-order mark: %w", err)
		}
	}
	return "", nil
}

// next returns the next record, which is valid until the next call, and its row.
// fault says that a quotation mark is out of place in it, so that it has no
// fields. The error is io.EOF at the end of the file.
func (o *organisationRecords) next() (record []string, row int, fault bool, err error) {
	record, err = o.csv.Read()
	if parse, ok := errors.AsType[*csv.ParseError](err); ok {
		o.advance(parse.StartLine, max(parse.StartLine, parse.Line))
		return nil, o.row, true, nil
	}
	if err != nil {
		return nil, 0, false, err
	}
	first, _ := o.csv.FieldPos(0)
	last, _ := o.csv.FieldPos(len(record) - 1)
	o.advance(first, last+strings.Count(record[len(record)-1], "\n"))
	return record, o.row, false, nil
}

func (o *organisationRecords) advance(startLine, endLine int) {
	blank := startLine - o.endLine - 1
	o.row += blank + 1
	o.endLine = endLine
}

// organisationRecordBlank says whether no field holds anything but spaces.
func organisationRecordBlank(record []string) bool {
	for _, field := range record {
		if strings.TrimSpace(field) != "" {
			return false
		}
	}
	return true
}

// organisationSizeLimit passes on at most left bytes and then fails, so that a
// file that is too large is refused and never cut short.
type organisationSizeLimit struct {
	source io.Reader
	left   int64
}

func (l *organisationSizeLimit) Read(p []byte) (int, error) {
	if int64(len(p)) > l.left+1 {
		p = p[:l.left+1]
	}
	n, err := l.source.Read(p)
	l.left -= int64(n)
	if l.left < 0 {
		l.left = 0
		return 0, &domain.Error{
			Kind: domain.KindTooLarge, Code: "file_too_large",
			Message: fmt.Sprintf("The file of organisations is larger than %d MiB. Send a file that holds one row for each organisation and nothing else.", OrganisationFileLimit>>20),
		}
	}
	return n, err
}
