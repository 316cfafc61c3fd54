package workbook

import "fmt"

// finish completes the worksheet.
func (r *Rows) finish() error {
	t := r.tab
	if r.open && r.err == nil {
		r.err = fmt.Errorf("complete sheet %s: row %d is not complete", t.Name, r.row)
	}
	if last := r.row - 1; r.err == nil && t.Rows != Unknown && last != t.top()+t.Rows {
		r.err = fmt.Errorf("complete sheet %s: it has %d rows and was to have %d", t.Name, last-t.top(), t.Rows)
	}
	r.flush()
	if r.err != nil {
		return r.err
	}
	if _, err := r.book.out.Write(t.tail); err != nil {
		r.err = fmt.Errorf("write sheet %s: %w", t.Name, err)
		return r.err
	}
	t.last = r.row - 1
	part := Part{Name: t.Name, Of: r.of, Rows: t.last - t.top()}
	if len(t.Lines) > 0 {
		part.Title = t.Lines[0].Text
	}
	r.book.written = append(r.book.written, part)
	t.head, t.tail, r.tab = nil, nil, nil
	return nil
}

// goOn completes a worksheet that is full and has the rows go on in another, behind
// it, which has the same lines and headers.
func (r *Rows) goOn() error {
	full, of, height, instead := r.tab, r.of, r.height, r.instead
	if full.Table == "" || full.HeaderAt > 0 {
		return fmt.Errorf("write sheet %s: it has more than %d rows", full.Name, r.book.most)
	}
	if err := r.finish(); err != nil {
		return err
	}
	next, err := r.book.goOn(full, of)
	if err != nil {
		return fmt.Errorf("go on behind sheet %s: %w", full.Name, err)
	}
	if _, err := r.book.begin(next, of); err != nil {
		return err
	}
	r.height, r.instead = height, instead
	return nil
}

// goOn adds the sheet in which the rows of a full one go on.
func (b *Book) goOn(full *tab, of string) (*tab, error) {
	first, number := b.tab(of), 1
	for _, part := range b.written {
		if part.Of == of {
			number++
		}
	}
	next := &tab{Sheet: first.Sheet}
	next.Name = fmt.Sprintf("%s_%d", first.Name, number)
	next.Table = fmt.Sprintf("%s_%d", first.Table, number)
	next.Rows = Unknown
	next.Lines = append([]Line(nil), first.Lines...)
	if len(next.Lines) > 0 {
		next.Lines[0].Text += fmt.Sprintf(" (part %d)", number)
	}
	if err := next.check(); err != nil {
		return nil, err
	}
	if b.tab(next.Name) != nil {
		return nil, fmt.Errorf("there is a sheet %s already", next.Name)
	}
	if _, err := b.file.NewSheet(next.Name); err != nil {
		return nil, err
	}
	return next, b.insert(next, full)
}

// insert puts a sheet behind another and sets it up.
func (b *Book) insert(next, behind *tab) error {
	for i, t := range b.tabs {
		if t != behind {
			continue
		}
		if i+1 < len(b.tabs) {
			if err := b.file.MoveSheet(next.Name, b.tabs[i+1].Name); err != nil {
				return err
			}
		}
		b.tabs = append(b.tabs[:i+1], append([]*tab{next}, b.tabs[i+1:]...)...)
		break
	}
	return b.setUp(next)
}
