package report

import (
	"fmt"
	"strings"

	"skillstracker/domain"
	"skillstracker/domain/disclosure"
)

const (
	noteStaffInPost note = "Staff in post are the people who, by the organisation's staff lists, are employed by it on the date, each counted once. Bank, honorary and non-executive contracts are left out. A list that does not give the type of contract is taken to hold substantive contracts only."
	noteCompletion  note = "Completion rate is staff assessed divided by staff in post, both as they are shown."
	noteAnswered    note = "Staff in post with a current assessment that gives a level for the competence. People for whom it was not assessed or is not applicable are left out."
	noteTarget      note = "Target level is the level expected of everybody in the row. It is not applicable where nobody has a target and where targets differ between people, for example by job role."
	noteGap         note = "Mean gap is the mean number of levels by which people are below their targets; people at or above target have no gap. It is not applicable where nobody has a target. Each person is held to the organisation's own target for their job role, staff group or band, or else to the nation's."
	noteAtTarget    note = "Share at or above target is of the people who have both a level and a target in the competence."
	noteReached     note = "Share at or above target in every competence is of the people who have a level and a target in at least one competence: those who are below target in none. It is not applicable where nobody has a target."
	noteThresholds  note = "The framework is a checklist of tasks. A person has reached every threshold who has done as many tasks as the framework asks for in each of its parts."
	noteChange      note = "Change is the share at or above target less that of the month before, in percentage points."
	noteLargest     note = "The competence with the greatest mean gap of those whose gap is shown, the first of several with the same. Where the gap of another competence is withheld, that one may be greater."
	notePriorities  note = "Rank 1 is where the most levels are to be closed by all people of the staff group together. Equal numbers share a rank. Figures that are withheld come last and have no rank. The order goes by the figures as they are shown."

	noteBenchmarkSkills note = "Areas are those to which the organisation belongs on the date. Their figures are of all their organisations together, worked out from sums and never from other averages. Only organisations that send staff lists and assessments are in them."
)

func (in DigitalLiteracyInput) noteDue() note {
	return note(fmt.Sprintf("An assessment stays current for %s. Due are staff in post whose current assessment ends within 90 days; they are assessed too. Overdue are those whose latest assessment is no longer current, and never assessed those without any against this version of the framework.", months(in.Framework.ValidityMonths)))
}

func (in DigitalLiteracyInput) noteAssessed() note {
	return note(fmt.Sprintf("Staff assessed are the staff in post with a current assessment: their latest one against this version of the framework, not older than %s on the date. A person counts in the staff group and the band that they have on the date.", months(in.Framework.ValidityMonths)))
}

func (in DigitalLiteracyInput) noteAverages() note {
	text := "Mean and median level are of the people who have a level for the competence. The scale says which level is higher, not by how much, so use the mean to compare and the shares to decide."
	if !in.unaltered() {
		text += " They are worked out from the shares as they are shown; see Disclosure control on the Cover."
	}
	return note(text)
}

func (in DigitalLiteracyInput) noteLevels() note {
	names := make([]string, len(in.Framework.Levels))
	for i, l := range in.Framework.Levels {
		names[i] = fmt.Sprintf("%d = %s", l.Level, l.Name)
		if l.Band != "" {
			names[i] += " (" + l.Band + ")"
		}
	}
	return note(plain(fmt.Sprintf("Shares are of the staff assessed for the competence. Levels of the framework: %s. A person below level 1 has been assessed; a person without an assessment is at no level.", strings.Join(names, ", "))))
}

func months(n int) string {
	if n == 1 {
		return "1 month"
	}
	return fmt.Sprintf("%d months", n)
}

// scope returns the lines that say whose figures a sheet shows, and against what.
func (in DigitalLiteracyInput) scope() []string { return skillsScope(in.About, in.Framework) }

func skillsScope(a About, f domain.FrameworkVersion) []string {
	return append([]string{
		fmt.Sprintf("Organisation: %s. Source: its staff lists and assessments.", a.name()),
		fmt.Sprintf("Framework: %s (%s, version %s).", plain(f.Name), f.Framework, f.Version),
	}, a.roughness()...)
}

