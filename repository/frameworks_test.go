package repository_test

import (
	"errors"
	"slices"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"skillstracker/domain"
	"skillstracker/repository/localpg"
)

// madeUp is a framework version for tests; its name of the framework is "Made up".
func madeUp(version string) domain.FrameworkVersion {
	return domain.FrameworkVersion{
		Framework: "made-up", Version: version, Name: "Made up " + version, Scoring: domain.ScoringTasks,
		ValidFrom: date(2026, 4, 1), ValidityMonths: 24, Source: "Made up.", Licence: "None.",
		Domains: []domain.CompetenceArea{{Code: "B", Name: "Second letter"}, {Code: "A", Name: "First letter"}},
		Competences: []domain.Competence{
			{Code: "1.10", Name: "Tenth", Domain: "A", MaxLevel: 2, Threshold: 2}, {Code: "1.1", Name: "First", Domain: "B", MaxLevel: 1, Threshold: 1},
		},
		Levels: []domain.ScaleLevel{{Level: 0, Name: "None"}, {Level: 1, Name: "One", Band: "Some"}, {Level: 2, Name: "Two"}},
	}
}

func (r register) publish(t *testing.T, version domain.FrameworkVersion) domain.FrameworkVersion {
	t.Helper()
	published, err := r.PublishFramework(t.Context(), admin(), "Made up", version)
	if err != nil {
		t.Fatal(err)
	}
	return published
}

func TestPublishedFrameworkIsInTheLists(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	want := madeUp("1.0")
	published := r.publish(t, want)
	want.ID = 4 // after the three that are built in
	if diff := cmp.Diff(want, published); diff != "" {
		t.Errorf("published: %s", diff)
	}
	lists, err := r.Lists(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	held, _ := lists.Framework("made-up", "")
	if diff := cmp.Diff(want, held); diff != "" {
		t.Errorf("held: %s", diff)
	}
	if second := r.publish(t, madeUp("2.0")); second.ID != 5 {
		t.Errorf("the next id is %d", second.ID)
	}
	got := one(t, r.admin, `SELECT c.kind || ' ' || (c.number IS NOT NULL) || ' ' || a.operation || ' ' || a.object
		FROM framework_version v JOIN change c ON c.id = v.added_by JOIN audit_event a ON a.change_id = c.id WHERE v.id = 4`)
	if got != "framework true publishFramework made-up 1.0" {
		t.Errorf("written down as %q", got)
	}
}

func TestBuiltInFrameworksCouldBePublished(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	for _, f := range r.lists.Frameworks {
		if faults := domain.CheckFramework(f.Name, f); len(faults) > 0 {
			t.Errorf("%s %s: %+v", f.Framework, f.Version, faults)
		}
	}
	tasks := r.framework(t, "eds-work", "2019")
	var thresholds []domain.Level
	for _, c := range tasks.Competences {
		thresholds = append(thresholds, c.Threshold)
	}
	if want := []domain.Level{8, 1, 1, 1, 1, 1}; !slices.Equal(thresholds, want) {
		t.Errorf("thresholds of Essential Digital Skills are %v, want %v", thresholds, want)
	}
}

func TestFrameworksThatCannotBePublished(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	r.publish(t, madeUp("1.0"))
	for name, c := range map[string]struct {
		framework string
		version   domain.FrameworkVersion
		code      string
	}{
		"the same":               {"Made up", madeUp("1.0"), "framework_version_exists"},
		"the same to a workbook": {"Made up", madeUp("1"), "framework_version_exists"},
		"another name":           {"Made up otherwise", madeUp("2.0"), "framework_rejected"},
		"a fault":                {"", madeUp("2.0"), "framework_rejected"},
	} {
		_, err := r.PublishFramework(t.Context(), admin(), c.framework, c.version)
		if refused, ours := errors.AsType[*domain.Error](err); !ours || refused.Code != c.code {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestFrameworksPublishedAtOnceGetIDsOfTheirOwn(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	var wait sync.WaitGroup
	var mutex sync.Mutex
	ids, conflicts := []int16{}, 0
	for _, version := range []string{"1", "2", "3", "3"} {
		wait.Go(func() {
			published, err := r.PublishFramework(t.Context(), admin(), "Made up", madeUp(version))
			mutex.Lock()
			defer mutex.Unlock()
			switch {
			case err == nil:
				ids = append(ids, published.ID)
			case domain.KindOf(err) == domain.KindConflict:
				conflicts++
			default:
				t.Error(err)
			}
		})
	}
	wait.Wait()
	slices.Sort(ids)
	if !slices.Equal(ids, []int16{4, 5, 6}) || conflicts != 1 {
		t.Errorf("ids %v, %d conflicts", ids, conflicts)
	}
}

func TestPublishedFrameworksAndCrosswalksNeverChange(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	first, second := r.publish(t, madeUp("1.0")), r.publish(t, madeUp("2.0"))
	if _, err := r.PublishCrosswalk(t.Context(), admin(), crosswalk("made-up", first, second)); err != nil {
		t.Fatal(err)
	}
	db := openAs(t, r.database, localpg.RoleApp)
	for _, statement := range []string{
		`INSERT INTO framework_domain (framework_version, code, name, ordinal) VALUES (4, 'C', 'Third', 3)`,
		`INSERT INTO framework_domain (framework_version, code, name, ordinal) VALUES (1, 'C', 'Third', 9)`,
		`INSERT INTO competence (framework_version, code, name, domain_code, ordinal, max_level) VALUES (4, 'x', 'X', 'A', 3, 1)`,
		`INSERT INTO framework_level (framework_version, level, name) VALUES (4, 3, 'Three')`,
		`INSERT INTO crosswalk_level (crosswalk, from_competence, from_level, to_competence, to_level) VALUES ('made-up', '1.1', 0, '1.1', 0)`,
		`UPDATE framework SET name = 'Other'`, `UPDATE framework_version SET name = 'Other'`, `UPDATE competence SET max_level = 3`,
		`UPDATE framework_level SET name = 'Other'`, `UPDATE framework_domain SET name = 'Other'`, `UPDATE crosswalk SET name = 'Other'`,
		`DELETE FROM framework_level`, `DELETE FROM crosswalk_level`, `DELETE FROM crosswalk`, `TRUNCATE competence`,
	} {
		// The first connection of a pool has no scope, which the triggers must not depend on.
		if _, err := db.ExecContext(t.Context(), statement); err == nil {
			t.Errorf("the application could do: %s", statement)
		}
		if _, err := r.admin.ExecContext(t.Context(), statement); err == nil {
			t.Errorf("a superuser could do: %s", statement)
		}
	}
}
