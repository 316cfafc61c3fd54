package api_test

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"skillstracker/domain"
)

// gapsRow is a row by competence of 120 people, of whom 100 are assessed, with gaps.
func gapsRow(group domain.Group, gaps, needs []int, levels ...int) domain.SkillsTotal {
	row := skillsRow(group, 120, 100, levels...)
	newest, oldest := domain.NewDate(2026, time.October, 3), domain.NewDate(2026, time.January, 19)
	row.Newest, row.Oldest = &newest, &oldest
	row.Due, row.Overdue, row.NeverAssessed = 14, 12, 8
	row.BySelf, row.ByManager, row.ByAssessor = 62, 38, 0
	row.Gaps, row.NeedGaps, row.Listed, row.Estimated = gaps, needs, 1, 1
	return row
}

func TestEverySkillsFigure(t *testing.T) {
	t.Parallel()
	s := newService(t)
	s.totals.skills = func(domain.TotalsFilter) ([]domain.SkillsTotal, error) {
		target := domain.Level(2)
		same := gapsRow(domain.Group{Competence: "CCP"}, []int{52, 16, 12, 0, 0}, nil, 12, 16, 22, 18, 12)
		same.Target = &target
		vary := gapsRow(domain.Group{Competence: "TEC"}, []int{88, 52, 14, 6, 0}, []int{122, 38, 0, 0, 0}, 50, 50, 32, 28)
		vary.Assessed, *vary.StaffInPost = 200, 240
		vary.TargetsVary = true
		return []domain.SkillsTotal{same, vary}, nil
	}
	_, rows := s.get(domain.RolePlanner, skillsPath+".csv?group_by=competence").ok(http.StatusOK).table()
	for i, want := range []map[string]string{
		{
			"assessed_on_list": "105", "completion_rate": "0.875", "due": "15", "overdue": "15", "never_assessed": "15",
			"share_self": fmt.Sprint(60.0 / 105), "share_manager": fmt.Sprint(45.0 / 105), "share_assessor": "0", "answered": "75",
			"target_level": "2", "with_target": "75", "gap_0_people": "45", "gap_1_people": "15", "gap_2_people": "15", "gap_3_people": "0",
			"at_or_above_target": "45", "below_target": "30", "share_at_or_above_target": "0.6", "mean_gap": "0.6", "person_levels_to_close": "45",
			"with_need": "", "with_need_status": "z", "need_gap_0_people_status": "z", "share_below_need_status": "z",
			"threshold_base_status": "z", "share_threshold_reached_status": "z",
			"organisations_with_staff_list": "1", "organisations_estimated": "1", "newest_assessment": "2026-10-31", "oldest_assessment": "2026-01-31",
			"rank": "", "rank_status": "z",
		},
		{
			"target_level": "", "target_level_status": "z", "with_target": "165", "gap_0_people": "90", "gap_1_people": "45", "gap_3_people": "", "gap_3_people_status": "c",
			"at_or_above_target": "90", "below_target": "75", "with_need": "165", "need_gap_0_people": "120", "need_gap_1_people": "45", "need_gap_2_people_status": "c",
			"share_below_need": fmt.Sprint(45.0 / 165), "mean_need_gap": fmt.Sprint(45.0 / 165),
		},
	} {
		for column, value := range want {
			if got, found := rows[i][column]; !found || got != value {
				t.Errorf("row %d, %s: got %q, want %q", i, column, got, value)
			}
		}
	}
	s.get(domain.RolePlanner, skillsPath+"?group_by=competence").ok(http.StatusOK).has(
		`"people_by_gap":[{"gap":0,"people":45,"status":""},{"gap":1,"people":15,"status":""},{"gap":2,"people":15,"status":""},{"gap":3,"people":0,"status":""}`,
		`"people_by_need_gap":[{"gap":0,"people":120,"status":""},{"gap":1,"people":45,"status":""},{"gap":2,"people":null,"status":"c"}`,
		`"person_levels_to_close":45`, `"target_level":null`, `"share_below_need":null`,
	).rows().lacks(`"rank"`)
	s.get(domain.RoleHR, skillsPath+"?group_by=competence&organisation=RRK").ok(http.StatusOK).has(
		`"people_by_gap":[{"gap":0,"people":52,"status":""},{"gap":1,"people":16,"status":""},{"gap":2,"people":12,"status":""},{"gap":3,"people":0,"status":""}`,
		`"at_or_above_target":88`, `"below_target":72`, `"person_levels_to_close":98`, `"newest_assessment":"2026-10-03"`, `"oldest_assessment":"2026-01-19"`,
	)
}

