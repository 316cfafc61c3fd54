package report

import (
	"fmt"
	"slices"
	"strings"

	"skillstracker/domain"
)

// ranks gives the codes of a list their order; a code that was not given comes last. A
// code that the list does not hold is an error.
func ranks(list []named) func(code string) (int, error) {
	places := make(map[string]int, len(list)+1)
	for i, each := range list {
		places[each.code] = i
	}
	places[""] = len(list)
	return func(code string) (int, error) {
		place, known := places[code]
		if !known {
			return 0, fmt.Errorf("report: code %q of a row of totals is not in the reference list", code)
		}
		return place, nil
	}
}

func jobRoleNames(roles []domain.JobRole) []named {
	list := make([]named, len(roles))
	for i, r := range roles {
		list[i] = named{r.Code, r.Name}
	}
	return list
}

func areaNames(areas []domain.AreaOfWork) []named {
	list := make([]named, len(areas))
	for i, a := range areas {
		list[i] = named{a.Code, a.Path()}
	}
	return list
}

// given returns a code of a row of totals, empty when it was not given.
func given(code string) string {
	if code == domain.NotGiven {
		return ""
	}
	return code
}

// coded is a row that is broken down by several lists.
type coded[R any] struct {
	codes []string
	row   R
}

// cells returns for each list the code and the name as cells.
func (c coded[R]) cells(lists ...[]named) []value {
	var cells []value
	for i, list := range lists {
		l := labelled[R]{named: named{code: c.codes[i]}}
		if at := slices.IndexFunc(list, func(n named) bool { return n.code == c.codes[i] }); at >= 0 {
			l.named = list[at]
		}
		cells = append(cells, l.cells()...)
	}
	return cells
}

// inOrderOfAll returns rows in the order of several lists. It fails on a code that a list
// does not hold and on a second row for the same codes.
func inOrderOfAll[R any](rows []R, codes func(R) []string, lists ...[]named) ([]coded[R], error) {
	type placed struct {
		coded[R]
		places []int
	}
	placeIn := make([]func(string) (int, error), len(lists))
	for i, list := range lists {
		placeIn[i] = ranks(list)
	}
	kept := make([]placed, 0, len(rows))
	for _, row := range rows {
		p := placed{coded: coded[R]{codes: codes(row), row: row}}
		for i := range lists {
			p.codes[i] = given(p.codes[i])
			place, err := placeIn[i](p.codes[i])
			if err != nil {
				return nil, err
			}
			p.places = append(p.places, place)
		}
		kept = append(kept, p)
	}
	slices.SortFunc(kept, func(a, b placed) int { return slices.Compare(a.places, b.places) })
	ordered := make([]coded[R], len(kept))
	for i, p := range kept {
		if i > 0 && slices.Equal(p.codes, kept[i-1].codes) {
			return nil, fmt.Errorf("report: two rows of totals for codes %q", p.codes)
		}
		ordered[i] = p.coded
	}
	return ordered, nil
}

// byRole returns a sheet by staff group and job role; none when it may not be seen.
func (in VacanciesInput) byRole() (*sheet, error) {
	if in.Fine == nil {
		return nil, nil
	}
	s := &sheet{
		name:  "By_role",
		about: "Posts and vacancies by job role, and which of them are digital",
		title: in.sheetTitle("Vacancies by job role"),
		table: "vacancies_by_role",
		lines: in.scope(),
		columns: columns([]column{
			{header: "Staff group code", kind: kindCode},
			{header: "Staff group", kind: kindText},
			{header: "Job role code", kind: kindCode},
			{header: "Job role", kind: kindText},
			{header: "Digital posts", kind: kindText, notes: []note{noteDigital, noteDigitalRole}},
		}, establishmentMeasures()),
	}
	groups, roles := staffGroupNames(in.StaffGroups), jobRoleNames(in.JobRoles)
	codes := func(r VacancyRow) []string { return []string{r.posts.StaffGroup, r.posts.JobRole} }
	rows, err := inOrderOfAll(heldOnly(in.Fine.ByRole), codes, groups, roles)
	if err != nil {
		return nil, err
	}
	for _, r := range rows {
		cells := append(r.cells(groups, roles), digitalOfRole(in.Fine.ByRoleAndDigital, r.row))
		s.rows = append(s.rows, append(cells, figures(establishmentMeasures(), r.row)...))
	}
	if all := ofMonth(in.ByMonth, in.AsAt); len(rows) > 0 && all.held() {
		cells := append(append(allOf("staff group"), allOf("job role")...), absent(domain.StatusNotApplicable))
		s.rows = append(s.rows, append(cells, figures(establishmentMeasures(), all)...))
	}
	return s, nil
}

// digitalOfRole says whether the posts of a role are digital: all, some or none of its
// lines, or that the return does not say.
func digitalOfRole(rows []VacancyRow, role VacancyRow) value {
	held := map[string]bool{}
	for _, r := range heldOnly(rows) {
		if r.posts.StaffGroup == role.posts.StaffGroup && r.posts.JobRole == role.posts.JobRole {
			held[r.posts.Digital] = true
		}
	}
	switch {
	case held[domain.DigitalYes] && len(held) > 1:
		return textValue("Some")
	case held[domain.DigitalYes]:
		return textValue("All")
	case held[domain.DigitalNo]:
		return textValue("None")
	}
	return textValue("Not stated")
}

