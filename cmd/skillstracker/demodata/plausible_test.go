package demodata_test

import (
	"math"
	"regexp"
	"slices"
	"strings"
	"testing"

	"skillstracker/cmd/skillstracker/demodata"
	"skillstracker/domain"
)

// ofKind returns the files of one kind, in their order.
func ofKind(all []demodata.File, kind domain.UploadKind) []demodata.File {
	return slices.DeleteFunc(slices.Clone(all), func(f demodata.File) bool { return f.Kind != kind })
}

// inPost sums FTE and people in post by what key makes of a row of a staff list.
func inPost(t *testing.T, list []map[string]string, key func(map[string]string) string) (fte, people map[string]float64) {
	t.Helper()
	fte, people = make(map[string]float64), make(map[string]float64)
	for _, row := range list {
		if row["left_on"] == "" && row["contract_type"] != "01" {
			fte[key(row)] += number(t, row["fte"])
			people[key(row)]++
		}
	}
	return fte, people
}

func isDigital(row map[string]string) bool {
	return strings.HasPrefix(row["job_role_code"], "ASC") || strings.Contains(row["area_of_work"], "Informatics")
}

func TestStaff(t *testing.T) {
	t.Parallel()
	employeeNumber := regexp.MustCompile(`^S\d{7}$`)
	total := 0
	for _, entry := range organisations(t) {
		list := records(t, ofKind(files(t, entry), domain.UploadStaff)[1])
		for i, row := range list {
			fte := number(t, row["fte"])
			if !employeeNumber.MatchString(row["employee_number"]) || fte < 0.2 || fte > 1 {
				t.Fatalf("%s row %d is %v", entry.Code, i+2, row)
			}
		}
		_, groups := inPost(t, list, func(row map[string]string) string { return row["staff_group"] })
		people := 0.0
		for _, n := range groups {
			people += n
		}
		if entry.Kind == domain.KindTrust && (people < 250 || groups["08"]/people < 0.1 || groups["08"]/people > 0.4) {
			t.Errorf("%s has %v people in the staff groups %v", entry.Code, people, groups)
		}
		if entry.Code == demodata.Showcase && (people < 1000 || people > 1500) {
			t.Errorf("%s has %v people", entry.Code, people)
		}
		total += int(people)
	}
	if total < 5000 || total > 10_000 {
		t.Errorf("there are %d people in all", total)
	}
}

// TestSkillsImproveAndDiffer checks the two things that the demonstration says of
// its assessments.
func TestSkillsImproveAndDiffer(t *testing.T) {
	t.Parallel()
	for _, entry := range organisations(t) {
		all := files(t, entry)
		group := make(map[string]string)
		for _, row := range records(t, ofKind(all, domain.UploadStaff)[1]) {
			group[row["employee_number"]] = row["staff_group"]
		}
		before := -1.0
		for _, file := range ofKind(all, domain.UploadAssessments) {
			sum, n := make(map[string]float64), make(map[string]float64)
			for i, row := range records(t, file) {
				if group[row["employee_number"]] == "" {
					t.Fatalf("%s %s row %d: %s is on no staff list", entry.Code, file.Name, i+2, row["employee_number"])
				}
				for _, code := range []string{"CCP", "TLS", "IDM", "CIS", "TEC", "DIW"} {
					if level := row[code]; level != "" && level != "N/A" {
						value := number(t, level)
						if value < 0 || value > 4 || value != math.Trunc(value) {
							t.Fatalf("%s %s row %d: level %q", entry.Code, file.Name, i+2, level)
						}
						for _, key := range []string{"all", group[row["employee_number"]]} {
							sum[key] += value
							n[key]++
						}
					}
				}
			}
			mean := sum["all"] / n["all"]
			if mean < before+0.1 {
				t.Errorf("%s %s: the mean level %.2f does not improve on %.2f", entry.Code, file.Name, mean, before)
			}
			before = mean
			if clerical, estates := sum["08"]/n["08"], sum["09"]/n["09"]; n["09"] > 50 && clerical < estates+0.5 {
				t.Errorf("%s %s: staff groups 08 and 09 hardly differ: %.2f and %.2f", entry.Code, file.Name, clerical, estates)
			}
		}
	}
}

