package disclosure_test

import (
	"testing"

	"skillstracker/domain"
	"skillstracker/domain/disclosure"
)

func TestVacancyPeople(t *testing.T) {
	t.Parallel()
	n := func(people int) *int { return &people }
	tests := map[string]struct {
		total     domain.VacancyTotal
		headcount disclosure.Count
		rate      disclosure.Share
	}{
		"posts stay exact, people are rounded": {
			domain.VacancyTotal{Headcount: n(93), RateHeadcount: n(87), RateReported: n(3)},
			shown(90),
			disclosure.Share{Value: 3.0 / 93},
		},
		"rate withheld with its people": {
			domain.VacancyTotal{Headcount: n(93), RateHeadcount: n(7), RateReported: n(3)},
			shown(90),
			disclosure.Share{Status: "c"},
		},
		"few people": {
			domain.VacancyTotal{Headcount: n(2), RateHeadcount: n(2), RateReported: n(0)},
			withheld(),
			disclosure.Share{Status: "c"},
		},
		"posts without people": {
			domain.VacancyTotal{Headcount: n(0), RateHeadcount: n(0), RateReported: n(4)},
			shown(0),
			disclosure.Share{Value: 1},
		},
		"neither posts nor people": {
			domain.VacancyTotal{Headcount: n(0), RateHeadcount: n(0), RateReported: n(0)},
			shown(0),
			disclosure.Share{Status: "z"},
		},
		"no headcount given": {
			domain.VacancyTotal{RateReported: n(4)}, notAvailable(), disclosure.Share{Status: "x"},
		},
		"no vacancies reported": {
			domain.VacancyTotal{Headcount: n(50)}, shown(45), disclosure.Share{Status: "x"},
		},
	}
	for name, test := range tests {
		headcount, rate := disclosure.Default().VacancyPeople(test.total)
		if headcount != test.headcount || rate != test.rate {
			t.Errorf("%s: got %+v and %+v, want %+v and %+v", name, headcount, rate, test.headcount, test.rate)
		}
	}
	headcount, rate := disclosure.Unaltered().VacancyPeople(domain.VacancyTotal{Headcount: n(9), RateHeadcount: n(6), RateReported: n(2)})
	if headcount != shown(9) || rate != (disclosure.Share{Value: 0.25}) {
		t.Errorf("unaltered: got %+v and %+v", headcount, rate)
	}
}
