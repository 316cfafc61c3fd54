package repository_test

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"skillstracker/domain"
	"skillstracker/repository"
)

// described gives a file what a real one has: a digest, a mapping, blank rows.
func described(file domain.UploadFile) domain.UploadFile {
	file.Format, file.Bytes, file.SHA256 = "xlsx", 12_345, sha256.Sum256([]byte("synthetic file"))
	file.Mapping = []domain.MappedColumn{{Header: "Staff \"no\" é", Field: "employee_number"}, {Header: "Notes"}}
	file.Blank, file.Counts.RowsRead = 2, file.Counts.RowsRead+2
	return file
}

func TestAnUploadReadsBackAsItWasStored(t *testing.T) {
	t.Parallel()
	tick := date(2026, 11, 5).Time().Add(9*time.Hour + 123_456_789*time.Nanosecond)
	r := newRegister(t, func(c *repository.Config) {
		c.Clock = func() time.Time {
			tick = tick.Add(time.Minute)
			return tick.In(time.FixedZone("BST", 3600))
		}
	})
	september := date(2026, 9, 30)
	r.store(t, people("RXA", september, true, nurse("0001"), nurse("0002")))
	rejected := described(people("RXA", september, false, nurse("0001"), nurse("1"), nurse("77")))
	rejected.Faults.Add(domain.FindingFTEHigh, domain.Cell{Sheet: "Data", Row: 2, Column: "FTE"}, "")
	refused := described(newFile(domain.UploadStaff, "RXA", 3))
	refused.Refused, refused.AsAt = true, &september
	refused.Faults.Add(domain.FindingPersonalDataColumn, domain.Cell{Column: "NI number"}, "")
	files := map[string]struct {
		file   domain.UploadFile
		state  domain.UploadState
		counts domain.UploadCounts
	}{
		"staff": {
			described(people("RXA", september, true, nurse("0001"), nurse("0003"))), domain.UploadApplied,
			domain.UploadCounts{RowsRead: 4, New: 1, Unchanged: 1, Ended: 1, Blank: 2},
		},
		"assessments": {
			described(r.assessmentFile(t, "RXA", assessed("0001", september, levels(1, no, na, 0, 4, 2), needing(all(3))))), domain.UploadApplied,
			domain.UploadCounts{RowsRead: 3, New: 1, Blank: 2},
		},
		"vacancies": {
			described(vacancies("RXA", cell(september, "03", "5", establishment(1, 2)))), domain.UploadApplied,
			domain.UploadCounts{RowsRead: 3, New: 1, Blank: 2},
		},
		"rejected": {rejected, domain.UploadRejected, domain.UploadCounts{RowsRead: 5, Rejected: 1, NotStored: 2, Blank: 2}},
		"refused":  {refused, domain.UploadRejected, domain.UploadCounts{RowsRead: 5, NotStored: 3, Blank: 2}},
	}
	for name, c := range files {
		t.Run(name, func(t *testing.T) {
			actor := domain.Actor{ID: "token of HR", Role: domain.RoleHR, Organisations: []string{"RXA"}, RequestID: "request " + name}
			stored, err := r.StoreUpload(t.Context(), actor, c.file)
			if err != nil {
				t.Fatal(err)
			}
			if stored.State != c.state || stored.Counts != c.counts || !stored.Counts.AddsUp() {
				t.Errorf("%s with %+v, want %s with %+v", stored.State, stored.Counts, c.state, c.counts)
			}
			if stored.Actor != actor.ID || stored.RequestID != actor.RequestID || stored.ReceivedAt.Location() != time.UTC ||
				stored.SHA256 != c.file.SHA256 || stored.Bytes != c.file.Bytes || stored.Format != c.file.Format {
				t.Errorf("stored as %+v", stored)
			}
			if c.file.Refused && len(stored.Mapping) > 0 {
				t.Errorf("headings of a refused file were kept: %+v", stored.Mapping)
			}
			read, err := r.Upload(t.Context(), actor, stored.ID, domain.FindingLimit)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(stored, read, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("read back (-stored +read):\n%s", diff)
			}
			list, _, err := r.Uploads(t.Context(), actor, "RXA", domain.UploadFilter{}, domain.Page{Limit: 1})
			if err != nil {
				t.Fatal(err)
			}
			read.Findings = nil
			if diff := cmp.Diff([]domain.Upload{read}, list, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("the newest of the list (-read +listed):\n%s", diff)
			}
		})
	}
}

