package api_test

import (
	"fmt"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"skillstracker/domain"
)

// totalsPaths are the endpoints of every kind of totals with a question that uses much
// of each.
func totalsPaths() map[string][]string {
	return map[string][]string{
		vacanciesPath: {"", "?group_by=region,icb,organisation,sector,kind,staff_group,band,digital,job_role,area_of_work&organisation=RRK", "?group_by=nation,quarter,staff_group&subtotals=true", "?group_by=staff_group,month&basis=as_now"},
		positionsPath: {"", "?group_by=region,organisation,staff_group,band&period_months=3", "?group_by=staff_group,quarter&subtotals=true"},
		skillsPath:    {"", "?group_by=staff_group,band,competence", "?group_by=region,domain", "?group_by=organisation,team&organisation=RRK", "?group_by=staff_group,quarter,competence&subtotals=true", "?group_by=assessor_kind"},
		workforcePath: {"", "?group_by=organisation,team&organisation=RRK", "?group_by=staff_group,quarter&subtotals=true&period_months=1"},
		digitalPath:   {"", "?group_by=region,quarter", "?group_by=organisation&organisation=RRK&baseline=2025-10-31&target_posts=10500", "?group_by=sector,kind&target_posts=3&baseline=2026-09-30"},
	}
}

// described is the metadata of a CSV as a reader of CSV on the Web takes it.
type described struct {
	Context     string `json:"@context"`
	URL         string
	Title       string `json:"dc:title"`
	License     string `json:"dc:license"`
	TableSchema struct {
		Columns []struct {
			Name, Null  string
			Titles      []string
			Datatype    struct{ Base, Format string }
			Required    bool
			Description string `json:"dc:description"`
			Unit        string `json:"schema:unitText"`
		}
		PrimaryKey []string
	}
}

// Every CSV is what its metadata says: the columns in their order, under their names,
// each cell of its type, none empty that may not be, and no two rows with one key.
func TestCSVIsAsItsMetadataSays(t *testing.T) {
	t.Parallel()
	s := newService(t)
	sampleTotals(s.totals)
	for path, questions := range totalsPaths() {
		var about described
		metadata := s.get(domain.RoleHR, path+".csv-metadata.json").ok(http.StatusOK)
		metadata.read(&about)
		if about.Context != "http://www.w3.org/ns/csvw" || about.URL != "totals.csv" || about.Title == "" || about.License == "" {
			t.Errorf("%s: got %+v", path, about)
		}
		for _, question := range questions {
			got := s.get(domain.RoleHR, path+".csv"+question).ok(http.StatusOK)
			linked, rest, _ := strings.Cut(strings.TrimPrefix(got.header.Get("Link"), "<"), ">")
			if rest != `; rel="describedby"; type="application/csvm+json"` || !strings.HasPrefix(linked, path+".csv-metadata.json") {
				t.Errorf("%s: Link is %s", path, got.header.Get("Link"))
			}
			if s.get(domain.RoleHR, linked).ok(http.StatusOK).body != metadata.body {
				t.Errorf("%s: %s does not describe the CSV", path, linked)
			}
			header, rows := got.table()
			compareWithMetadata(t, path+".csv"+question, about, header, rows)
			if len(rows) == 0 {
				t.Errorf("%s%s: no rows to compare", path, question)
			}
		}
	}
}

func compareWithMetadata(t *testing.T, question string, about described, header []string, rows []map[string]string) {
	t.Helper()
	if len(header) != len(about.TableSchema.Columns) {
		t.Fatalf("%s: %d columns, %d described", question, len(header), len(about.TableSchema.Columns))
	}
	for i, column := range about.TableSchema.Columns {
		if column.Name != header[i] || len(column.Titles) == 0 || column.Titles[0] != header[i] || column.Description == "" || column.Null != "" {
			t.Errorf("%s: column %s is described as %+v", question, header[i], column)
		}
		for _, row := range rows {
			if err := fits(row[column.Name], column.Datatype.Base, column.Datatype.Format, column.Required); err != nil {
				t.Errorf("%s: %s: %v", question, column.Name, err)
			}
		}
	}
	seen := map[string]bool{}
	for _, row := range rows {
		var key []string
		for _, name := range about.TableSchema.PrimaryKey {
			if _, found := row[name]; !found {
				t.Errorf("%s: key column %s is not in the table", question, name)
			}
			key = append(key, row[name])
		}
		if joined := strings.Join(key, "\x00"); seen[joined] {
			t.Errorf("%s: two rows have the key %q", question, key)
		} else {
			seen[joined] = true
		}
	}
}

// fits says whether a cell is of the type that the metadata names.
func fits(cell, base, format string, required bool) error {
	if cell == "" {
		if required {
			return fmt.Errorf("an empty cell where one is required")
		}
		return nil
	}
	var err error
	switch base {
	case "integer":
		_, err = strconv.Atoi(cell)
	case "double":
		_, err = strconv.ParseFloat(cell, 64)
	case "boolean":
		_, err = strconv.ParseBool(cell)
	case "date":
		if _, err = domain.ParseDate(cell); err == nil && format != "yyyy-MM-dd" {
			err = fmt.Errorf("format %q", format)
		}
	case "string":
		if format != "" && !regexp.MustCompile("^(?:"+format+")$").MatchString(cell) {
			err = fmt.Errorf("%q is not %s", cell, format)
		}
	default:
		err = fmt.Errorf("type %q", base)
	}
	return err
}

