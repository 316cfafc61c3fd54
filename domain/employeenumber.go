package domain

import "strings"

// CheckLostZeros finds rows of a staff list whose employee number is held only
// with leading zeros (DESIGN 3.3): a spreadsheet program has taken them away, and
// storing the row would make the same person twice.
func CheckLostZeros(rows []StaffRow, held []StaffHistory, column string, faults *Findings) {
	exact := make(map[string]struct{}, len(held))
	trimmed := make(map[string]struct{})
	for i := range held {
		number := held[i].EmployeeNumber
		exact[number] = struct{}{}
		if strings.HasPrefix(number, "0") {
			trimmed[strings.TrimLeft(number, "0")] = struct{}{}
		}
	}
	for i := range rows {
		number := rows[i].EmployeeNumber
		if _, known := exact[number]; known {
			continue
		}
		if _, lost := trimmed[number]; lost {
			faults.Add(FindingEmployeeZeros, Cell{Row: rows[i].Row, Column: column}, "")
		}
	}
}