// byDigital returns a sheet of digital and other posts, with what is being recruited to.
func (in VacanciesInput) byDigital() (*sheet, error) {
	s := &sheet{
		name:    "By_digital",
		about:   "Posts, vacancies, temporary cover and recruitment of digital and other posts",
		title:   in.sheetTitle("Vacancies of digital and other posts"),
		table:   "vacancies_by_digital",
		lines:   in.scope(),
		columns: positionColumns(columns([]column{{header: "Digital post", kind: kindText, notes: []note{noteDigital}}}, measures())),
	}
	list := []named{{domain.DigitalYes, "Yes"}, {domain.DigitalNo, "No"}, {domain.DigitalNotStated, "Not stated"}}
	all := positionsOfMonth(in.PositionsByMonth, in.AsAt)
	rows, err := inOrderOfAll(postsAndPositions(in.ByDigital, in.PositionsByDigital, all, func(g domain.Group) []string { return []string{g.Digital} }), codesOf, list)
	if err != nil {
		return nil, err
	}
	for _, r := range rows {
		cells := append([]value{r.cells(list)[1]}, figures(measures(), r.row.posts)...)
		s.rows = append(s.rows, positionFigures(cells, r.row.positions))
	}
	return s, nil
}

// kindOfPosts is what is held of one kind of posts: the posts of the return, those being
// recruited to, or both.
type kindOfPosts struct {
	codes     []string
	posts     VacancyRow
	positions domain.PositionTotal
}

func codesOf(k kindOfPosts) []string { return k.codes }

// postsAndPositions puts the posts of the returns and the recruitment together: a kind of
// posts may be in either alone. Two rows for the same codes stay two.
func postsAndPositions(posts []VacancyRow, positions []domain.PositionTotal, all domain.PositionTotal, codes func(domain.Group) []string) []kindOfPosts {
	var rows []kindOfPosts
	places := map[string]int{}
	for _, r := range heldOnly(posts) {
		key := givenAll(codes(r.posts.Group))
		places[strings.Join(key, " ")] = len(rows)
		rows = append(rows, kindOfPosts{codes: key, posts: r, positions: noneOpen(all)})
	}
	for _, p := range positions {
		key := givenAll(codes(p.Group))
		if place, found := places[strings.Join(key, " ")]; found {
			rows[place].positions = p
			continue
		}
		rows = append(rows, kindOfPosts{codes: key, posts: noReturn(), positions: p})
	}
	return rows
}

func givenAll(codes []string) []string {
	for i, code := range codes {
		codes[i] = given(code)
	}
	return codes
}

// digitalRoles returns a sheet of the digital posts by area of work, job role and band;
// none when it may not be seen.
func (in VacanciesInput) digitalRoles() (*sheet, error) {
	if in.Fine == nil {
		return nil, nil
	}
	s := &sheet{
		name:       "Digital_roles",
		about:      "Digital posts by area of work, job role and band, with how long they have been open",
		title:      in.sheetTitle("Digital posts by area of work, job role and band"),
		titleNotes: []note{noteDigital},
		table:      "vacancies_digital_roles",
		lines:      in.scope(),
		columns: positionColumns(columns([]column{
			{header: "Area of work code", kind: kindCode},
			{header: "Area of work", kind: kindText},
			{header: "Job role code", kind: kindCode},
			{header: "Job role", kind: kindText},
			{header: "Band code", kind: kindCode},
			{header: "Band", kind: kindText},
		}, establishmentMeasures())),
	}
	all := positionsOfMonth(in.PositionsByMonth, in.AsAt)
	areas, roles, bands := areaNames(in.AreasOfWork), jobRoleNames(in.JobRoles), bandNames(in.Bands)
	codes := func(g domain.Group) []string { return []string{g.AreaOfWork, g.JobRole, g.Band} }
	rows, err := inOrderOfAll(postsAndPositions(in.Fine.DigitalRoles, in.Fine.DigitalPositions, all, codes), codesOf, areas, roles, bands)
	if err != nil {
		return nil, err
	}
	for _, r := range rows {
		cells := append(r.cells(areas, roles, bands), figures(establishmentMeasures(), r.row.posts)...)
		s.rows = append(s.rows, positionFigures(cells, r.row.positions))
	}
	if len(rows) > 0 {
		total := kindOfPosts{posts: noReturn(), positions: noneOpen(all)}
		for _, each := range postsAndPositions(in.ByDigital, in.PositionsByDigital, all, func(g domain.Group) []string { return []string{g.Digital} }) {
			if each.codes[0] == domain.DigitalYes {
				total = each
			}
		}
		cells := slices.Concat([]value{absent(domain.StatusNotApplicable), textValue("All digital posts")}, allOf("job role"), allOf("band"))
		s.rows = append(s.rows, positionFigures(append(cells, figures(establishmentMeasures(), total.posts)...), total.positions))
	}
	return s, nil
}
