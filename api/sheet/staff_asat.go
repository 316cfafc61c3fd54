package sheet

import (
	"fmt"

	"skillstracker/domain"
)

// asAtColumn finds the one date of a staff list: that of the column, else that
// of the option, else today. A row that leaves it out has the date of the list.
type asAtColumn struct {
	dateColumn
	option *domain.Date
	today  domain.Date

	first    domain.Date // of the column
	firstRow int         // row of it; 0 when the column gives none
	mixed    bool
	future   bool
	warned   bool
}

// read returns the date of a row, or domain.Forever for one that gives none.
// What is wrong with the date of the whole list is recorded once.
func (c *asAtColumn) read(r *rowReader) domain.Date {
	cell, valued := r.optional(c.column)
	if !valued {
		return domain.Forever
	}
	date, ok := r.day(&c.dateColumn, cell)
	if !ok {
		return domain.Forever
	}
	if c.firstRow == 0 {
		c.first, c.firstRow = date, r.number
	}
	switch {
	case date > c.today:
		if !c.future {
			c.future = true
			r.fault(domain.FindingDateFuture, c.column, "")
		}
	case date != c.first:
		if !c.mixed {
			c.mixed = true
			r.fault(domain.FindingAsAtMixed, c.column, fmt.Sprintf("The date differs from that of row %d, and a staff list states one position.", c.firstRow))
		}
	case c.option != nil && *c.option != date && !c.warned:
		c.warned = true
		r.columnFault(domain.FindingFileNote, c.column, "The option as_at was left aside, because the file gives the date of the list itself and it is another one.")
	}
	return date
}

// date is the date of the list.
func (c *asAtColumn) date() domain.Date {
	switch {
	case c.firstRow > 0:
		return c.first
	case c.option != nil:
		return *c.option
	}
	return c.today
}
