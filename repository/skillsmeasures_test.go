package repository_test

import (
	"cmp"
	"fmt"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"skillstracker/domain"
)

// figures prints what a row counts, leaving out what is nothing.
func figures(total domain.SkillsTotal) string {
	line := strings.TrimSpace(strings.Join([]string{
		total.Region, total.ICB, total.Organisation, total.Sector, total.Kind, total.StaffGroup, total.JobRole, total.Band, total.AreaOfWork,
		total.Digital, total.Team, total.AssessorKind, total.Domain, total.Competence,
	}, " "))
	line = strings.Join(strings.Fields(line), " ")
	if total.Over != "" {
		line += " over " + total.Over
	}
	line += fmt.Sprintf(": %d", total.Assessed)
	if total.StaffInPost != nil {
		line += fmt.Sprintf("/%d", *total.StaffInPost)
	}
	for _, part := range []struct {
		name  string
		count int
	}{
		{"due", total.Due},
		{"overdue", total.Overdue},
		{"never", total.NeverAssessed},
		{"self", total.BySelf},
		{"manager", total.ByManager},
		{"assessor", total.ByAssessor},
		{"n/a", total.NotApplied},
	} {
		if part.count > 0 {
			line += fmt.Sprintf(" %s %d", part.name, part.count)
		}
	}
	if total.Answered > 0 {
		line += fmt.Sprintf(" levels %v", total.Levels)
	}
	if total.Target != nil {
		line += fmt.Sprintf(" target %d", *total.Target)
	}
	if total.TargetsVary {
		line += " targets vary"
	}
	if total.Gaps != nil {
		line += fmt.Sprintf(" gaps %v", total.Gaps)
	}
	if total.NeedGaps != nil {
		line += fmt.Sprintf(" need gaps %v", total.NeedGaps)
	}
	if total.ReachedBase > 0 {
		line += fmt.Sprintf(" reached %d/%d", total.Reached, total.ReachedBase)
	}
	return line
}