// Ranks go by what is shown: rows that look alike share one, and what is withheld
// comes last without one.
func TestOrderOfPriorities(t *testing.T) {
	t.Parallel()
	s := newService(t)
	s.totals.skills = func(domain.TotalsFilter) ([]domain.SkillsTotal, error) {
		row := func(group, competence string, gaps ...int) domain.SkillsTotal {
			r := gapsRow(domain.Group{StaffGroup: group, Competence: competence}, gaps, nil, 25, 25, 16, 14)
			r.TargetsVary = true
			return r
		}
		return []domain.SkillsTotal{
			row("01", "CCP", 7, 7, 7, 7), row("01", "TEC", 120, 40, 0, 0), row("08", "CCP", 121, 38, 0, 0), row("08", "TEC", 60, 60, 40, 0), row("10", "TEC", nil...),
		}, nil
	}
	const question = "?group_by=staff_group,competence&order=priority"
	_, rows := s.get(domain.RolePlanner, skillsPath+".csv"+question).ok(http.StatusOK).table()
	var got string
	for _, row := range rows {
		got += fmt.Sprintf("%s %s %s%s;", row["staff_group"], row["competence"], row["rank"], row["rank_status"])
	}
	if want := "08 TEC 1;01 TEC 2;08 CCP 2;01 CCP c;10 TEC z;"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	s.get(domain.RolePlanner, skillsPath+question).ok(http.StatusOK).rows().has(`"rank":1`, `"rank":2`).lacks(`"rank":3`, `"rank":null`)
}

// A distribution in a row that is broken down twice, or narrowed to as much, needs a
// larger base than one in a row that is not. A subtotal is as wide as what it adds up.
func TestFineRowsOfSkills(t *testing.T) {
	t.Parallel()
	tests := map[string]string{
		"?group_by=competence":                                                  "30",
		"?group_by=competence,staff_group":                                      "30",
		"?group_by=competence&staff_group=10":                                   "30",
		"?group_by=competence,organisation&organisation=RRK":                    "30",
		"?group_by=competence,region,icb":                                       "30",
		"?group_by=competence,staff_group,band":                                 "",
		"?group_by=competence,band&staff_group=10":                              "",
		"?group_by=competence,staff_group&organisation=RRK":                     "",
		"?group_by=competence&organisation=RRK&assessor_kind=self":              "",
		"?group_by=competence,icb,digital":                                      "",
		"?group_by=competence,nation,month,staff_group&from=2026-10-31&band=8a": "",
	}
	for question, want := range tests {
		t.Run(question, func(t *testing.T) {
			t.Parallel()
			s := newService(t)
			s.totals.skills = func(domain.TotalsFilter) ([]domain.SkillsTotal, error) {
				month := monthEnd(time.October)
				return []domain.SkillsTotal{skillsRow(domain.Group{Organisation: "RRK", Competence: "TEC", Month: &month}, 60, 30, 15, 15, 0, 0)}, nil
			}
			_, rows := s.get(domain.RoleManager, skillsPath+".csv"+question).ok(http.StatusOK).table()
			if rows[0]["answered"] != want || rows[0]["assessed"] != "30" {
				t.Errorf("answered %q of %q, want %q", rows[0]["answered"], rows[0]["assessed"], want)
			}
		})
	}
	s := newService(t)
	s.totals.skills = func(domain.TotalsFilter) ([]domain.SkillsTotal, error) {
		row := func(over string) domain.SkillsTotal {
			return skillsRow(domain.Group{StaffGroup: "10", Band: "8a", Competence: "TEC", Over: over}, 60, 30, 15, 15, 0, 0)
		}
		return []domain.SkillsTotal{row(""), row("band"), row("staff_group,band")}, nil
	}
	_, rows := s.get(domain.RolePlanner, skillsPath+".csv?group_by=staff_group,band,competence&subtotals=true").ok(http.StatusOK).table()
	if rows[0]["answered"] != "" || rows[1]["answered"] != "30" || rows[2]["answered"] != "30" {
		t.Errorf("subtotals: got %q, %q and %q", rows[0]["answered"], rows[1]["answered"], rows[2]["answered"])
	}
}
