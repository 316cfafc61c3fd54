package domain

import "context"

// Dimension is something that totals can be grouped by.
type Dimension string

// The dimensions. Region, ICB and organisation are ODS codes on the basis asked for.
const (
	ByNation       Dimension = "nation"
	ByRegion       Dimension = "region"
	ByICB          Dimension = "icb"
	ByOrganisation Dimension = "organisation"
	ByStaffGroup   Dimension = "staff_group"
	ByBand         Dimension = "band"
	ByMonth        Dimension = "month"
	ByDigital      Dimension = "digital"
	ByCompetence   Dimension = "competence"
)

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
	GroupBy       []Dimension
	Regions       []string
	ICBs          []string
	Organisations []string
	StaffGroups   []string
	Bands         []string
	Digital       []string
	Months        []Date // month ends
	AsAt          Date   // a month end; the reference date when there is no month grouping
	Competences   []string
	Framework     FrameworkVersion // skills only
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

// Group holds the values of one row's dimensions; those not grouped by are empty.
type Group struct {
	Region       string
	RegionName   string
	ICB          string
	ICBName      string
	Organisation string
	Name         string // of the organisation
	StaffGroup   string
	Band         string
	Digital      string
	Month        *Date
	Competence   string
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
// true counts of people. Levels[i] counts those at level i of the competence.
type SkillsTotal struct {
	Group
	// StaffInPost is nil when people of an organisation without a staff list are
	// in the row, or when the row holds nobody.
	StaffInPost *int
	Assessed    int // people in post with a current assessment
	Answered    int // of those, with a level for the competence (by competence only)
	NotApplied  int // of those, for whom the competence is not applicable
	Levels      []int
	Reporting   int // organisations with a current assessment
	Expected    int // organisations open on the date and past their first assessments
	Newest      *Date
	Oldest      *Date
}

// TotalsReader computes totals over the whole register. Access is decided before:
// the reader returns every group that the filter asks for.
type TotalsReader interface {
	// LastChange returns the number of the newest change of the whole register.
	// Answers between which it stays the same are of one state of the register.
	LastChange(ctx context.Context) (int64, error)
	// VacancyTotals returns one row for each group and month in a stable order.
	VacancyTotals(ctx context.Context, actor Actor, filter TotalsFilter) ([]VacancyTotal, error)
	// SkillsTotals returns one row for each group, unaltered: the caller must
	// apply disclosure control before anything leaves the service.
	SkillsTotals(ctx context.Context, actor Actor, filter TotalsFilter) ([]SkillsTotal, error)
}
