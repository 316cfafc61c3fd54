package domain

// PositionRow is one row of a file of position vacancies: one post, or several alike,
// being recruited to. Its key is the reference, unique within the organisation only.
type PositionRow struct {
	Row        int
	Reference  string // at most 50 characters
	StaffGroup string
	JobRole    string // NotGiven when empty
	Band       string // NotGiven when empty
	AreaOfWork string // NotGiven when empty
	Team       string // empty when not given
	Posts      int    // 1 to 999
	FTE        FTE    // of all posts of the row together
	OpenedOn   Date
	ClosedOn   *Date  // offer accepted or recruitment ended
	Status     string // 01 to 12, NotGiven when empty
	Action     Action
}
