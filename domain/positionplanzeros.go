package domain

import "strings"

// CheckLostReferenceZeros finds rows of position vacancies whose reference is a number
// and held only with leading zeros: a spreadsheet program has taken them away, and
// storing the row would make the same vacancy twice. held has what is held under the
// references of the file, with and without leading zeros.
func CheckLostReferenceZeros(rows, held []PositionRow, column string, faults *Findings) {
	exact := make(map[string]struct{}, len(held))
	trimmed := make(map[string]struct{})
	for i := range held {
		reference := held[i].Reference
		exact[reference] = struct{}{}
		if strings.HasPrefix(reference, "0") {
			trimmed[strings.TrimLeft(reference, "0")] = struct{}{}
		}
	}
	for i := range rows {
		reference := rows[i].Reference
		if _, known := exact[reference]; known || reference == "" || strings.Trim(reference, "0123456789") != "" {
			continue
		}
		if _, lost := trimmed[reference]; lost {
			faults.Add(FindingReferenceZeros, Cell{Row: rows[i].Row, Column: column}, "")
		}
	}
}
