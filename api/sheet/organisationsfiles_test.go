package sheet_test

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"

	"skillstracker/api/sheet"
	"skillstracker/domain"
)

// publicFile reads a file of public test data, which lies beside the repository.
func publicFile(t *testing.T, name string) io.Reader {
	t.Helper()
	content, err := fs.ReadFile(os.DirFS("../../../shared/data"), name)
	if errors.Is(err, fs.ErrNotExist) {
		t.Skipf("the public test data %s is not beside the repository (../shared/data)", name)
	}
	if err != nil {
		t.Fatal(err)
	}
	return bytes.NewReader(content)
}

func readEdition(t *testing.T, name string) map[string]domain.OrganisationEntry {
	t.Helper()
	entries, findings, err := sheet.ReadOrganisations(t.Context(), publicFile(t, name))
	if err != nil || len(findings.List()) > 0 {
		t.Fatalf("read %s: findings %+v, error %v", name, findings.List(), err)
	}
	byCode := make(map[string]domain.OrganisationEntry, len(entries))
	for _, e := range entries {
		byCode[e.Code] = e
	}
	if len(byCode) != len(entries) {
		t.Errorf("%s: %d entries have %d codes", name, len(entries), len(byCode))
	}
	return byCode
}

func TestReadOrganisationsODSEditions(t *testing.T) {
	cases := []struct {
		file          string
		rows, closed  int
		regions, icbs int
		names         map[string]string
	}{
		{
			file: "ods_etr_2022-03.csv", rows: 218, closed: 6, regions: 7, icbs: 42,
			names: map[string]string{
				"RWD": "United Lincolnshire Hospitals NHS Trust",
				"RHU": "Portsmouth Hospitals University National Health Service Trust",
				"RF4": "Barking, Havering and Redbridge University Hospitals NHS Trust",
			},
		},
		{
			file: "ods_etr_2025-12.csv", rows: 273, closed: 68, regions: 7, icbs: 42,
			names: map[string]string{
				"G6V2S": "North London NHS Foundation Trust",
				"RWD":   "United Lincolnshire Teaching Hospitals NHS Trust",
				"RCX":   "The Queen Elizabeth Hospital, King's Lynn, NHS Foundation Trust",
				"RX4":   "Cumbria, Northumberland, Tyne and Wear NHS Foundation Trust",
				"RX3":   "Tees, Esk and Wear Valleys NHS Foundation Trust",
				"RRF":   "Wrightington, Wigan and Leigh NHS Foundation Trust",
				"RRP":   "Barnet, Enfield and Haringey Mental Health NHS Trust",
			},
		},
	}
	for _, c := range cases {
		t.Run(c.file, func(t *testing.T) {
			edition := readEdition(t, c.file)
			if len(edition) != c.rows {
				t.Errorf("%d organisations, want %d", len(edition), c.rows)
			}
			closed := 0
			regions, icbs := make(map[string]bool), make(map[string]bool)
			for code, e := range edition {
				if e.ClosedOn != nil {
					closed++
				}
				if e.Kind != domain.KindTrust || e.Sector != "" || e.Synthetic || e.OpenedOn == nil {
					t.Errorf("%s is read as %+v", code, e)
				}
				wales := slices.Contains([]string{"RQF", "RT4", "RYT"}, code)
				if (e.Region == "") != wales || (e.ICB == "") != wales {
					t.Errorf("%s is in region %q and ICB %q", code, e.Region, e.ICB)
				}
				if !wales {
					regions[e.Region], icbs[e.ICB] = true, true
				}
			}
			if closed != c.closed || len(regions) != c.regions || len(icbs) != c.icbs {
				t.Errorf("%d closed, %d regions, %d ICBs; want %d, %d, %d", closed, len(regions), len(icbs), c.closed, c.regions, c.icbs)
			}
			for code, want := range c.names {
				if got := edition[code].Name; got != want {
					t.Errorf("%s is called %q, want %q", code, got, want)
				}
			}
		})
	}
}

