package domain

// recordKey names an assessment of a file.
type recordKey struct {
	employeeNumber string
	assessedOn     Date
	assessorKind   AssessorKind
}

func recordKeyOf(row *AssessmentRow) recordKey {
	return recordKey{row.EmployeeNumber, row.AssessedOn, row.AssessorKind}
}

// spoiltRecords are the assessments of which a row has an error. A row whose number
// could not be read names none.
func spoiltRecords(file *AssessmentFile, faults *Findings) map[recordKey]struct{} {
	spoilt := make(map[recordKey]struct{})
	if faults.BadRows() == 0 {
		return spoilt
	}
	for i := range file.Rows {
		if row := &file.Rows[i]; row.EmployeeNumber != "" && faults.BadRow(row.Row) {
			spoilt[recordKeyOf(row)] = struct{}{}
		}
	}
	return spoilt
}

// SoundAssessments returns those of the checked rows whose assessment no other row of
// the file spoils by an error: nobody can say which of the two is right.
func SoundAssessments(file AssessmentFile, checked []AssessmentRow, faults *Findings) []AssessmentRow {
	spoilt := spoiltRecords(&file, faults)
	if len(spoilt) == 0 {
		return checked
	}
	sound := make([]AssessmentRow, 0, len(checked))
	for i := range checked {
		if _, falls := spoilt[recordKeyOf(&checked[i])]; !falls {
			sound = append(sound, checked[i])
		}
	}
	return sound
}

// LeaveAssessmentsAside leaves the rows aside that fall with another row of the same
// assessment, when all errors are known: those that SoundAssessments left out and
// those that repeat a row with an error. It returns how many rows of the file they
// are besides the first row of each, and how many of them all had been counted as
// duplicates.
func LeaveAssessmentsAside(file AssessmentFile, checked []AssessmentRow, faults *Findings) (others, repeated int) {
	spoilt := spoiltRecords(&file, faults)
	if len(spoilt) == 0 {
		return 0, 0
	}
	leads := make(map[int]struct{}, len(checked))
	for i := range checked {
		leads[checked[i].Row] = struct{}{}
	}
	for i := range file.Rows {
		row := &file.Rows[i]
		if _, falls := spoilt[recordKeyOf(row)]; !falls || faults.BadRow(row.Row) {
			continue
		}
		faults.LeaveAside(row.Row)
		others += max(1, row.FileRows) - 1
		if _, lead := leads[row.Row]; !lead {
			repeated += max(1, row.FileRows)
		}
	}
	return others, repeated
}
