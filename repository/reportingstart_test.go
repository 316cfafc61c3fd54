package repository_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"skillstracker/domain"
)

func TestReportingStarts(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	april, june := date(2026, 4, 1), date(2026, 6, 1)
	set := func(organisation string, kind domain.UploadKind, from *domain.Date) {
		t.Helper()
		if err := r.SetReportingStart(t.Context(), admin(), organisation, kind, from); err != nil {
			t.Fatal(err)
		}
	}
	starts := func() map[domain.UploadKind]domain.Date {
		t.Helper()
		found, err := r.ReportingStarts(t.Context(), hr("RXA"), "RXA")
		if err != nil {
			t.Fatal(err)
		}
		return found
	}
	if found := starts(); len(found) > 0 {
		t.Errorf("at first: %v", found)
	}
	set("RXA", domain.UploadVacancies, &april)
	set("RXA", domain.UploadVacancies, &april)
	set("RXA", domain.UploadStaff, &june)
	set("RXB", domain.UploadStaff, &april)
	if diff := cmp.Diff(map[domain.UploadKind]domain.Date{domain.UploadVacancies: april, domain.UploadStaff: june}, starts()); diff != "" {
		t.Error(diff)
	}
	set("RXA", domain.UploadVacancies, &june)
	set("RXA", domain.UploadStaff, nil)
	set("RXA", domain.UploadStaff, nil)
	if diff := cmp.Diff(map[domain.UploadKind]domain.Date{domain.UploadVacancies: june}, starts()); diff != "" {
		t.Error(diff)
	}
	rows := column(t, r.admin, `SELECT s.kind || ' ' || s.reports_from || ' ' || (s.ended_by IS NOT NULL) FROM reporting_start s WHERE organisation = 'RXA' ORDER BY s.added_by`)
	if diff := cmp.Diff([]string{"vacancies 2026-04-01 true", "staff 2026-06-01 true", "vacancies 2026-06-01 false"}, rows); diff != "" {
		t.Error(diff)
	}
	changes := one(t, r.admin, `SELECT count(*) FROM change WHERE kind = 'reporting_start' AND organisation = 'RXA' AND number IS NOT NULL`)
	audited := one(t, r.admin, `SELECT count(*) || ' ' || count(change_id) FROM audit_event WHERE operation = 'setReportingStart' AND organisation = 'RXA'`)
	if changes != "4" || audited != "6 4" {
		t.Errorf("%s changes, audited %s", changes, audited)
	}
	for organisation, want := range map[string]domain.ErrorKind{"RZ9": domain.KindNotFound, "QHL": domain.KindInvalid, "Y60": domain.KindInvalid, domain.NationCode: domain.KindInvalid} {
		if err := r.SetReportingStart(t.Context(), admin(), organisation, domain.UploadStaff, &april); domain.KindOf(err) != want {
			t.Errorf("%s: %v", organisation, err)
		}
	}
}
