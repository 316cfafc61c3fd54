package apitest_test

import (
	"fmt"
	"math/bits"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"testing"

	"skillstracker/domain"
	"skillstracker/domain/disclosure"
	"skillstracker/domain/disclosure/attack"
)

// The dimensions by which the synthetic staff of this test can be broken down, in the
// order of a group's values, with the codes of the values from 1 on.
func disclosureCodes() (names []string, codes [][]string) {
	return []string{"icb", "staff_group", "band", "assessor_kind"},
		[][]string{{"QHL", "QMJ", "RXA", "RXB", "RXC"}, {"03", "08"}, {"5", "6"}, {"self", "manager"}}
}

func disclosureDimensions() []attack.Dimension {
	place := attack.Dimension{Name: "place", Values: 5, Totals: []attack.Total{
		{Parts: []uint8{1, 2}}, {Value: 1, Parts: []uint8{3, 4}}, {Value: 2, Parts: []uint8{5}},
	}}
	judged := attack.Plain("assessor_kind", 2)
	judged.Assessed = true
	return []attack.Dimension{place, attack.Plain("staff_group", 2), attack.Plain("band", 2), judged}
}

// assessedPerson is somebody of the register, the finest group they are in and their
// level in each of the two competences.
type assessedPerson struct {
	group  attack.Group
	levels [2]int
}

// disclosed is a service with three small synthetic trusts whose staff have levels that
// are much alike within a staff group and band.
func disclosed(t *testing.T) (service, []assessedPerson) {
	t.Helper()
	s := newService(t)
	admin := s.token(t, domain.RoleAdmin, domain.ScopeAll)
	s.want(t, http.StatusCreated, s.send(t, admin, http.MethodPost, "/api/v1/targets/uploads",
		[]byte("framework,framework_version,competence_code,level,band,valid_from\nhdc,2018,CCP,2,,2025-04-01\nhdc,2018,TEC,1,5,2025-04-01\nhdc,2018,TEC,3,6,2025-04-01\n")))
	random := rand.New(rand.NewPCG(6, 2026))
	_, codes := disclosureCodes()
	var people []assessedPerson
	for place := uint8(3); place <= 5; place++ {
		organisation := codes[0][place-1]
		staff, assessments := strings.Builder{}, strings.Builder{}
		staff.WriteString("employee_number,staff_group,band,fte,as_at\n")
		assessments.WriteString("employee_number,assessed_on,assessor_kind,CCP,TEC\n")
		for cell := range 4 {
			favourite := [2]int{random.IntN(5), random.IntN(5)}
			for range 3 + random.IntN(40) {
				one := assessedPerson{group: attack.Group{place, uint8(1 + cell/2), uint8(1 + cell%2), uint8(1 + random.IntN(5)/4)}, levels: favourite}
				for c := range one.levels {
					if random.IntN(3) == 0 {
						one.levels[c] = random.IntN(5)
					}
				}
				people = append(people, one)
				fmt.Fprintf(&staff, "S%05d,%s,%s,0.8,2025-10-31\n", len(people), codes[1][one.group[1]-1], codes[2][one.group[2]-1])
				fmt.Fprintf(&assessments, "S%05d,2026-%02d-11,%s,%d,%d\n", len(people), 1+random.IntN(9), codes[3][one.group[3]-1], one.levels[0], one.levels[1])
			}
		}
		hr := s.token(t, domain.RoleHR, domain.ScopeOrganisation, organisation)
		s.want(t, http.StatusCreated, s.upload(t, hr, organisation, "staff", csvType, []byte(staff.String())))
		s.want(t, http.StatusCreated, s.upload(t, hr, organisation, "assessments", csvType, []byte(assessments.String())))
	}
	return s, people
}

// shownCount reads a figure of people of a row.
func shownCount(row map[string]any, name string) disclosure.Count {
	if status := statusOf(row, name); status != "" {
		return disclosure.Count{Status: status}
	}
	number, _ := row[name].(float64)
	return disclosure.Count{Value: int(number)}
}

func shownShare(row map[string]any, name string) disclosure.Share {
	number, _ := row[name].(float64)
	return disclosure.Share{Value: number, Status: statusOf(row, name)}
}

