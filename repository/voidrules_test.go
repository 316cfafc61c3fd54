package repository_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"skillstracker/domain"
)

// caseOrganisations imports an organisation for each of n cases and returns the
// function that hands them out.
func (r register) caseOrganisations(t *testing.T, n int) (next func() string) {
	t.Helper()
	var entries []domain.OrganisationEntry
	for i := range n {
		entries = append(entries, entry(fmt.Sprintf("RV%03d", i), "Trust V (synthetic)"))
	}
	importAll(t, r.Store, edition(date(2025, 1, 2), entries...))
	used := 0
	return func() string {
		used++
		return entries[used-1].Code
	}
}

// of sends a file for another organisation.
func of(organisation string, file domain.UploadFile) domain.UploadFile {
	file.Organisation = organisation
	return file
}

// The rules by which the void of a staff list is refused, one case each. Each begins
// with a list of 1 June that names the people 1 and 2 in band 5.
func TestWhenTheVoidOfAStaffListIsRefused(t *testing.T) {
	t.Parallel()
	day := func(n int) domain.Date { return date(2026, 6, n) }
	list := func(n int, rows ...domain.StaffRow) domain.UploadFile { return people("RXA", day(n), false, rows...) }
	whole := func(n int, rows ...domain.StaffRow) domain.UploadFile { return people("RXA", day(n), true, rows...) }
	promoted, other := nurse("1", inBand("6")), nurse("2")
	one, nobody := []string{"staff employee_number=1"}, []string(nil)
	r := newRegister(t)
	assessment := func(number string, changes ...func(*domain.AssessmentRow)) domain.UploadFile {
		return r.assessmentFile(t, "RXA", assessed(number, day(20), all(2), changes...))
	}
	cases := map[string]struct {
		upload domain.UploadFile
		later  []domain.UploadFile
		want   []string
	}{
		"nobody spoke of the person again": {upload: list(10, promoted), later: []domain.UploadFile{list(15, other)}, want: nobody},
		"changed and changed again":        {upload: list(10, promoted), later: []domain.UploadFile{list(15, nurse("1", inBand("7")))}, want: one},
		"changed and found unchanged":      {upload: list(10, promoted), later: []domain.UploadFile{list(15, promoted, other)}, want: one},
		"changed and listed on a day before": {
			upload: list(10, promoted), later: []domain.UploadFile{list(5, nurse("1"))}, want: one,
		},
		"changed and ended by absence": {upload: list(10, promoted), later: []domain.UploadFile{whole(15, other)}, want: one},
		"unchanged and unchanged":      {upload: list(10, nurse("1")), later: []domain.UploadFile{list(15, nurse("1"))}, want: nobody},
		"unchanged and changed":        {upload: list(10, nurse("1")), later: []domain.UploadFile{list(8, promoted)}, want: one},
		"changed and found to have left as held": {
			upload: list(3, nurse("1", leftOn(day(4)))), later: []domain.UploadFile{list(15, nurse("1", leftOn(day(4))))}, want: one,
		},
		"gone and absent from a complete list": {
			upload: whole(10, other), later: []domain.UploadFile{whole(15, other)}, want: one,
		},
		"gone and not on a list that is not complete": {upload: whole(10, other), later: []domain.UploadFile{list(15, other)}, want: nobody},
		"absent when a list about an earlier day came": {
			upload: whole(10, nurse("1"), other), later: []domain.UploadFile{list(5, nurse("3"))}, want: []string{"staff employee_number=3"},
		},
		"absent from two lists of one day": {
			upload: whole(10, nurse("1"), other), later: []domain.UploadFile{whole(10, nurse("1"), other), list(5, nurse("3"))}, want: nobody,
		},
		"made and assessed": {
			upload: list(10, nurse("3")), later: []domain.UploadFile{assessment("3")}, want: []string{"assessments employee_number=3"},
		},
		"made, assessed and the assessment removed": {
			upload: list(10, nurse("3")), later: []domain.UploadFile{assessment("3"), assessment("3", withdrawn)},
			want: []string{"assessments employee_number=3"},
		},
		"on a list already and assessed": {upload: list(10, promoted), later: []domain.UploadFile{assessment("1")}, want: nobody},
	}
	next := r.caseOrganisations(t, len(cases))
	for name, c := range cases {
		organisation := next()
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r.store(t, of(organisation, list(1, nurse("1"), nurse("2"))))
			before := r.facts(t, organisation)
			upload := r.store(t, of(organisation, c.upload))
			for _, file := range c.later {
				r.store(t, of(organisation, file))
			}
			if got := r.refusals(t, upload); !slices.Equal(got, c.want) {
				t.Fatalf("the void is refused for %v, want %v", got, c.want)
			}
			if c.want == nil {
				return
			}
			// The later ones withdrawn, newest first, it can be withdrawn too.
			for _, id := range column(t, r.database.Admin(t), `SELECT id FROM upload WHERE organisation = $1
				AND change_id >= (SELECT change_id FROM upload WHERE id = $2) ORDER BY change_id DESC`, organisation, upload.ID) {
				r.void(t, domain.Upload{Organisation: organisation, ID: id})
			}
			if diff := cmp.Diff(before, r.facts(t, organisation)); diff != "" {
				t.Errorf("what is held (-before +after all voids):\n%s", diff)
			}
		})
	}
}