// Two editions, in either order, give RA7 one version, RWD a renaming and G6V2S
// a history that begins with the later edition.
func TestReadOrganisationsGivesHistories(t *testing.T) {
	early, late := domain.NewDate(2022, 3, 31), domain.NewDate(2025, 12, 31)
	editions := map[domain.Date]map[string]domain.OrganisationEntry{
		early: readEdition(t, "ods_etr_2022-03.csv"), late: readEdition(t, "ods_etr_2025-12.csv"),
	}
	want := map[string][]domain.OrganisationVersion{
		"RA7": {{ValidFrom: early, Name: "University Hospitals Bristol and Weston NHS Foundation Trust", Region: "Y58", ICB: "QUY"}},
		"RWD": {
			{ValidFrom: early, Name: "United Lincolnshire Hospitals NHS Trust", Region: "Y60", ICB: "QJM"},
			{ValidFrom: late, Name: "United Lincolnshire Teaching Hospitals NHS Trust", Region: "Y60", ICB: "QJM"},
		},
		"G6V2S": {{ValidFrom: late, Name: "North London NHS Foundation Trust", Region: "Y56", ICB: "QMJ"}},
		"RQF":   {{ValidFrom: early, Name: "Velindre NHS Trust"}},
	}
	for _, order := range [][]domain.Date{{early, late}, {late, early}} {
		for code, versions := range want {
			said := make(map[domain.Date]domain.OrganisationEntry)
			for _, edition := range order {
				if e, listed := editions[edition][code]; listed {
					said[edition] = e
				}
			}
			if got := domain.OrganisationVersions(said); !slices.Equal(got, versions) {
				t.Errorf("%s has versions %+v, want %+v", code, got, versions)
			}
		}
	}
	barnet := map[domain.Date]domain.OrganisationEntry{early: editions[early]["RRP"], late: editions[late]["RRP"]}
	opened, closed := domain.OrganisationLifespan(barnet)
	if !domain.OpenOn(opened, closed, domain.NewDate(2024, 10, 31)) || domain.OpenOn(opened, closed, domain.NewDate(2024, 11, 1)) {
		t.Errorf("RRP is open from %v to %v, want it to close on 31 October 2024", opened, closed)
	}
}

// NHS England's sickness absence figures hold the same trusts with names as
// managers write them: wherever only the capitals differ, ours must not.
func TestOrganisationNamesAgreeWithPublishedOnes(t *testing.T) {
	edition := readEdition(t, "ods_etr_2025-12.csv")
	rows, err := csv.NewReader(publicFile(t, "nhs_sickness_absence_2024-04.csv")).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	code, name := slices.Index(rows[0], "ORG_CODE"), slices.Index(rows[0], "ORG_NAME")
	compared := 0
	for _, row := range rows[1:] {
		e, listed := edition[row[code]]
		if !listed || !strings.EqualFold(e.Name, row[name]) {
			continue
		}
		compared++
		if e.Name != row[name] {
			t.Errorf("%s is written %q, published as %q", e.Code, e.Name, row[name])
		}
	}
	if compared < 180 {
		t.Errorf("only %d names could be compared", compared)
	}
}

func TestDemoOrganisations(t *testing.T) {
	content, err := os.ReadFile("../../cmd/skillstracker/demodata/organisations.csv")
	if err != nil {
		t.Fatal(err)
	}
	entries, findings, err := sheet.ReadOrganisations(t.Context(), bytes.NewReader(content))
	if err != nil || len(findings.List()) > 0 {
		t.Fatalf("findings %+v, error %v", findings.List(), err)
	}
	trusts := 0
	regions, sectors := make(map[string]bool), make(map[string]bool)
	for _, e := range entries {
		if e.Synthetic != e.Kind.IsSocialCare() || e.Synthetic != strings.Contains(e.Name, "(synthetic)") {
			t.Errorf("%s is not marked rightly: %+v", e.Code, e)
		}
		// The sector of a site is left to the register, which knows that of social care.
		if e.ClosedOn != nil || e.OpenedOn == nil || (e.Sector == "") != (e.Kind == domain.KindCareSite) || e.ICB == "" {
			t.Errorf("%s is not fit for the demonstration: %+v", e.Code, e)
		}
		if e.Kind == domain.KindTrust {
			trusts++
			regions[e.Region], sectors[e.Sector] = true, true
		}
	}
	if trusts != 14 || len(entries) != 16 || len(regions) != 7 || len(sectors) != 4 {
		t.Errorf("%d trusts of %d organisations in %d regions and %d sectors", trusts, len(entries), len(regions), len(sectors))
	}

	edition := readEdition(t, "ods_etr_2025-12.csv")
	for _, e := range entries {
		if e.Kind != domain.KindTrust {
			continue
		}
		e.Sector = ""
		if !sameEntry(e, edition[e.Code]) {
			t.Errorf("%s is %+v, in the ODS file %+v", e.Code, e, edition[e.Code])
		}
	}
}
