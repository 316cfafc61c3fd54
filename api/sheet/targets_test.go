package sheet_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"skillstracker/domain"
)

func cmpDiff[T any](want, got T) string { return cmp.Diff(want, got) }

// targetHeader are the columns of the rows in the tests of targets.
const targetHeader = "framework,framework_version,competence_code,domain_code,level,job_role_code,staff_group,band,valid_from"

func TestTargetRows(t *testing.T) {
	tests := []struct {
		row, want string
		found     []string
	}{
		{"hdc,2018,TEC,,3,,,,2026-04-01", "hdc|2018|TEC|-|3|-|-|-|2026-04-01", nil},
		{"HDC,2018,tec,,Level 3,,,,01/04/2026", "hdc|2018|TEC|-|3|-|-|-|2026-04-01", nil},
		{"hdc,2018,Technical proficiency,-,0,,,,2026-04-01", "hdc|2018|TEC|-|0|-|-|-|2026-04-01", nil},
		{"hdc,2018,,TEC,4,,,,2026-04-01", "hdc|2018|-|TEC|4|-|-|-|2026-04-01", nil},
		{"digcomp,3,–,Communication and collaboration,8,,,,2027-04-01", "digcomp|3.0|-|2|8|-|-|-|2027-04-01", nil},
		{"digcomp,3.0,5.4,,8,,08,8A,2026-04-01", "digcomp|3.0|5.4|-|8|-|08|8a|2026-04-01", nil},
		{"hdc,2018,TEC,,,,,,2026-04-01", "hdc|2018|TEC|-|end|-|-|-|2026-04-01", nil},
		// A job role tells its staff group.
		{"hdc,2018,TEC,,3,08014,,,2026-04-01", "hdc|2018|TEC|-|3|08014|-|-|2026-04-01", nil},
		{"hdc,2018,TEC,,3,08014,Administrative and Clerical,5,2026-04-01", "hdc|2018|TEC|-|3|08014|-|5|2026-04-01", nil},
		{"hdc,2018,TEC,,3,Manager,08,,2026-04-01", "hdc|2018|TEC|-|3|08007|-|-|2026-04-01", nil},
		{"hdc,2018,TEC,,3,ASC36,,,2026-04-01", "hdc|2018|TEC|-|3|ASC36|-|-|2026-04-01", nil},
		{"hdc,2018,TEC,,3,08014,03,,2026-04-01", "hdc|2018|TEC|-|3||03|-|2026-04-01", []string{"job_role_not_of_group job_role_code"}},
		{"hdc,2018,TEC,,3,ASC36,08,,2026-04-01", "hdc|2018|TEC|-|3|ASC36|08|-|2026-04-01", []string{"job_role_not_of_group job_role_code"}},
		{"hdc,2018,TEC,,3,Manager,,,2026-04-01", "hdc|2018|TEC|-|3||-|-|2026-04-01", []string{"job_role_ambiguous job_role_code"}},
		{"hdc,2018,TEC,,3,08028,,,2026-04-01", "hdc|2018|TEC|-|3|08028|-|-|2026-04-01", []string{"job_role_retired job_role_code"}},
		{"hdc,2018,TEC,,3,,88,8,2026-04-01", "hdc|2018|TEC|-|3|-|||2026-04-01", []string{"staff_group_unknown staff_group", "band_ambiguous band"}},
		// Frameworks.
		{",2018,TEC,,3,,,,2026-04-01", "|||-|end|-|-|-|2026-04-01", []string{"value_missing framework"}},
		{"hdc,,TEC,,3,,,,2026-04-01", "|||-|end|-|-|-|2026-04-01", []string{"value_missing framework_version"}},
		{"hdc,1999,TEC,,3,,,,2026-04-01", "|||-|end|-|-|-|2026-04-01", []string{"framework_unknown framework"}},
		{"scrolls,1,,TEC,3,,,,2026-04-01", "||-||end|-|-|-|2026-04-01", []string{"framework_unknown framework"}},
		{"digcomp,03-Jan,,2,3,,,,2026-04-01", "||-||end|-|-|-|2026-04-01", []string{"code_as_date framework_version"}},
		{"#N/A,2018,TEC,,3,,,,2026-04-01", "|||-|end|-|-|-|2026-04-01", []string{"cell_error framework"}},
		// What a target is of.
		{"hdc,2018,TEC,TEC,3,,,,2026-04-01", "hdc|2018|||3|-|-|-|2026-04-01", []string{"competence_and_domain_given competence_code"}},
		{"hdc,2018,,,3,,,,2026-04-01", "hdc|2018|||3|-|-|-|2026-04-01", []string{"competence_and_domain_missing competence_code"}},
		{"none,1,,,3,,,,2026-04-01", "||||end|-|-|-|2026-04-01", []string{"framework_unknown framework", "competence_and_domain_missing competence_code"}},
		{"hdc,2018,#REF!,,3,,,,2026-04-01", "hdc|2018|||3|-|-|-|2026-04-01", []string{"cell_error competence_code"}},
		{"hdc,2018,Typing,,3,,,,2026-04-01", "hdc|2018||-|3|-|-|-|2026-04-01", []string{"competence_unknown competence_code"}},
		{"hdc,2018,1.1,,3,,,,2026-04-01", "hdc|2018||-|3|-|-|-|2026-04-01", []string{"competence_unknown competence_code"}},
		{"hdc,2018,,9,3,,,,2026-04-01", "hdc|2018|-||3|-|-|-|2026-04-01", []string{"domain_unknown domain_code"}},
		{"digcomp,3.0,01-Jan,,3,,,,2026-04-01", "digcomp|3.0||-|3|-|-|-|2026-04-01", []string{"code_as_date competence_code"}},
		// Levels.
		{"hdc,2018,TEC,,5,,,,2026-04-01", "hdc|2018|TEC|-|end|-|-|-|2026-04-01", []string{"level_out_of_range level"}},
		{"hdc,2018,,TEC,5,,,,2026-04-01", "hdc|2018|-|TEC|end|-|-|-|2026-04-01", []string{"level_out_of_range level"}},
		{"hdc,2018,TEC,,-1,,,,2026-04-01", "hdc|2018|TEC|-|end|-|-|-|2026-04-01", []string{"level_out_of_range level"}},
		{"hdc,2018,TEC,,1.5,,,,2026-04-01", "hdc|2018|TEC|-|end|-|-|-|2026-04-01", []string{"level_invalid level"}},
		{"hdc,2018,TEC,,N/A,,,,2026-04-01", "hdc|2018|TEC|-|end|-|-|-|2026-04-01", []string{"level_invalid level"}},
		{"hdc,2018,TEC,,not assessed,,,,2026-04-01", "hdc|2018|TEC|-|end|-|-|-|2026-04-01", []string{"level_invalid level"}},
		{"hdc,2018,TEC,,01-Feb,,,,2026-04-01", "hdc|2018|TEC|-|end|-|-|-|2026-04-01", []string{"number_as_date level"}},
		{"hdc,2018,TEC,,#N/A,,,,2026-04-01", "hdc|2018|TEC|-|end|-|-|-|2026-04-01", []string{"cell_error level"}},
		{"hdc,2018,Typing,,9,,,,2026-04-01", "hdc|2018||-|end|-|-|-|2026-04-01", []string{"competence_unknown competence_code", "level_out_of_range level"}},
		// Days.
		{"hdc,2018,TEC,,3,,,,", "hdc|2018|TEC|-|3|-|-|-|1970-01-01", []string{"value_missing valid_from"}},
		{"hdc,2018,TEC,,3,,,,soon", "hdc|2018|TEC|-|3|-|-|-|1970-01-01", []string{"date_invalid valid_from"}},
		{"hdc,2018,TEC,,3,,,,2031-11-15", "hdc|2018|TEC|-|3|-|-|-|2031-11-15", nil},
		{"hdc,2018,TEC,,3,,,,2031-11-16", "hdc|2018|TEC|-|3|-|-|-|2031-11-16", []string{"valid_from_unusual valid_from"}},
		{"hdc,2018,TEC,,3,,,,2016-11-14", "hdc|2018|TEC|-|3|-|-|-|2016-11-14", []string{"valid_from_unusual valid_from"}},
	}
	for _, test := range tests {
		t.Run(test.row, func(t *testing.T) {
			file := parseText(t, domain.UploadTargets, targetHeader, test.row)
			var want []string
			for _, found := range test.found {
				code, column, _ := strings.Cut(found, " ")
				want = append(want, code+" 2 "+column)
			}
			wantFound(t, file, want...)
			if got := targetRecord(&file.Targets[0]); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
			if file.Targets[0].Key.Framework != "" && file.Targets[0].FrameworkID != frameworkNamed(t, file.Targets[0].Key.Framework).ID {
				t.Errorf("got framework %d", file.Targets[0].FrameworkID)
			}
		})
	}
}

