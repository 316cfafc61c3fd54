package check

// visit notes and checks a cell.
func (r *scan) visit(c *cell) {
	r.checkColour(c)
	if points := r.s.asked[c.cellRef]; len(points) > 0 {
		r.compare(c, points)
	}
	if c.kind == blank {
		return
	}
	seen := &r.s.seen
	seen.cells++
	seen.used = max(seen.used, c.col)
	if c.col > 1 && seen.beside.row == 0 {
		seen.beside = c.cellRef
	}
	r.checkText(c)
	r.noteTop(c)
	if b := r.bodyAt(c.cellRef); b != nil {
		b.visit(r, c)
	} else if len(seen.bodies) > 0 {
		r.checkOutside(c)
	}
}

// noteTop keeps what stands in column A above the table, and the order of notes.
func (r *scan) noteTop(c *cell) {
	seen := &r.s.seen
	if c.col == 1 {
		if c.row == r.nextA && c.facts&factBlank == 0 {
			r.nextA++
		}
		lone := r.header > maxRows
		if c.row < r.header && len(seen.top) < maxTop && (!lone || len(seen.top) < loneTop) {
			seen.top = append(seen.top, topLine{c.row, c.text, c.facts})
			seen.unpublic = seen.unpublic || notForPublication(c.text)
		}
		if c.row == 1 {
			seen.titleLook = c.look
		} else if r.s.role == roleCover && c.look.font.bold && c.look.builtIn != heading2 && len(seen.headings) < maxTop {
			seen.headings = append(seen.headings, topLine{c.row, c.text, c.facts})
		}
	}
	if c.kind == text && c.facts&factNote != 0 && r.s.role != roleCover && r.s.role != roleContents && r.s.role != roleNotes {
		seen.usesNotes = true
		for _, found := range noteMarker.FindAllStringSubmatch(c.text, -1) {
			if !r.noteSeen[found[1]] && len(r.noteSeen) < maxRows {
				r.noteSeen[found[1]] = true
				r.noteOrder = append(r.noteOrder, found[1])
			}
		}
	}
}

// finish says what is known once all cells have been read.
func (r *scan) finish() {
	if r.header <= maxRows && r.nextA <= r.header {
		r.breach("SH-07", r.s, cellRef{1, r.nextA}, "The cell is empty, though column A must be filled down to the headings of the table: screen readers stop here.",
			"Move the lines up, or write what belongs there.")
	}
	for _, b := range r.s.seen.bodies {
		b.finish(r)
	}
	for at, points := range r.s.asked {
		if len(points) > 0 && !points[0].seen {
			r.compare(&cell{cellRef: at}, points)
		}
	}
}
