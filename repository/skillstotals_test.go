package repository_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"skillstracker/domain"
)

// The package recount checks every figure of every question on a register of its own;
// this one has people on bank contracts, back-dated lists and validities of a month.
func TestSkillsTotalsAreTheSumsOfTheRows(t *testing.T) {
	t.Parallel()
	for seed := range uint64(4) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			t.Parallel()
			random := rand.New(rand.NewPCG(seed, 42))
			r := randomRegister(t, random)
			m := readModel(t, r.database.Admin(t), nil)
			rows := 0
			for range 80 {
				rows += r.compareSkills(t, m, randomFilter(random, r.lists))
			}
			if rows < 250 {
				t.Errorf("only %d rows of totals were compared", rows)
			}
		})
	}
}

func (r register) compareSkills(t *testing.T, m model, f domain.TotalsFilter) int {
	t.Helper()
	f.Digital = nil
	f.GroupBy = slices.DeleteFunc(f.GroupBy, func(d domain.Dimension) bool { return d == domain.ByDigital })
	f.Months, f.Today = []domain.Date{f.AsAt}, f.AsAt+domain.Date(f.Framework.ValidityMonths*20-80)
	got, err := r.SkillsTotals(t.Context(), hr("RXA"), f)
	if err != nil {
		t.Fatal(err)
	}
	byGroup := make(map[domain.Group]domain.SkillsTotal)
	for _, total := range got {
		if total.Month == nil || *total.Month != f.AsAt {
			t.Errorf("a row is about %v instead of %s", total.Month, f.AsAt)
		}
		total.Month = nil
		byGroup[total.Group] = total
	}
	if len(byGroup) != len(got) {
		t.Errorf("%d rows have %d groups", len(got), len(byGroup))
	}
	if diff := cmp.Diff(m.skills(f), byGroup, cmpopts.IgnoreFields(domain.SkillsTotal{}, "Estimated", "Due", "Overdue", "NeverAssessed")); diff != "" {
		t.Errorf("digital literacy by %v as at %s (regions %v, ICBs %v, organisations %v, staff groups %v, bands %v, validity %d) (-want +got):\n%s",
			f.GroupBy, f.AsAt, f.Regions, f.ICBs, f.Organisations, f.StaffGroups, f.Bands, f.Framework.ValidityMonths, diff)
	}
	return len(got)
}
