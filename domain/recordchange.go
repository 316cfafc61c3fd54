package domain

import (
	"context"
	"time"
)

// ChangeExamples is the number of changes that a preview writes out (DESIGN 4).
const ChangeExamples = 100

// ChangeOutcome says what an upload does to a record.
type ChangeOutcome string

// The outcomes of which a preview gives examples.
const (
	OutcomeNew     ChangeOutcome = "new"
	OutcomeChanged ChangeOutcome = "changed"
	OutcomeRemoved ChangeOutcome = "removed"
	// OutcomeEnded is a record that a complete file ends because it is absent.
	OutcomeEnded ChangeOutcome = "ended"
)

// RecordChange is one example of what an upload would change, in the names and
// values of the canonical columns.
type RecordChange struct {
	Row     int // row of the file; 0 for a record that is absent from it
	Outcome ChangeOutcome
	Record  []ColumnValue // the key of the record
	Fields  []FieldChange // the columns that differ
}

// ColumnValue is a value of a canonical column, written as an upload would have it.
type ColumnValue struct{ Column, Value string }

// FieldChange is a canonical column whose value differs; an empty value is none.
type FieldChange struct{ Column, Before, After string }

// VoidConflictError says that an upload cannot be withdrawn because later uploads
// touched the same records.
type VoidConflictError struct {
	Conflicts []VoidConflict // at most VoidConflicts of them
	Total     int            // how many records there are
}

// VoidConflicts is the number of records that a VoidConflictError lists.
const VoidConflicts = 100

// VoidConflict is a record that a later upload touched.
type VoidConflict struct {
	Record   []ColumnValue // the key of the record
	UploadID string        // the later upload
	Kind     UploadKind    // its kind
}

// Error says how many records stand in the way.
func (e *VoidConflictError) Error() string {
	return "later uploads touched the same records"
}

// DataQuery asks for the rows that an organisation holds, in the upload form.
type DataQuery struct {
	Organisation string
	// AsAt is the day of the position of a staff list.
	AsAt Date
	// From and To bound the dates of assessments and the months of vacancy
	// returns, both included; nil for no bound.
	From, To *Date
	// Framework is the framework version of assessments.
	Framework FrameworkVersion
	// KnownAt asks for what the register held at a time; nil for now.
	KnownAt *time.Time
}

// DataReader hands out the rows that an organisation holds, in the order of their
// keys, as an upload of the same kind would state them: uploading them again
// changes nothing. Row numbers are not set. Reads are one transaction each.
type DataReader interface {
	OpenPositionReader
	PeopleReader
	StaffRows(ctx context.Context, actor Actor, query DataQuery, row func(StaffRow) error) error
	AssessmentRows(ctx context.Context, actor Actor, query DataQuery, row func(AssessmentRow) error) error
	VacancyRows(ctx context.Context, actor Actor, query DataQuery, row func(VacancyRow) error) error
	PositionRows(ctx context.Context, actor Actor, query DataQuery, row func(PositionRow) error) error
	// TargetRows hands out the organisation's own targets of every framework version.
	TargetRows(ctx context.Context, actor Actor, query DataQuery, row func(TargetRow) error) error
}

// DataRead says what data is about to be read: rows about people, or an export.
type DataRead struct {
	// Organisations are the ODS codes of those whose data is read; the chain of each gets
	// an event, and the chain of the system one when there are none.
	Organisations []string
	Operation     string // operationId of the contract
	UploadID      string // the upload whose file is read; empty when none is
	// Object is the name of the file that is asked for and the options asked with,
	// such as "staff.csv as_at=2026-09-30"; never a value of a row.
	Object string
}

// ReadAudit notes in the audit trail that person-level data is about to be read.
type ReadAudit interface {
	// NoteRead writes, in a transaction of its own, what the actor is about to read.
	// It is called before the data is read, so that no read goes unnoted; nothing may
	// be read when it fails, and nothing has been written then. An organisation outside the actor's scope is not found.
	NoteRead(ctx context.Context, actor Actor, read DataRead) error
}
