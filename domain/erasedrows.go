package domain

// SkipErased takes the rows about people who were erased out of a file of people, and
// warns of each: they are stored never again, and whatever else is wrong with them
// rejects nothing (DESIGN 8), but for faults of a whole column, such as dates that are mixed,
// which were judged with all rows. Column is the file's own heading of the employee number.
func (f *UploadFile) SkipErased(erased func(employeeNumber string) bool, column string) {
	known := make(map[string]bool)
	is := func(number string) bool {
		if number == "" {
			return false
		}
		gone, asked := known[number]
		if !asked {
			gone = erased(number)
			known[number] = gone
		}
		return gone
	}
	skipped := make(map[int]struct{})
	var first []int // of each record that is left out
	skip := func(rows ...int) {
		first = append(first, rows[0])
		for _, row := range rows {
			skipped[row] = struct{}{}
		}
	}
	var staff []StaffRow
	for i := range f.Staff {
		if is(f.Staff[i].EmployeeNumber) {
			skip(f.Staff[i].Row)
			f.Erased++
			continue
		}
		staff = append(staff, f.Staff[i])
	}
	var assessments []AssessmentRow
	for i := range f.Assessments.Rows {
		row := &f.Assessments.Rows[i]
		if is(row.EmployeeNumber) {
			skip(row.Row)
			f.Erased += max(1, row.FileRows)
			continue
		}
		assessments = append(assessments, *row)
	}
	var spoilt []SpoiltRows
	for _, record := range f.Assessments.Spoilt {
		if is(record.EmployeeNumber) && len(record.Rows) > 0 {
			skip(record.Rows...)
			f.Erased += len(record.Rows)
			continue
		}
		spoilt = append(spoilt, record)
	}
	if len(skipped) == 0 {
		return
	}
	f.Staff, f.Assessments.Rows, f.Assessments.Spoilt = staff, assessments, spoilt
	f.Faults.forget(skipped)
	for _, row := range first {
		f.Faults.Add(FindingErasedPerson, Cell{Row: row, Column: column}, "")
	}
}

// forget takes back what was found about rows. Warnings beyond those that are kept stay
// counted.
func (f *Findings) forget(rows map[int]struct{}) {
	kept := f.list[:0:0]
	for _, finding := range f.list {
		if _, gone := rows[finding.Row]; !gone {
			kept = append(kept, finding)
		} else if finding.Severity == SeverityWarning {
			f.warnings--
		}
	}
	f.list = kept
	for row := range rows {
		f.errors -= f.badRows[row]
		delete(f.badRows, row)
		delete(f.aside, row)
	}
}