// expectFigures asks and compares the rows' figures.
func (r register) expectFigures(t *testing.T, what string, f domain.TotalsFilter, want ...string) {
	t.Helper()
	got := []string{}
	for _, total := range r.skills(t, f) {
		got = append(got, figures(total))
	}
	if diff := gocmp.Diff(append([]string{}, want...), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

// wanted is a target that a test sets.
type wanted struct {
	owner, competence, domain, role, group, band string
	from                                         domain.Date
	level                                        int // -1 ends the target
}

// setTargets sets targets of a framework version as the owner of the database would.
func (r register) setTargets(t *testing.T, framework domain.FrameworkVersion, targets ...wanted) {
	t.Helper()
	given := func(code string) string { return cmp.Or(code, domain.NotGiven) }
	for _, a := range targets {
		level := "NULL"
		if a.level >= 0 {
			level = fmt.Sprint(a.level)
		}
		run(t, r.admin, fmt.Sprintf(`WITH made AS (INSERT INTO change (kind, organisation, actor) VALUES ('seed', '%[1]s', 'test') RETURNING id),
			set_target AS (INSERT INTO target (organisation, framework_version, competence, domain, job_role, staff_group, band, valid_from, level, added_by)
				SELECT '%[1]s', %[2]d, '%[3]s', '%[4]s', '%[5]s', '%[6]s', '%[7]s', '%[8]s', %[9]s, id FROM made)
			SELECT 1; SELECT finish_change(max(id)) FROM change`,
			a.owner, framework.ID, given(a.competence), given(a.domain), given(a.role), given(a.group), given(a.band), a.from, level))
	}
}

// nurses lists people of RXA numbered from 1, in post since 2020, on a list of 1
// January 2024.
func (r register) nurses(t *testing.T, changes ...func(*domain.StaffRow)) {
	t.Helper()
	rows := make([]domain.StaffRow, 0, len(changes))
	for i, change := range changes {
		rows = append(rows, nurse(fmt.Sprint(i+1), startedOn(date(2020, 1, 1)), change))
	}
	r.store(t, people("RXA", date(2024, 1, 1), true, rows...))
}

func asIs(*domain.StaffRow) {}

func TestWhoIsDueOverdueAndNeverAssessed(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	r.nurses(t, asIs, asIs, asIs, asIs, asIs, leftOn(date(2026, 9, 30)), asIs)
	r.store(t, r.assessmentFile(t, "RXA",
		assessed("1", date(2025, 10, 31), all(1)),                                           // twelve months old to the day: current, and due
		assessed("2", date(2025, 10, 30), all(1)),                                           // older: overdue
		assessed("3", date(2026, 1, 29), all(1)),                                            // current for 90 days more
		assessed("4", date(2026, 1, 28), all(1)),                                            // a day less: due
		assessed("6", date(2026, 9, 1), all(1)),                                             // has left
		assessed("7", date(2024, 11, 5), all(1)), assessed("7", date(2026, 11, 2), all(1)))) // overdue until reassessed
	r.expectFigures(t, "at the end of October", onDay(date(2026, 10, 31)), ": 3/6 due 2 overdue 2 never 1 self 3")
	r.expectFigures(t, "a day earlier", onDay(date(2026, 10, 30)), ": 4/6 due 2 overdue 1 never 1 self 4")
	r.expectFigures(t, "at the end of November", onDay(date(2026, 11, 30)), ": 3/6 due 2 overdue 2 never 1 self 3")
	// A month that has no such day: the last it has.
	r.expectFigures(t, "in a leap year", onDay(date(2024, 2, 29)), ": 0/7 never 7")
	f := onDay(date(2026, 10, 31))
	f.Framework = r.framework(t, "hdc", "2018")
	f.Framework.ValidityMonths = 8
	r.expectFigures(t, "eight months to the end of February", f, ": 0/6 overdue 5 never 1")
	if totals := r.skills(t, onDay(date(2026, 10, 31))); *totals[0].Oldest != date(2025, 10, 31) || *totals[0].Newest != date(2026, 1, 29) {
		t.Errorf("oldest %s, newest %s", totals[0].Oldest, totals[0].Newest)
	}
}

func TestWhoJudged(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	r.nurses(t, asIs, asIs, asIs, asIs)
	day := date(2026, 9, 30)
	r.store(t, r.assessmentFile(t, "RXA",
		assessed("1", day, all(1)), assessed("1", day, all(2), by(domain.AssessorManager)), assessed("1", day, all(3), by(domain.AssessorOther)),
		assessed("2", day, all(1)), assessed("2", day-1, all(4), by(domain.AssessorOther)),
		assessed("3", date(2024, 1, 1), all(0), by(domain.AssessorManager))))
	r.expectFigures(t, "whoever judged", onDay(day), ": 2/4 overdue 1 never 1 self 1 assessor 1")
	r.expectFigures(t, "by kind", onDay(day, domain.ByAssessorKind), "assessor: 1 assessor 1", "self: 1 self 1")
	for kind, want := range map[domain.AssessorKind]string{
		domain.AssessorSelf:    ": 2/4 never 2 self 2",
		domain.AssessorManager: ": 1/4 overdue 1 never 2 manager 1",
		domain.AssessorOther:   ": 2/4 never 2 assessor 2",
	} {
		f := onDay(day)
		f.AssessorKinds = []string{string(kind)}
		r.expectFigures(t, string(kind), f, want)
	}
}

func TestGapsToTargetsAndToOwnNeeds(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	r.nurses(t, asIs, asIs, asIs, asIs)
	day := date(2026, 9, 30)
	need := func(needs ...domain.Level) func(*domain.AssessmentRow) {
		return func(row *domain.AssessmentRow) { row.Needs = needs }
	}
	r.store(t, r.assessmentFile(t, "RXA",
		assessed("1", day, levels(0, 4, na, no, 2, 2), need(2, 1, 3, 3, na, no)),
		assessed("2", day, levels(3, 3, 3, 3, 3, 3)),
		assessed("3", day, levels(na, no, no, no, no, no), need(4, 4, 4, 4, 4, 4))))
	f := onDay(day, domain.ByCompetence)
	f.Competences = []string{"CCP", "TLS", "IDM", "TEC"}
	r.expectFigures(t, "without targets", f,
		"CCP: 3/4 never 1 self 3 n/a 1 levels [1 0 0 1 0] need gaps [0 0 1 0 0]",
		"TLS: 3/4 never 1 self 3 levels [0 0 0 1 1] need gaps [1 0 0 0 0]",
		"IDM: 3/4 never 1 self 3 n/a 1 levels [0 0 0 1 0]",
		"TEC: 3/4 never 1 self 3 levels [0 0 1 1 0]")
	r.expectFigures(t, "the greatest to the own need", onDay(day), ": 3/4 never 1 self 3 need gaps [0 0 1 0 0]")
	r.setTargets(t, r.framework(t, "hdc", "2018"),
		wanted{owner: "RXA", competence: "CCP", from: date(2026, 1, 1), level: 3},
		wanted{owner: "RXA", competence: "IDM", from: date(2026, 1, 1), level: 4},
		wanted{owner: "RXA", competence: "TEC", from: day + 1, level: 4})
	r.expectFigures(t, "with targets", f,
		"CCP: 3/4 never 1 self 3 n/a 1 levels [1 0 0 1 0] target 3 gaps [1 0 0 1 0] need gaps [0 0 1 0 0]",
		"TLS: 3/4 never 1 self 3 levels [0 0 0 1 1] need gaps [1 0 0 0 0]",
		"IDM: 3/4 never 1 self 3 n/a 1 levels [0 0 0 1 0] target 4 gaps [0 1 0 0 0]",
		"TEC: 3/4 never 1 self 3 levels [0 0 1 1 0]")
	// Person 1 is three below in CCP, person 2 one below in IDM; 3 has no level.
	r.expectFigures(t, "the greatest gap", onDay(day), ": 3/4 never 1 self 3 targets vary gaps [0 1 0 1 0] need gaps [0 0 1 0 0]")
	f.Competences = []string{"TEC"}
	f.Months[0]++
	r.expectFigures(t, "a target from its day", f, "TEC: 3/4 never 1 self 3 levels [0 0 1 1 0] target 4 gaps [0 1 1 0 0]")
}

func TestRowsByDomain(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	r.nurses(t, asIs, asIs, asIs)
	digcomp := r.framework(t, "digcomp", "3.0")
	answers := func(first ...domain.Level) []domain.Level {
		full := append([]domain.Level{}, first...)
		for len(full) < len(digcomp.Competences) {
			full = append(full, no)
		}
		return full
	}
	day := date(2026, 9, 30)
	file := r.assessmentFile(t, "RXA", assessed("1", day, answers(5, 2, na, 7)), assessed("2", day, answers(na, no, na, no, 1)), assessed("3", day, answers(8, 8, 8)))
	file.Assessments.Framework = digcomp
	r.store(t, file)
	r.setTargets(t, digcomp, wanted{owner: "RXA", competence: "1.1", from: date(2026, 1, 1), level: 8}, wanted{owner: "RXA", domain: "1", from: date(2026, 1, 1), level: 4})
	f := onDay(day, domain.ByDomain)
	f.Framework, f.Domains = digcomp, []string{"1", "2"}
	r.expectFigures(t, "the lowest level and the greatest gap", f,
		"1: 3/3 self 3 n/a 1 levels [0 0 1 0 0 0 0 0 1] targets vary gaps [1 0 0 1 0 0 0 0 0]",
		"2: 3/3 self 3 levels [0 1 0 0 0 0 0 1 0]")
	f.GroupBy = append(f.GroupBy, domain.ByCompetence)
	f.Competences = []string{"1.2", "2.1", "3.1"}
	r.expectFigures(t, "by domain and competence", f,
		"1 1.2: 3/3 self 3 levels [0 0 1 0 0 0 0 0 1] target 4 gaps [1 0 1 0 0 0 0 0 0]",
		"2 2.1: 3/3 self 3 levels [0 0 0 0 0 0 0 1 0]")
}

func TestTaskChecklists(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	r.nurses(t, asIs, asIs, asIs, asIs, asIs)
	tasks := r.framework(t, "eds-work", "2019")
	day := date(2026, 9, 30)
	file := r.assessmentFile(t, "RXA",
		assessed("1", day, levels(8, 1, 1, 1, 1, 1)), assessed("2", day, levels(7, 9, 9, 9, 9, 9)), assessed("3", day, levels(8, 1, 1, 1, 1, 0)),
		assessed("4", day, levels(8, 1, 1, 1, 1, no)), assessed("5", day, levels(8, na, 1, 1, 1, 1)))
	file.Assessments.Framework = tasks
	r.store(t, file)
	f := onDay(day)
	f.Framework = tasks
	r.expectFigures(t, "as a whole", f, ": 5/5 self 5 reached 1/3")
	f.GroupBy, f.Competences = []domain.Dimension{domain.ByCompetence}, []string{"SAF"}
	r.expectFigures(t, "by competence", f, "SAF: 5/5 self 5 levels [1 2 0 0 0 0 0 0 0 1 0 0 0 0 0 0 0 0 0 0 0]")
}
