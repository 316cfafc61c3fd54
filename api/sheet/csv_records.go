package sheet

import (
	"errors"
	"fmt"
	"io"
)

// csvRecords splits UTF-8 text into records as RFC 4180 describes them, with
// LF, CRLF or CR as line end. It is stricter than most: a quotation mark
// stands around a whole value and is doubled inside, or the file is refused.
// Blank lines are records, so that the count agrees with a spreadsheet's rows.
type csvRecords struct {
	delimiter   byte
	passSepLine bool
	lim         Limits

	byteSource
	started    bool
	line       int // line of the next byte, from 1
	lineLength int

	// The current record: all values in one text, with the end of each.
	text   []byte
	ends   []int
	record int // ordinal from 1
	from   int // line on which it starts
}

func newCSVRecords(source io.Reader, lim Limits) *csvRecords {
	return &csvRecords{byteSource: newByteSource(source), lim: lim, line: 1}
}

// begin passes over byte-order marks and the line that names the delimiter.
func (c *csvRecords) begin() error {
	c.started = true
	n, err := io.ReadFull(c.source, c.buffer)
	c.unread = withoutMarks(c.buffer[:n])
	switch err {
	case nil:
	case io.EOF, io.ErrUnexpectedEOF:
		c.fail = io.EOF
	default:
		c.fail = err
	}
	if !c.passSepLine {
		return nil
	}
	for {
		b, more, err := c.peek()
		if err != nil || !more {
			return err
		}
		if b == '\n' || b == '\r' {
			return c.passLineEnd()
		}
		c.unread = c.unread[1:]
	}
}

// next reads one record. It returns io.EOF after the last.
func (c *csvRecords) next() error {
	if !c.started {
		if err := c.begin(); err != nil {
			return c.sourceFault(err)
		}
	}
	c.text, c.ends = c.text[:0], c.ends[:0]
	c.record++
	c.from = c.line
	b, more, err := c.peek()
	if err == nil && b == endOfFile {
		more, err = false, c.passEndOfFile()
	}
	switch {
	case err != nil:
		return c.sourceFault(err)
	case !more:
		return io.EOF
	}
	for {
		last, err := c.value()
		if err != nil {
			return err
		}
		c.ends = append(c.ends, len(c.text))
		if last {
			return nil
		}
		// Spreadsheets write up to 16,384 empty fields; the cap is only there
		// so that a line of delimiters cannot grow the record without bound.
		if len(c.ends) > maxLine {
			return c.fault(CodeCSVLineTooLong, lineTooLong())
		}
	}
}

// endOfFile is the Ctrl-Z that programs of the DOS age put behind a text.
const endOfFile = 0x1A

// passEndOfFile passes over an end-of-file sign and the line ends behind it.
// More text is a fault.
func (c *csvRecords) passEndOfFile() error {
	for {
		b, more, err := c.peek()
		switch {
		case err != nil || !more:
			return err
		case b != endOfFile && b != '\r' && b != '\n':
			return c.control(endOfFile)
		}
		c.pass(1)
	}
}

func (c *csvRecords) pass(n int) {
	c.unread = c.unread[n:]
	c.lineLength += n
}

// passLineEnd passes over LF, CRLF or CR.
func (c *csvRecords) passLineEnd() error {
	isReturn := c.unread[0] == '\r'
	c.unread = c.unread[1:]
	c.line++
	c.lineLength = 0
	if !isReturn {
		return nil
	}
	b, more, err := c.peek()
	if err == nil && more && b == '\n' {
		c.unread = c.unread[1:]
	}
	return err
}

func lineTooLong() string {
	return fmt.Sprintf("has a line of more than %d bytes, which is the limit for one line", maxLine)
}

func (c *csvRecords) control(b byte) error {
	if b == 0 {
		return c.fault(CodeCSVNulByte, "holds a NUL character, which no text has")
	}
	return c.fault(CodeCSVControl, fmt.Sprintf("holds the control character U+%04X", b))
}

// fault is a FileError about the current record.
func (c *csvRecords) fault(code, what string) error {
	mends := map[string]string{
		CodeCSVQuote:       `Put quotation marks around the whole value and double those inside it, or open the file in a spreadsheet program and save it as CSV UTF-8.`,
		CodeCSVLineTooLong: "Check that the file is a table and that its quotation marks are closed, then save it as CSV UTF-8 and send it again.",
	}
	mend, known := mends[code]
	if !known {
		mend = "The file may have been damaged on its way or not be a text. Save it again as CSV UTF-8 and send the new file."
	}
	limit := int64(0)
	if code == CodeCSVLineTooLong {
		limit = maxLine
	}
	return &FileError{
		Code:    code,
		Message: fmt.Sprintf("Row %d (from line %d of the file) %s.", c.record, c.from, what),
		Mend:    mend,
		Row:     c.record,
		Column:  len(c.ends) + 1,
		Limit:   limit,
	}
}

func (c *csvRecords) sourceFault(err error) error {
	if _, is := errors.AsType[*FileError](err); is {
		return inSheet(err, "", c.record)
	}
	return fmt.Errorf("read file: %w", err)
}