// A cell that would be held again contradicts a later return that says which cells
// its month and staff group have.
func TestWhenTheVoidOfAReturnIsRefused(t *testing.T) {
	t.Parallel()
	june := date(2026, 6, 30)
	five, six := cell(june, "03", "5", establishment(2, 2)), cell(june, "03", "6", establishment(2, 2))
	cases := map[string]struct {
		upload, later domain.UploadFile
		refused       bool
	}{
		"removed, and reported without it":      {vacancies("RXA", withdrawnCell(june, "03", "5")), vacancies("RXA", six), true},
		"ended, and reported without it":        {complete(vacancies("RXA", six)), complete(vacancies("RXA", six)), true},
		"removed, and another one removed":      {vacancies("RXA", withdrawnCell(june, "03", "5")), vacancies("RXA", withdrawnCell(june, "03", "6")), false},
		"removed, and another group reported":   {vacancies("RXA", withdrawnCell(june, "03", "5")), vacancies("RXA", cell(june, "08", "", establishment(1, 1))), false},
		"changed, and another cell of the file": {vacancies("RXA", cell(june, "03", "5", establishment(3, 3)), six), vacancies("RXA", cell(june, "08", "", establishment(1, 1))), false},
		"unchanged, and changed":                {vacancies("RXA", five, six), vacancies("RXA", cell(june, "03", "5", establishment(3, 3)), six), false},
	}
	r := newRegister(t)
	next := r.caseOrganisations(t, len(cases))
	for name, c := range cases {
		organisation := next()
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r.store(t, vacancies(organisation, five, six))
			upload := r.store(t, of(organisation, c.upload))
			r.store(t, of(organisation, c.later))
			if got := r.refusals(t, upload); (len(got) > 0) != c.refused {
				t.Errorf("the void is refused for %v", got)
			}
		})
	}
}

// From when an organisation is expected to report follows the uploads in force.
func TestAVoidMovesTheStartOfReporting(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	want := func(lines ...string) {
		t.Helper()
		if got := column(t, r.database.Admin(t), `SELECT kind || ' ' || reports_from FROM reporting_start WHERE organisation = 'RXA' AND ended_by IS NULL ORDER BY 1`); !slices.Equal(got, lines) {
			t.Errorf("reporting starts at %v, want %v", got, lines)
		}
	}
	june := r.store(t, monthOf("RXA", 6))
	may := r.store(t, monthOf("RXA", 5))
	list := r.store(t, people("RXA", date(2026, 5, 1), true, nurse("1")))
	early := r.store(t, r.assessmentFile(t, "RXA", assessed("1", date(2026, 4, 1), all(1))))
	r.store(t, r.assessmentFile(t, "RXA", assessed("1", date(2026, 4, 2), all(1))))
	want("assessments 2026-04-01", "staff 2026-05-01", "vacancies 2026-05-31")
	r.void(t, june)
	want("assessments 2026-04-01", "staff 2026-05-01", "vacancies 2026-05-31")
	r.void(t, may)
	r.void(t, early)
	want("assessments 2026-04-02", "staff 2026-05-01")
	if got := r.refusals(t, list); len(got) != 1 {
		t.Errorf("the list is withdrawn under an assessment: %v", got)
	}
}
