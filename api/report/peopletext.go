package report

import (
	"fmt"

	"skillstracker/domain"
)

const (
	notePeopleAssessed note = "The date and the assessor are those of the latest assessment against this version of the framework. Of several on one day one by an assessor goes before one by the manager, and that before a self-assessment. An assessment that is overdue is shown, but counts in no other report."
	notePeopleLevel    note = "Not available means that the competence was not assessed. Not applicable means that the assessment says so."
	notePeopleLowest   note = "The competence with the lowest level, the first of several in the order of the framework."
	notePeopleGap      note = "The greatest number of levels by which the person is below the target in a competence; 0 is at or above target in all. Targets are the organisation's own for the job role, staff group or band, or else the nation's. Not applicable means that no competence has both a level and a target."
)

func notePeopleDue(f domain.FrameworkVersion) note {
	return note(fmt.Sprintf("An assessment stays current for %s; the next is due by the day on which that ends. Current means that this is more than 90 days away, due that it is not, overdue that it is past.", months(f.ValidityMonths)))
}

// protectiveMarking is what workbooks about people are marked with (Government Security
// Classifications).
const protectiveMarking = "OFFICIAL-SENSITIVE"

// marking returns the line that every sheet of a workbook about people carries; empty
// for other reports.
func (a About) marking() string {
	if a.Receipt.Report != NamePeople {
		return ""
	}
	return protectiveMarking + ": personal data of staff. Only for those in the organisation's HR team who need it."
}

func assessorLabel(kind domain.AssessorKind) string {
	switch kind {
	case domain.AssessorSelf:
		return "Self"
	case domain.AssessorManager:
		return "Manager"
	case domain.AssessorOther:
		return "Assessor"
	}
	return string(kind)
}

func statusLabel(status domain.AssessmentStatus) string {
	switch status {
	case domain.AssessmentCurrent:
		return "Current"
	case domain.AssessmentDue:
		return "Due"
	case domain.AssessmentOverdue:
		return "Overdue"
	case domain.NeverAssessed:
		return "Never assessed"
	}
	return string(status)
}

func (in PeopleInput) coverParts(people *peopleSheet) coverParts {
	count := func(status domain.AssessmentStatus) string { return grouped(people.statuses[status]) }
	return coverParts{
		about: []string{
			fmt.Sprintf("How digitally able each member of staff of %s is, from the latest assessment against a framework of digital skills.", in.name()),
			"For the organisation's HR team: whom to assess next, and whom to offer learning. It holds employee numbers and no names. Each making of this workbook is noted in the audit trail.",
		},
		coverage: []string{
			fmt.Sprintf("People: %s.", grouped(len(people.rows))),
			fmt.Sprintf("Current: %s. Due: %s. Overdue: %s. Never assessed: %s.", count(domain.AssessmentCurrent), count(domain.AssessmentDue), count(domain.AssessmentOverdue), count(domain.NeverAssessed)),
			"They are the staff in post by the organisation's staff lists. An organisation that has sent none is shown with those who have a current assessment.",
		},
		source: fmt.Sprintf("Staff lists, digital-literacy assessments and targets that %s has sent to the Digital Workforce Skills Tracker.", in.name()),
		made: []section{
			{"How figures are made", []string{string(noteStaffInPost), string(notePeopleAssessed), string(notePeopleGap), string(notePeopleDue(in.Framework))}},
			{"Framework", frameworkLines(in.Framework)},
		},
		next: in.nextMonth(),
	}
}
