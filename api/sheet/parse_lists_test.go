package sheet_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"

	"skillstracker/api/sheet"
	"skillstracker/domain"
)

// seedTuples returns the rows of values of a migration's insert into a table, in
// the order of the file.
func seedTuples(tb testing.TB, migration, table string) [][]string {
	tb.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", "migrations", migration))
	if err != nil {
		tb.Fatal(err)
	}
	insert := regexp.MustCompile(`INSERT INTO ` + table + `\s*\(`)
	tuple := regexp.MustCompile(`\((?:'(?:[^']|'')*'|[0-9]+|NULL|true|false)(?:, ?(?:\n +)?(?:'(?:[^']|'')*'(?:\n +'(?:[^']|'')*')*|[0-9]+|NULL|true|false))+\)`)
	value := regexp.MustCompile(`'(?:[^']|'')*'|[0-9]+|NULL|true|false`)
	var rows [][]string
	for statement := range strings.SplitSeq(string(text), ";\n") {
		if !insert.MatchString(statement) {
			continue
		}
		_, values, _ := strings.Cut(statement, "VALUES")
		for _, found := range tuple.FindAllString(values, -1) {
			var row []string
			for _, v := range value.FindAllString(found, -1) {
				v = strings.TrimSuffix(strings.TrimPrefix(v, "'"), "'")
				row = append(row, strings.ReplaceAll(v, "''", "'"))
			}
			if row[0] != domain.NotGiven {
				rows = append(rows, row)
			}
		}
	}
	if len(rows) == 0 {
		tb.Fatalf("no row of %s was found in %s", table, migration)
	}
	return rows
}

// seeded keeps the lists, which take longer to read than most files.
var seeded struct {
	once  sync.Once
	lists domain.Lists
}

// realLists are the reference lists and frameworks that the migrations seed.
func realLists(tb testing.TB) domain.Lists {
	tb.Helper()
	seeded.once.Do(func() { seeded.lists = readSeeds(tb) })
	if len(seeded.lists.Frameworks) == 0 {
		tb.Fatal("the lists could not be read")
	}
	return seeded.lists
}

func readSeeds(tb testing.TB) domain.Lists {
	tb.Helper()
	const lists, frameworks = "00003_seed_reference_lists.sql", "00007_seed_frameworks.sql"
	var all domain.Lists
	for _, r := range seedTuples(tb, lists, "staff_group") {
		all.StaffGroups = append(all.StaffGroups, domain.StaffGroup{Code: r[0], Name: r[1], ShortName: r[2]})
	}
	for i, r := range seedTuples(tb, lists, "band") {
		all.Bands = append(all.Bands, domain.Band{Code: r[0], Name: r[1], Ordinal: i + 1})
	}
	for _, r := range seedTuples(tb, lists, "job_role") {
		role := domain.JobRole{Code: r[0], Name: r[1]}
		if role.Digital = strings.HasPrefix(r[0], "ASC"); !role.Digital {
			role.StaffGroup = r[0][:2]
			if len(r) > 2 {
				role.Retired = r[2]
			}
		}
		all.JobRoles = append(all.JobRoles, role)
	}
	for _, r := range seedTuples(tb, lists, "area_of_work") {
		area := domain.AreaOfWork{Code: r[0], Primary: r[1], Secondary: r[2], Tertiary: r[3]}
		if len(r) > 4 {
			area.Retired = r[4]
		}
		all.AreasOfWork = append(all.AreasOfWork, area)
	}
	for _, r := range seedTuples(tb, lists, "contract_type") {
		all.ContractTypes = append(all.ContractTypes, domain.ContractType{Code: r[0], Name: r[1], InPost: r[2] == "true"})
	}
	for _, r := range seedTuples(tb, "00015_add_targets_and_position_vacancies.sql", "position_vacancy_status") {
		all.PositionStatuses = append(all.PositionStatuses, domain.PositionStatus{Code: r[0], Name: r[1], Outcome: domain.PositionOutcome(r[2])})
	}
	for _, r := range seedTuples(tb, frameworks, "framework_version") {
		from, err := domain.ParseDate(r[5])
		if err != nil {
			tb.Fatal(err)
		}
		all.Frameworks = append(all.Frameworks, domain.FrameworkVersion{
			ID: int16(toInt(tb, r[0])), Framework: r[1], Version: r[2], Name: r[3], Scoring: domain.ScoringKind(r[4]), ValidFrom: from, ValidityMonths: 12,
		})
	}
	for _, r := range seedTuples(tb, frameworks, "framework_domain") {
		f := &all.Frameworks[toInt(tb, r[0])-1]
		f.Domains = append(f.Domains, domain.CompetenceArea{Code: r[1], Name: r[2]})
	}
	for _, r := range seedTuples(tb, frameworks, "competence") {
		f := &all.Frameworks[toInt(tb, r[0])-1]
		f.Competences = append(f.Competences, domain.Competence{Code: r[1], Name: r[2], Domain: r[3], MaxLevel: domain.Level(toInt(tb, r[5]))})
	}
	for _, r := range seedTuples(tb, frameworks, "framework_level") {
		f := &all.Frameworks[toInt(tb, r[0])-1]
		f.Levels = append(f.Levels, domain.ScaleLevel{Level: domain.Level(toInt(tb, r[1])), Name: r[2]})
	}
	return all
}

func toInt(tb testing.TB, digits string) int {
	tb.Helper()
	n, err := strconv.Atoi(digits)
	if err != nil {
		tb.Fatal(err)
	}
	return n
}

func TestRealListsAreWhole(t *testing.T) {
	lists := realLists(t)
	got := []int{
		len(lists.StaffGroups), len(lists.Bands), len(lists.JobRoles), len(lists.AreasOfWork), len(lists.ContractTypes), len(lists.Frameworks),
		len(lists.Frameworks[0].Competences), len(lists.Frameworks[1].Competences), len(lists.Frameworks[2].Competences),
		len(lists.Frameworks[0].Levels), len(lists.Frameworks[1].Levels),
		len(lists.Frameworks[0].Domains), len(lists.Frameworks[1].Domains), len(lists.PositionStatuses),
	}
	want := []int{10, 15, 324, 345, 9, 3, 6, 21, 6, 5, 9, 6, 5, 12}
	for i := range want {
		if got[i] != want[i] {
			t.Fatalf("the lists have lengths %v, want %v", got, want)
		}
	}
}

// parsedWith reads targets against lists that are not the seeded ones.
func parsedWith(t *testing.T, lists domain.Lists, text string) domain.UploadFile {
	t.Helper()
	file, err := sheet.Parse(t.Context(), source([]byte(text)), options(t, domain.UploadTargets), lists)
	if err != nil {
		t.Fatal(err)
	}
	return file
}
