package domain_test

import (
	"testing"

	"skillstracker/domain"
)

func TestHowFarAReturnMayBeFromTheStaffList(t *testing.T) {
	month := domain.NewDate(2026, 10, 31)
	for _, c := range []struct {
		returned, listed domain.FTE
		far              bool
	}{
		{1_000_000, 1_000_000, false},
		{1_200_000, 1_000_000, false},
		{1_200_001, 1_000_000, true},
		{800_000, 1_000_000, false},
		{799_999, 1_000_000, true},
		{200_000, 100_000, false}, // twice as many, but one FTE only
		{200_001, 100_000, true},
		{100_000, 0, false},
		{100_001, 0, true},
		{0, 100_001, true},
	} {
		plan := domain.VacancyPlan{After: []domain.VacancyCell{{
			Key:      domain.VacancyKey{Month: month, StaffGroup: "03"},
			Measures: domain.VacancyMeasures{Contracted: domain.Measure{State: domain.Known, Value: int64(c.returned)}},
		}}}
		faults := domain.NewFindings()
		plan.CompareWithStaffList(map[domain.Date]map[string]domain.FTE{month: {"03": c.listed}}, faults)
		if far := faults.Warnings() == 1; far != c.far {
			t.Errorf("%s in the return and %s on the list: far apart is %t", c.returned, c.listed, far)
		}
	}
}
