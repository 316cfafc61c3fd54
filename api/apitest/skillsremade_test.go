package apitest_test

import (
	"net/http"
	"testing"

	"skillstracker/api"
	"skillstracker/api/report"
	"skillstracker/domain"
	"skillstracker/domain/disclosure"
)

// Reports about skills, that about people too, can be made again from their receipts,
// whatever was sent, withdrawn and aimed at since. Making people again is noted.
func TestSkillsReportsAreMadeAgain(t *testing.T) {
	t.Parallel()
	s := assessedTrusts(t)
	store := s.database.Store(t)
	remaker, err := api.NewRemaker(api.Deps{
		Uploads: store, Data: store, Reads: store, Registry: store, Totals: store, Targets: store, Clock: s.clock, Rule: disclosure.Default(),
	})
	if err != nil {
		t.Fatal(err)
	}
	hr := s.token(t, domain.RoleHR, domain.ScopeOrganisation, "RXA")
	const literacy, people = "digital-literacy.xlsx?organisation=RXA&as_at=2026-09-30", "people.xlsx?organisation=RXA&as_at=2026-09-30"
	made := []report.Receipt{
		s.receipt(t, hr, people), s.receipt(t, hr, literacy),
		s.receipt(t, s.token(t, domain.RoleManager, domain.ScopeOrganisation, "RXA"), literacy), s.receipt(t, s.token(t, domain.RolePlanner, domain.ScopeAll), literacy),
	}
	admin := s.token(t, domain.RoleAdmin, domain.ScopeAll)
	s.stored(t, admin, "/api/v1/targets/uploads", []byte("framework,framework_version,competence_code,level,band,valid_from\nhdc,2018,CCP,4,,2026-01-01\nhdc,2018,TLS,1,,2026-01-01\n"))
	s.stored(t, hr, uploadsOf("staff"), []byte("employee_number,staff_group,band,team,fte,as_at\nS00000,08,3,Ward 9,1,2026-08-31\nNEW,03,5,Ward 9,1,2026-08-31\n"))
	s.stored(t, hr, uploadsOf("assessments"), []byte("employee_number,assessed_on,CCP,TLS,IDM,CIS,TEC\nS00009,2026-09-02,4,4,4,4,4\nNEW,2026-09-02,4,4,4,4,4\n"))
	for _, receipt := range made {
		again, err := remaker.Remake(t.Context(), receipt, "test")
		if err != nil {
			t.Errorf("%s for %s: %v", receipt.Report, receipt.Audience, err)
			continue
		}
		if got := again.Receipt(); got.Figures != receipt.Figures || got.Targets != receipt.Targets || got.Coverage != receipt.Coverage || receipt.Targets == "" || receipt.Coverage == "" {
			t.Errorf("%s for %s: not the same again: targets %q and %q, coverage %q and %q", receipt.Report, receipt.Audience, receipt.Targets, got.Targets, receipt.Coverage, got.Coverage)
		}
	}
	for i, question := range []string{people, literacy} {
		if now := s.receipt(t, hr, question); now.Figures == made[i].Figures || now.Targets == made[i].Targets {
			t.Errorf("%s is the same after a change", question)
		}
	}
	var noted int
	if err := s.database.Admin(t).QueryRowContext(t.Context(), `SELECT count(*) FROM audit_event WHERE operation = 'getPeopleReport' AND actor = 'report verify' AND object LIKE '% known_at=%'`).Scan(&noted); err != nil {
		t.Fatal(err)
	}
	if noted != 1 {
		t.Errorf("%d reads by report verify are noted", noted)
	}
	s.want(t, http.StatusOK, s.get(t, hr, "/api/v1/reports/"+literacy))
}
