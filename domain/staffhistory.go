package domain

// StaffHistory is everything held about one staff member's employment: spells
// and dated versions that are not ended, each in ascending order of its first
// day, and the dates of later staff lists that found the person unchanged.
type StaffHistory struct {
	ID             int64
	EmployeeNumber string
	Spells         []Spell
	Versions       []StaffVersion
	Confirmed      []Date
}

// Spell is one period of employment. LeftOn is the last day in post, nil while
// the person is in post. The estimated marks say that a date was derived from
// the dates of staff lists and not stated by the employer.
type Spell struct {
	StartedOn          Date
	StartedOnEstimated bool
	LeftOn             *Date
	LeftOnEstimated    bool
}

// Covers says whether the spell includes the day.
func (s Spell) Covers(day Date) bool {
	return s.StartedOn <= day && (s.LeftOn == nil || day <= *s.LeftOn)
}

// StaffVersion is a staff member's position from ValidFrom until the next version.
type StaffVersion struct {
	ValidFrom Date
	Position  Position
}

// Position is what a staff list says of one person on one day, all assignments
// taken together (DESIGN 3.9).
type Position struct {
	StaffGroup   string
	JobRole      string
	Band         string
	AreaOfWork   string
	Team         string
	ContractType string
	FTE          FTE
	Assignments  int
	// InPost is false when every assignment is bank, honorary or non-executive,
	// which are left out of staff in post.
	InPost bool
}

// Same says whether two positions are the same as a staff list can state them. Over
// how many assignments the FTE is spread is not compared: a list with one row for
// each person, as the register hands it out, says the same as one with several.
func (p Position) Same(other Position) bool {
	other.Assignments = p.Assignments
	return p == other
}

// StaffPlan is what a staff list changes, person by person. People whom it does
// not change are only named in Confirmed.
type StaffPlan struct {
	AsAt      Date
	Complete  bool
	Changes   []StaffChange
	Confirmed []int64 // ids of the people found unchanged on AsAt
	FoundLeft []int64 // ids of the people found to have left before AsAt, as held
	Counts    UploadCounts
}

// StaffChange replaces the history of one person: whatever of the held history
// is not in the new one is ended, whatever is new is added.
type StaffChange struct {
	ID             int64 // 0 for a person not held yet
	EmployeeNumber string
	Row            int // first row of the person in the file; 0 for a person absent from it
	Outcome        ChangeOutcome
	Before         StaffHistory
	Spells         []Spell
	Versions       []StaffVersion
}
