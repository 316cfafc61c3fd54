package repository_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"skillstracker/domain"
)

// Files are told as they were known at a time: without those sent since, and those
// withdrawn since as they were before.
func TestUploadSummariesAsKnown(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	start := domain.DateOf(r.now(t).UTC())
	list := r.store(t, staffList("RXA", date(2026, 9, 30), 6))
	mixed := vacancies("RXA",
		domain.VacancyRow{Key: domain.VacancyKey{Month: date(2026, 9, 30), StaffGroup: "03"}, Measures: domain.VacancyMeasures{Budgeted: fte(5)}},
		domain.VacancyRow{Key: domain.VacancyKey{Month: date(2026, 9, 30), StaffGroup: "04"}, Action: domain.ActionRemove})
	mixed.Mode = domain.ModeValidRows
	partly, err := r.StoreUpload(t.Context(), hr("RXA"), mixed)
	if err != nil || partly.State != domain.UploadPartlyApplied {
		t.Fatalf("%s, %v", partly.State, err)
	}
	refused, err := r.StoreUpload(t.Context(), hr("RXA"), vacancies("RXA",
		domain.VacancyRow{Key: domain.VacancyKey{Month: date(2026, 9, 30), StaffGroup: "04"}, Action: domain.ActionRemove}))
	if err != nil || refused.State != domain.UploadRejected {
		t.Fatalf("%s, %v", refused.State, err)
	}
	r.store(t, staffList("RXB", date(2026, 9, 30), 6))
	known := r.now(t)
	r.void(t, partly)
	later := r.store(t, staffList("RXA", date(2026, 9, 30), 8))

	every := []domain.UploadKind{domain.UploadStaff, domain.UploadVacancies}
	summary := func(upload domain.Upload, state domain.UploadState, code domain.FindingCode) domain.UploadSummary {
		return domain.UploadSummary{
			ID: upload.ID, Kind: upload.Kind, State: state, ReceivedAt: upload.ReceivedAt, Counts: upload.Counts,
			Errors: upload.Errors, Warnings: upload.Warnings, CommonError: code,
		}
	}
	missing := refused.Findings[0].Code
	for name, test := range map[string]struct {
		query domain.UploadSummaryQuery
		want  []domain.UploadSummary
	}{
		"now": {domain.UploadSummaryQuery{Kinds: every}, []domain.UploadSummary{
			summary(later, domain.UploadApplied, ""), summary(refused, domain.UploadRejected, missing),
			summary(partly, domain.UploadVoided, missing), summary(list, domain.UploadApplied, ""),
		}},
		"before": {domain.UploadSummaryQuery{Kinds: every, KnownAt: &known}, []domain.UploadSummary{
			summary(refused, domain.UploadRejected, missing), summary(partly, domain.UploadPartlyApplied, missing), summary(list, domain.UploadApplied, ""),
		}},
		"of one kind":    {domain.UploadSummaryQuery{Kinds: every[:1], KnownAt: &known}, []domain.UploadSummary{summary(list, domain.UploadApplied, "")}},
		"from that day":  {domain.UploadSummaryQuery{Kinds: every[:1], KnownAt: &known, From: start}, []domain.UploadSummary{summary(list, domain.UploadApplied, "")}},
		"from later":     {domain.UploadSummaryQuery{Kinds: every, From: start + 2}, nil},
		"of no kind":     {domain.UploadSummaryQuery{}, nil},
		"known of never": {domain.UploadSummaryQuery{Kinds: every, KnownAt: new(time.Time)}, nil},
	} {
		test.query.Organisation = "RXA"
		manager := domain.Actor{ID: "manager", Role: domain.RoleManager, Organisations: []string{"RXA"}}
		found, err := r.UploadSummaries(t.Context(), manager, test.query)
		if err != nil {
			t.Fatal(err)
		}
		// The register keeps microseconds.
		if diff := cmp.Diff(test.want, found, cmpopts.EquateEmpty(), cmpopts.EquateApproxTime(time.Microsecond)); diff != "" {
			t.Errorf("%s:\n%s", name, diff)
		}
	}
	if partly.Counts.Rejected == 0 || missing == "" {
		t.Errorf("%+v, %q: nothing was rejected", partly.Counts, missing)
	}
}
