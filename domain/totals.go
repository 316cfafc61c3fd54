package domain

import (
	"context"
	"time"
)

// Dimension is something that totals can be grouped by and narrowed to.
type Dimension string

// The dimensions. Region, ICB and organisation are ODS codes on the basis asked for.
const (
	ByNation       Dimension = "nation"
	ByRegion       Dimension = "region"
	ByICB          Dimension = "icb"
	ByOrganisation Dimension = "organisation"
	BySector       Dimension = "sector" // Acute, Adult social care and so on
	ByKind         Dimension = "kind"   // kind of organisation
	ByStaffGroup   Dimension = "staff_group"
	ByJobRole      Dimension = "job_role"
	ByBand         Dimension = "band"
	ByAreaOfWork   Dimension = "area_of_work"
	ByDigital      Dimension = "digital"
	ByTeam         Dimension = "team" // skills and workforce, within one organisation
	ByMonth        Dimension = "month"
	ByQuarter      Dimension = "quarter"       // financial, such as 2025/26 Q4: its last month
	ByCompetence   Dimension = "competence"    // skills only
	ByDomain       Dimension = "domain"        // skills only
	ByAssessorKind Dimension = "assessor_kind" // skills only
)

// Basis says by which membership facts are added up over organisations.
type Basis string

// The bases (DESIGN 3.13).
const (
	// BasisAsWas takes the membership of the fact's own date.
	BasisAsWas Basis = "as_was"
	// BasisAsNow takes the membership of today, following successors.
	BasisAsNow Basis = "as_now"
)

// UnassignedSplit stands in place of a region, ICB and organisation as_now when an
// organisation has several successors, so that nobody can say which of them its
// facts belong to.
const UnassignedSplit = "unassigned (split)"

// Status says why a figure is absent, in the shorthand of government statistics.
type Status string

// The statuses: withheld as confidential, not available, not applicable.
const (
	StatusConfidential  Status = "c"
	StatusNotAvailable  Status = "x"
	StatusNotApplicable Status = "z"
)

// Digital values: a post is digital by its area of work or by its role; when
// neither is given nobody can say.
const (
	DigitalYes       = "yes"
	DigitalNo        = "no"
	DigitalNotStated = "not_stated"
)

// TotalsFilter narrows and groups totals. Empty lists do not narrow. Codes are
// matched exactly.
type TotalsFilter struct {
	GroupBy []Dimension
	// Subtotals asks for the totals over each dimension beside the rows broken down
	// by it. Months, quarters, competences and domains are never added up.
	Subtotals     bool
	Basis         Basis // empty is BasisAsWas
	Today         Date  // the day whose membership BasisAsNow takes
	Regions       []string
	ICBs          []string
	Organisations []string
	Sectors       []string
	Kinds         []string
	StaffGroups   []string
	JobRoles      []string // NotGiven among them asks for those without
	Bands         []string
	AreasOfWork   []string
	Digital       []string
	Teams         []string
	Months        []Date // month ends in order; more than one only when grouped by month or quarter
	AsAt          Date   // a month end; the reference date when there is no month grouping
	// PeriodMonths is the length of the period that ends at each reference date, for
	// movement and for position vacancies opened and filled.
	PeriodMonths int
	// KnownAt asks for what the register held at a time; nil for now.
	KnownAt *time.Time

	// Skills only.
	Competences   []string
	Domains       []string
	AssessorKinds []string
	Framework     FrameworkVersion
	// Crosswalk, when its code is not empty, translates the assessments of another
	// framework version into Framework; they count beside those made by it.
	Crosswalk Crosswalk
}

// Values returns what a dimension is narrowed to; empty when it is not.
func (f TotalsFilter) Values(d Dimension) []string {
	switch d {
	case ByRegion:
		return f.Regions
	case ByICB:
		return f.ICBs
	case ByOrganisation:
		return f.Organisations
	case BySector:
		return f.Sectors
	case ByKind:
		return f.Kinds
	case ByStaffGroup:
		return f.StaffGroups
	case ByJobRole:
		return f.JobRoles
	case ByBand:
		return f.Bands
	case ByAreaOfWork:
		return f.AreasOfWork
	case ByDigital:
		return f.Digital
	case ByTeam:
		return f.Teams
	case ByCompetence:
		return f.Competences
	case ByDomain:
		return f.Domains
	case ByAssessorKind:
		return f.AssessorKinds
	case ByNation, ByMonth, ByQuarter:
		return nil
	}
	return nil
}