// The level of a domain's target is on the scale of each of its competences.
func TestTargetsOfDomainsWithUnlikeScales(t *testing.T) {
	framework := domain.FrameworkVersion{
		ID: 7, Framework: "mixed", Version: "1", Name: "Synthetic framework",
		Domains:     []domain.CompetenceArea{{Code: "D", Name: "Synthetic domain"}, {Code: "E", Name: "Empty domain"}},
		Competences: []domain.Competence{{Code: "A", Name: "Alpha", Domain: "D", MaxLevel: 6}, {Code: "B", Name: "Beta", Domain: "D", MaxLevel: 3}},
	}
	lists := realLists(t)
	lists.Frameworks = []domain.FrameworkVersion{framework}
	header := "framework,framework_version,competence_code,domain_code,level,valid_from\n"
	file := parsedWith(t, lists, header+"mixed,1,A,,6,2026-04-01\nmixed,1,B,,3,2026-04-01\nmixed,1,,D,3,2026-04-01\nmixed,1,,E,6,2026-04-01\n")
	wantFound(t, file)
	file = parsedWith(t, lists, header+"mixed,1,A,,7,2026-04-01\nmixed,1,B,,4,2026-04-01\nmixed,1,,D,4,2026-04-01\n")
	wantFound(t, file, "level_out_of_range 2 level", "level_out_of_range 3 level", "level_out_of_range 4 level")
	for i, want := range []string{"from 0 to 6.", "from 0 to 3.", "domain; the shortest of these goes from 0 to 3."} {
		if got := file.Faults.List()[i].Message; !strings.Contains(got, want) {
			t.Errorf("%q does not say %q", got, want)
		}
	}
}