// frameworkLines describe a framework version on a cover.
func frameworkLines(f domain.FrameworkVersion) []string {
	lines := []string{
		fmt.Sprintf("%s: code %s, version %s, valid from %s.", plain(f.Name), f.Framework, f.Version, f.ValidFrom.LongLabel()),
		fmt.Sprintf("It has %d competences and levels from 0 to %d.", len(f.Competences), f.MaxLevel()),
	}
	if f.Scoring == domain.ScoringTasks {
		lines = append(lines, "It is a checklist: a level is the number of tasks that a person has done.")
	}
	for _, text := range []struct{ label, text string }{{"Source", f.Source}, {"Licence", f.Licence}} {
		if text.text != "" {
			lines = append(lines, text.label+": "+text.text)
		}
	}
	return lines
}

func (in DigitalLiteracyInput) coverParts(this skillsPeriod) coverParts {
	return coverParts{
		about: []string{
			fmt.Sprintf("How digitally able the staff of %s are, from their assessments against a framework of digital skills.", in.name()),
			"For managers and boards: how many staff have been assessed, at which level they are in each competence, how far that is below what is expected, and where most is to be done.",
		},
		coverage: in.coverage(this),
		source:   fmt.Sprintf("Staff lists, digital-literacy assessments and targets that %s has sent to the Digital Workforce Skills Tracker.", in.name()),
		made: []section{
			{"How figures are made", []string{
				string(noteStaffInPost),
				string(in.noteAssessed()),
				string(noteGap),
				string(in.noteDue()),
				"Where a person has several assessments of one day, one by an assessor comes before one by the manager, and that before a self-assessment.",
				"Levels of different frameworks or versions are never put together.",
			}},
			{"Framework", frameworkLines(in.Framework)},
		},
		next: in.nextMonth(),
	}
}

func (in DigitalLiteracyInput) coverage(this skillsPeriod) []string {
	if this.everybody == nil {
		return in.leftOut([]string{"Nothing is held of the staff of the organisation and their assessments at this date: every figure about them is [x]."})
	}
	row := *this.everybody
	lines := []string{
		fmt.Sprintf("Staff in post: %s.", peopleText(row.StaffInPost)),
		fmt.Sprintf("Staff assessed: %s.", peopleText(row.Assessed)),
		fmt.Sprintf("Completion rate: %s.", perCentText(row.CompletionRate)),
	}
	if row.StaffInPost.Status == domain.StatusNotAvailable {
		lines = append(lines, "Without a staff list that covers this date, staff in post and every rate on it are not available.")
	}
	if row.Newest == nil || row.Oldest == nil {
		return in.leftOut(append(lines, fmt.Sprintf("Dates of the assessments: [%s].", row.DatesStatus)))
	}
	oldest, newest := row.Oldest.LongLabel(), row.Newest.LongLabel()
	if !in.unaltered() {
		// Of the dates of people the rule leaves the months.
		oldest, newest = row.Oldest.MonthLabel(), row.Newest.MonthLabel()
	}
	return in.leftOut(append(lines, fmt.Sprintf("The assessments are dated from %s to %s.", oldest, newest)))
}

// leftOut adds what this reader's report leaves out.
func (in DigitalLiteracyInput) leftOut(lines []string) []string {
	if in.ByTeam == nil {
		return append(lines, "Figures by team are left out: teams are shown to the organisation's own HR and managers only. Completion is by staff group.")
	}
	return lines
}

func peopleText(c disclosure.Count) string {
	switch {
	case c.Status != "":
		return absent(c.Status).text
	case c.Value == 1:
		return "1 person"
	}
	return grouped(c.Value) + " people"
}

func perCentText(s disclosure.Share) string {
	if s.Status != "" {
		return absent(s.Status).text
	}
	return fmt.Sprintf("%.1f per cent", s.Value*100)
}

// grouped writes a number with commas between its thousands.
func grouped(n int) string {
	if n < 1000 {
		return fmt.Sprint(n)
	}
	return fmt.Sprintf("%s,%03d", grouped(n/1000), n%1000)
}
