package repository_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"skillstracker/domain"
)

// changeLines writes examples of changes, one line each.
func changeLines(changes []domain.RecordChange) []string {
	var lines []string
	for _, c := range changes {
		line := fmt.Sprintf("%d %s", c.Row, c.Outcome)
		for _, key := range c.Record {
			line += " " + key.Column + "=" + key.Value
		}
		for _, f := range c.Fields {
			line += fmt.Sprintf(" | %s %q > %q", f.Column, f.Before, f.After)
		}
		lines = append(lines, line)
	}
	return lines
}

func TestPreviewsShowWhatWouldChange(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	day, month := date(2026, 9, 30), date(2026, 10, 31)
	r.store(t, people("RXA", date(2026, 6, 30), true, nurse("0001"), nurse("0002", ofFTE(60_000), onContract("02")), nurse("0003"), nurse("0004")))
	r.store(t, people("RXA", day, false, nurse("0004", inBand("6"))))
	r.store(t, r.assessmentFile(t, "RXA", assessed("0001", day, levels(1, no, na, 1, 1, 1), needing(levels(2, 2, 2, no, no, no))), assessed("0002", day, all(2)), assessed("0003", day, all(0))))
	r.store(t, vacancies("RXA", cell(month, "03", "5", establishment(50, 40)), cell(month, "03", "6", establishment(10, 12)), cell(month, "04", "", establishment(1, 1))))
	unknown := domain.Measure{State: domain.DontKnow}
	for name, c := range map[string]struct {
		file  domain.UploadFile
		state domain.UploadState
		want  []string
	}{
		"staff": {
			people("RXA", day, true, nurse("0005", startedOn(date(2026, 9, 1)), func(row *domain.StaffRow) { row.Team, row.JobRole, row.AreaOfWork = "Ward 5", "03001", "2.1" }),
				nurse("0002", ofFTE(93_333)), nurse("0004", removed), nurse("0001", leftOn(date(2026, 8, 31)))),
			domain.UploadApplied,
			[]string{
				`4 removed employee_number=0004 | band "6" > "5" | left_on "" > "2026-09-29"`,
				`0 ended employee_number=0003 | left_on "" > "2026-09-29"`,
				`3 changed employee_number=0002 | fte "0.6" > "0.93333" | contract_type "02" > ""`,
				`5 changed employee_number=0001 | left_on "" > "2026-08-31"`,
				`2 new employee_number=0005 | staff_group "" > "03" | job_role_code "" > "03001" | band "" > "5" | area_of_work "" > "2.1"` +
					` | team "" > "Ward 5" | fte "" > "1" | started_on "" > "2026-09-01"`,
			},
		},
		"assessments": {
			r.assessmentFile(t, "RXA", assessed("0004", day, levels(4, no, no, no, no, na)), assessed("0001", day, levels(1, 3, no, 1, 1, 1), func(row *domain.AssessmentRow) { row.Band, row.Team = "7", "T" }),
				assessed("0002", day, all(2)), assessed("0003", day, nil, withdrawn)),
			domain.UploadApplied,
			[]string{
				`5 removed employee_number=0003 assessed_on=2026-09-30 assessor_kind=self | CCP "0" > "" | TLS "0" > "" | IDM "0" > "" | CIS "0" > "" | TEC "0" > "" | DIW "0" > ""`,
				`3 changed employee_number=0001 assessed_on=2026-09-30 assessor_kind=self | TLS "" > "3" | IDM "N/A" > ""` +
					` | CCP_need "2" > "" | TLS_need "2" > "" | IDM_need "2" > "" | band "" > "7" | team "" > "T"`,
				`2 new employee_number=0004 assessed_on=2026-09-30 assessor_kind=self | CCP "" > "4" | DIW "" > "N/A"`,
			},
		},
		"vacancies": {
			complete(vacancies("RXA", cell(month, "03", "7", domain.VacancyMeasures{Budgeted: fte(1), Bank: unknown, Headcount: known(3)}),
				cell(month, "03", "5", domain.VacancyMeasures{Budgeted: known(5_050_000), Contracted: unknown}), withdrawnCell(month, "04", ""))),
			domain.UploadApplied,
			[]string{
				`4 removed as_at=2026-10-31 staff_group=04 job_role_code= band= area_of_work= | budgeted_fte "1" > "" | contracted_fte "1" > ""`,
				`0 ended as_at=2026-10-31 staff_group=03 job_role_code= band=6 area_of_work= | budgeted_fte "10" > "" | contracted_fte "12" > ""`,
				`3 changed as_at=2026-10-31 staff_group=03 job_role_code= band=5 area_of_work= | budgeted_fte "50" > "50.5" | contracted_fte "40" > "Don't know"`,
				`2 new as_at=2026-10-31 staff_group=03 job_role_code= band=7 area_of_work= | budgeted_fte "" > "1" | bank_fte "" > "Don't know" | staff_headcount "" > "3"`,
			},
		},
		"rejected": {
			r.assessmentFile(t, "RXA", assessed("0001", day, all(4)), assessed("9999", day, all(4))), domain.UploadRejected, nil,
		},
		"in part": {
			inPart(r.assessmentFile(t, "RXA", assessed("9999", day, all(4)), assessed("0004", day, all(no), needing(all(no))), assessed("0004", day+1, levels(1, no, no, no, no, no)))),
			domain.UploadPartlyApplied,
			[]string{`4 new employee_number=0004 assessed_on=2026-10-01 assessor_kind=self | CCP "" > "1"`},
		},
	} {
		t.Run(name, func(t *testing.T) {
			before := contents(t, r)
			file := previewed(under("ignored", c.file))
			upload := r.send(t, file)
			if diff := cmp.Diff(c.want, changeLines(upload.Changes)); diff != "" {
				t.Error(diff)
			}
			if upload.ID != "" || upload.State != c.state || upload.Repeated || upload.ReceivedAt.IsZero() || upload.Actor == "" {
				t.Errorf("the preview is %+v", upload)
			}
			if grown, ended := wantGrown(t, before, contents(t, r)); !slices.Equal(grown, []string{"audit_event"}) || len(ended) > 0 {
				t.Errorf("new rows in %v, rows ended in %v", grown, ended)
			}
		})
	}
	got := column(t, r.admin, `SELECT concat_ws(' ', organisation, upload_id, outcome) FROM audit_event WHERE operation = 'previewUpload' ORDER BY 1`)
	if want := []string{"RXA applied", "RXA applied", "RXA applied", "RXA partly_applied", "RXA rejected"}; !slices.Equal(got, want) {
		t.Errorf("audited are %v, want %v", got, want)
	}
}

