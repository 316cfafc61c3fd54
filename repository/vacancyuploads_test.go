package repository_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"skillstracker/domain"
)

// cell is one synthetic row of a return: staff group, band and measures.
func cell(month domain.Date, group, band string, measures domain.VacancyMeasures) domain.VacancyRow {
	return domain.VacancyRow{Key: domain.VacancyKey{Month: month, StaffGroup: group, Band: band}, Measures: measures}
}

func withdrawnCell(month domain.Date, group, band string) domain.VacancyRow {
	row := cell(month, group, band, domain.VacancyMeasures{})
	row.Action = domain.ActionRemove
	return row
}

func establishment(budgeted, contracted int64) domain.VacancyMeasures {
	return domain.VacancyMeasures{Budgeted: fte(budgeted), Contracted: fte(contracted)}
}

func complete(file domain.UploadFile) domain.UploadFile {
	file.Complete = true
	return file
}

// cells are the cells that hold, one line each with the measures; * is NULL.
func (r register) cells(t *testing.T, organisation string) []string {
	t.Helper()
	return column(t, r.admin, `SELECT concat_ws(' ', month, staff_group, band, coalesce(CAST(budgeted_fte AS text), '*'),
			coalesce(CAST(contracted_fte AS text), '*'), coalesce(CAST(bank_fte AS text), '*'), coalesce(CAST(agency_fte AS text), '*'),
			coalesce(CAST(reported_vacancies AS text), '*'), coalesce(CAST(advertised_posts AS text), '*'),
			coalesce(CAST(staff_headcount AS text), '*'), dont_know)
		FROM vacancy_cell WHERE organisation = $1 AND ended_by IS NULL ORDER BY 1`, organisation)
}

func TestVacancyCellsAreReplacedAndNeverOverwritten(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	october, november := date(2026, 10, 31), date(2026, 11, 30)
	r.store(t, vacancies("RXA", cell(october, "03", "5", establishment(50, 40)), cell(october, "03", "6", establishment(10, 12)),
		cell(october, "08", "", establishment(20, 20)), cell(november, "03", "5", establishment(50, 41))))
	before := contents(t, r)
	second := r.store(t, vacancies("RXA", cell(october, "03", "5", establishment(50, 45)), cell(october, "03", "6", establishment(10, 12)),
		cell(october, "04", "", establishment(7, 7)), withdrawnCell(october, "08", ""), cell(october, "04", "", establishment(7, 7))))
	if want := (domain.UploadCounts{RowsRead: 5, New: 1, Changed: 1, Unchanged: 1, Removed: 1, Duplicate: 1}); second.Counts != want {
		t.Errorf("counts %+v, want %+v", second.Counts, want)
	}
	grown, ended := wantGrown(t, before, contents(t, r))
	if want := []string{"audit_event", "change", "upload", "upload_finding", "vacancy_cell", "vacancy_confirmation"}; !slices.Equal(grown, want) {
		t.Errorf("new rows in %v, want %v", grown, want)
	}
	if !slices.Equal(ended, []string{"vacancy_cell"}) {
		t.Errorf("rows ended in %v", ended)
	}
	if diff := cmp.Diff([]string{
		"2026-10-31 03 5 50.00000 45.00000 * * * * * 0", "2026-10-31 03 6 10.00000 12.00000 * * * * * 0",
		"2026-10-31 04 - 7.00000 7.00000 * * * * * 0", "2026-11-30 03 5 50.00000 41.00000 * * * * * 0",
	}, r.cells(t, "RXA")); diff != "" {
		t.Error(diff)
	}
}

func TestCellsAbsentFromAReturn(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	october, november := date(2026, 10, 31), date(2026, 11, 30)
	r.store(t, vacancies("RXA", cell(october, "03", "5", establishment(50, 40)), cell(october, "03", "6", establishment(10, 12)),
		cell(october, "08", "", establishment(20, 20)), cell(november, "03", "6", establishment(10, 12))))
	r.store(t, vacancies("RXB", cell(october, "03", "6", establishment(10, 12))))
	part := vacancies("RXA", cell(october, "03", "5", establishment(50, 44)))
	refused, err := r.StoreUpload(t.Context(), hr("RXA"), part)
	if err != nil {
		t.Fatal(err)
	}
	if got := foundCodes(refused.Findings); refused.State != domain.UploadRejected || !slices.Equal(got, []string{"cells_absent@0"}) {
		t.Fatalf("%s with %v", refused.State, got)
	}
	if !strings.Contains(refused.Findings[0].Message, "band 6") {
		t.Errorf("%q does not name the absent cell", refused.Findings[0].Message)
	}
	if want := (domain.UploadCounts{RowsRead: 1, NotStored: 1}); refused.Counts != want {
		t.Errorf("counts %+v, want %+v", refused.Counts, want)
	}
	part.Faults = domain.NewFindings()
	upload := r.store(t, complete(part))
	if want := (domain.UploadCounts{RowsRead: 1, Changed: 1, Ended: 1}); upload.Counts != want {
		t.Errorf("counts %+v, want %+v", upload.Counts, want)
	}
	// What the file does not speak of stays: another staff group, month and organisation.
	if diff := cmp.Diff([]string{
		"2026-10-31 03 5 50.00000 44.00000 * * * * * 0", "2026-10-31 08 - 20.00000 20.00000 * * * * * 0",
		"2026-11-30 03 6 10.00000 12.00000 * * * * * 0",
	}, r.cells(t, "RXA")); diff != "" {
		t.Error(diff)
	}
	if got := r.cells(t, "RXB"); len(got) != 1 {
		t.Errorf("RXB holds %v", got)
	}
}

