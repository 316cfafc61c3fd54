package repository_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"skillstracker/domain"
)

// exported are the rows of an export, with their values joined.
func (r register) exported(t *testing.T, actor domain.Actor, wanted domain.ExportQuery) []string {
	t.Helper()
	lines := []string{}
	if err := r.Export(t.Context(), actor, wanted, func(values [][]byte) error {
		if len(values) < len(domain.ExportColumns(wanted.Kind)) {
			t.Fatalf("%d values for %d columns", len(values), len(domain.ExportColumns(wanted.Kind)))
		}
		texts := make([]string, len(values))
		for i, value := range values {
			texts[i] = string(value)
			if value == nil {
				texts[i] = "."
			}
		}
		lines = append(lines, strings.Join(texts, " "))
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return lines
}

func TestExportStaffIsThePositionOfADay(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	june, july := date(2026, 6, 30), date(2026, 7, 31)
	stated := nurse("b", startedOn(date(2020, 1, 1)), leftOn(date(2026, 12, 31)), onContract("05"))
	stated.JobRole, stated.AreaOfWork, stated.Team = "03001", "A001", "Ward 1"
	stated.StaffGroup = "03"
	r.store(t, people("RXA", june, true, nurse("a"), stated, nurse("B", ofFTE(60_000)), nurse("bank", onContract("01"))))
	r.store(t, people("RXA", july, true, nurse("a", inBand("6"))))
	r.store(t, people("RXB", june, true, nurse("z")))
	actor := hr("RXA", "RXB")
	got := r.exported(t, actor, domain.ExportQuery{Kind: domain.ExportStaff, Organisations: []string{"RXA", "RXB"}, AsAt: june})
	want := []string{"RXA B 03 . 5 . . 0.6 . . .", "RXA a 03 . 5 . . 1 . . .", "RXA b 03 03001 5 A001 Ward 1 1 05 2020-01-01 .", "RXB z 03 . 5 . . 1 . . ."}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	got = r.exported(t, actor, domain.ExportQuery{Kind: domain.ExportStaff, Organisations: []string{"RXA"}, AsAt: july})
	if diff := cmp.Diff([]string{"RXA a 03 . 6 . . 1 . . ."}, got); diff != "" {
		t.Error(diff)
	}
}

func TestExportVacancies(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	october, november := date(2026, 10, 31), date(2026, 11, 30)
	coder := cell(october, "03", "6", establishment(10, 12))
	coder.Key.JobRole, coder.Key.AreaOfWork = "03001", "A001"
	r.store(t, vacancies("RXA", cell(october, "03", "6", establishment(30, 20)), coder, cell(october, "08", "", domain.VacancyMeasures{Reported: known(3)})))
	r.store(t, vacancies("RXA", cell(october, "03", "6", establishment(30, 21)), coder, cell(november, "03", "6", establishment(30, 20))))
	for name, test := range map[string]struct {
		query domain.ExportQuery
		want  []string
	}{
		"cells": {domain.ExportQuery{Kind: domain.ExportCells, To: &october}, []string{
			"RXA 2026-10-31 03 . 6 . 30 21 . . . . .", "RXA 2026-10-31 03 03001 6 A001 10 12 . . . . .", "RXA 2026-10-31 08 . . . . . . . 3 . .",
		}},
		"sums": {domain.ExportQuery{Kind: domain.ExportSums, To: &october}, []string{
			"RXA 2026-10-31 03 6 40 33 7 9 . . . .", "RXA 2026-10-31 08 . . . . . . . 3 .",
		}},
		"sums of a month": {domain.ExportQuery{Kind: domain.ExportSums, From: &november}, []string{"RXA 2026-11-30 03 6 30 20 10 10 . . . ."}},
	} {
		test.query.Organisations = []string{"RXA"}
		if diff := cmp.Diff(test.want, r.exported(t, hr("RXA"), test.query)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestExportAssessments(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	hdc := r.framework(t, domain.DefaultFramework, domain.DefaultFrameworkVersion)
	r.store(t, people("RXA", date(2026, 6, 30), true, nurse("a"), nurse("b")))
	r.store(t, r.assessmentFile(t, "RXA", assessed("a", date(2026, 7, 1), []domain.Level{3, domain.NotAssessed, domain.NotApplicable, 0, 4, 2}),
		assessed("b", date(2026, 7, 2), []domain.Level{1, 1, 1, 1, 1, 1})))
	july := date(2026, 7, 1)
	query := domain.ExportQuery{Kind: domain.ExportAssessments, Organisations: []string{"RXA"}, Framework: hdc, To: &july}
	want := []string{"RXA a 2026-07-01 self . . . . {3,NULL,-1,0,4,2} ."}
	if diff := cmp.Diff(want, r.exported(t, hr("RXA"), query)); diff != "" {
		t.Error(diff)
	}
}

func TestExportEnds(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	r.store(t, people("RXA", date(2026, 6, 30), true, nurse("a"), nurse("b")))
	query := domain.ExportQuery{Kind: domain.ExportStaff, Organisations: []string{"RXA"}, AsAt: date(2026, 6, 30)}
	enough := errors.New("enough")
	rows := 0
	if err := r.Export(t.Context(), hr("RXA"), query, func([][]byte) error { rows++; return enough }); !errors.Is(err, enough) || rows != 1 {
		t.Errorf("got %v after %d rows", err, rows)
	}
	query.Kind = "shoes"
	if err := r.Export(t.Context(), hr("RXA"), query, func([][]byte) error { return nil }); err == nil {
		t.Error("an unknown kind was exported")
	}
}

// Many batches come in order and whole, and whoever stops in the middle leaves the
// store as it was.
func TestExportOfManyBatches(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	r.store(t, vacancies("RXA", cell(date(2026, 10, 31), "03", "6", establishment(30, 20))))
	if _, err := r.admin.ExecContext(t.Context(), `INSERT INTO vacancy_cell (organisation, month, staff_group, job_role, band, area_of_work, budgeted_fte, dont_know, added_by)
		SELECT 'RXA', m.month, '08', r.code, b.code, '-', row_number() OVER (), 0, (SELECT max(id) FROM change)
		FROM (SELECT CAST(date_trunc('month', day) + interval '1 month - 1 day' AS date) AS month
		      FROM generate_series(timestamp '2008-01-01', timestamp '2025-12-01', interval '1 month') day) m
		CROSS JOIN job_role r CROSS JOIN band b
		WHERE r.code <> '-' AND b.code <> '-'
		LIMIT 12000`); err != nil {
		t.Fatal(err)
	}
	query := domain.ExportQuery{Kind: domain.ExportPosts, Organisations: []string{"RXA"}}
	lines := r.exported(t, hr("RXA"), query)
	seen := map[string]bool{}
	for _, line := range lines {
		seen[line] = true
	}
	if len(lines) != 12_001 || len(seen) != len(lines) {
		t.Errorf("%d rows, %d of them different", len(lines), len(seen))
	}
	for _, last := range []int{1, 5000, 5001, 11_999} {
		enough, rows := errors.New("enough"), 0
		if err := r.Export(t.Context(), hr("RXA"), query, func([][]byte) error {
			if rows++; rows == last {
				return enough
			}
			return nil
		}); !errors.Is(err, enough) || rows != last {
			t.Errorf("stopped after %d: %v after %d", last, err, rows)
		}
	}
	if again := r.exported(t, hr("RXA"), query); len(again) != len(lines) {
		t.Errorf("%d rows after it was stopped", len(again))
	}
}