func statusOf(row map[string]any, name string) domain.Status {
	all, _ := row["status"].(map[string]any)
	status, _ := all[name].(string)
	return domain.Status(status)
}

// shownClasses reads a distribution of a row with its base; nil when it has none.
func shownClasses(row map[string]any, name, base string) *disclosure.Distribution {
	list, found := row[name].([]any)
	if !found {
		return nil
	}
	d := &disclosure.Distribution{Base: shownCount(row, base)}
	d.Withheld = d.Base.Status != ""
	for _, item := range list {
		class, _ := item.(map[string]any)
		people, _ := class["people"].(float64)
		status, _ := class["status"].(string)
		d.Levels = append(d.Levels, disclosure.Count{Value: int(people), Status: domain.Status(status)})
	}
	return d
}

// shownSkills reads what a row of digital-literacy totals says.
func shownSkills(row map[string]any) disclosure.Skills {
	s := disclosure.Skills{
		StaffInPost: shownCount(row, "staff_in_post"), Assessed: shownCount(row, "assessed"), AssessedListed: shownCount(row, "assessed_on_list"),
		Due: shownCount(row, "due"), Overdue: shownCount(row, "overdue"), NeverAssessed: shownCount(row, "never_assessed"),
		BySelf: shownShare(row, "share_self"), ByManager: shownShare(row, "share_manager"), ByAssessor: shownShare(row, "share_assessor"),
		Distribution: shownClasses(row, "levels", "answered"),
	}
	if target, shown := row["target_level"].(float64); shown {
		level := domain.Level(target)
		s.Target = &level
	}
	if gaps := shownClasses(row, "people_by_gap", "with_target"); gaps != nil {
		s.Gaps = &disclosure.Gaps{Distribution: *gaps}
	}
	return s
}

func shownWorkforce(row map[string]any) disclosure.Workforce {
	w := disclosure.Workforce{
		Headcount: shownCount(row, "staff_in_post"), Opening: shownCount(row, "opening_staff"), Closing: shownCount(row, "closing_staff"),
		Starters: shownCount(row, "starters"), Leavers: shownCount(row, "leavers"), Stayers: shownCount(row, "stayers"),
	}
	w.Withheld = w.Opening.Status == "c" && w.Starters.Status == "c" && w.Leavers.Status == "c" && w.Stayers.Status == "c"
	return w
}

// groupings are all the sets of at most three dimensions that may be asked for: by ICB,
// by organisation or by neither.
func groupings() [][]string {
	var all [][]string
	for _, place := range []string{"", "icb", "organisation"} {
		for chosen := range 1 << 3 {
			var by []string
			if place != "" {
				by = append(by, place)
			}
			for i, name := range []string{"staff_group", "band", "assessor_kind"} {
				if chosen&(1<<i) != 0 {
					by = append(by, name)
				}
			}
			if len(by) <= 3 {
				all = append(all, by)
			}
		}
	}
	return all
}

// groupOf returns the group that a row is about.
func groupOf(t *testing.T, row map[string]any, by []string) attack.Group {
	t.Helper()
	names, codes := disclosureCodes()
	var g attack.Group
	for _, dimension := range by {
		d := max(slices.Index(names, dimension), 0) // an organisation is a place, as an ICB is
		code, _ := row[dimension].(string)
		value := slices.Index(codes[d], code) + 1
		if value == 0 {
			t.Fatalf("a row of %s %q", dimension, code)
		}
		g[d] = uint8(value)
	}
	return g
}

