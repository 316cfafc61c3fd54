package check

// noteTotal notes whether a row of the table is one of totals. Such rows may be the
// first or the last ones, so one with ordinary rows on both sides is in the middle.
func (b *body) noteTotal(row int) {
	if b.labelled&factTotal != 0 && b.s.role != roleRows {
		if b.ordinary > 0 && b.totalAt.row == 0 {
			b.totalAt = cellRef{b.labelCol, row}
		}
		return
	}
	b.ordinary++
	if b.totalAt.row > 0 {
		b.totalLeft = true
	}
}
