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
}

// read returns the date of a row, or domain.Forever for one that gives none. The
// first date is that of the list, and what is wrong with it is wrong with the whole
// file; any other date is a fault of its row.
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
		c.ofList(r)
	} else if date != c.first {
		r.fault(domain.FindingAsAtMixed, c.column, fmt.Sprintf("The date differs from that of row %d, and a staff list states one position.", c.firstRow))
	}
	return date
}

// ofList looks at the date of the list.
func (c *asAtColumn) ofList(r *rowReader) {
	if c.first > c.today {
		r.columnFault(domain.FindingDateFuture, c.column, fmt.Sprintf("The date of the list, which row %d gives, lies in the future.", c.firstRow))
	}
	if c.option != nil && *c.option != c.first {
		r.columnFault(domain.FindingAsAtOption, c.column, "")
	}
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