// None, don't know and not stated are three things, for each of the measures.
func TestMeasuresComeBackAsTheyWereSent(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	october := date(2026, 10, 31)
	unknown := domain.Measure{State: domain.DontKnow}
	rows := func() []domain.VacancyRow {
		return []domain.VacancyRow{
			cell(october, "01", "", domain.VacancyMeasures{Budgeted: unknown, Contracted: unknown, Bank: unknown, Agency: unknown, Reported: unknown, Advertised: unknown, Headcount: unknown}),
			cell(october, "02", "", domain.VacancyMeasures{Budgeted: known(0), Contracted: known(0), Bank: known(0), Agency: known(0), Reported: known(0), Advertised: known(0), Headcount: known(0)}),
			cell(october, "03", "", domain.VacancyMeasures{Budgeted: known(1), Agency: unknown, Advertised: known(7)}),
			cell(october, "04", "", domain.VacancyMeasures{Contracted: unknown, Bank: known(999_999_999_999), Reported: known(2_147_483_647), Headcount: unknown}),
			cell(october, "05", "", domain.VacancyMeasures{Headcount: known(3)}),
		}
	}
	r.store(t, vacancies("RXA", rows()...))
	if diff := cmp.Diff([]string{
		"2026-10-31 01 - * * * * * * * 127", "2026-10-31 02 - 0.00000 0.00000 0.00000 0.00000 0 0 0 0",
		"2026-10-31 03 - 0.00001 * * * * 7 * 8", "2026-10-31 04 - * * 9999999.99999 * 2147483647 * * 66",
		"2026-10-31 05 - * * * * * * 3 0",
	}, r.cells(t, "RXA")); diff != "" {
		t.Error(diff)
	}
	again := r.store(t, vacancies("RXA", rows()...))
	if want := (domain.UploadCounts{RowsRead: 5, Unchanged: 5}); again.Counts != want {
		t.Errorf("sent again: %+v, want %+v", again.Counts, want)
	}
	// Each of the three states of one measure is a change from each other.
	for _, measure := range []domain.Measure{known(0), unknown, {}, unknown, known(0), {}} {
		changed := r.store(t, vacancies("RXA", cell(october, "05", "", domain.VacancyMeasures{Headcount: known(3), Reported: measure})))
		if want := (domain.UploadCounts{RowsRead: 1, Changed: 1}); changed.Counts != want {
			t.Errorf("%+v: %+v, want %+v", measure, changed.Counts, want)
		}
	}
}

func TestVacancyFindings(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	importAll(t, r.Store, edition(date(2025, 1, 1), entry("RXD", "Trust D (synthetic)", open(nil, datePointer(date(2026, 3, 31))))))
	september, october := date(2026, 9, 30), date(2026, 10, 31)
	r.store(t, vacancies("RXA", cell(september, "03", "5", establishment(50, 40))))
	for name, c := range map[string]struct {
		file     domain.UploadFile
		rejected bool
		codes    []string
	}{
		"more staff than posts": {vacancies("RXB", cell(october, "03", "5", establishment(10, 12))), false, nil},
		"the same as the month before": {
			vacancies("RXA", cell(october, "03", "5", establishment(50, 40))), false, []string{"return_unchanged@0"},
		},
		"much more than the month before": {
			vacancies("RXA", cell(october, "03", "5", establishment(61, 40))), false, []string{"return_jump@0"},
		},
		"a month when the organisation was closed": {
			vacancies("RXD", cell(date(2026, 3, 31), "03", "5", establishment(10, 9)), cell(date(2026, 4, 30), "03", "5", establishment(10, 10))),
			false,
			[]string{"organisation_closed@0"},
		},
		"a removal of what is not held": {vacancies("RXA", withdrawnCell(september, "03", "9")), true, []string{"action_remove_not_held@2"}},
		"no measure":                    {vacancies("RXC", cell(october, "03", "5", domain.VacancyMeasures{})), true, []string{"measures_missing@2"}},
	} {
		t.Run(name, func(t *testing.T) {
			upload, err := r.StoreUpload(t.Context(), hr(c.file.Organisation), c.file)
			if err != nil {
				t.Fatal(err)
			}
			if got := foundCodes(upload.Findings); (upload.State == domain.UploadRejected) != c.rejected || !slices.Equal(got, c.codes) {
				t.Errorf("%s with %v, want rejected %t with %v", upload.State, got, c.rejected, c.codes)
			}
			if upload.State == domain.UploadApplied {
				for i := range c.file.Vacancies {
					c.file.Vacancies[i].Action = domain.ActionRemove
				}
				r.store(t, again(c.file))
			}
		})
	}
}