func TestARejectedUploadLeavesItsRecordOnly(t *testing.T) {
	t.Parallel()
	r := newFilledRegister(t)
	wrongZero := people("RXA", date(2026, 10, 31), true, nurse(number(1), inBand("9")), nurse("00077"))
	wrongZero.Faults.Add(domain.FindingBandUnknown, domain.Cell{Row: 3, Column: "Band"}, "")
	for name, file := range map[string]domain.UploadFile{
		"staff":       wrongZero,
		"assessments": r.assessmentFile(t, "RXA", assessed(number(1), date(2026, 10, 1), all(4)), assessed("unknown", date(2026, 10, 1), all(4))),
		"vacancies":   vacancies("RXA", cell(date(2026, 9, 30), "03", "9", establishment(1, 1))),
	} {
		before := contents(t, r)
		upload, err := r.StoreUpload(t.Context(), hr("RXA"), file)
		if err != nil || upload.State != domain.UploadRejected {
			t.Fatalf("%s: %s, %v", name, upload.State, err)
		}
		grown, ended := wantGrown(t, before, contents(t, r))
		if want := []string{"audit_event", "upload", "upload_finding"}; !slices.Equal(grown, want) || len(ended) > 0 {
			t.Errorf("%s: new rows in %v, rows ended in %v, want %v only", name, grown, ended, want)
		}
	}
}

func TestEveryUploadHasItsAuditRow(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	applied := r.store(t, people("RXA", date(2026, 9, 30), true, nurse("0001")))
	rejected, err := r.StoreUpload(t.Context(), hr("RXA"), r.assessmentFile(t, "RXA", assessed("unknown", date(2026, 10, 1), all(4))))
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"RXA hr hr createUpload test " + applied.ID + " applied upload 1",
		"RXA hr hr createUpload test " + rejected.ID + " rejected",
	}
	got := column(t, r.database.Admin(t), `SELECT concat_ws(' ', e.organisation, e.actor, e.role, e.operation, e.request_id, e.upload_id, e.outcome,
			c.kind, c.number - (SELECT max(number) FROM change WHERE kind = 'organisations_import'))
		FROM audit_event e LEFT JOIN change c ON c.id = e.change_id AND c.upload_id = e.upload_id AND c.organisation = e.organisation
		WHERE e.upload_id IS NOT NULL ORDER BY e.id`)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestFindingsArePagedInTheirOrder(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	file := newFile(domain.UploadStaff, "RXA", 30)
	for i := range 30 {
		file.Faults.Add(domain.FindingBandUnknown, domain.Cell{Sheet: "Data", Row: 40 - i, Column: "Band"}, fmt.Sprintf("Fault %d.", i))
	}
	upload, err := r.StoreUpload(t.Context(), hr("RXA"), file)
	if err != nil {
		t.Fatal(err)
	}
	var read []domain.Finding
	for _, page := range []domain.Page{{Limit: 20}, {Limit: 20, Offset: 20}, {Limit: 20, Offset: 40}} {
		list, total, err := r.UploadFindings(t.Context(), hr("RXA"), upload.ID, page)
		if err != nil || total != 30 {
			t.Fatalf("page %+v: %d findings in all, %v", page, total, err)
		}
		read = append(read, list...)
	}
	if diff := cmp.Diff(upload.Findings, read); diff != "" {
		t.Errorf("pages together (-stored +read):\n%s", diff)
	}
	first, err := r.Upload(t.Context(), hr("RXA"), upload.ID, 3)
	if err != nil || len(first.Findings) != 3 || first.Errors != 30 {
		t.Errorf("%d findings of %d, %v", len(first.Findings), first.Errors, err)
	}
}

func TestFindingsBeyondTheLimitAreCounted(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	file := newFile(domain.UploadStaff, "RXA", domain.FindingLimit+50)
	for i := range domain.FindingLimit + 50 {
		file.Faults.Add(domain.FindingBandUnknown, domain.Cell{Row: i + 2}, "")
	}
	upload, err := r.StoreUpload(t.Context(), hr("RXA"), file)
	if err != nil {
		t.Fatal(err)
	}
	_, stored, err := r.UploadFindings(t.Context(), hr("RXA"), upload.ID, domain.Page{Limit: 1})
	if err != nil || stored != domain.FindingLimit || upload.Errors != domain.FindingLimit+50 || upload.Counts.Rejected != domain.FindingLimit+50 {
		t.Errorf("%d findings stored of %d, %+v, %v", stored, upload.Errors, upload.Counts, err)
	}
}