func TestVacanciesOfTrusts(t *testing.T) {
	t.Parallel()
	negative := 0
	var digitalGap, digitalBudget float64
	for _, entry := range organisations(t) {
		if entry.Kind != domain.KindTrust {
			continue
		}
		all := files(t, entry)
		returns := ofKind(all, domain.UploadVacancies)
		for _, file := range returns {
			seen := make(map[string]bool)
			var budget, gap float64
			for i, row := range records(t, file) {
				key := strings.Join([]string{row["as_at"], row["staff_group"], row["job_role_code"], row["band"], row["area_of_work"]}, "/")
				if seen[key] {
					t.Fatalf("%s %s row %d repeats a cell", entry.Code, file.Name, i+2)
				}
				seen[key] = true
				b, c := number(t, row["budgeted_fte"]), number(t, row["contracted_fte"])
				if b <= 0 {
					t.Errorf("%s %s row %d: budget %v", entry.Code, file.Name, i+2, b)
				}
				budget, gap = budget+b, gap+b-c
				if b < c-1e-9 {
					negative++
				}
				if isDigital(row) {
					digitalBudget, digitalGap = digitalBudget+b, digitalGap+b-c
				}
			}
			if rate := gap / budget; rate < 0.03 || rate > 0.14 {
				t.Errorf("%s %s: the vacancy rate is %.3f", entry.Code, file.Name, rate)
			}
		}
		compareWithStaff(t, entry.Code, all)
	}
	if negative == 0 {
		t.Error("no cell has more people than budget")
	}
	if rate := digitalGap / digitalBudget; rate < 0.13 || rate > 0.35 {
		t.Errorf("the vacancy rate of digital posts is %.3f", rate)
	}
}

// compareWithStaff checks that the newest return counts the same FTE as the
// newest staff list.
func compareWithStaff(t *testing.T, code string, all []demodata.File) {
	t.Helper()
	byGroup := func(row map[string]string) string { return row["staff_group"] }
	want, _ := inPost(t, records(t, ofKind(all, domain.UploadStaff)[1]), byGroup)
	got := make(map[string]float64)
	for _, row := range records(t, ofKind(all, domain.UploadVacancies)[11]) {
		got[byGroup(row)] += number(t, row["contracted_fte"])
	}
	for group, fte := range want {
		if math.Abs(got[group]-fte) > 1e-6 {
			t.Errorf("%s: staff group %s has %.5f FTE contracted and %.5f in post", code, group, got[group], fte)
		}
	}
}

func TestReturnsOfSocialCare(t *testing.T) {
	t.Parallel()
	provider := organisation(t, "A9ZZ")
	if !provider.Synthetic {
		t.Error("the provider is not marked synthetic")
	}
	unknown := 0
	for _, file := range ofKind(files(t, provider), domain.UploadVacancies) {
		var vacancies, people float64
		for _, row := range records(t, file) {
			vacancies, people = vacancies+number(t, row["reported_vacancies"]), people+number(t, row["staff_headcount"])
			if row["advertised_posts"] == "Don't know" {
				unknown++
			}
			if row["budgeted_fte"] != "" || row["contracted_fte"] != "" {
				t.Errorf("%s states an establishment", file.Name)
			}
		}
		if rate := vacancies / (vacancies + people); rate < 0.03 || rate > 0.2 {
			t.Errorf("%s: the reported vacancy rate is %.3f", file.Name, rate)
		}
	}
	if unknown == 0 {
		t.Error("no measure is unknown")
	}
}

func TestMistakes(t *testing.T) {
	t.Parallel()
	sent, mended, err := demodata.Mistakes(demodata.Seed, today(), organisation(t, demodata.Showcase))
	if err != nil {
		t.Fatal(err)
	}
	wrong, right := records(t, sent), records(t, mended)
	if len(right) != 12 || len(wrong) != 13 {
		t.Fatalf("%d and %d rows", len(wrong), len(right))
	}
	differences := 0
	for i := range right {
		for column, value := range right[i] {
			if wrong[i][column] != value {
				differences++
			}
		}
	}
	if differences != 6 {
		t.Errorf("the files differ in %d cells, want 6", differences)
	}
	if wrong[12]["employee_number"] != wrong[0]["employee_number"] || wrong[12]["IDM"] == wrong[0]["IDM"] {
		t.Error("the last row does not contradict the first")
	}
	held := make(map[string]bool)
	for _, file := range ofKind(files(t, organisation(t, demodata.Showcase)), domain.UploadAssessments)[2:] {
		for _, row := range records(t, file) {
			held[row["employee_number"]] = true
		}
	}
	for _, row := range right {
		if held[row["employee_number"]] {
			t.Errorf("%s is in the newest round too", row["employee_number"])
		}
	}
}
