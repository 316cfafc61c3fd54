package repository_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"skillstracker/domain"
)

// recodedBoards says which ICB took the place of which in 2026, as far as the public
// record that the test data came with says it. Those with several were split, and of
// their trusts nobody says where they went.
func recodedBoards() map[string][]string {
	return map[string][]string{
		"QMJ": {"Z9B2Z"}, "QRV": {"Z9B2Z"}, "QH8": {"D7T5G"}, "QU9": {"S0E4D"}, "QXU": {"S9B9J"}, "QNX": {"S9B9J"}, "QHG": {"S1Y5D"}, "QUE": {"S1Y5D"},
		"QMM": {"T6Y0W"}, "QM7": {"D7T5G", "S1Y5D"}, "QJG": {"D7T5G", "T6Y0W"}, "QNQ": {"S0E4D", "S9B9J"},
	}
}

// april2026 is the day on which the boards changed. The record says the year; the
// first day of its financial year is an assumption of this test.
func april2026() domain.Date { return date(2026, 4, 1) }

// edition2026 is what the edition of December 2025 says with the boards that have one
// successor replaced, and the boards themselves: the public test data holds no
// edition of 2026.
func edition2026(t *testing.T, r register, of2025 domain.OrganisationImport) domain.OrganisationImport {
	t.Helper()
	derived := domain.OrganisationImport{Edition: date(2026, 6, 30), Entries: slices.Clone(of2025.Entries)}
	recoded := recodedBoards()
	for i := range derived.Entries {
		if successors := recoded[derived.Entries[i].ICB]; len(successors) == 1 {
			derived.Entries[i].ICB = successors[0]
		}
	}
	opened, last := april2026(), april2026()-1
	known := map[string]bool{}
	for old, successors := range recoded {
		board, err := r.Organisation(t.Context(), old, december2025())
		if err != nil {
			t.Fatal(err)
		}
		derived.Entries = append(derived.Entries, domain.OrganisationEntry{
			Code: old, Name: board.Name, Kind: domain.KindICB, Region: board.Region, OpenedOn: board.OpenedOn, ClosedOn: &last,
		})
		for _, code := range successors {
			if !known[code] {
				known[code] = true
				derived.Entries = append(derived.Entries, domain.OrganisationEntry{Code: code, Name: "Integrated Care Board " + code, Kind: domain.KindICB, Region: board.Region, OpenedOn: &opened})
			}
		}
	}
	return derived
}

// realRegister holds the real organisations of 2022 and 2025, those of 2026 as far as
// they are known, their successions and a few made-up returns.
func realRegister(t *testing.T) register {
	t.Helper()
	r := newRegister(t)
	editions := realEditions(t)
	importAll(t, r.Store, editions...)
	importAll(t, r.Store, edition2026(t, r, editions[1]))
	// Each day is the one after the closing date that the edition of 2025 gives; who took
	// over is public knowledge, and their new names and opening dates in it agree.
	successions := []domain.Succession{
		successor("RRP", "G6V2S", date(2024, 11, 1)), successor("RAP", "RAL", date(2025, 1, 1)), successor("RA4", "RH5", date(2023, 4, 1)),
		successor("RBZ", "RH8", date(2022, 4, 1)), successor("R1C", "RW1", date(2024, 10, 1)), successor("RVY", "RBN", date(2023, 7, 1)),
		successor("RY9", "RAX", date(2024, 11, 1)),
	}
	for _, s := range successions {
		closed, err := r.Organisation(t.Context(), s.Predecessor, s.EffectiveOn)
		if err != nil || closed.ClosedOn == nil || *closed.ClosedOn+1 != s.EffectiveOn {
			t.Fatalf("%s closes on %v, not the day before %s: %v", s.Predecessor, closed.ClosedOn, s.EffectiveOn, err)
		}
	}
	for old, boards := range recodedBoards() {
		for _, board := range boards {
			successions = append(successions, successor(old, board, april2026()))
		}
	}
	if summary := importSuccessions(t, r.Store, successions...); summary.New != 22 {
		t.Fatalf("%d successions are new", summary.New)
	}
	june2022 := date(2022, 6, 30)
	for code, numbers := range map[string][2]int64{
		"RXT": {10, 8}, "RPG": {20, 15}, "RRP": {30, 24}, "RRV": {40, 35}, "RAP": {50, 49}, "RPY": {60, 50}, "RQW": {70, 60}, "RA4": {80, 75},
	} {
		r.store(t, vacancies(code, cell(june2022, "03", "5", establishment(numbers[0], numbers[1]))))
	}
	for code, numbers := range map[string][2]int64{
		"RXT": {11, 8}, "RPG": {21, 15}, "G6V2S": {31, 24}, "RRV": {41, 35}, "RAL": {51, 49}, "RPY": {61, 50}, "RQW": {71, 60}, "RH5": {81, 75},
	} {
		r.store(t, vacancies(code, cell(december2025(), "03", "5", establishment(numbers[0], numbers[1]))))
	}
	return r
}

