package api

import (
	"errors"
	"runtime"
	"time"

	"skillstracker/api/sheet"
)

// Limits bounds what one request may ask of the service. Every limit that is
// passed is named in the answer.
type Limits struct {
	// File bounds an uploaded file.
	File sheet.Limits

	// ImportBytes is the greatest size of a file of organisations.
	ImportBytes int64

	// Parses is the number of files of rows that are read, or written as workbooks,
	// at the same time, and as many exports are sent beside them.
	Parses int

	// Rows is the greatest number of rows of one answer with totals.
	Rows int

	// ReadTime, ReportTime and UploadTime bound how long a question, a workbook
	// and a file sent in or exported may take, the time of sending the file included.
	ReadTime, ReportTime, UploadTime time.Duration

	// ReaderPatience is how long whoever receives an export may take for the next piece
	// of it, some 64 KiB. Who takes longer holds a connection of the database for nothing.
	ReaderPatience time.Duration
}

// multipartOverhead is the room for the boundaries and part headers of a form,
// which count as body but not as file.
const multipartOverhead = 64 << 10

// DefaultLimits returns the published limits (DESIGN 4): a file of 32 MiB,
// 250,000 rows, 256 columns and 200 MiB unzipped, and as many files read at a
// time as half the processors and one.
func DefaultLimits() Limits {
	return Limits{
		File:        sheet.DefaultLimits(),
		ImportBytes: sheet.OrganisationFileLimit,
		Parses:      runtime.NumCPU()/2 + 1,
		Rows:        200_000,
		ReadTime:    30 * time.Second,
		ReportTime:  2 * time.Minute,
		UploadTime:  10 * time.Minute,

		ReaderPatience: 30 * time.Second,
	}
}

// check refuses limits under which nothing could be answered.
func (l Limits) check() error {
	if l.File.MaxBytes < 1 || l.File.MaxRows < 1 || l.ImportBytes < 1 || l.Parses < 1 || l.Rows < 1 ||
		l.ReadTime <= 0 || l.ReportTime <= 0 || l.UploadTime <= 0 || l.ReaderPatience <= 0 {
		return errors.New("make server: every limit must be above zero; start from DefaultLimits")
	}
	return nil
}