// What a preview says is what storing the file does.
func TestAPreviewIsWhatStoringDoes(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	r.store(t, staffList("RXA", date(2026, 6, 30), 40))
	for name, file := range map[string]func() domain.UploadFile{
		"staff":       func() domain.UploadFile { return complete(staffList("RXA", date(2026, 9, 30), 20)) },
		"assessments": func() domain.UploadFile { return r.assessments(t, "RXA", date(2026, 9, 1), 20, 2) },
		"vacancies":   func() domain.UploadFile { return monthOf("RXA", 9) },
	} {
		would, is := r.send(t, previewed(file())), r.send(t, file())
		if diff := cmp.Diff(is, would, cmpopts.IgnoreFields(domain.Upload{}, "ID", "SHA256", "ReceivedAt", "Changes"), cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s (-is +would be):\n%s", name, diff)
		}
	}
}

func TestPreviewsGiveAHundredExamples(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	r.store(t, staffList("RXA", date(2026, 6, 30), 250))
	for name, file := range map[string]domain.UploadFile{
		"staff":       complete(staffList("RXA", date(2026, 9, 30), 100)),
		"assessments": r.assessments(t, "RXA", date(2026, 9, 1), 250, 2),
	} {
		if upload := r.send(t, previewed(file)); len(upload.Changes) != domain.ChangeExamples {
			t.Errorf("%s: %d examples", name, len(upload.Changes))
		}
	}
}

func TestAPreviewTakesItsTurn(t *testing.T) {
	t.Parallel()
	r := newRegister(t, patience(100*time.Millisecond))
	release := r.occupy(t, "RXA")
	_, err := r.StoreUpload(t.Context(), hr("RXA"), previewed(monthOf("RXA", 1)))
	wantRefusal(t, err, domain.KindConflict, "organisation_busy", 5)
	release()
	r.send(t, previewed(monthOf("RXA", 1)))
}
