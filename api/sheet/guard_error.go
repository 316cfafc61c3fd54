package sheet

import (
	"errors"
	"fmt"
	"strconv"
)

// Codes of a [FileError]. They are stable: clients may depend on them.
const (
	CodeFileEmpty        = "file_empty"              // no byte, or nothing but a byte-order mark
	CodeFileTooLarge     = "file_too_large"          // more bytes than Limits.MaxBytes
	CodeTypeUnsupported  = "file_type_unsupported"   // neither CSV, XLSX nor JSON
	CodeOldXLS           = "file_old_xls"            // a workbook of Excel 97 to 2003
	CodeEncrypted        = "file_encrypted"          // protected by a password
	CodeUnzippedTooLarge = "file_unzipped_too_large" // more than Limits.MaxUnzipped
	CodeTooManyRows      = "file_too_many_rows"      // more than Limits.MaxRows
	CodeTooManyColumns   = "file_too_many_columns"   // a value beyond Limits.MaxColumns
	CodeCellTooLong      = "cell_too_long"           // a text beyond Limits.MaxCellChars
	CodeSheetNotFound    = "sheet_not_found"         // no sheet of the chosen name
	CodeXLSXDamaged      = "xlsx_damaged"            // not a whole, well-formed workbook
	CodeXLSXHostile      = "xlsx_hostile"            // a shape that no spreadsheet program writes
	CodeXLSXTooMuchText  = "xlsx_too_much_text"      // more shared text than a third of Limits.MaxUnzipped
	CodeCSVNulByte       = "csv_nul_byte"            // a NUL character
	CodeCSVControl       = "csv_control_character"   // another control character
	CodeCSVQuote         = "csv_unbalanced_quote"    // a quotation mark out of place or not closed
	CodeCSVLineTooLong   = "csv_line_too_long"       // a line beyond 64 KiB
	CodeCSVEncoding      = "csv_encoding_damaged"    // bytes that are no text in the file's encoding
	CodeJSONSyntax       = "json_syntax"             // not JSON to its end
	CodeJSONShape        = "json_shape"              // JSON, but not {"rows":[{...}]} with plain values
	CodeJSONTwice        = "json_member_twice"       // a record with two members of one name
	CodeJSONEncoding     = "json_encoding_damaged"   // bytes that are no UTF-8, or half of a character
	CodeJSONControl      = "json_control_character"  // an escape for a control character
)

// FileError says why a whole file is refused and what to do about it. It never
// contains a cell's value.
type FileError struct {
	// Code is one of the Code constants.
	Code string

	// Message says what is wrong and Mend what to do next, both in whole
	// sentences for the person who sent the file.
	Message, Mend string

	// Sheet, Row and Column say where, as far as it is known: the sheet's
	// name, the row number that a spreadsheet shows, the column from 1.
	Sheet       string
	Row, Column int

	// Limit is the limit that was passed, 0 if it was not about a limit.
	Limit int64
}

// Error is the code, the message and the place, on one line.
func (e *FileError) Error() string {
	text := e.Code + ": " + e.Message
	if e.Sheet != "" {
		text += " Sheet " + strconv.Quote(e.Sheet) + "."
	}
	if e.Row > 0 {
		text += " Row " + strconv.Itoa(e.Row) + "."
	}
	return text
}

// inSheet adds the place to a FileError that does not know it yet. Other
// errors pass through.
func inSheet(err error, name string, row int) error {
	file, ok := errors.AsType[*FileError](err)
	if !ok {
		return err
	}
	placed := *file
	if placed.Sheet == "" {
		placed.Sheet = name
	}
	if placed.Row == 0 {
		placed.Row = row
	}
	return &placed
}

// inColumn adds the column to a FileError that does not know it yet.
func inColumn(err error, column int) error {
	file, ok := errors.AsType[*FileError](err)
	if !ok || file.Column != 0 {
		return err
	}
	placed := *file
	placed.Column = column
	return &placed
}

func damaged(format string, args ...any) *FileError {
	return &FileError{
		Code:    CodeXLSXDamaged,
		Message: "The workbook is damaged: " + fmt.Sprintf(format, args...) + ".",
		Mend:    "Open it in a spreadsheet program, check that all rows are there, save it again as .xlsx and send the new file. If it does not open, go back to an earlier copy.",
	}
}

func hostile(format string, args ...any) *FileError {
	return &FileError{
		Code:    CodeXLSXHostile,
		Message: "The workbook has a shape that no spreadsheet program writes: " + fmt.Sprintf(format, args...) + ".",
		Mend:    "Copy the rows into a new workbook, save it as .xlsx and send that file.",
	}
}

func unsupported(what, mend string) *FileError {
	return &FileError{
		Code:    CodeTypeUnsupported,
		Message: "The file is " + what + ", not a CSV file, an Excel workbook (.xlsx) or JSON.",
		Mend:    mend,
	}
}

func encrypted() *FileError {
	return &FileError{
		Code:    CodeEncrypted,
		Message: "The workbook is protected by a password and cannot be read.",
		Mend:    "Open it in Excel, choose File, Info, Protect Workbook, Encrypt with Password, clear the password, save and send the file again.",
	}
}

func sheetNotFound(message, mend string) *FileError {
	return &FileError{Code: CodeSheetNotFound, Message: message, Mend: mend}
}

func tooManyRows(limit int) *FileError {
	return &FileError{
		Code:    CodeTooManyRows,
		Message: fmt.Sprintf("The sheet has more than %d rows below its first, which is the limit for one file.", limit),
		Mend:    "Send the rows in several files, each with the header row.",
		Limit:   int64(limit),
	}
}

func tooManyColumns(limit int) *FileError {
	return &FileError{
		Code:    CodeTooManyColumns,
		Message: fmt.Sprintf("The row has a value beyond column %d, which is the limit for one file.", limit),
		Mend:    "Remove the columns that are not needed and send the file again.",
		Limit:   int64(limit),
	}
}

func cellTooLong(limit int) *FileError {
	return &FileError{
		Code:    CodeCellTooLong,
		Message: fmt.Sprintf("A cell holds more than %d characters, which is the limit for one cell.", limit),
		Mend:    "Shorten the text in that cell and send the file again.",
		Limit:   int64(limit),
	}
}