// The numbers are added up by hand: budgeted FTE, vacancy FTE, organisations that
// reported, organisations expected.
func TestRealOrganisationsAsTheyWereAndAsTheyAreNow(t *testing.T) {
	t.Parallel()
	r := realRegister(t)
	june2022, july2026 := date(2022, 6, 30), date(2026, 7, 31)
	for name, c := range map[string]struct {
		month domain.Date
		basis domain.Basis
		today domain.Date
		by    domain.Dimension
		want  string
	}{
		// QUA had RXT and QKK had RPG when the edition of 2022 was made; RRP, RRV and RAP were in QMJ.
		"2022 as it was, by ICB": {
			june2022, domain.BasisAsWas, july2026, domain.ByICB,
			"QKK 20 5 1 1, QM7 70 10 1 1, QMJ 120 12 3 3, QRV 60 10 1 1, QSL 80 5 1 1, QUA 10 2 1 1",
		},
		// In 2025 RXT had gone to QHL and RPG to QKS. RRP and RAP had closed, and G6V2S and RAL, which followed
		// them, were in QMJ too. RA4's successor RH5 is in QSL as RA4 was.
		"2022 as of the end of 2025, by ICB": {
			june2022, domain.BasisAsNow, december2025(), domain.ByICB,
			"QHL 10 2 1 1, QKS 20 5 1 1, QM7 70 10 1 1, QMJ 120 12 3 3, QRV 60 10 1 1, QSL 80 5 1 1",
		},
		// Since 2026 QMJ and QRV are Z9B2Z: 30+40+50+60 = 180 and 6+5+1+10 = 22.
		"2022 as of 2026, by ICB": {
			june2022, domain.BasisAsNow, july2026, domain.ByICB,
			"QHL 10 2 1 1, QKS 20 5 1 1, QM7 70 10 1 1, QSL 80 5 1 1, Z9B2Z 180 22 4 4",
		},
		"2022 as of 2026, by organisation": {
			june2022, domain.BasisAsNow, july2026, domain.ByOrganisation,
			"G6V2S 30 6 1 1, RAL 50 1 1 1, RH5 80 5 1 1, RPG 20 5 1 1, RPY 60 10 1 1, RQW 70 10 1 1, RRV 40 5 1 1, RXT 10 2 1 1",
		},
		// Oxleas (RPG) moved from London to the South East between the editions.
		"2022 as it was, by region": {
			june2022, domain.BasisAsWas, july2026, domain.ByRegion,
			"Y56 200 27 5 5, Y58 80 5 1 1, Y60 10 2 1 1, Y61 70 10 1 1",
		},
		"2022 as of 2026, by region": {
			june2022, domain.BasisAsNow, july2026, domain.ByRegion,
			"Y56 180 22 4 4, Y58 80 5 1 1, Y59 20 5 1 1, Y60 10 2 1 1, Y61 70 10 1 1",
		},
		// G6V2S, RRV and RAL: 31+41+51 = 123 and 7+6+2 = 15.
		"2025 as it was, by ICB": {
			december2025(), domain.BasisAsWas, july2026, domain.ByICB,
			"QHL 11 3 1 1, QKS 21 6 1 1, QM7 71 11 1 1, QMJ 123 15 3 3, QRV 61 11 1 1, QSL 81 6 1 1",
		},
		"2025 as of 2026, by ICB": {
			december2025(), domain.BasisAsNow, july2026, domain.ByICB,
			"QHL 11 3 1 1, QKS 21 6 1 1, QM7 71 11 1 1, QSL 81 6 1 1, Z9B2Z 184 26 4 4",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			totals, err := r.VacancyTotals(t.Context(), admin(), domain.TotalsFilter{
				GroupBy: []domain.Dimension{c.by}, Basis: c.basis, Today: c.today, AsAt: c.month, Months: []domain.Date{c.month}, PeriodMonths: 12,
			})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, total := range totals {
				if total.Cells == 0 {
					continue // members that never reported
				}
				code := map[domain.Dimension]string{domain.ByICB: total.ICB, domain.ByOrganisation: total.Organisation, domain.ByRegion: total.Region}[c.by]
				got = append(got, fmt.Sprintf("%s %s %s %d %d", code, total.Budgeted, total.Vacancy, total.Reporting, total.Expected))
			}
			if diff := cmp.Diff(strings.Split(c.want, ", "), got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestRealBoardsThatWereSplitHaveNoSingleSuccessor(t *testing.T) {
	t.Parallel()
	r := realRegister(t)
	codes := slices.Sorted(maps.Keys(recodedBoards()))
	codes = append(codes, "QHL", "Z9B2Z", "RRP", "RRV")
	want := recodedBoards()
	want["RRP"] = []string{"G6V2S"}
	got, err := r.SuccessorsOf(t.Context(), codes, date(2026, 7, 31))
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("in 2026: %s %v", diff, err)
	}
	if got, err = r.SuccessorsOf(t.Context(), codes, december2025()); cmp.Diff(map[string][]string{"RRP": {"G6V2S"}}, got) != "" || err != nil {
		t.Errorf("in 2025: %v %v", got, err)
	}
	boards, _, err := r.Organisations(t.Context(), domain.OrganisationFilter{Kinds: []domain.OrganisationKind{domain.KindICB}, AsAt: date(2026, 7, 31), OpenOn: datePointer(date(2026, 7, 31)), Page: domain.Page{Limit: 100}})
	if err != nil || len(boards) != 36 {
		t.Errorf("%d ICBs are open in 2026, not 36 (%v)", len(boards), err)
	}
}
