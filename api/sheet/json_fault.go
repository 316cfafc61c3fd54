package sheet

import (
	"fmt"
	"strconv"
)

// jsonForm is what a JSON file looks like, for advice.
const jsonForm = `{"rows": [{"employee_number": "00123", "fte": 0.8}]}`

// fault is a FileError about the current record, or about the file where there
// is none.
func (s *jsonScanner) fault(code, what string) *FileError {
	mends := map[string]string{
		CodeJSONSyntax:   "Check that the file was sent whole, and let a program's JSON library write it. Its form is " + jsonForm + ".",
		CodeJSONShape:    `Send one object whose only member, "rows", is a list of records with plain values: ` + jsonForm + ".",
		CodeJSONTwice:    "Give each member of a record once.",
		CodeJSONEncoding: "Write the file in UTF-8 and send it again.",
		CodeJSONControl:  "Remove that character from the value and send the file again.",
	}
	return &FileError{Code: code, Message: s.where() + " " + what + ".", Mend: mends[code], Row: s.record}
}

// where names the current place, to begin a sentence with.
func (s *jsonScanner) where() string {
	if s.record == 0 {
		return fmt.Sprintf("The file, at its line %d,", s.line)
	}
	place := "Record " + strconv.Itoa(s.record) + " ("
	if s.member > 0 {
		place += "its member " + strconv.Itoa(s.member) + ", "
	}
	return place + "line " + strconv.Itoa(s.line) + " of the file)"
}

func (s *jsonScanner) cutOff() error {
	return s.fault(CodeJSONSyntax, "is not JSON: it ends in the middle")
}

func (s *jsonScanner) tooManyMembers() error {
	fault := tooManyColumns(s.lim.MaxColumns)
	fault.Message = s.where() + fmt.Sprintf(" brings the number of different members to more than %d, which is the limit for one file.", s.lim.MaxColumns)
	fault.Mend = "Leave out the members that are not needed and send the file again."
	fault.Row = s.record
	return fault
}

func (s *jsonScanner) tooManyRecords() error {
	fault := tooManyRows(s.lim.MaxRows)
	fault.Message = fmt.Sprintf("The file has more than %d records, which is the limit for one file.", s.lim.MaxRows)
	fault.Mend = "Send the records in several files."
	fault.Row = s.record
	return fault
}
