package report

import (
	"fmt"

	"skillstracker/domain"
)

// PeopleInput is what a workbook about people is made from. It is for the organisation's
// own HR team and nobody else.
type PeopleInput struct {
	About
	Framework   domain.FrameworkVersion
	StaffGroups []domain.StaffGroup
	JobRoles    []domain.JobRole
	Bands       []domain.Band
	// Each hands out the people, in the order of their employee numbers.
	Each func(person func(domain.Person) error) error
}

// People makes the report about people: one row for each. It fails unless its figures
// are unaltered, when a person has a code that the lists do not hold, or as Each does.
func People(in PeopleInput) (*Book, error) {
	in.Receipt.Report = NamePeople
	if err := in.validate(); err != nil {
		return nil, err
	}
	if !in.unaltered() || in.ofArea() {
		return nil, fmt.Errorf("report: people are for HR of one organisation only, and the rule is %s", in.Rule.Name())
	}
	people := newPeopleSheet(in)
	if err := in.Each(people.add); err != nil {
		return nil, fmt.Errorf("read people: %w", err)
	}
	in.Receipt.Coverage = fmt.Sprintf("%d people", len(people.rows))
	keywords := []string{"digital literacy", "digital skills", "people", "official sensitive", in.Framework.Framework, in.Organisation.Code}
	return in.book(bookParts{subject: "Digital literacy of each member of staff", keywords: keywords, cover: in.coverParts(people), sheets: []*sheet{people.sheet}})
}

// peopleSheet is the sheet of people while it is written. The names of codes are made
// once and not for each person.
type peopleSheet struct {
	*sheet
	framework domain.FrameworkVersion
	groups    map[string][]value
	roles     map[string][]value
	bands     map[string]value
	statuses  map[domain.AssessmentStatus]int
}

func newPeopleSheet(in PeopleInput) *peopleSheet {
	p := &peopleSheet{
		framework: in.Framework, groups: map[string][]value{domain.NotGiven: notStated()}, roles: map[string][]value{domain.NotGiven: notStated()},
		bands: map[string]value{domain.NotGiven: textValue("Not stated")}, statuses: map[domain.AssessmentStatus]int{},
		sheet: &sheet{
			name:  "People",
			about: "Each member of staff with the latest assessment and the distance to the targets",
			title: in.sheetTitle("Digital literacy of each member of staff"),
			table: "people",
			lines: append(skillsScope(in.About, in.Framework), "Rows are in the order of the employee numbers. No names are held."),
			columns: []column{
				{header: "Employee number", kind: kindCode},
				{header: "Staff group code", kind: kindCode},
				{header: "Staff group", kind: kindText},
				{header: "Job role code", kind: kindCode},
				{header: "Job role", kind: kindText},
				{header: "Band", kind: kindText},
				{header: "Team", kind: kindText},
				{header: "Status", kind: kindText, notes: []note{notePeopleDue(in.Framework)}},
				{header: "Assessed on", kind: kindDay, notes: []note{notePeopleAssessed}},
				{header: "Assessor", kind: kindText},
				{header: "Next assessment due", kind: kindDay, notes: []note{notePeopleDue(in.Framework)}},
				{header: "Lowest competence", kind: kindText, notes: []note{notePeopleLowest}},
				{header: "Levels below target (levels)", kind: kindWhole, notes: []note{notePeopleGap}},
			},
		},
	}
	for _, c := range in.Framework.Competences {
		p.columns = append(p.columns, column{header: fmt.Sprintf("%s: %s (level)", c.Code, c.Name), kind: kindWhole, notes: []note{notePeopleLevel}})
	}
	for _, g := range in.StaffGroups {
		p.groups[g.Code] = []value{textValue(g.Code), textValue(g.Name)}
	}
	for _, r := range in.JobRoles {
		p.roles[r.Code] = []value{textValue(r.Code), textValue(r.Name)}
	}
	for _, b := range in.Bands {
		p.bands[b.Code] = textValue(b.Name)
	}
	return p
}

// notStated is the code and the name of what nobody has said.
func notStated() []value {
	return []value{absent(domain.StatusNotAvailable), textValue("Not stated")}
}

// add writes the row of a person.
func (p *peopleSheet) add(person domain.Person) error {
	group, knownGroup := p.groups[person.StaffGroup]
	role, knownRole := p.roles[person.JobRole]
	band, knownBand := p.bands[person.Band]
	switch {
	case !knownGroup || !knownRole || !knownBand:
		return fmt.Errorf("report: a person has a staff group, job role or band that the lists do not hold: %q, %q, %q", person.StaffGroup, person.JobRole, person.Band)
	case person.AssessedOn != nil && len(person.Levels) != len(p.framework.Competences), len(person.Targets) != len(p.framework.Competences):
		return fmt.Errorf("report: a person has %d levels and %d targets for %d competences", len(person.Levels), len(person.Targets), len(p.framework.Competences))
	}
	p.statuses[person.Status]++
	row := make([]value, 0, len(p.columns))
	row = append(row, textValue(person.EmployeeNumber), group[0], group[1], role[0], role[1], band, teamValue(person.Team), textValue(statusLabel(person.Status)))
	p.rows = append(p.rows, append(row, p.assessment(person)...))
	return nil
}

// assessment writes what the latest assessment says; not available for whoever has none.
func (p *peopleSheet) assessment(person domain.Person) []value {
	none := absent(domain.StatusNotAvailable)
	if person.AssessedOn == nil {
		cells := make([]value, len(p.framework.Competences)+5)
		for i := range cells {
			cells[i] = none
		}
		return cells
	}
	lowest, gap := none, absent(domain.StatusNotApplicable)
	if at, some := person.Lowest(); some {
		lowest = textValue(p.framework.Competences[at].Name)
	}
	if levels, measured := person.Gap(); measured {
		gap = numberValue(float64(levels))
	}
	cells := []value{
		dateValue(*person.AssessedOn), textValue(assessorLabel(person.AssessorKind)), dateValue(person.AssessedOn.AddMonths(p.framework.ValidityMonths)), lowest, gap,
	}
	for _, level := range person.Levels {
		switch level {
		case domain.NotAssessed:
			cells = append(cells, none)
		case domain.NotApplicable:
			cells = append(cells, absent(domain.StatusNotApplicable))
		default:
			cells = append(cells, numberValue(float64(level)))
		}
	}
	return cells
}

func teamValue(team string) value {
	if plain(team) == "" {
		return textValue("Not stated")
	}
	return textValue(teamLabel(team))
}
