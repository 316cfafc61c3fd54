package domain

import "context"

// OpenPosition is a position vacancy that is being recruited to on a day: one post, or
// several alike.
type OpenPosition struct {
	Reference  string // unique within the organisation only
	StaffGroup string
	JobRole    string // NotGiven when empty
	Band       string // NotGiven when empty
	AreaOfWork string // NotGiven when empty
	Team       string // empty when not given
	Posts      int
	FTE        FTE // of all posts of the row together
	OpenedOn   Date
	Status     string // 01 to 12, NotGiven when empty
}

// OpenPositionReader lists open posts. They are figures of posts: managers of the
// organisation may see them. Planners may not, because a row is finer than what they
// are shown of one organisation (DESIGN 6); who asks is decided before.
type OpenPositionReader interface {
	// OpenPositions lists the position vacancies of query.Organisation that are open on
	// query.AsAt, as position totals count them: opened by then, not closed by then, and
	// neither rejected nor unapproved. The longest open come first, then the reference
	// decides. An organisation outside the actor's scope is not found.
	OpenPositions(ctx context.Context, actor Actor, query DataQuery) ([]OpenPosition, error)
}