// Has says whether the totals are grouped by a dimension.
func (f TotalsFilter) Has(d Dimension) bool {
	for _, g := range f.GroupBy {
		if g == d {
			return true
		}
	}
	return false
}

// Group holds the values of one row's dimensions; those not grouped by are empty. A
// code that was not given is NotGiven.
type Group struct {
	Region       string // ODS code; empty when the organisation has none
	RegionName   string
	ICB          string
	ICBName      string
	Organisation string
	Name         string // of the organisation
	Sector       string // empty when not known
	Kind         string
	StaffGroup   string
	JobRole      string
	Band         string
	AreaOfWork   string
	Digital      string
	Team         string
	Month        *Date
	Competence   string
	Domain       string
	AssessorKind string
	// Over names the dimensions of the question over which the row is a subtotal, with
	// commas between them; empty for a row that is broken down by all of them.
	Over string
}

// Coverage says on how many organisations the figures of a row rest.
type Coverage struct {
	Reporting int // organisations with a return for the reference date
	Expected  int // organisations from which one is expected (DESIGN 3.14)
	// Estimated counts organisations whose membership is that of an edition later
	// than the fact (DESIGN 3.13).
	Estimated int
}

// VacancyTotal is one row of vacancy totals: sums of stored cells and the parts
// of its rates. Vacancies are stocks: a row is about one month end.
type VacancyTotal struct {
	Group
	Cells         int // stored cells in the row
	Incomplete    int // cells without both budgeted and contracted FTE
	Budgeted      *FTE
	Contracted    *FTE
	Vacancy       *FTE // signed sum of the gaps of complete cells
	VacancyGross  *FTE // sum of the positive gaps of complete cells
	RateBudgeted  *FTE // budgeted FTE of complete cells: the rate's denominator
	Bank          *FTE
	Agency        *FTE
	Cover         *FTE // bank and agency FTE of complete cells: the cover of their gap
	Reported      *int
	Advertised    *int
	Headcount     *int // people: subject to disclosure control
	RateReported  *int // reported vacancies of cells that also have a headcount
	RateHeadcount *int // people in those cells
	Reporting     int  // organisations with a return for the month
	Expected      int  // organisations from which one is expected
	Estimated     int  // organisations whose membership is estimated (Coverage)
	// WithGap, WithReported and WithAdvertised count the organisations that state an
	// establishment gap, reported vacancies and advertised posts: unlike measures
	// rest on unlike organisations (DESIGN 3.7).
	WithGap, WithReported, WithAdvertised int
	// Received are the days on which the oldest and the newest of the cells was
	// received; nil when there is none.
	OldestReceived, NewestReceived *Date
}

// EstablishmentRate returns vacancy FTE divided by budgeted FTE as a fraction,
// over the cells that have both parts, and the reason when it is absent
// (domain.md 2.2: sum the parts, then divide).
func (t VacancyTotal) EstablishmentRate() (float64, Status) {
	if t.Vacancy == nil || t.RateBudgeted == nil {
		return 0, StatusNotAvailable
	}
	rate, ok := Ratio(*t.Vacancy, *t.RateBudgeted)
	if !ok {
		return 0, StatusNotApplicable
	}
	return rate, ""
}

// TemporaryCover returns (bank + agency FTE) / vacancy FTE as a fraction, over the
// cells that the vacancy FTE is of; it is absent when there is no gap to cover. A
// part that a cell does not state counts as none only when it states the other.
func (t VacancyTotal) TemporaryCover() (float64, Status) {
	if t.Vacancy == nil || t.Cover == nil {
		return 0, StatusNotAvailable
	}
	if *t.Vacancy <= 0 {
		return 0, StatusNotApplicable
	}
	rate, _ := Ratio(*t.Cover, *t.Vacancy)
	return rate, ""
}

