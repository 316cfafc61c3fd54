package repository_test

import (
	"testing"

	"skillstracker/domain"
)

// What an administrator has set is neither moved by an earlier upload nor by
// withdrawing one.
func TestUploadsLeaveAnAdministratorsReportingStartAlone(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	july := date(2026, 7, 1)
	if err := r.SetReportingStart(t.Context(), admin(), "RXA", domain.UploadVacancies, &july); err != nil {
		t.Fatal(err)
	}
	start := func() domain.Date {
		t.Helper()
		found, err := r.ReportingStarts(t.Context(), hr("RXA"), "RXA")
		if err != nil {
			t.Fatal(err)
		}
		return found[domain.UploadVacancies]
	}
	sent := r.store(t, vacancies("RXA", domain.VacancyRow{
		Key:      domain.VacancyKey{Month: date(2026, 3, 31), StaffGroup: "03"},
		Measures: domain.VacancyMeasures{Budgeted: fte(5), Contracted: fte(4)},
	}))
	if start() != july {
		t.Errorf("after an earlier upload: %s", start())
	}
	if _, err := r.VoidUpload(t.Context(), hr("RXA"), sent.ID); err != nil {
		t.Fatal(err)
	}
	if start() != july {
		t.Errorf("after withdrawing it: %s", start())
	}
}
