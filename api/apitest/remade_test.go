package apitest_test

import (
	"bytes"
	"net/http"
	"testing"

	"github.com/xuri/excelize/v2"

	"skillstracker/api"
	"skillstracker/api/report"
	"skillstracker/domain"
	"skillstracker/domain/disclosure"
)

// receipt asks for a report and reads the receipt on its cover.
func (s service) receipt(t *testing.T, token, question string) report.Receipt {
	t.Helper()
	book, err := excelize.OpenReader(bytes.NewReader(s.want(t, http.StatusOK, s.get(t, token, "/api/v1/reports/"+question))))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = book.Close() }()
	rows, err := book.GetRows("Cover")
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, row := range rows {
		lines = append(lines, row...)
	}
	receipt, err := report.ParseReceipt(lines)
	if err != nil {
		t.Fatal(err)
	}
	return receipt
}

// A report about posts can be made again from its receipt, whatever was sent since.
func TestPostReportsAreMadeAgain(t *testing.T) {
	t.Parallel()
	s := withPeople(t)
	store := s.database.Store(t)
	remaker, err := api.NewRemaker(api.Deps{
		Uploads: store, Data: store, Reads: store, Registry: store, Totals: store, Targets: store, Clock: s.clock, Rule: disclosure.Default(),
	})
	if err != nil {
		t.Fatal(err)
	}
	var receipts []report.Receipt
	questions := map[string]string{}
	for _, token := range []string{
		s.token(t, domain.RoleHR, domain.ScopeOrganisation, "RXA"), s.token(t, domain.RoleManager, domain.ScopeOrganisation, "RXA"), s.token(t, domain.RolePlanner, domain.ScopeAll),
	} {
		for _, question := range []string{"vacancies.xlsx?organisation=RXA&as_at=2026-09-30", "rollup.xlsx?as_at=2026-09-30", "rollup.xlsx?as_at=2026-09-30&icb=QHL&basis=as_now"} {
			receipt := s.receipt(t, token, question)
			receipts, questions[string(receipt.Figures[:])] = append(receipts, receipt), question
		}
	}
	hr := s.token(t, domain.RoleHR, domain.ScopeOrganisation, "RXA")
	s.want(t, http.StatusCreated, s.upload(t, hr, "RXA", "vacancies", csvType, []byte("as_at,staff_group,band,budgeted_fte,contracted_fte\n2026-09-30,03,5,90,88.5\n")))
	for _, receipt := range receipts {
		question := questions[string(receipt.Figures[:])]
		again, err := remaker.Remake(t.Context(), receipt, "test")
		if err != nil {
			t.Errorf("%s: %v", question, err)
			continue
		}
		if again.Receipt().Figures != receipt.Figures {
			t.Errorf("%s for %s: the figures are not the same again", question, receipt.Audience)
		}
		if receipt.Coverage == "" || again.Receipt().Coverage != receipt.Coverage {
			t.Errorf("%s: coverage %q, again %q", question, receipt.Coverage, again.Receipt().Coverage)
		}
	}
	if now := s.receipt(t, hr, "vacancies.xlsx?organisation=RXA&as_at=2026-09-30"); now.Figures == receipts[0].Figures {
		t.Error("the figures are the same after a change")
	}
}