// The CSV has the rows of the JSON: the same figures, the same reasons, and every
// dimension of the endpoint whether it was asked for or not.
func TestCSVIsTheJSON(t *testing.T) {
	t.Parallel()
	s := newService(t)
	sampleTotals(s.totals)
	for path, questions := range totalsPaths() {
		for _, question := range questions {
			var answer struct {
				Meta struct {
					Definitions, Units map[string]string
					Basis              string
					DisclosureRule     string `json:"disclosure_rule"`
				}
				Rows []map[string]any
			}
			s.get(domain.RoleHR, path+question).ok(http.StatusOK).read(&answer)
			header, rows := s.get(domain.RoleHR, path+".csv"+question).ok(http.StatusOK).table()
			if len(rows) != len(answer.Rows) || len(rows) == 0 {
				t.Fatalf("%s%s: %d rows as CSV and %d as JSON", path, question, len(rows), len(answer.Rows))
			}
			for i, row := range rows {
				compareWithJSON(t, path+question, header, row, answer.Rows[i])
				if row["basis"] != answer.Meta.Basis || row["disclosure_rule"] != answer.Meta.DisclosureRule {
					t.Errorf("%s%s: %s by %s", path, question, row["basis"], row["disclosure_rule"])
				}
			}
			for name := range answer.Rows[0] {
				if answer.Meta.Definitions[name] == "" {
					t.Errorf("%s%s: meta does not define %s", path, question, name)
				}
			}
			for name := range answer.Meta.Units {
				if answer.Meta.Definitions[name] == "" {
					t.Errorf("%s%s: %s has a unit and no definition", path, question, name)
				}
			}
		}
	}
}

func compareWithJSON(t *testing.T, question string, header []string, row map[string]string, written map[string]any) {
	t.Helper()
	status, _ := written["status"].(map[string]any)
	for _, name := range header {
		value, found := written[name]
		if figure, isStatus := strings.CutSuffix(name, "_status"); isStatus && !found {
			if reason, _ := status[figure].(string); reason != row[name] && written[figure] != nil {
				t.Errorf("%s: %s is %q as CSV and %q as JSON", question, name, row[name], reason)
			}
			continue
		}
		if found && cellOf(value) != row[name] {
			t.Errorf("%s: %s is %q as CSV and %v as JSON", question, name, row[name], value)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(written)) {
		if value := written[name]; value == nil && status[name] == nil {
			t.Errorf("%s: %s is absent and nothing says why", question, name)
		} else if _, isList := value.([]any); !isList && name != "status" && !slices.Contains(header, name) {
			t.Errorf("%s: the CSV has no column %s", question, name)
		}
	}
}

// cellOf writes a value of the JSON as the CSV has it.
func cellOf(value any) string {
	switch value := value.(type) {
	case nil:
		return ""
	case float64:
		return strconv.FormatFloat(value, 'f', -1, 64)
	case []any:
		parts := make([]string, len(value))
		for i, part := range value {
			parts[i] = fmt.Sprint(part)
		}
		return strings.Join(parts, ",")
	case string:
		if value != "" && strings.ContainsRune("=+-@\t\r\n'", rune(value[0])) {
			return "'" + value
		}
		return value
	}
	return fmt.Sprint(value)
}

// An empty answer has every column, and so has any other question of the endpoint.
func TestEmptyCSVHasAllColumns(t *testing.T) {
	t.Parallel()
	s := newService(t)
	for path, questions := range totalsPaths() {
		var about described
		s.get(domain.RolePlanner, path+".csv-metadata.json").ok(http.StatusOK).read(&about)
		for _, question := range questions {
			header, rows := s.get(domain.RoleHR, path+".csv"+question).ok(http.StatusOK).table()
			if len(rows) > 0 || len(header) != len(about.TableSchema.Columns) {
				t.Errorf("%s%s: %d columns, %d described", path, question, len(header), len(about.TableSchema.Columns))
			}
		}
		with, without := s.get(domain.RoleHR, path+".csv?bom=true").ok(http.StatusOK).body, s.get(domain.RoleHR, path+".csv").ok(http.StatusOK).body
		if with != "\uFEFF"+without {
			t.Errorf("%s: bom=true gives %q", path, with[:min(20, len(with))])
		}
	}
}

// Analysts join by the names that NHS publications use.
func TestColumnsHaveTheirNHSNames(t *testing.T) {
	t.Parallel()
	s := newService(t)
	var about described
	s.get(domain.RolePlanner, vacanciesPath+".csv-metadata.json").ok(http.StatusOK).read(&about)
	titles := map[string][]string{}
	for _, column := range about.TableSchema.Columns {
		titles[column.Name] = column.Titles
	}
	for name, title := range map[string]string{
		"month": "DATA_MONTH", "region": "NHSE_Region_Code", "region_name": "NHSE_Region_Name", "icb": "ICS code", "icb_name": "ICS name",
		"organisation": "Org Code", "organisation_name": "Org Name", "staff_group_name": "Staff Group",
	} {
		if !slices.Contains(titles[name], title) {
			t.Errorf("%s is called %v and not %s", name, titles[name], title)
		}
	}
}

func TestMetadataOfAFramework(t *testing.T) {
	t.Parallel()
	s := newService(t)
	s.get(domain.RolePlanner, skillsPath+".csv-metadata.json?framework=hdc&framework_version=2018").ok(http.StatusOK).has("level_4_people").lacks("level_5_people")
	s.get(domain.RolePlanner, skillsPath+".csv-metadata.json?framework=abc").problem(http.StatusUnprocessableEntity, "framework_unknown")
}
