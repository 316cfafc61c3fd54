package repository_test

import (
	"fmt"
	"testing"
	"time"

	"skillstracker/domain"
)

// A file counts from when it was stored until it is withdrawn; a rejected one never did.
func TestLastUploadsAreThoseThatCount(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	received := map[string]string{}
	month := date(2026, 9, 30)
	send := func(name string, file domain.UploadFile) domain.Upload {
		t.Helper()
		upload := r.store(t, file)
		received[upload.ReceivedAt.String()] = name
		return upload
	}
	last := func(knownAt *time.Time) []string {
		t.Helper()
		list, err := r.LastUploads(t.Context(), hr("RXA", "RXB", "RXC"), []string{"RXC", "RXA", "RXB"}, knownAt)
		if err != nil {
			t.Fatal(err)
		}
		lines := []string{}
		for _, upload := range list {
			lines = append(lines, fmt.Sprint(upload.Organisation, " ", upload.Kind, " ", received[upload.ReceivedAt.String()]))
		}
		return lines
	}
	compareLines(t, "nothing sent", last(nil), []string{})
	send("first", vacancies("RXA", cell(month, "03", "5", establishment(3, 1))))
	send("list", staffList("RXB", month, 3))
	second := send("second", vacancies("RXA", cell(month, "03", "5", establishment(4, 1))))
	refused := vacancies("RXA", domain.VacancyRow{Key: domain.VacancyKey{Month: month, StaffGroup: "04"}, Action: domain.ActionRemove})
	if upload, err := r.StoreUpload(t.Context(), hr("RXA"), refused); err != nil || upload.State != domain.UploadRejected {
		t.Fatalf("%s, %v", upload.State, err)
	}
	both := []string{"RXA vacancies second", "RXB staff list"}
	compareLines(t, "both", last(nil), both)
	known, err := r.LastChangeAt(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.VoidUpload(t.Context(), hr("RXA"), second.ID); err != nil {
		t.Fatal(err)
	}
	compareLines(t, "after it was withdrawn", last(nil), []string{"RXA vacancies first", "RXB staff list"})
	compareLines(t, "as known before", last(known), both)
	if list, err := r.LastUploads(t.Context(), hr("RXB"), []string{"RXA", "RXB"}, nil); domain.KindOf(err) != domain.KindNotFound || list != nil {
		t.Errorf("a stranger gets %v, %v", list, err)
	}
}
