package repository_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"skillstracker/domain"
	"skillstracker/repository"
)

func aimAt(l domain.Level) *domain.Level { return &l }

// aim is a target of level 2 in a competence for everybody; edits change it.
func aim(version domain.FrameworkVersion, competence string, from domain.Date, edits ...func(*domain.TargetRow)) domain.TargetRow {
	r := domain.TargetRow{
		Key: domain.TargetKey{
			Framework: version.Framework, Version: version.Version, Competence: competence, Domain: domain.NotGiven,
			JobRole: domain.NotGiven, StaffGroup: domain.NotGiven, Band: domain.NotGiven, ValidFrom: from,
		},
		FrameworkID: version.ID, Level: aimAt(2),
	}
	for _, edit := range edits {
		edit(&r)
	}
	return r
}

func atLevel(l domain.Level) func(*domain.TargetRow) {
	return func(r *domain.TargetRow) { r.Level = &l }
}

func withoutLevel(r *domain.TargetRow) { r.Level = nil }

func dropped(r *domain.TargetRow) { r.Action = domain.ActionRemove }

func forBand(band string) func(*domain.TargetRow) {
	return func(r *domain.TargetRow) { r.Key.Band = band }
}

func ofDomain(code string) func(*domain.TargetRow) {
	return func(r *domain.TargetRow) { r.Key.Competence, r.Key.Domain = domain.NotGiven, code }
}

func targets(organisation string, rows ...domain.TargetRow) domain.UploadFile {
	file := newFile(domain.UploadTargets, organisation, len(rows))
	for i := range rows {
		rows[i].Row = i + 2
	}
	file.Targets = rows
	return file
}

// asNation is an administrator narrowed to the nation.
func asNation() domain.Actor {
	actor := admin()
	actor.Organisations = []string{domain.NationCode}
	return actor
}

// storeNational sends targets of the nation.
func (r register) storeNational(t *testing.T, rows ...domain.TargetRow) domain.Upload {
	t.Helper()
	upload, err := r.StoreUpload(t.Context(), asNation(), targets(domain.NationCode, rows...))
	if err != nil || upload.State != domain.UploadApplied {
		t.Fatalf("%s: %+v, %v", upload.State, upload.Findings, err)
	}
	return upload
}

