package domain

import "fmt"

// WarnPurged warns once of a staff list or of assessments about days of which the
// organisation's data has been purged: a list of an earlier day, which names people who
// left since, people whose leaving date is earlier, or assessments of earlier days.
func (f UploadFile) WarnPurged(horizon PurgeHorizon) {
	left, before := 0, horizon.LeftBefore.LongLabel()
	for i := range f.Staff {
		if row := &f.Staff[i]; row.LeftOn != nil && *row.LeftOn < horizon.LeftBefore && row.Action != ActionRemove {
			left++
		}
	}
	assessed := 0
	for i := range f.Assessments.Rows {
		// A day that could not be read is zero.
		if row := &f.Assessments.Rows[i]; row.AssessedOn != 0 && row.AssessedOn < horizon.AssessedBefore && row.Action != ActionRemove {
			assessed++
		}
	}
	switch {
	case f.Kind == UploadStaff && f.AsAt != nil && *f.AsAt < horizon.LeftBefore:
		f.Faults.Add(FindingBeforePurge, Cell{}, fmt.Sprintf("Staff who left before %s were purged, and this list is of an earlier day: it takes those whom it names in again.", before))
	case left > 0:
		f.Faults.Add(FindingBeforePurge, Cell{}, fmt.Sprintf("Staff who left before %s were purged; the file takes in again those who had left by then (rows: %d).", before, left))
	case assessed > 0:
		f.Faults.Add(FindingBeforePurge, Cell{}, fmt.Sprintf("Assessments of days before %s were purged; the file takes such in again (rows: %d).", horizon.AssessedBefore.LongLabel(), assessed))
	}
}
