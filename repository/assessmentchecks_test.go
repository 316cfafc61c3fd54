package repository_test

import (
	"strings"
	"testing"
)

// The database refuses assessments that refer to what does not exist, or whose levels
// are above the scale, whichever program writes them.
func TestTheDatabaseChecksAssessments(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	september := date(2026, 9, 30)
	r.store(t, staffList("RXA", september, 3))
	r.store(t, r.assessments(t, "RXA", september, 3, 1))
	db := r.database.Admin(t)
	columns := []string{"organisation", "staff_id", "framework_version", "assessed_on", "assessor_kind", "levels", "needs", "staff_group", "job_role", "band", "team", "added_by"}
	for name, c := range map[string]struct{ column, value, want string }{
		"nothing wrong":     {"assessed_on", "assessed_on + 1", ""},
		"framework version": {"framework_version", "9999", "assessment_framework_version_fkey"},
		"too few levels":    {"levels", "levels[1:2]", "assessment_framework_version_fkey"},
		"staff group":       {"staff_group", "'99'", "assessment_staff_group_fkey"},
		"job role":          {"job_role", "'99999'", "assessment_job_role_fkey"},
		"band":              {"band", "'zz'", "assessment_band_fkey"},
		"change":            {"added_by", "0", "assessment_added_by_fkey"},
		"level":             {"levels", "array_fill(CAST(9 AS smallint), ARRAY[cardinality(levels)])", "assessment_scale_check"},
		"last level":        {"levels", "levels[1:cardinality(levels) - 1] || CAST(5 AS smallint)", "assessment_scale_check"},
		"need":              {"needs", "array_fill(CAST(5 AS smallint), ARRAY[cardinality(levels)])", "assessment_scale_check"},
	} {
		values := make([]string, len(columns))
		for i, column := range columns {
			values[i] = column
			switch column {
			case c.column:
				values[i] = c.value
			case "assessed_on":
				values[i] = "assessed_on + 1"
			}
		}
		tx, err := db.BeginTx(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		_, err = tx.ExecContext(t.Context(), "INSERT INTO assessment ("+strings.Join(columns, ", ")+") SELECT "+strings.Join(values, ", ")+" FROM assessment WHERE ended_by IS NULL")
		if _, constraint := sqlState(err); (err == nil) != (c.want == "") || constraint != c.want {
			t.Errorf("%s: got %v, want %q", name, err, c.want)
		}
		if err := tx.Rollback(); err != nil {
			t.Fatal(err)
		}
	}
}
