package sheet_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"skillstracker/api/sheet"
	"skillstracker/domain"
)

func readSuccessions(t *testing.T, content string) ([]domain.Succession, []domain.Finding) {
	t.Helper()
	successions, findings, err := sheet.ReadSuccessions(t.Context(), strings.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	return successions, findings.List()
}

func TestReadSuccessions(t *testing.T) {
	t.Parallel()
	april := domain.NewDate(2026, 4, 1)
	want := []domain.Succession{
		{Row: 2, Predecessor: "RA1", Successor: "Z9B2Z", EffectiveOn: april},
		{Row: 3, Predecessor: "RA2", Successor: "RA3", Action: domain.ActionRemove},
	}
	for name, content := range map[string]string{
		"canonical":                       "predecessor,successor,effective_on,action\nRA1,Z9B2Z,2026-04-01,\nRA2,RA3,,remove\n",
		"another order, small and padded": "\xEF\xBB\xBFAction, Effective on,Successor,PREDECESSOR\r\n, 2026-04-01 , z9b2z,ra1\r\nRemove,,RA3,RA2\r\n,,,\r\n",
	} {
		got, findings := readSuccessions(t, content)
		if diff := cmp.Diff(want, got); diff != "" || len(findings) > 0 {
			t.Errorf("%s: %s %+v", name, diff, findings)
		}
	}
	if got, findings := readSuccessions(t, "predecessor,successor,effective_on\nRA1,Z9B2Z,2026-04-01\n"); len(got) != 1 || len(findings) > 0 {
		t.Errorf("without the column action: %+v %+v", got, findings)
	}
}

func TestReadSuccessionsNamesEveryCell(t *testing.T) {
	t.Parallel()
	const header = "predecessor,successor,effective_on,action\n"
	for code, c := range map[string]struct {
		content, place string
	}{
		"succession_file_not_csv":      {"PK\x03\x04", ""},
		"succession_file_empty":        {header, ""},
		"succession_header_missing":    {"RA1,RA2,2026-04-01\n", ""},
		"succession_column_missing":    {"predecessor,successor\nRA1,RA2\n", "effective_on"},
		"succession_column_twice":      {"predecessor,successor,effective_on,successor\nRA1,RA2,2026-04-01,RA2\n", "Column D"},
		"succession_column_unknown":    {"predecessor,successor,effective_on,reason\nRA1,RA2,2026-04-01,x\n", "Column D"},
		"succession_quotes_unbalanced": {header + "\"RA1,RA2,2026-04-01,\n", ""},
		"succession_fields_wrong":      {header + "RA1,RA2\n", ""},
		"succession_value_missing":     {header + "RA1,RA2,,\n", "effective_on"},
		"succession_code_invalid":      {header + "RA1,RA2;RA3,2026-04-01,\n", "successor"},
		"succession_date_invalid":      {header + "RA1,RA2,01/04/2026,\n", "effective_on"},
		"succession_action_unknown":    {header + "RA1,RA2,2026-04-01,delete\n", "action"},
		"succession_faults_too_many":   {header + strings.Repeat("!,RA2,2026-04-01,\n", domain.FindingLimit+1), ""},
	} {
		t.Run(code, func(t *testing.T) {
			t.Parallel()
			successions, findings := readSuccessions(t, c.content)
			at := slices.IndexFunc(findings, func(f domain.Finding) bool { return string(f.Code) == code })
			if len(successions) > 0 || at < 0 && code != "succession_faults_too_many" {
				t.Fatalf("%d successions beside %+v", len(successions), findings)
			}
			if at >= 0 && findings[at].Column != c.place {
				t.Errorf("column %q, want %q", findings[at].Column, c.place)
			}
		})
	}
	_, findings := readSuccessions(t, header+"!,,2026-13-01,x\nRA1,RA2,2026-04-01,\n,RA2,,remove\n")
	var places []string
	for _, f := range findings {
		places = append(places, string(f.Code)+" "+f.Column)
	}
	want := []string{
		"succession_code_invalid predecessor", "succession_value_missing successor", "succession_action_unknown action",
		"succession_date_invalid effective_on", "succession_value_missing predecessor",
	}
	if diff := cmp.Diff(want, places); diff != "" {
		t.Error(diff)
	}
}

func TestSuccessionFindingRulesAreComplete(t *testing.T) {
	t.Parallel()
	known := map[domain.FindingCode]bool{}
	for _, rule := range append(domain.FindingRules(), sheet.OrganisationFindingRules()...) {
		known[rule.Code] = true
	}
	for _, rule := range sheet.SuccessionFindingRules() {
		if known[rule.Code] || rule.Message == "" || rule.Mend == "" || rule.Example == "" || !strings.HasPrefix(string(rule.Code), "succession_") {
			t.Errorf("incomplete or not its own: %+v", rule)
		}
		known[rule.Code] = true
	}
}

func FuzzReadSuccessions(f *testing.F) {
	f.Add("predecessor,successor,effective_on,action\nRA1,RA2,2026-04-01,\n")
	f.Add("action,predecessor\nremove,\"RA1\nRA2\"")
	f.Fuzz(func(t *testing.T, content string) {
		successions, findings := readSuccessions(t, content)
		hasErrors := slices.ContainsFunc(findings, func(f domain.Finding) bool { return f.Severity == domain.SeverityError })
		if hasErrors == (len(successions) > 0) {
			t.Fatalf("%d successions beside %d findings", len(successions), len(findings))
		}
		for _, s := range successions {
			if !domain.ValidODSCode(s.Predecessor) || !domain.ValidODSCode(s.Successor) || s.Action == domain.ActionStore && s.EffectiveOn == 0 {
				t.Fatalf("cannot be stored: %+v", s)
			}
		}
	})
}
