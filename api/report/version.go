package report

import (
	"crypto/sha256"
	"fmt"
	"time"
)

// Version returns a digest of all that the report says in any of its forms but the time
// at which it was made: two reports that differ in a name, a note, a line of the list of
// uploads or a sentence of the cover have different ones. It is not the digest of the
// receipt, which is of the figures alone.
func (b *Book) Version() ([sha256.Size]byte, error) {
	said := []any{b.title(b.subject), b.keywords, b.Publisher, b.notes.inOrder}
	for _, s := range b.undated {
		said = append(said, s.heading, s.paragraphs)
	}
	for _, c := range b.charts {
		said = append(said, c.name, c.about, c.lines(nil), c.across, c.up, c.rows, c.series)
	}
	for _, s := range b.sheets {
		said = append(said, s.top(b.warnings()), s.about, s.table)
	}
	hash := sha256.New()
	lines := canonical(hash)
	if err := lines.Encode(said); err != nil {
		return [sha256.Size]byte{}, fmt.Errorf("take digest of report: %w", err)
	}
	for _, s := range b.sheets {
		if err := b.notes.table(s).encode(lines); err != nil {
			return [sha256.Size]byte{}, err
		}
	}
	return [sha256.Size]byte(hash.Sum(nil)), nil
}

// withoutTime returns what a report and its receipt say of the time at which they were
// made as if there were none.
func withoutTime(a About, r Receipt) (About, Receipt) {
	a.MadeAt, r.MadeAt = time.Time{}, time.Time{}
	return a, r
}
