package sheet

import (
	"errors"
	"io"
)

// jsonRecords reads the records of {"rows":[{...}]}. Nothing else than this
// form is accepted, so that no nesting is ever followed. What is held is the
// names of all members and one record.
type jsonRecords struct {
	jsonScanner
	begun  bool
	filled int // records with a value so far

	places map[string]int // of each member, by its name
	names  []string       // by place, which is the order of first appearance
	seen   []int          // by place: the last record that had the member

	// The current record.
	cells  []Cell // by place
	valued int    // cells up to the last that holds a value
	spans  []textSpan
}

func newJSONRecords(src Source, lim Limits) *jsonRecords {
	raw := &section{file: src.File, end: src.Size}
	return &jsonRecords{
		jsonScanner: jsonScanner{byteSource: newByteSource(raw), lim: lim, line: 1},
		places:      make(map[string]int),
	}
}

// next reads the next record that holds a value. It returns io.EOF once the
// file has been read and proven to its end.
func (j *jsonRecords) next() error {
	if !j.begun {
		j.begun = true
		if err := j.begin(); err != nil {
			return err
		}
	}
	for {
		if err := j.toRecord(); err != nil {
			return err
		}
		if err := j.readRecord(); err != nil {
			return err
		}
		if j.valued == 0 {
			continue
		}
		if j.filled++; j.filled > j.lim.MaxRows {
			return j.tooManyRecords()
		}
		return nil
	}
}

// begin goes into the list of records, past a byte-order mark.
func (j *jsonRecords) begin() error {
	n, err := io.ReadFull(j.source, j.buffer)
	j.unread, j.fail = withoutBOM(j.buffer[:n]), err
	if errors.Is(err, io.ErrUnexpectedEOF) {
		j.fail = io.EOF
	}
	b, err := j.sign()
	switch {
	case err != nil:
		return err
	case b != '{':
		return j.fault(CodeJSONShape, `does not begin with {"rows": [`)
	}
	j.pass()
	if b, err = j.sign(); err != nil {
		return err
	}
	if b == '}' {
		return j.fault(CodeJSONShape, `has no member "rows"`)
	}
	if err := j.readName(); err != nil {
		return err
	}
	if string(j.text) != "rows" {
		return j.fault(CodeJSONShape, `has a member other than "rows"`)
	}
	if b, err = j.sign(); err != nil {
		return err
	}
	if b != '[' {
		return j.fault(CodeJSONShape, `has something other than a list as "rows"`)
	}
	j.pass()
	return nil
}

// toRecord passes over what stands before the next record and its opening
// brace. Behind the last record it proves the rest of the file and returns
// io.EOF.
func (j *jsonRecords) toRecord() error {
	j.member = 0
	b, err := j.sign()
	switch {
	case err != nil:
		return err
	case b == ']':
		j.pass()
		return j.finish()
	}
	if j.record > 0 {
		if err := j.expect(','); err != nil {
			return err
		}
		if b, err = j.sign(); err != nil {
			return err
		}
	}
	j.record++
	switch b {
	case '{':
		j.pass()
		return nil
	case ']':
		return j.fault(CodeJSONSyntax, "is not JSON: there is a comma and no record behind it")
	}
	return j.fault(CodeJSONShape, "is not a record in braces")
}

// finish proves that the file ends behind the list.
func (j *jsonRecords) finish() error {
	j.record = 0
	b, err := j.sign()
	switch {
	case err != nil:
		return err
	case b == ',':
		return j.fault(CodeJSONShape, `has another member behind "rows"`)
	}
	if err := j.expect('}'); err != nil {
		return err
	}
	_, more, err := j.signOrEnd()
	switch {
	case err != nil:
		return err
	case more:
		return j.fault(CodeJSONSyntax, "is not JSON: it goes on after its end")
	}
	return io.EOF
}

func (j *jsonRecords) readRecord() error {
	j.text, j.spans, j.valued = j.text[:0], j.spans[:0], 0
	clear(j.cells)
	b, err := j.sign()
	if err != nil {
		return err
	}
	for b != '}' {
		if j.member > 0 {
			if err := j.expect(','); err != nil {
				return err
			}
		}
		j.member++
		if err := j.readMember(); err != nil {
			return err
		}
		if b, err = j.sign(); err != nil {
			return err
		}
	}
	j.pass()
	return nil
}

func (j *jsonRecords) readMember() error {
	start := len(j.text)
	if err := j.readName(); err != nil {
		return err
	}
	place, err := j.placeOf(j.text[start:])
	if err != nil {
		return err
	}
	j.text = j.text[:start]
	return j.readValue(place)
}

// readName appends the name of a member and passes over the colon behind it.
func (j *jsonRecords) readName() error {
	b, err := j.sign()
	switch {
	case err != nil:
		return err
	case b != '"':
		return j.fault(CodeJSONSyntax, "is not JSON: a member's name in quotation marks is missing")
	}
	if err := j.quoted(); err != nil {
		return err
	}
	return j.expect(':')
}

// placeOf returns the place of a member, which is a new one where no record
// before had it.
func (j *jsonRecords) placeOf(name []byte) (int, error) {
	place, known := j.places[string(name)]
	switch {
	case known && j.seen[place] == j.record:
		return 0, j.fault(CodeJSONTwice, "has two members of one name")
	case known:
		j.seen[place] = j.record
		return place, nil
	case len(name) == 0:
		return 0, j.fault(CodeJSONShape, "has a member without a name")
	case len(j.names) == j.lim.MaxColumns:
		return 0, j.tooManyMembers()
	}
	place = len(j.names)
	j.names = append(j.names, string(name))
	j.places[j.names[place]] = place
	j.seen = append(j.seen, j.record)
	j.cells = append(j.cells, Cell{})
	return place, nil
}

// readValue reads one plain value.
func (j *jsonRecords) readValue(place int) error {
	b, err := j.sign()
	if err != nil {
		return err
	}
	start := len(j.text)
	kind := Text
	switch b {
	case '"':
		err = j.quoted()
	case '{', '[':
		return j.fault(CodeJSONShape, "has a list or an object in place of a plain value")
	default:
		if err = j.bare(); err == nil {
			kind, err = j.bareKind(start)
		}
	}
	if err != nil {
		return err
	}
	if len(j.text) == start {
		return nil
	}
	j.cells[place].Kind = kind
	j.valued = max(j.valued, place+1)
	j.spans = append(j.spans, textSpan{cell: place, start: start, end: len(j.text)})
	return nil
}

// bareKind tells what a value without quotation marks is. Of null it leaves
// nothing, and true and false it writes as a spreadsheet shows them.
func (j *jsonRecords) bareKind(start int) (Kind, error) {
	switch bare := j.text[start:]; string(bare) {
	case "null":
		j.text = j.text[:start]
		return Empty, nil
	case "true":
		j.text = append(j.text[:start], "TRUE"...)
		return Bool, nil
	case "false":
		j.text = append(j.text[:start], "FALSE"...)
		return Bool, nil
	default:
		if isJSONNumber(bare) {
			return Number, nil
		}
	}
	return Empty, j.fault(CodeJSONSyntax, "is not JSON: a value is neither a text in quotation marks nor a number, true, false or null")
}
