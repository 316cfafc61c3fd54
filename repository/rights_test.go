package repository_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"skillstracker/domain"
	"skillstracker/repository"
)

func withTeam(team string) func(*domain.StaffRow) {
	return func(row *domain.StaffRow) { row.Team = team }
}

func withBand(band string) func(*domain.StaffRow) {
	return func(row *domain.StaffRow) { row.Band = band }
}

// erasing gives a store a key for the numbers of erased people.
func erasing(c *repository.Config) { c.ErasureKey = bytes.Repeat([]byte{7}, 32) }

// newRightsRegister holds RXA with two staff lists and assessments of 30 people, and RXB
// with assessments alone, but for the people who are left out.
func newRightsRegister(t *testing.T, without ...string) register {
	t.Helper()
	r := newRegister(t, erasing, keepingFiles)
	role, _ := r.nursingRoles(t)
	area := r.lists.AreasOfWork[3].Code
	missing := func(number string) bool { return slices.Contains(without, number) }
	for _, asAt := range []domain.Date{date(2026, 3, 31), date(2026, 6, 30)} {
		var rows []domain.StaffRow
		for i := range 30 {
			row := nurse(number(i+1), startedOn(date(2019, 1, 1)+domain.Date(87*i)))
			if i%3 == 0 {
				row.JobRole, row.AreaOfWork = role, area
			}
			if i%4 == 1 {
				row.StaffGroup, row.JobRole, row.Band = "08", domain.NotGiven, "3"
			}
			if i < 12 {
				row.Team = "Ward 7"
			}
			if i == 5 && asAt > date(2026, 6, 1) {
				row.Band = "6"
			}
			if i == 9 {
				leftOn(date(2026, 5, 15))(&row)
			}
			if !missing(row.EmployeeNumber) {
				rows = append(rows, row)
			}
		}
		r.store(t, people("RXA", asAt, true, rows...))
	}
	for _, organisation := range []string{"RXA", "RXB"} {
		var rows []domain.AssessmentRow
		for i := range 24 {
			if missing(number(i + 1)) {
				continue
			}
			for _, on := range []domain.Date{date(2025, 10, 1), date(2026, 2, 1+i%20), date(2026, 6, 1+i%20)}[i%2:] {
				rows = append(rows, assessed(number(i+1), on, all(domain.Level((i+int(on))%5)), func(row *domain.AssessmentRow) {
					row.StaffGroup, row.Band, row.Team = "03", "5", "Ward 9"
				}))
			}
		}
		file := r.assessmentFile(t, organisation, rows...)
		file.CreateMissingStaff = organisation == "RXB"
		r.store(t, file)
	}
	return r
}

// allMonths are those that the register's people are asked about.
func allMonths() []domain.Date {
	return []domain.Date{date(2026, 1, 31), date(2026, 3, 31), date(2026, 4, 30), date(2026, 5, 31), date(2026, 6, 30), date(2026, 7, 31)}
}

// peoplesFigures are all totals of people by organisation, by month and by each of the
// groupings, up to a day and on it alone, from what is kept and from the facts.
func (r register) peoplesFigures(t *testing.T, upTo domain.Date, groupings ...[]domain.Dimension) []string {
	t.Helper()
	var lines []string
	months := slices.DeleteFunc(allMonths(), func(m domain.Date) bool { return m > upTo })
	for _, by := range groupings {
		for i, asked := range [][]domain.Date{months, months[len(months)-1:], months} {
			f := domain.TotalsFilter{
				GroupBy: append([]domain.Dimension{domain.ByOrganisation, domain.ByMonth}, by...), Months: asked, AsAt: upTo,
				PeriodMonths: 3, Today: date(2026, 8, 1), Basis: domain.BasisAsWas, Framework: r.framework(t, "hdc", "2018"),
			}
			if i == 2 {
				f.KnownAt = new(r.now(t))
			}
			skills, err := r.SkillsTotals(t.Context(), hr("RXA"), f)
			if err != nil {
				t.Fatal(err)
			}
			for _, total := range skills {
				text, err := json.Marshal(total)
				if err != nil {
					t.Fatal(err)
				}
				lines = append(lines, string(text))
			}
			if !slices.Contains(by, domain.ByCompetence) {
				lines = append(lines, r.workforceOf(t, f)...)
			}
		}
	}
	return lines
}

