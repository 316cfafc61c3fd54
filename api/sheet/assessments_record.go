package sheet

import (
	"fmt"
	"slices"

	"skillstracker/domain"
)

// longRecord is an assessment in long form while its rows are read.
type longRecord struct {
	row      domain.AssessmentRow
	rows     []int // numbers of its rows, without those that repeat another
	repeated []int // numbers of the rows that do
	bad      bool

	// from has, for each competence, the row that answered it, 0 for none, and
	// negative once a conflict about it was recorded at that row.
	from []int
	// given has the row that gave each attribute, as from does.
	given   [attributes]int
	clashed bool // a row that stores and one that removes were found
}

// The attributes of the person that rows of a record may give.
const (
	attributeGroup = iota
	attributeRole
	attributeBand
	attributeTeam
	attributes
)

// open makes room for the answers.
func (c *longRecord) open(b *longBinder) {
	count := len(b.framework.Competences)
	c.from = make([]int, count)
	c.row.Levels, c.row.Needs = b.slab.take(count), b.slab.take(count)
	for i := range count {
		c.row.Levels[i], c.row.Needs[i] = domain.NotAssessed, domain.NotAssessed
	}
}

// join adds a row to the record. A place of -1 is a competence that could not be
// read.
func (c *longRecord) join(r *rowReader, b *longBinder, row *domain.AssessmentRow, place int, level, need domain.Level) {
	if row.Action != c.row.Action {
		c.rows = append(c.rows, row.Row)
		c.clash(r, row)
		return
	}
	if row.Action == domain.ActionStore {
		c.attribute(r, b.staffGroup, attributeGroup, &c.row.StaffGroup, row.StaffGroup)
		c.attribute(r, b.jobRole, attributeRole, &c.row.JobRole, row.JobRole)
		c.attribute(r, b.band, attributeBand, &c.row.Band, row.Band)
		c.attribute(r, b.teamName, attributeTeam, &c.row.Team, row.Team)
		if place >= 0 && c.answer(r, b.competence, place, level, need) {
			c.repeated = append(c.repeated, row.Row)
			return
		}
	}
	c.rows = append(c.rows, row.Row)
}

// clash records that one row stores the record and another removes it.
func (c *longRecord) clash(r *rowReader, row *domain.AssessmentRow) {
	const text = "Row %d is about the same assessment: one row stores it and the other removes it."
	c.bad = true
	if !c.clashed {
		c.clashed = true
		r.faults.Add(domain.FindingRowsStoreRemove, domain.Cell{Sheet: r.table.sheet, Row: c.row.Row}, fmt.Sprintf(text, row.Row))
	}
	r.faults.Add(domain.FindingRowsStoreRemove, domain.Cell{Sheet: r.table.sheet, Row: row.Row}, fmt.Sprintf(text, c.row.Row))
}

// attribute takes over what a row says of the person. A row that leaves it out
// says nothing else than the others.
func (c *longRecord) attribute(r *rowReader, of column, which int, held *string, value string) {
	switch {
	case value == "" || value == domain.NotGiven || value == *held:
	case c.given[which] == 0:
		*held, c.given[which] = value, r.number
	default:
		c.conflict(r, of, domain.FindingRowConflict, &c.given[which], "Row %d is about the same assessment and gives another value.")
	}
}

// answer takes over what a row says of a competence, and says whether it only
// repeats an earlier row.
func (c *longRecord) answer(r *rowReader, of column, place int, level, need domain.Level) (repeats bool) {
	switch {
	case c.from[place] == 0:
		c.from[place] = r.number
		c.row.Levels[place], c.row.Needs[place] = level, need
	case c.row.Levels[place] == level && c.row.Needs[place] == need:
		r.faults.Add(domain.FindingRowDuplicate, domain.Cell{Sheet: r.table.sheet, Row: r.number},
			fmt.Sprintf("The row repeats row %d of the file and was counted once.", max(c.from[place], -c.from[place])))
		return true
	default:
		c.conflict(r, of, domain.FindingAnswersConflict, &c.from[place], "Row %d is about the same competence of the assessment and answers differently.")
	}
	return false
}

// conflict records that a row and an earlier one, of which from tells the number,
// contradict each other.
func (c *longRecord) conflict(r *rowReader, of column, code domain.FindingCode, from *int, text string) {
	c.bad = true
	earlier := *from
	if earlier > 0 {
		r.faults.Add(code, domain.Cell{Sheet: r.table.sheet, Row: earlier, Column: of.heading}, fmt.Sprintf(text, r.number))
		*from = -earlier
	} else {
		earlier = -earlier
	}
	r.fault(code, of, fmt.Sprintf(text, earlier))
}

// leaveAside notes the rows that fall with another row of the record.
func (c *longRecord) leaveAside(faults *domain.Findings) {
	for _, row := range slices.Concat(c.rows, c.repeated) {
		faults.LeaveAside(row)
	}
}
