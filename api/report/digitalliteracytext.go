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
)

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
func (in DigitalLiteracyInput) scope() []string {
	return []string{
		fmt.Sprintf("Organisation: %s. Source: its staff lists and assessments.", in.name()),
		fmt.Sprintf("Framework: %s (%s, version %s).", plain(in.Framework.Name), in.Framework.Framework, in.Framework.Version),
	}
}

func (in DigitalLiteracyInput) coverParts() coverParts {
	f := in.Framework
	framework := []string{
		fmt.Sprintf("%s: code %s, version %s, valid from %s.", plain(f.Name), f.Framework, f.Version, f.ValidFrom.LongLabel()),
		fmt.Sprintf("It has %d competences and levels from 0 to %d.", len(f.Competences), f.MaxLevel()),
	}
	for _, text := range []struct{ label, text string }{{"Source", f.Source}, {"Licence", f.Licence}} {
		if text.text != "" {
			framework = append(framework, text.label+": "+text.text)
		}
	}
	return coverParts{
		about: []string{
			fmt.Sprintf("How digitally able the staff of %s are, from their assessments against a framework of digital skills.", in.name()),
			"For managers and boards: how many staff have been assessed, and at which level they are in each competence, staff group by staff group.",
		},
		coverage: in.coverage(),
		source:   fmt.Sprintf("Staff lists and digital-literacy assessments that %s has sent to the Digital Workforce Skills Tracker.", in.name()),
		made: []section{
			{"How figures are made", []string{
				string(noteStaffInPost),
				string(in.noteAssessed()),
				"Where a person has several assessments of one day, one by an assessor comes before one by the manager, and that before a self-assessment.",
				"Levels of different frameworks or versions are never put together.",
			}},
			{"Framework", framework},
		},
		next: in.nextMonth(),
	}
}

func (in DigitalLiteracyInput) coverage() []string {
	row := orNotAvailable(in.This.Overall)
	lines := []string{
		fmt.Sprintf("Staff in post: %s.", peopleText(row.StaffInPost)),
		fmt.Sprintf("Staff assessed: %s.", peopleText(row.Assessed)),
		fmt.Sprintf("Completion rate: %s.", perCentText(row.CompletionRate)),
	}
	if row.StaffInPost.Status == domain.StatusNotAvailable {
		lines = append(lines, "Without a staff list that covers this date, staff in post and every rate on it are not available.")
	}
	if row.Newest == nil || row.Oldest == nil {
		return append(lines, fmt.Sprintf("Dates of the assessments: [%s].", row.DatesStatus))
	}
	return append(lines, fmt.Sprintf("The assessments are dated from %s to %s.", row.Oldest.LongLabel(), row.Newest.LongLabel()))
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