// rowsAbout are all rows about people that are handed out one by one.
func (r register) rowsAbout(t *testing.T) []string {
	t.Helper()
	var lines []string
	hdc := r.framework(t, "hdc", "2018")
	for _, organisation := range []string{"RXA", "RXB"} {
		for _, asAt := range allMonths() {
			for _, known := range []bool{false, asAt == date(2026, 6, 30)} {
				query := domain.PeopleQuery{Organisation: organisation, AsAt: asAt, Today: date(2026, 8, 1), Framework: hdc}
				if known {
					query.KnownAt = new(r.now(t))
				}
				for _, person := range r.listed(t, query) {
					lines = append(lines, fmt.Sprintf("%+v %v", person, person.AssessedOn))
				}
			}
			lines = append(lines, r.exported(t, hr(organisation), domain.ExportQuery{Kind: domain.ExportStaff, Organisations: []string{organisation}, AsAt: asAt})...)
		}
		lines = append(lines, r.exported(t, hr(organisation), domain.ExportQuery{Kind: domain.ExportAssessments, Organisations: []string{organisation}, Framework: hdc})...)
	}
	return lines
}

// theirJob and theirPlace are groupings by what people are, and by what an erasure takes.
func theirJob() []domain.Dimension {
	return []domain.Dimension{domain.ByStaffGroup, domain.ByJobRole, domain.ByBand}
}

func theirPlace() []domain.Dimension {
	return []domain.Dimension{domain.ByAreaOfWork, domain.ByDigital, domain.ByTeam}
}

func theirAnswers() []domain.Dimension {
	return []domain.Dimension{domain.ByAssessorKind, domain.ByCompetence}
}

// verified fails the test when a roll-up is not what the facts give.
func (r register) verified(t *testing.T) {
	t.Helper()
	differences, err := r.database.Owner(t).VerifyRollups(t.Context(), noProgress)
	if err != nil || len(differences) > 0 {
		t.Errorf("roll-ups: %+v, %v", differences, err)
	}
}

// The figures of a register with restricted people are those of one that never held
// them, whatever is asked; when the restrictions are lifted, all is as it was.
func TestRestrictedPeopleAreInNoFigure(t *testing.T) {
	t.Parallel()
	restricted := []string{number(1), number(6), number(10), number(22)}
	r, never := newRightsRegister(t), newRightsRegister(t, restricted...)
	before, rows := r.peoplesFigures(t, date(2026, 7, 31), theirJob(), theirPlace(), theirAnswers()), r.rowsAbout(t)
	held := r.data(t, "RXA", date(2026, 6, 30))
	set := func(on bool) {
		for _, organisation := range []string{"RXA", "RXB"} {
			for _, number := range restricted {
				got, err := r.RestrictPerson(t.Context(), hr(organisation), organisation, number, on)
				if err != nil || got.Restricted != on || (got.Since != nil) != on {
					t.Fatalf("%+v, %v", got, err)
				}
			}
		}
		r.verified(t)
	}
	set(true)
	if diff := cmp.Diff(never.peoplesFigures(t, date(2026, 7, 31), theirJob(), theirPlace(), theirAnswers()), r.peoplesFigures(t, date(2026, 7, 31), theirJob(), theirPlace(), theirAnswers())); diff != "" {
		t.Errorf("figures (-never held +restricted):\n%s", diff)
	}
	if diff := cmp.Diff(never.rowsAbout(t), r.rowsAbout(t)); diff != "" {
		t.Errorf("rows (-never held +restricted):\n%s", diff)
	}
	if slices.Equal(before, r.peoplesFigures(t, date(2026, 7, 31), theirJob(), theirPlace(), theirAnswers())) {
		t.Error("the restriction changed no figure")
	}
	month := vacancies("RXA", domain.VacancyRow{
		Key: domain.VacancyKey{Month: date(2026, 6, 30), StaffGroup: "03"}, Measures: domain.VacancyMeasures{Contracted: fte(1)},
	})
	other := vacancies("RXA", month.Vacancies...)
	if mine, theirs := r.store(t, month), never.store(t, other); !cmp.Equal(mine.Findings, theirs.Findings) || len(mine.Findings) == 0 {
		t.Errorf("a return is compared with %+v instead of %+v", mine.Findings, theirs.Findings)
	}
	if diff := cmp.Diff(held, r.data(t, "RXA", date(2026, 6, 30))); diff != "" {
		t.Errorf("HR's own data changed:\n%s", diff)
	}
	changes := r.latestChange(t)
	set(true)
	if !r.latestChange(t).Equal(changes) {
		t.Error("restricting restricted people changed something")
	}
	set(false)
	if diff := cmp.Diff(before, r.peoplesFigures(t, date(2026, 7, 31), theirJob(), theirPlace(), theirAnswers())); diff != "" {
		t.Errorf("figures after the restrictions (-before +after):\n%s", diff)
	}
	if diff := cmp.Diff(rows, r.rowsAbout(t)); diff != "" {
		t.Errorf("rows after the restrictions (-before +after):\n%s", diff)
	}
}

