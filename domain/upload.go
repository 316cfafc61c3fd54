package domain

import (
	"context"
	"time"
)

// UploadKind says what the rows of a file are.
type UploadKind string

// The kinds of upload that are taken today.
const (
	UploadStaff       UploadKind = "staff"
	UploadAssessments UploadKind = "assessments"
	UploadVacancies   UploadKind = "vacancies"
)

// UploadState says what became of an upload.
type UploadState string

// The states of an upload.
const (
	UploadApplied       UploadState = "applied"
	UploadPartlyApplied UploadState = "partly_applied"
	UploadRejected      UploadState = "rejected"
	UploadVoided        UploadState = "voided"
)

// UploadCounts says what became of each row read. The other counts always add
// up to RowsRead.
type UploadCounts struct {
	RowsRead  int `json:"rows_read"`
	New       int `json:"new"`
	Changed   int `json:"changed"`
	Unchanged int `json:"unchanged"`
	Removed   int `json:"removed"`
	Duplicate int `json:"duplicate"`
	Skipped   int `json:"skipped"`
	Rejected  int `json:"rejected"`
	Blank     int `json:"blank"`
	NotStored int `json:"not_stored"`
	// Ended counts records that were held, are absent from a complete file and
	// were ended by it. They are not rows of the file.
	Ended int `json:"ended"`
}

// AddsUp says whether the parts are the whole.
func (c UploadCounts) AddsUp() bool {
	return c.RowsRead == c.New+c.Changed+c.Unchanged+c.Removed+c.Duplicate+c.Skipped+c.Rejected+c.Blank+c.NotStored
}

// MappedColumn says how one column of the file was understood.
type MappedColumn struct {
	Header string `json:"header"` // the file's own heading
	Field  string `json:"field"`  // the canonical column, empty when not used
}

// Upload is one file sent in by HR, with its findings and its effect.
type Upload struct {
	ID           string // UUID
	Organisation string
	Kind         UploadKind
	State        UploadState
	Format       string // csv or xlsx
	SHA256       [32]byte
	Bytes        int64
	Complete     bool
	AsAt         *Date // staff lists only: the date of the position
	ReceivedAt   time.Time
	Actor        string
	RequestID    string
	Counts       UploadCounts
	Mapping      []MappedColumn
	Findings     []Finding // as many as were asked for
	Errors       int
	Warnings     int
}

// UploadFile is a file that has been read and checked as far as that can be done
// without the register: its typed rows (of the slice that its kind names) and
// its findings so far.
type UploadFile struct {
	Upload
	Staff       []StaffRow
	Assessments AssessmentFile
	Vacancies   []VacancyRow
	Faults      *Findings
	Blank       int // blank rows below the header
	// Refused is set when the file was refused for personal data: nothing of it
	// but the record of the refusal may be kept.
	Refused bool
}

// UploadStore keeps uploads and what they change.
type UploadStore interface {
	// StoreUpload checks the file against the register and applies it, all in one
	// transaction: every row or, when there is any error, none. It returns the
	// upload as stored, whose state is applied or rejected. It returns a conflict
	// error when another write of the organisation does not end in time.
	StoreUpload(ctx context.Context, actor Actor, file UploadFile) (Upload, error)
	// Upload returns one upload of the actor's organisations with its first
	// findings, or a not-found error.
	Upload(ctx context.Context, actor Actor, id string, findings int) (Upload, error)
	// Uploads lists an organisation's uploads, newest first, and their total.
	Uploads(ctx context.Context, actor Actor, organisation string, page Page) ([]Upload, int, error)
	// UploadFindings lists the stored findings of an upload and their total.
	UploadFindings(ctx context.Context, actor Actor, id string, page Page) ([]Finding, int, error)
}

// Page asks for part of a list: Limit entries after the first Offset.
type Page struct{ Limit, Offset int }
