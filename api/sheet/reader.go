package sheet

import (
	"errors"
	"fmt"
	"io"
)

// Format is the kind of file.
type Format string

// The formats that can be read.
const (
	CSV  Format = "csv"
	XLSX Format = "xlsx"
	JSON Format = "json"
)

// Source is a file that has been spooled, so that it can be read at any place.
type Source struct {
	File io.ReaderAt
	Size int64 // in bytes

	// ContentType is the media type that the sender named, perhaps empty. It
	// decides only what the first bytes leave open.
	ContentType string

	// Filename is the name that the sender gave, perhaps empty. It is used
	// where neither the bytes nor the content type decide.
	Filename string
}

// Row is one row that holds at least one value. Blank rows are not handed out:
// a gap in the numbers tells how many were passed over.
type Row struct {
	// Number is the row number that a spreadsheet shows, from 1. In a CSV file
	// it is the ordinal of the record, blank ones counted and a leading
	// `sep=` line not, which is the row number after opening the file in a
	// spreadsheet. In a JSON file it is the ordinal of the record, and 0 for the
	// header row, which the names of the members make.
	Number int

	// Cells starts at the first column and ends with the last cell that holds
	// a value, so rows differ in length. The slice is used again by the next
	// call of Next.
	Cells []Cell
}

// SheetInfo describes a worksheet. A CSV or JSON file has one without a name.
type SheetInfo struct { //nolint:revive // Info alone would not say of what
	Name    string
	Visible bool
}

// Note is something that the sender should know about how a file was read,
// though it is no fault. Code is one of the Note constants.
type Note struct {
	Code    string
	Message string
}

// Codes of a [Note].
const (
	NoteEncoding      = "encoding_assumed"       // a text encoding other than UTF-8
	NoteDelimiter     = "delimiter_found"        // a delimiter other than the comma
	NoteMacros        = "macros_ignored"         // the workbook has macros; they were not looked at
	NoteExternalLinks = "external_links_ignored" // formulas refer to other files; stored results were read
	NoteHiddenSheet   = "hidden_sheet_read"      // the sheet that was read is hidden
	NoteSheetChosen   = "sheet_chosen"           // several sheets; says which one was read
)

// Reader hands out the rows of one sheet of a file, once, in order. It is not
// safe for use by several goroutines. Nothing may be believed about a file
// before Next has returned io.EOF, because damage can show at the very end.
type Reader interface {
	// Format is the kind of file.
	Format() Format

	// Notes tells what the sender should know about how the file is read. It
	// is complete once the sheet has been selected.
	Notes() []Note

	// Sheets lists the worksheets in the workbook's order.
	Sheets() []SheetInfo

	// Select chooses the sheet to read by its name, blind to case. It must
	// come before the first Next. Without it the sheet named Data is read,
	// else the first visible one whose name is not that of a template's own
	// sheet (Instructions, Examples, Lists, Cover, Notes, Contents, About,
	// Findings). A name that no sheet has gives a FileError.
	Select(name string) error

	// SheetName is the name of the sheet that is read.
	SheetName() string

	// Next returns the next row that holds a value. It returns io.EOF only
	// once the file has been proven complete and well-formed, a *FileError if
	// the file is at fault, and another error if it could not be read from
	// disk. After an error it returns the same error again.
	Next() (Row, error)

	// Close frees what the reader holds. Source.File stays open.
	Close() error
}

// OthersReader is a Reader that can hand out the sheets that are not selected, so
// that they can be searched for personal data.
type OthersReader interface {
	// EachOther calls see with the name and each row that holds a value of every
	// other worksheet, in order and to their ends, however many rows and columns
	// they have. The cells are used again for the next row. It returns the first
	// error of see, and those of Next.
	EachOther(see func(sheet string, row Row) error) error
}

// errClosed is the fault of a caller that reads on after Close.
var errClosed = errors.New("read a file after it was closed")

// Open decides the format and opens the file. A file that cannot be accepted
// gives a *FileError.
func Open(src Source, lim Limits) (Reader, error) {
	if src.Size > lim.MaxBytes {
		return nil, &FileError{
			Code:    CodeFileTooLarge,
			Message: fmt.Sprintf("The file has %d bytes; the limit is %s.", src.Size, sizeText(lim.MaxBytes)),
			Mend:    "Send the rows in several files, each with the header row.",
			Limit:   lim.MaxBytes,
		}
	}
	format, err := Detect(src)
	if err != nil {
		return nil, err
	}
	switch format {
	case XLSX:
		return openXLSX(src, lim)
	case JSON:
		return openJSON(src, lim)
	case CSV:
	}
	return openCSV(src, lim)
}