// data is HR's own download of a staff list, one line for each row.
func (r register) data(t *testing.T, organisation string, asAt domain.Date) (lines []string) {
	t.Helper()
	if err := r.StaffRows(t.Context(), hr(organisation), domain.DataQuery{Organisation: organisation, AsAt: asAt}, func(row domain.StaffRow) error {
		row.StartedOn, row.LeftOn = nil, nil
		lines = append(lines, fmt.Sprintf("%+v", row))
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return lines
}

// A restriction goes on while uploads about the person do, and over the withdrawal of
// the upload that had made them.
func TestARestrictionGoesOn(t *testing.T) {
	t.Parallel()
	r := newRegister(t, erasing)
	list := people("RXA", date(2026, 3, 31), true, nurse("1"), nurse("2"))
	made := r.store(t, list)
	if _, err := r.RestrictPerson(t.Context(), hr("RXA"), "RXA", "1", true); err != nil {
		t.Fatal(err)
	}
	inPost := func(want string) {
		t.Helper()
		r.verified(t)
		got := r.workforceOf(t, quarterTo([]domain.Date{date(2026, 6, 30)}))
		if len(got) != 1 || !strings.Contains(got[0], want+" in post") {
			t.Errorf("%v, want %s in post", got, want)
		}
	}
	inPost("1 (1)")
	later := r.store(t, people("RXA", date(2026, 6, 30), true, nurse("1", withBand("7")), nurse("2")))
	if later.Counts.Changed != 1 || later.Counts.Unchanged != 1 || later.Counts.Ended != 0 {
		t.Errorf("%+v", later.Counts)
	}
	inPost("1 (1)")
	for _, upload := range []string{later.ID, made.ID} {
		if _, err := r.VoidUpload(t.Context(), hr("RXA"), upload); err != nil {
			t.Fatal(err)
		}
	}
	r.store(t, again(list))
	inPost("1 (1)")
	record, err := r.PersonRecord(t.Context(), hr("RXA"), "RXA", "1")
	if err != nil || record.RestrictedSince == nil {
		t.Errorf("%+v, %v", record, err)
	}
	if _, err := r.RestrictPerson(t.Context(), hr("RXA"), "RXA", "1", false); err != nil {
		t.Fatal(err)
	}
	inPost("2 (2)")
}

// A record holds what is and what was held, each row with the times of its changes.
// Rectification is a later upload: the corrected value holds and the old one is history.
func TestAPersonsRecord(t *testing.T) {
	t.Parallel()
	r := newRegister(t, keepingFiles)
	wrong := r.store(t, people("RXA", date(2026, 3, 31), true, nurse("0042", withTeam("Ward 1"), withBand("5")), nurse("2")))
	right := r.store(t, people("RXA", date(2026, 3, 31), true, nurse("0042", withTeam("Ward 1"), withBand("7")), nurse("2")))
	found := r.store(t, people("RXA", date(2026, 4, 30), true, nurse("0042", withTeam("Ward 1"), withBand("7")), nurse("2")))
	r.store(t, people("RXA", date(2026, 4, 30), false, nurse("2", withBand("8a"))))
	answers := r.store(t, r.assessmentFile(t, "RXA", assessed("0042", date(2026, 4, 2), levels(0, 1, domain.NotAssessed, domain.NotApplicable, 3, 4))))
	record, err := r.PersonRecord(t.Context(), hr("RXA"), "RXA", "0042")
	if err != nil {
		t.Fatal(err)
	}
	if len(record.Employments) != 1 || len(record.Positions) != 2 || len(record.Assessments) != 1 || record.RestrictedSince != nil {
		t.Fatalf("%+v", record)
	}
	old, now := record.Positions[0], record.Positions[1]
	if old.Band != "5" || old.EndedAt == nil || now.Band != "7" || now.EndedAt != nil || !old.EndedAt.Equal(now.RecordedAt) || now.Team != "Ward 1" || now.FTE != domain.FTEUnit {
		t.Errorf("%+v\n%+v", old, now)
	}
	a := record.Assessments[0]
	if !slices.Equal(a.Levels, levels(0, 1, domain.NotAssessed, domain.NotApplicable, 3, 4)) || a.Needs != nil || a.Framework.Framework != "hdc" || a.EndedAt != nil {
		t.Errorf("%+v", a)
	}
	var told []string
	for _, upload := range record.Uploads {
		told = append(told, upload.ID)
	}
	if !slices.Equal(told, []string{wrong.ID, right.ID, found.ID, answers.ID}) {
		t.Errorf("uploads %v", told)
	}
	inPost := r.workforceOf(t, quarterTo([]domain.Date{date(2026, 4, 30)}, domain.ByBand))
	if len(inPost) != 2 || !strings.Contains(strings.Join(inPost, " "), "7") {
		t.Errorf("the corrected band does not count: %v", inPost)
	}
	if events := column(t, r.admin, `SELECT concat_ws(' ', operation, organisation, outcome, object) FROM audit_event WHERE operation = 'getPersonRecord'`); record.Person == 0 || !slices.Equal(events, []string{fmt.Sprintf("getPersonRecord RXA done person %d", record.Person)}) {
		t.Errorf("audit %v", events)
	}
}

// What is held of a predecessor's people may be read and not changed.
func TestRightsInPredecessors(t *testing.T) {
	t.Parallel()
	r := newRegister(t, erasing)
	r.store(t, people("RXA", date(2026, 3, 31), true, nurse("1")))
	follower := hr("RXA", "RXB")
	follower.ReadOnly, follower.Followers = []string{"RXA"}, []string{"RXB"}
	if _, err := r.PersonRecord(t.Context(), follower, "RXA", "1"); err != nil {
		t.Errorf("reading: %v", err)
	}
	if _, err := r.ErasePerson(t.Context(), follower, "RXA", "1", date(2026, 4, 1), named()); domain.KindOf(err) != domain.KindForbidden || !strings.Contains(err.Error(), "token of RXA") {
		t.Errorf("erasing: %v", err)
	}
	if _, err := r.RestrictPerson(t.Context(), follower, "RXA", "1", true); domain.KindOf(err) != domain.KindForbidden || !strings.Contains(err.Error(), "token of RXA") {
		t.Errorf("restricting: %v", err)
	}
	// As the refusal says, HR of the predecessor itself does it, and no longer than the
	// organisation was open.
	run(t, r.admin, `DELETE FROM organisation_lifespan WHERE code = 'RXA'`,
		`INSERT INTO organisation_lifespan (code, closed_on, added_by) SELECT 'RXA', '2026-04-30', min(id) FROM change`)
	erasure, err := r.ErasePerson(t.Context(), hr("RXA"), "RXA", "1", date(2026, 5, 9), named())
	if err != nil || erasure.EmploymentEndsOn == nil || *erasure.EmploymentEndsOn != date(2026, 4, 30) {
		t.Errorf("%+v, %v", erasure, err)
	}
	if left := column(t, r.admin, `SELECT left_on FROM employment_spell WHERE ended_by IS NULL`); len(left) != 1 || !strings.HasPrefix(left[0], "2026-04-30") {
		t.Errorf("left on %v", left)
	}
	r.verified(t)
}

// Events about one person have one object, by which the record names them, and never the
// number; it stays when the upload that had made the person is sent again.
func TestEventsNameThePersonOfTheRecord(t *testing.T) {
	t.Parallel()
	r := newRegister(t, erasing)
	list := people("RXA", date(2026, 3, 31), true, nurse("ZQ1"), nurse("ZQ2"))
	first := r.store(t, list)
	before, err := r.PersonRecord(t.Context(), hr("RXA"), "RXA", "ZQ1")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.VoidUpload(t.Context(), hr("RXA"), first.ID); err != nil {
		t.Fatal(err)
	}
	r.store(t, again(list))
	restriction, err := r.RestrictPerson(t.Context(), hr("RXA"), "RXA", "ZQ1", true)
	if err != nil {
		t.Fatal(err)
	}
	after, err := r.PersonRecord(t.Context(), hr("RXA"), "RXA", "ZQ1")
	if err != nil || after.Person != before.Person || before.RestrictedSince != nil || !cmp.Equal(after.RestrictedSince, restriction.Since) {
		t.Errorf("%+v, %v", after, err)
	}
	other, err := r.PersonRecord(t.Context(), hr("RXA"), "RXA", "ZQ2")
	if err != nil || other.Person == after.Person {
		t.Errorf("%+v, %v", other, err)
	}
	if _, err := r.ErasePerson(t.Context(), hr("RXA"), "RXA", "ZQ1", date(2026, 5, 9), named()); err != nil {
		t.Fatal(err)
	}
	theirs := fmt.Sprintf("person %d", after.Person)
	events := column(t, r.admin, `SELECT operation FROM audit_event WHERE object = $1 ORDER BY sequence`, theirs)
	if !slices.Equal(events, []string{"getPersonRecord", "restrictPerson", "getPersonRecord", "erasePerson"}) {
		t.Errorf("events of %s: %v", theirs, events)
	}
}