// targetRows are the targets that are handed out of an organisation.
func (r register) targetRows(t *testing.T, query domain.DataQuery) []domain.TargetRow {
	t.Helper()
	var rows []domain.TargetRow
	if err := r.TargetRows(t.Context(), hr(query.Organisation), query, func(row domain.TargetRow) error {
		rows = append(rows, row)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return rows
}

func (r register) wantAims(t *testing.T, organisation string, want ...domain.TargetRow) {
	t.Helper()
	if diff := cmp.Diff(want, r.targetRows(t, domain.DataQuery{Organisation: organisation})); diff != "" {
		t.Errorf("held by %s:\n%s", organisation, diff)
	}
}

func TestTargetsAreStored(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	hdc, digcomp := r.framework(t, "hdc", "2018"), r.framework(t, "digcomp", "3.0")
	january, may := date(2026, 1, 1), date(2026, 5, 1)
	nurses := func(row *domain.TargetRow) { row.Key.JobRole = "10001" }
	r.store(t, targets("RXB", aim(hdc, "TEC", january, atLevel(1))))
	r.store(t, targets("RXA", aim(hdc, "TEC", january), aim(hdc, "TEC", may, forBand("5")), aim(digcomp, "1.1", january, nurses, atLevel(0)), aim(digcomp, "", may, ofDomain("2"), atLevel(5))))
	r.wantAims(t, "RXA", aim(digcomp, "", may, ofDomain("2"), atLevel(5)), aim(digcomp, "1.1", january, nurses, atLevel(0)), aim(hdc, "TEC", january), aim(hdc, "TEC", may, forBand("5")))
	upload := r.store(t, targets("RXA", aim(hdc, "TEC", january), aim(hdc, "TEC", may, forBand("5"), dropped), aim(digcomp, "1.1", january, nurses, withoutLevel), aim(hdc, "DIW", may, withoutLevel)))
	if want := (domain.UploadCounts{RowsRead: 4, New: 1, Changed: 1, Unchanged: 1, Removed: 1}); upload.Counts != want {
		t.Errorf("counts %+v", upload.Counts)
	}
	if got := foundCodes(upload.Findings); !slices.Equal(got, []string{"target_end_not_held@4", "target_end_not_held@5"}) {
		t.Errorf("findings %v", got)
	}
	upload = r.store(t, complete(targets("RXA", aim(hdc, "TEC", may))))
	if want := (domain.UploadCounts{RowsRead: 1, New: 1, Ended: 2}); upload.Counts != want {
		t.Errorf("counts of a complete file %+v", upload.Counts)
	}
	r.wantAims(t, "RXA", aim(digcomp, "", may, ofDomain("2"), atLevel(5)), aim(digcomp, "1.1", january, nurses, withoutLevel), aim(hdc, "TEC", may))
	r.wantAims(t, "RXB", aim(hdc, "TEC", january, atLevel(1)))
	if starts := column(t, r.admin, `SELECT kind FROM reporting_start`); len(starts) > 0 {
		t.Errorf("targets set reporting starts: %v", starts)
	}
	query := domain.DataQuery{Organisation: "RXA", From: datePointer(may), To: datePointer(may)}
	if got := r.targetRows(t, query); len(got) != 2 {
		t.Errorf("%d targets from May", len(got))
	}
	wantWholeUploads(t, r.admin)
}

func TestTargetPreview(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	hdc := r.framework(t, "hdc", "2018")
	january := date(2026, 1, 1)
	r.store(t, targets("RXA", aim(hdc, "TEC", january), aim(hdc, "DIW", january)))
	before := contents(t, r)
	preview := complete(targets("RXA", aim(hdc, "TEC", january, atLevel(3)), aim(hdc, "TEC", january, forBand("5"))))
	preview.CheckOnly = true
	want := []string{
		`0 ended framework=hdc framework_version=2018 competence_code=DIW domain_code= job_role_code= staff_group= band= valid_from=2026-01-01 | level "2" > ""`,
		`2 changed framework=hdc framework_version=2018 competence_code=TEC domain_code= job_role_code= staff_group= band= valid_from=2026-01-01 | level "2" > "3"`,
		`3 new framework=hdc framework_version=2018 competence_code=TEC domain_code= job_role_code= staff_group= band=5 valid_from=2026-01-01 | level "" > "2"`,
	}
	if diff := cmp.Diff(want, changeLines(r.send(t, preview).Changes)); diff != "" {
		t.Errorf("the preview:\n%s", diff)
	}
	if grown, ended := wantGrown(t, before, contents(t, r)); !slices.Equal(grown, []string{"audit_event"}) || len(ended) > 0 {
		t.Errorf("a preview leaves rows in %v and ends rows in %v", grown, ended)
	}
}

func TestVoidsOfTargets(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	hdc, digcomp := r.framework(t, "hdc", "2018"), r.framework(t, "digcomp", "3.0")
	january := date(2026, 1, 1)
	line := func(code string) string {
		return "targets framework=hdc framework_version=2018 competence_code=" + code + " domain_code= job_role_code= staff_group= band= valid_from=2026-01-01"
	}
	first := r.store(t, targets("RXA", aim(hdc, "TEC", january), aim(hdc, "DIW", january), aim(hdc, "CCP", january)))
	second := r.store(t, targets("RXA", aim(hdc, "TEC", january, atLevel(3)), aim(hdc, "CCP", january, dropped)))
	same := r.store(t, targets("RXA", aim(hdc, "DIW", january)))
	if diff := cmp.Diff([]string{line("CCP"), line("DIW"), line("TEC")}, r.refusals(t, first)); diff != "" {
		t.Errorf("the first file:\n%s", diff)
	}
	other := r.store(t, complete(targets("RXA", aim(digcomp, "1.1", january))))
	r.void(t, same)
	whole := r.store(t, complete(targets("RXA", aim(hdc, "DIW", january))))
	if diff := cmp.Diff([]string{line("CCP"), line("TEC")}, r.refusals(t, second)); diff != "" {
		t.Errorf("a file before a complete one of its framework version:\n%s", diff)
	}
	r.void(t, whole)
	r.void(t, second)
	r.void(t, other)
	r.wantAims(t, "RXA", aim(hdc, "CCP", january), aim(hdc, "DIW", january), aim(hdc, "TEC", january))
	wantWholeUploads(t, r.admin)
}

// Of each key the latest target not after the day holds, and none that was ended; an
// organisation's own come before the nation's, and nobody sees another's.
func TestTargetsThatHoldOnADay(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	hdc, digcomp := r.framework(t, "hdc", "2018"), r.framework(t, "digcomp", "3.0")
	january, march, may := date(2026, 1, 1), date(2026, 3, 1), date(2026, 5, 1)
	r.storeNational(t, aim(hdc, "TEC", january, atLevel(1)), aim(hdc, "TEC", may, atLevel(4)), aim(digcomp, "1.1", january))
	r.store(t, targets("RXA", aim(hdc, "TEC", january), aim(hdc, "TEC", march, withoutLevel), aim(hdc, "TEC", may, atLevel(3)), aim(hdc, "DIW", march, forBand("5"))))
	r.store(t, targets("RXB", aim(hdc, "CCP", january)))
	withdrawn := r.store(t, targets("RXA", aim(hdc, "TEC", may+1, atLevel(0))))
	r.void(t, withdrawn)
	read := func(organisation string, day domain.Date) []string {
		t.Helper()
		held, err := r.Targets(t.Context(), hr("RXA"), domain.TargetQuery{Organisation: organisation, AsAt: day, Framework: hdc})
		if err != nil {
			t.Fatal(err)
		}
		lines := []string{}
		for _, h := range held {
			lines = append(lines, fmt.Sprint(h.SetBy, " ", h.Competence, " ", h.Band, " ", h.ValidFrom, " ", h.Level))
		}
		return lines
	}
	for _, c := range []struct {
		organisation string
		day          domain.Date
		want         []string
	}{
		{"RXA", january - 1, []string{}},
		{"RXA", january, []string{"RXA TEC - 2026-01-01 2", "E92000001 TEC - 2026-01-01 1"}},
		{"RXA", march, []string{"RXA DIW 5 2026-03-01 2", "E92000001 TEC - 2026-01-01 1"}},
		{"RXA", may + 1, []string{"RXA DIW 5 2026-03-01 2", "RXA TEC - 2026-05-01 3", "E92000001 TEC - 2026-05-01 4"}},
		{"", may, []string{"E92000001 TEC - 2026-05-01 4"}},
		{domain.NationCode, may, []string{"E92000001 TEC - 2026-05-01 4"}},
	} {
		if diff := cmp.Diff(c.want, read(c.organisation, c.day)); diff != "" {
			t.Errorf("of %q on %s:\n%s", c.organisation, c.day, diff)
		}
	}
	if _, err := r.Targets(t.Context(), hr("RXA"), domain.TargetQuery{Organisation: "RXB", AsAt: may, Framework: hdc}); domain.KindOf(err) != domain.KindNotFound {
		t.Errorf("another organisation's targets: %v", err)
	}
}

// The nation is written by administrators alone, with targets alone, and is in the
// scope of nobody else.
func TestTheNationIsWrittenByAdministratorsAlone(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	hdc := r.framework(t, "hdc", "2018")
	upload := r.storeNational(t, aim(hdc, "TEC", date(2026, 1, 1)))
	for name, send := range map[string]func() error{
		"HR that names it": func() error {
			_, err := r.StoreUpload(t.Context(), hr(domain.NationCode), targets(domain.NationCode, aim(hdc, "DIW", date(2026, 1, 1))))
			return err
		},
		"HR of an organisation": func() error {
			_, err := r.StoreUpload(t.Context(), hr("RXA"), targets(domain.NationCode, aim(hdc, "DIW", date(2026, 1, 1))))
			return err
		},
		"another kind": func() error {
			_, err := r.StoreUpload(t.Context(), asNation(), positions(domain.NationCode, post("A")))
			return err
		},
		"an administrator in an organisation": func() error {
			_, err := r.StoreUpload(t.Context(), asNation(), targets("RXA", aim(hdc, "DIW", date(2026, 1, 1))))
			return err
		},
		"a void by HR that names it": func() error {
			_, err := r.VoidUpload(t.Context(), hr(domain.NationCode), upload.ID)
			return err
		},
		"a void by HR": func() error {
			_, err := r.VoidUpload(t.Context(), hr("RXA"), upload.ID)
			return err
		},
		"a look by HR": func() error {
			_, err := r.Upload(t.Context(), hr("RXA"), upload.ID, 0)
			return err
		},
	} {
		if err := send(); domain.KindOf(err) != domain.KindNotFound {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, grant := range []domain.Grant{
		{Kind: domain.ScopeAll},
		{Kind: domain.ScopeOrganisation, Codes: []string{domain.NationCode, "RXA"}},
		{Kind: domain.ScopeICB, Codes: []string{domain.NationCode}},
		{Kind: domain.ScopeRegion, Codes: []string{domain.NationCode}},
	} {
		covered, err := r.Resolve(t.Context(), grant, date(2026, 6, 30), 0)
		if err != nil || slices.Contains(covered.Organisations, domain.NationCode) {
			t.Errorf("the scope %v covers %v, %v", grant, covered, err)
		}
	}
	// The policy that shows everybody the nation's targets lets nobody write them.
	insert := `INSERT INTO target (organisation, framework_version, competence, domain, job_role, staff_group, band, valid_from, level, added_by)
		SELECT 'E92000001', framework_version, 'DIW', domain, job_role, staff_group, band, valid_from, level, added_by FROM target WHERE organisation = 'E92000001'`
	if err := repository.RunScoped(t.Context(), r.Store, "RXA", false, insert); err == nil {
		t.Error("a scope of RXA wrote a target of the nation")
	}
	ended := `UPDATE target SET ended_by = added_by WHERE organisation = 'E92000001'`
	if err := repository.RunScoped(t.Context(), r.Store, "RXA", false, ended); err != nil {
		t.Fatal(err)
	}
	if left := column(t, r.admin, `SELECT competence FROM target WHERE ended_by IS NULL`); !slices.Equal(left, []string{"TEC"}) {
		t.Errorf("the nation holds %v", left)
	}
	voided, err := r.VoidUpload(t.Context(), asNation(), upload.ID)
	if err != nil || voided.State != domain.UploadVoided {
		t.Errorf("the void: %+v, %v", voided, err)
	}
	organisation, err := r.Organisation(t.Context(), domain.NationCode, date(2026, 6, 30))
	if err != nil || organisation.Kind != domain.KindNation || organisation.Name != domain.Nation || !organisation.Open {
		t.Errorf("the nation in the registry: %+v, %v", organisation, err)
	}
}
