package disclosure_test

import (
	"reflect"
	"testing"

	"skillstracker/domain"
	"skillstracker/domain/disclosure"
)

func TestDistributionShown(t *testing.T) {
	t.Parallel()
	const c = -1 // a withheld level
	tests := map[string]struct {
		levels       []int
		base         int
		shown        []int
		mean, median float64
	}{
		"levels of 0 to 7 are withheld(), zero too": {
			[]int{0, 7, 8, 41, 30}, 85, []int{c, c, 10, 40, 30}, (4 + 20 + 120 + 120) / 88.0, 3,
		},
		"every level shown": {
			[]int{8, 12, 13, 17}, 50, []int{10, 10, 15, 15}, (10 + 30 + 45) / 50.0, 2,
		},
		"median between two levels": {
			[]int{18, 22}, 40, []int{20, 20}, 0.5, 0.5,
		},
		"two levels hold everybody in a group under 20": {
			[]int{9, 9, 0}, 20, []int{10, 10, c}, (10 + 8) / 24.0, 1,
		},
		"one level holds everybody in a group of 23": {
			[]int{0, 23, 0}, 25, []int{c, 25, c}, (25 + 8) / 33.0, 1,
		},
		"three numbers remain for the withheld level": {
			[]int{8, 8, 8, 8, 8, 1}, 40, []int{10, 10, 10, 10, 10, c}, (100 + 20) / 54.0, 2,
		},
	}
	for name, test := range tests {
		d := disclosure.Default().Distribution(test.levels)
		if d.Withheld || d.Base != shown(test.base) {
			t.Errorf("%s: withheld() %v, base %+v, want %d", name, d.Withheld, d.Base, test.base)
		}
		for i, want := range test.shown {
			count, share := shown(want), disclosure.Share{Value: float64(want) / float64(test.base)}
			if want == c {
				count, share = withheld(), disclosure.Share{Status: domain.StatusConfidential}
			}
			if d.Levels[i] != count || d.Shares[i] != share {
				t.Errorf("%s: level %d is %+v with share %+v, want %+v with %+v", name, i, d.Levels[i], d.Shares[i], count, share)
			}
		}
		if d.Mean != (disclosure.Average{Value: test.mean}) || d.Median != (disclosure.Average{Value: test.median}) {
			t.Errorf("%s: mean %+v, median %+v, want %v, %v", name, d.Mean, d.Median, test.mean, test.median)
		}
	}
}

func TestDistributionWithheldWhole(t *testing.T) {
	t.Parallel()
	tests := map[string][]int{
		"no levels":                              {},
		"nobody":                                 {0, 0, 0, 0, 0},
		"base of 7":                              {1, 3, 3, 0, 0},
		"no level shown":                         {7, 7, 7, 7, 7},
		"one level holds all of 8":               {0, 8, 0, 0, 0},
		"one level holds all of 19":              {0, 0, 0, 0, 19},
		"looks as if one level held all of 8":    {0, 8, 1, 1, 1},
		"looks as if one level held all of 19":   {1, 21, 0, 0, 0},
		"two withheld levels of 6 or 7":          {7, 6},
		"two numbers remain for both levels":     {8, 8, 0, 1},
		"only nobody remains for the last level": {8, 8, 8, 8, 0},
	}
	for name, levels := range tests {
		d := disclosure.Default().Distribution(levels)
		want := disclosure.Distribution{
			Base:     withheld(),
			Levels:   make([]disclosure.Count, len(levels)),
			Shares:   make([]disclosure.Share, len(levels)),
			Mean:     disclosure.Average{Status: domain.StatusConfidential},
			Median:   disclosure.Average{Status: domain.StatusConfidential},
			Withheld: true,
		}
		for i := range levels {
			want.Levels[i] = withheld()
			want.Shares[i].Status = domain.StatusConfidential
		}
		if !reflect.DeepEqual(d, want) {
			t.Errorf("%s: got %+v", name, d)
		}
	}
}

func TestDistributionUnaltered(t *testing.T) {
	t.Parallel()
	d := disclosure.Unaltered().Distribution([]int{1, 0, 3, 1})
	want := disclosure.Distribution{
		Base:   shown(5),
		Levels: []disclosure.Count{shown(1), shown(0), shown(3), shown(1)},
		Shares: []disclosure.Share{{Value: 0.2}, {Value: 0}, {Value: 0.6}, {Value: 0.2}},
		Mean:   disclosure.Average{Value: 1.8},
		Median: disclosure.Average{Value: 2},
	}
	if !reflect.DeepEqual(d, want) {
		t.Errorf("got %+v, want %+v", d, want)
	}
	none := disclosure.Unaltered().Distribution([]int{0, 0})
	if none.Withheld || none.Base != shown(0) || none.Mean.Status != domain.StatusNotApplicable ||
		none.Median.Status != domain.StatusNotApplicable || none.Shares[0].Status != domain.StatusNotApplicable {
		t.Errorf("nobody: got %+v", none)
	}
}
