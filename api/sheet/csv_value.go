package sheet

import "unicode/utf8"

// value reads one value and the delimiter or line end behind it, and tells
// whether it was the record's last.
func (c *csvRecords) value() (last bool, err error) {
	start := len(c.text)
	b, more, err := c.peek()
	if err != nil {
		return false, c.sourceFault(err)
	}
	if more && b == '"' {
		if err := c.quoted(); err != nil {
			return false, err
		}
	}
	wasQuoted := more && b == '"'
	for {
		b, more, err := c.peek()
		if err != nil {
			return false, c.sourceFault(err)
		}
		switch {
		case !more:
			return true, c.checkLength(start)
		case b == c.delimiter:
			c.pass(1)
			if err := c.checkLine(); err != nil {
				return false, err
			}
			return false, c.checkLength(start)
		case b == '\n' || b == '\r':
			if err := c.passLineEnd(); err != nil {
				return false, c.sourceFault(err)
			}
			return true, c.checkLength(start)
		case b == endOfFile:
			if err := c.passEndOfFile(); err != nil {
				return false, c.sourceFault(err)
			}
		case b == '"' || wasQuoted:
			return false, c.fault(CodeCSVQuote, "has a quotation mark in the middle of a value, or one that is never closed")
		case isControl(b):
			return false, c.control(b)
		default:
			n := c.plainLength()
			c.text = append(c.text, c.unread[:n]...)
			c.pass(n)
			if err := c.checkLine(); err != nil {
				return false, err
			}
		}
	}
}

// quoted reads a value between quotation marks. Line ends inside become LF,
// which is what a workbook stores.
func (c *csvRecords) quoted() error {
	start := len(c.text)
	c.pass(1)
	for {
		b, more, err := c.peek()
		if err != nil {
			return c.sourceFault(err)
		}
		switch {
		case !more:
			return c.fault(CodeCSVQuote, "opens a quotation mark that is never closed")
		case b == '"':
			c.pass(1)
			b, more, err := c.peek()
			if err != nil {
				return c.sourceFault(err)
			}
			if !more || b != '"' {
				return nil
			}
			c.text = append(c.text, '"')
			c.pass(1)
		case b == '\n' || b == '\r':
			if err := c.passLineEnd(); err != nil {
				return c.sourceFault(err)
			}
			c.text = append(c.text, '\n')
		case isControl(b):
			return c.control(b)
		default:
			n := c.quotedLength()
			c.text = append(c.text, c.unread[:n]...)
			c.pass(n)
		}
		if err := c.checkLine(); err != nil {
			return err
		}
		if err := c.checkLength(start); err != nil {
			return err
		}
	}
}

// plainLength is how many unread bytes belong to an unquoted value, at least
// one.
func (c *csvRecords) plainLength() int {
	for i, b := range c.unread {
		if b == c.delimiter || b == '"' || (b < ' ' && b != '\t') {
			return max(i, 1)
		}
	}
	return len(c.unread)
}

func (c *csvRecords) quotedLength() int {
	for i, b := range c.unread {
		if b == '"' || (b < ' ' && b != '\t') {
			return max(i, 1)
		}
	}
	return len(c.unread)
}

func isControl(b byte) bool { return b < ' ' && b != '\t' }

func (c *csvRecords) checkLine() error {
	if c.lineLength > maxLine {
		return c.fault(CodeCSVLineTooLong, lineTooLong())
	}
	return nil
}

func (c *csvRecords) checkLength(start int) error {
	limit := c.lim.MaxCellChars
	if len(c.text)-start <= limit || utf8.RuneCount(c.text[start:]) <= limit {
		return nil
	}
	return inColumn(inSheet(cellTooLong(limit), "", c.record), len(c.ends)+1)
}