// Each row names its own framework version, and one that removes has no level.
func TestTargetsOfSeveralFrameworks(t *testing.T) {
	file := parseText(t, domain.UploadTargets, targetHeader+",action",
		"hdc,2018,TEC,,3,,,,2026-04-01,",
		"digcomp,3.0,,2,8,,,,2026-04-01,",
		"eds-work,2019,FND,,8,,03,,2026-07-01,",
		"hdc,2018,TEC,,high,,08,,2026-04-01,remove")
	wantFound(t, file)
	var got []string
	for i := range file.Targets {
		got = append(got, targetRecord(&file.Targets[i]))
	}
	want := []string{
		"hdc|2018|TEC|-|3|-|-|-|2026-04-01", "digcomp|3.0|-|2|8|-|-|-|2026-04-01", "eds-work|2019|FND|-|8|-|03|-|2026-07-01",
		"hdc|2018|TEC|-|remove|-|08|-|2026-04-01",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("rows differ:\n%s", diff)
	}
}

// The words of shared checks fit targets.
func TestWordsOfTargets(t *testing.T) {
	for row, want := range map[string]string{
		"hdc,2018,TEC,,good,,,,2026-04-01":     "an empty cell ends the target",
		"hdc,2018,1.1,,3,,,,2026-04-01":        "not a competence of hdc 2018 but one of digcomp 3.0",
		"hdc,2018,TEC,,3,ASC33,08,,2026-04-01": "belongs to no staff group",
	} {
		file := parseText(t, domain.UploadTargets, targetHeader, row)
		if findings := file.Faults.List(); len(findings) != 1 || !strings.Contains(findings[0].Message, want) {
			t.Errorf("%s: %+v", row, findings)
		}
	}
}