// SkillsTotal is one row of digital-literacy totals before disclosure control:
// true counts of people. Levels[i] counts those at level i of the competence. A row
// by domain takes the lowest level of each person among the domain's competences.
type SkillsTotal struct {
	Group
	// StaffInPost counts people in post in the organisations of the row that have a
	// staff list; nil when none has one.
	StaffInPost *int
	Assessed    int // people with a current assessment
	// AssessedListed counts those of them who are in StaffInPost: the numerator of
	// the completion rate.
	AssessedListed int
	// Due, Overdue and NeverAssessed split the people in StaffInPost beside those
	// whose assessment stays current: its validity ends within 90 days (they are in
	// Assessed too), has ended, or there is no assessment.
	Due, Overdue, NeverAssessed int
	// BySelf, ByManager and ByAssessor split Assessed by who judged.
	BySelf, ByManager, ByAssessor int
	Answered                      int // of Assessed, with a level (by competence or domain only)
	NotApplied                    int // of Assessed, for whom the competence is not applicable
	Levels                        []int
	// Target is the level expected when it is the same for everybody in the row; nil
	// when there is none or several. TargetsVary tells the two apart.
	Target      *Level
	TargetsVary bool
	// Gaps[i] counts people i levels below their target, Gaps[0] those at or above it;
	// nil when nobody in the row has a target. A row by domain, or by neither
	// competence nor domain, takes the greatest gap of each person.
	Gaps []int
	// NeedGaps is the same against the level that people say their job needs.
	NeedGaps []int
	// Reached and ReachedBase are for task checklists: people who reached every
	// threshold, among those with a level for every competence.
	Reached, ReachedBase int
	Reporting            int // organisations with a current assessment
	Expected             int // organisations open on the date and past their first assessments
	Listed               int // organisations with a staff list
	Estimated            int // organisations whose membership is estimated (Coverage)
	Newest               *Date
	Oldest               *Date
}

// WorkforceTotal is one row of workforce totals before disclosure control. All
// figures are about organisations with a staff list; movement is about those of
// them that were open, and had a list, from the first to the last day of the
// period. Movement is counted by person and organisation: somebody who changes
// employer leaves one and joins the other.
type WorkforceTotal struct {
	Group
	Headcount *int // people in post at the reference date; nil without a staff list
	FTE       *FTE
	// Opening and Closing are people in post at both ends of the period. Stayers
	// are those of Opening who were in post in the organisation on every day of it.
	// All are nil when no organisation of the row can tell.
	Opening, Closing, Starters, Leavers, Stayers *int
	OpeningFTE, ClosingFTE                       *FTE
	StarterFTE, LeaverFTE, StayerFTE             *FTE
	// EstimatedLeavers are leavers whose last day is estimated from their absence
	// from a complete list.
	EstimatedLeavers *int
	Moving           int // organisations whose movement is in the row
	Coverage
	OldestList, NewestList *Date // date of the newest list of each organisation
}

// PositionTotal is one row of position-vacancy totals. They are figures of posts.
type PositionTotal struct {
	Group
	OpenPosts int // being recruited to at the reference date
	OpenFTE   FTE
	// Opened, Filled and Closed are posts whose recruitment began, ended with the post
	// filled, and ended otherwise, in the period that ends at the reference date.
	Opened, Filled, Closed          int
	OpenedFTE, FilledFTE, ClosedFTE FTE
	MedianDaysOpen                  *float64 // of the open posts at the reference date
	LongestDaysOpen                 *int
	MedianDaysToFill                *float64 // of the posts filled in the period
	Coverage
	OldestReceived, NewestReceived *Date
}

// TotalsReader computes totals over the whole register. Access is decided before:
// the reader returns every group that the filter asks for.
type TotalsReader interface {
	// LastChange returns the number of the newest change of the whole register.
	// Answers between which it stays the same are of one state of the register.
	LastChange(ctx context.Context) (int64, error)
	// LastChangeAt returns when the newest change was made that the register held at
	// knownAt, or holds now when that is nil; nil when it held none.
	LastChangeAt(ctx context.Context, knownAt *time.Time) (*time.Time, error)
	// PurgedBefore returns the latest horizons of the purges of the organisations named,
	// or of all when none is; nil when nothing of them was ever purged.
	PurgedBefore(ctx context.Context, organisations []string) (*PurgeHorizon, error)
	// VacancyTotals returns one row for each group and month in a stable order.
	VacancyTotals(ctx context.Context, actor Actor, filter TotalsFilter) ([]VacancyTotal, error)
	// SkillsTotals returns one row for each group, unaltered: the caller must
	// apply disclosure control before anything leaves the service.
	SkillsTotals(ctx context.Context, actor Actor, filter TotalsFilter) ([]SkillsTotal, error)
	// WorkforceTotals returns one row for each group and month, unaltered.
	WorkforceTotals(ctx context.Context, actor Actor, filter TotalsFilter) ([]WorkforceTotal, error)
	// PositionTotals returns one row for each group and month in a stable order.
	PositionTotals(ctx context.Context, actor Actor, filter TotalsFilter) ([]PositionTotal, error)
}