// Everything that the API lets a planner of all organisations ask about three small
// trusts is asked, and all answers are put together. Nobody's level is found, and what is
// concluded holds. The subtotals of a question tell of a group what the question about
// it tells.
func TestNobodysLevelIsWorkedOutFromTheAPI(t *testing.T) {
	t.Parallel()
	s, people := disclosed(t)
	planner := s.token(t, domain.RolePlanner, domain.ScopeAll)
	band := func(targets ...int) func(attack.Group) (int, bool) {
		return func(g attack.Group) (int, bool) {
			if g[2] == 0 {
				return targets[0], len(targets) == 1
			}
			return targets[min(int(g[2]), len(targets))-1], true
		}
	}
	subjects := []attack.Subject{{Classes: 5, Target: band(2)}, {Classes: 5, Target: band(1, 3)}}
	panel := attack.NewPanel(disclosure.Default(), disclosureDimensions(), 3, 1, subjects, func(attack.Group) bool { return true })
	panel.Whole = true
	asked, shown := 0, 0
	ask := func(path string, by []string, more string, learn func(attack.Group, map[string]any)) {
		question := "?as_at=2026-10-31&group_by=" + strings.Join(by, ",") + more
		rows := decode[struct{ Rows []map[string]any }](t, s.want(t, http.StatusOK, s.get(t, planner, path+strings.Replace(question, "group_by=&", "", 1)))).Rows
		asked++
		for _, row := range rows {
			over, _ := row["subtotal_over"].([]any)
			left := slices.DeleteFunc(slices.Clone(by), func(d string) bool { return slices.Contains(over, any(d)) || d == "competence" || d == "nation" })
			learn(groupOf(t, row, left), row)
		}
	}
	learnSkills := func(g attack.Group, row map[string]any) {
		subject := slices.Index([]any{"CCP", "TEC"}, row["competence"])
		read := shownSkills(row)
		panel.LearnSkills(g, 0, subject, read)
		if subject >= 0 && !read.Distribution.Withheld {
			shown++
		}
	}
	for _, by := range groupings() {
		ask("/api/v1/digital-literacy/totals", append([]string{"competence"}, by...), "&competence=CCP&competence=TEC", learnSkills)
		if !slices.Contains(by, "assessor_kind") {
			ask("/api/v1/workforce/totals", append([]string{"nation"}, by...), "", func(g attack.Group, row map[string]any) { panel.LearnWorkforce(g, 0, shownWorkforce(row)) })
		}
		if len(by) == 3 {
			ask("/api/v1/digital-literacy/totals", append([]string{"competence"}, by...), "&competence=CCP&competence=TEC&subtotals=true", learnSkills)
		}
	}
	panel.RelateAll()
	if !panel.Narrow() {
		t.Fatal("what the API answers contradicts itself")
	}
	found, sizes := 0, 0
	for _, g := range panel.Groups {
		if size := panel.Size(panel.Network, g, 0); size.Low > 0 && size.Low == size.High {
			sizes++
		}
		for c := range subjects {
			for level := range 5 {
				n := 0
				for _, one := range people {
					if in(one.group, g) && one.levels[c] == level {
						n++
					}
				}
				if b := panel.Known(panel.Level(g, 0, c, level)); n < int(b.Low) || n > int(b.High) {
					t.Fatalf("%v: %d people at level %d of competence %d, but it is sure that there are %+v", g, n, level, c, b)
				}
			}
		}
	}
	for _, one := range people {
		for c := range subjects {
			possible := ^uint64(0)
			for _, g := range panel.Groups {
				if in(one.group, g) {
					possible &= panel.Possible(panel.Network, g, 0, c)
				}
			}
			if bits.OnesCount64(possible) == 1 {
				found++
			}
		}
	}
	t.Logf("%d questions about %d people show %d distributions; the exact size of %d of %d groups is worked out, and the level of %d people", asked, len(people), shown, sizes, len(panel.Groups), found)
	if found > 0 || shown < 20 {
		t.Errorf("the level of %d people is found from %d distributions", found, shown)
	}
	for _, question := range []string{
		"group_by=organisation,staff_group,band,assessor_kind", "group_by=icb,staff_group,band,digital", "group_by=staff_group,band,digital&organisation=RXA",
		"group_by=organisation,staff_group,band&assessor_kind=self", "group_by=band,digital,sector&staff_group=03&staff_group=08",
	} {
		s.want(t, http.StatusUnprocessableEntity, s.get(t, planner, "/api/v1/digital-literacy/totals?"+question))
	}
}

// in says whether somebody with some values is in a group: QHL has RXA and RXB.
func in(values, g attack.Group) bool {
	place := g[0] == 0 || g[0] == values[0] || g[0] == 1 && values[0] <= 4 || g[0] == 2 && values[0] == 5
	return place && (g[1] == 0 || g[1] == values[1]) && (g[2] == 0 || g[2] == values[2]) && (g[3] == 0 || g[3] == values[3])
}