func TestColumnsOfTargets(t *testing.T) {
	base := "framework,framework_version,level,valid_from"
	wantFound(t, parseText(t, domain.UploadTargets, base, "hdc,2018,3,2026-04-01"), "column_missing 0 competence_code")
	wantFound(t, parseText(t, domain.UploadTargets, base+",domain_code", "hdc,2018,3,2026-04-01,"), "competence_and_domain_missing 2 domain_code")
	wantFound(t, parseText(t, domain.UploadTargets, base+",Domain,Competency", "hdc,2018,3,2026-04-01,TEC,", "hdc,2018,3,2026-04-01,,TEC"))
	wantFound(t, parseText(t, domain.UploadTargets, "framework,framework_version,domain_code,valid_from,action", "hdc,2018,TEC,2026-04-01,remove"))
	wantFound(t, parseText(t, domain.UploadTargets, "framework,framework_version,domain_code,valid_from,action", "hdc,2018,TEC,2026-04-01,"), "column_missing 0 level")
	wantFound(t, parseText(t, domain.UploadTargets, "framework,domain_code,level", "hdc,TEC,3"), "column_missing 0 framework_version", "column_missing 0 valid_from")
}

// A comma too many splits a row wrongly, whatever its kind.
func TestLongRowsOfPositionsAndTargets(t *testing.T) {
	positions := parseText(t, domain.UploadPositions, "vacancy_reference,staff_group,opened_on,fte", "V1,08,2026-08-05,0,5", "V2,08,2026-08-05,1")
	wantFound(t, positions, "posts_fte_zero 2 fte", "row_longer_than_header 2")
	targets := parseText(t, domain.UploadTargets, targetHeader, "digcomp,3.0,,Communication and collaboration,3,,,,2026-04-01,x", "hdc,2018,TEC,,3,,,,2026-04-01")
	wantFound(t, targets, "row_longer_than_header 2")
}

// Codes of competences and domains that were typed into a workbook as numbers are
// taken as they are shown.
func TestNumericCellsOfTargets(t *testing.T) {
	file := parseBytes(t, workbook(t, "Data",
		[]any{"framework", "framework_version", "competence_code", "domain_code", "level", "staff_group", "band", "valid_from"},
		[]any{"digcomp", 3, 1.1, nil, 4, 8, 5, onDay(t, "2026-04-01").Time()},
		[]any{"hdc", 2018, "TEC", nil, nil, nil, nil, 46113},
		[]any{"digcomp", "3.0", nil, 2, 4, nil, nil, onDay(t, "2026-04-01").Time()},
		[]any{"digcomp", "3.0", onDay(t, "2026-01-01").Time(), nil, 4, nil, nil, onDay(t, "2026-04-01").Time()},
		[]any{"digcomp", "3.0", "1.1", nil, true, nil, nil, onDay(t, "2026-04-01").Time()}), options(t, domain.UploadTargets))
	wantFound(t, file, "code_as_date 5 competence_code", "level_invalid 6 level")
	for i, want := range []string{"digcomp|3.0|1.1|-|4|-|08|5|2026-04-01", "hdc|2018|TEC|-|end|-|-|-|2026-04-01", "digcomp|3.0|-|2|4|-|-|-|2026-04-01"} {
		if got := targetRecord(&file.Targets[i]); got != want {
			t.Errorf("row %d: got %s, want %s", i+2, got, want)
		}
	}
}
