package domain

import (
	"context"
	"io"
	"time"
)

// UploadKind says what the rows of a file are.
type UploadKind string

// The kinds of upload. Those of the nation are targets only.
const (
	UploadStaff       UploadKind = "staff"
	UploadAssessments UploadKind = "assessments"
	UploadVacancies   UploadKind = "vacancies"
	UploadPositions   UploadKind = "position_vacancies"
	UploadTargets     UploadKind = "targets"
)

// UploadMode says what an error in one row does to the others.
type UploadMode string

// The modes of an upload: any error rejects the file, or the rows with errors are
// left out and the others are stored.
const (
	ModeAll       UploadMode = "all"
	ModeValidRows UploadMode = "valid_rows"
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
	Format       string // csv, xlsx or json
	SHA256       [32]byte
	Bytes        int64
	Mode         UploadMode
	Complete     bool
	// CreateMissingStaff says that staff members on no staff list were to be made.
	CreateMissingStaff bool
	AsAt               *Date // staff lists only: the date of the position
	ReceivedAt         time.Time
	Actor              string
	RequestID          string
	Counts             UploadCounts
	Mapping            []MappedColumn
	Findings           []Finding // as many as were asked for
	Errors             int
	Warnings           int
	// Voided is set when the upload was withdrawn.
	Voided *Void
	// KeptUntil is the time until which the sent file is kept; nil when it is not.
	KeptUntil *time.Time
	// Changes holds up to ChangeExamples examples of what a preview would change.
	Changes []RecordChange
	// Repeated says that the file had been stored before and that this is the
	// answer of that time.
	Repeated bool
}

// Void says who withdrew an upload and when.
type Void struct {
	At    time.Time
	Actor string
}

// UploadFile is a file that has been read and checked as far as that can be done
// without the register: its typed rows (of the slice that its kind names) and
// its findings so far.
type UploadFile struct {
	Upload
	Staff       []StaffRow
	Assessments AssessmentFile
	Vacancies   []VacancyRow
	Positions   []PositionRow
	Targets     []TargetRow
	Faults      *Findings
	Blank       int // blank rows below the header
	// Erased is the number of rows that SkipErased took out.
	Erased int
	// Refused is set when the file was refused for personal data: nothing of it
	// but the record of the refusal may be kept.
	Refused bool

	// CheckOnly asks for a preview: everything is checked and nothing is stored.
	CheckOnly bool
	// IdempotencyKey is the sender's key of the request, empty when there is none.
	IdempotencyKey string
	// Options is a digest of the options as the sender gave them; with the bytes
	// of the file it tells a request that is sent again from another one.
	Options [32]byte
	// Content is the sent file, compressed with gzip, that is kept for a while;
	// nil when it must not be kept.
	Content *KeptFile
}

// KeptFile is a compressed file that can be read more than once. Size is in bytes.
type KeptFile struct {
	Bytes io.ReaderAt
	Size  int64
}

// UploadStore keeps uploads and what they change.
type UploadStore interface {
	LastUploadReader
	UploadSummaryReader
	// StoreUpload checks the file against the register and applies it, all in one
	// transaction: every row, or with ModeValidRows every row without an error;
	// otherwise none. It returns the upload as stored, whose state is applied,
	// partly applied or rejected, or for a preview what it would be, without an id.
	// A file that had been stored before (same key, or same bytes and options and
	// no later change of the organisation) gives the upload of that time, marked
	// repeated. It returns a conflict error when another write of the organisation
	// does not end in time, when a request with the same key is under way, and an
	// invalid error when the key was used for another file or other options.
	StoreUpload(ctx context.Context, actor Actor, file UploadFile) (Upload, error)
	// VoidUpload withdraws an applied upload: what it added ends and what it had
	// replaced is added again. When a later upload touched the same records, it
	// returns a *VoidConflictError and changes nothing. Voiding a voided upload
	// again changes nothing and returns it.
	VoidUpload(ctx context.Context, actor Actor, id string) (Upload, error)
	// UploadContent hands out the kept file part by part in order: the gzip bytes as
	// they were given to StoreUpload. It returns a not-found error when the file is
	// kept no longer or was never kept. The function must not wait for a slow reader.
	UploadContent(ctx context.Context, actor Actor, id string, part func([]byte) error) error
	// Upload returns one upload of the actor's organisations with its first
	// findings, or a not-found error.
	Upload(ctx context.Context, actor Actor, id string, findings int) (Upload, error)
	// Uploads lists the uploads of an organisation that the filter keeps, newest
	// first, and their total.
	Uploads(ctx context.Context, actor Actor, organisation string, filter UploadFilter, page Page) ([]Upload, int, error)
	// UploadFindings lists the stored findings of an upload and their total.
	UploadFindings(ctx context.Context, actor Actor, id string, page Page) ([]Finding, int, error)
}

// UploadFilter keeps part of a list of uploads; empty parts keep everything.
type UploadFilter struct {
	Kinds  []UploadKind
	States []UploadState
	From   *time.Time // received at this time or later
	Before *time.Time // received before this time
}

// Page asks for part of a list: Limit entries after the first Offset.
type Page struct{ Limit, Offset int }
