package report

import (
	"skillstracker/domain"
)

// openVacancies returns a sheet with a row for each position vacancy that is open on the
// date; none when it may not be seen.
func (in VacanciesInput) openVacancies() (*sheet, error) {
	if in.Fine == nil {
		return nil, nil
	}
	s := &sheet{
		name:       "Open_vacancies",
		about:      "Every vacancy that is being recruited to, the longest open first",
		title:      in.sheetTitle("Open vacancies, the longest open first"),
		titleNotes: []note{noteOpenPosts},
		table:      "vacancies_open",
		lines:      in.scope(),
		columns: []column{
			{header: "Vacancy reference", kind: kindCode},
			{header: "Job role code", kind: kindCode},
			{header: "Job role", kind: kindText},
			{header: "Staff group code", kind: kindCode},
			{header: "Staff group", kind: kindText},
			{header: "Band", kind: kindText},
			{header: "Team", kind: kindText},
			{header: "Opened on", kind: kindDay},
			{header: "Status", kind: kindText, notes: []note{noteStatus}},
			{header: "Posts (number)", kind: kindWhole},
			{header: "FTE (full-time equivalent)", kind: kindOne, notes: []note{noteOpenFTE}},
			{header: "Days open (days)", kind: kindWhole, notes: []note{noteDaysOpen}},
		},
	}
	groups, roles, bands := staffGroupNames(in.StaffGroups), jobRoleNames(in.JobRoles), bandNames(in.Bands)
	statuses := make([]named, len(in.Statuses))
	for i, status := range in.Statuses {
		statuses[i] = named{status.Code, status.Name}
	}
	for _, open := range in.Fine.Open {
		codes := []string{given(open.JobRole), given(open.StaffGroup), given(open.Band), given(open.Status)}
		for i, list := range [][]named{roles, groups, bands, statuses} {
			if _, err := ranks(list)(codes[i]); err != nil {
				return nil, err
			}
		}
		names := coded[domain.OpenPosition]{codes: codes}.cells(roles, groups, bands, statuses)
		s.rows = append(s.rows, []value{
			textValue(ownName("Vacancy", open.Reference)), names[0], names[1], names[2], names[3], names[5], teamOrNotAvailable(open.Team),
			dateValue(open.OpenedOn), names[7],
			numberValue(float64(open.Posts)), numberValue(open.FTE.Float()), numberValue(float64(in.AsAt - open.OpenedOn)),
		})
	}
	return s, nil
}

// teamOrNotAvailable returns the name of a team, which may not have been given.
func teamOrNotAvailable(team string) value {
	if plain(team) == "" {
		return absent(domain.StatusNotAvailable)
	}
	return textValue(teamLabel(team))
}
