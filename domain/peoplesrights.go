package domain

import (
	"context"
	"io"
	"time"
)

// RowHistory says when the register took a row in and when a later change ended it.
type RowHistory struct {
	RecordedAt time.Time
	EndedAt    *time.Time // nil while it holds
}

// PersonRecord is everything that is and was held about one person.
type PersonRecord struct {
	Organisation   string
	EmployeeNumber string
	// Person is the id by which events of the audit trail name the person.
	Person          int64
	RestrictedSince *time.Time // nil when not restricted
	Employments     []EmploymentRecord
	Positions       []PositionRecord
	Assessments     []AssessmentRecord
	Uploads         []PersonUpload
}

// EmploymentRecord is one period of employment as it was held for a time.
type EmploymentRecord struct {
	StartedOn          Date
	StartedOnEstimated bool
	LeftOn             *Date
	LeftOnEstimated    bool
	RowHistory
}

// PositionRecord is a position as it was held for a time. Codes that are not given
// are NotGiven.
type PositionRecord struct {
	ValidFrom                                                 Date
	StaffGroup, JobRole, Band, AreaOfWork, Team, ContractType string
	FTE                                                       FTE
	Assignments                                               int
	InPost                                                    bool
	RowHistory
}

// AssessmentRecord is an assessment as it was held for a time, with its levels and
// needs in the order of the framework version.
type AssessmentRecord struct {
	Framework                       FrameworkVersion
	AssessedOn                      Date
	AssessorKind                    AssessorKind
	StaffGroup, JobRole, Band, Team string
	Levels, Needs                   []Level // Needs is nil when nobody asked
	RowHistory
}

// PersonUpload is an upload that told something of the person.
type PersonUpload struct {
	ID         string
	Kind       UploadKind
	ReceivedAt time.Time
	KeptUntil  *time.Time // nil when the file is not kept
}

// Erasure is what an erasure did.
type Erasure struct {
	Organisation     string
	Change           int64 // number of the change
	ErasedAt         time.Time
	EmploymentEndsOn *Date // last day in post, when the employment lasted until the erasure
	Rows             int   // rows from which number, team or area of work was taken
	FilesDeleted     int
	FindingsDeleted  int
}

// Restriction says whether a person is kept out of figures.
type Restriction struct {
	Organisation string
	Restricted   bool
	Since        *time.Time // nil when not restricted
}

// Mention says where a kept file names a person.
type Mention struct {
	Named bool  // the employee number stands somewhere in the file
	Rows  []int // rows about the person, as findings number them
}

// LocateRows looks for an employee number in the kept file of an upload, whose gzip
// bytes it is given. A file that is damaged, so that nobody can say what it holds, names
// the person. The error is one of reading alone.
type LocateRows func(ctx context.Context, upload Upload, kept io.Reader, employeeNumber string) (Mention, error)

// PeopleRights carries out what people may ask of their employer. All methods return
// the same not-found error for a number that is not held and an organisation outside
// of the actor's scope, and are in the audit trail; none of them notes the number, and all
// note the id that PersonRecord shows.
type PeopleRights interface {
	// PersonRecord returns everything that is held about a person. The event in the
	// audit trail is committed first.
	PersonRecord(ctx context.Context, actor Actor, organisation, employeeNumber string) (PersonRecord, error)
	// ErasePerson erases a person on a day (DESIGN 8), in one change: employee number,
	// team and area of work are taken from everything that is and was held, an employment
	// that lasts ends on the day, or on the last day of an organisation that has closed
	// before, the kept files that name the person and the findings
	// about their rows are deleted. It returns an unavailable error when no key for the
	// hashes of erased numbers is configured.
	ErasePerson(ctx context.Context, actor Actor, organisation, employeeNumber string, today Date, locate LocateRows) (Erasure, error)
	// RestrictPerson keeps a person out of every figure, or lets them in again. Asking
	// for what is so already changes nothing.
	RestrictPerson(ctx context.Context, actor Actor, organisation, employeeNumber string, restricted bool) (Restriction, error)
}
