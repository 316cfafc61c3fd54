package check

// placeTables makes ready what is kept of the tables of the sheet. Tables never share
// a cell: programs close such a workbook for damaged.
func (r *scan) placeTables() error {
	bottoms := map[int]int{} // by column, the last row of a table so far
	for _, t := range r.s.tables {
		if !t.ref.valid() {
			continue
		}
		b, err := newBody(r.checker, r.s, t)
		if err != nil {
			return err
		}
		for col := t.ref.left; col <= t.ref.right; col++ {
			if bottoms[col] >= t.ref.top {
				return inPart(t.part, errHostile)
			}
			bottoms[col] = t.ref.bottom
		}
		r.s.seen.bodies = append(r.s.seen.bodies, b)
		r.header = min(r.header, t.ref.top)
		if missing := t.ref.right + 1 - len(r.at); missing > 0 {
			r.at = append(r.at, make([]*body, missing)...)
		}
	}
	return nil
}

// reach notes which tables a row may be of, so that a cell finds its own without a look
// at all. The tables are in the order of their first rows.
func (r *scan) reach(row int) {
	bodies := r.s.seen.bodies
	for ; r.begun < len(bodies) && bodies[r.begun].t.ref.top <= row; r.begun++ {
		b := bodies[r.begun]
		for col := b.t.ref.left; col <= b.t.ref.right; col++ {
			r.at[col] = b
		}
	}
}

// bodyAt returns the table that holds a cell of the current row, nil for none.
func (r *scan) bodyAt(at cellRef) *body {
	if at.col >= len(r.at) {
		return nil
	}
	b := r.at[at.col]
	if b == nil || !b.t.ref.holds(at.col, at.row) {
		return nil
	}
	if b.row != at.row {
		b.startRow(at.row)
		r.touched = append(r.touched, b)
	}
	return b
}
