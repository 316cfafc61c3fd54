package disclosure_test

import (
	"reflect"
	"slices"
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
		"levels of 0 to 7 are withheld, zero too": {
			[]int{0, 7, 8, 41, 30}, 90, []int{c, c, 15, 45, 30}, (30 + 135 + 120) / 90.0, 3,
		},
		"every level shown": {
			[]int{8, 12, 13, 30}, 60, []int{15, 15, 15, 30}, (15 + 30 + 90) / 75.0, 2,
		},
		"median between two levels": {
			[]int{30, 30}, 60, []int{30, 30}, 0.5, 0.5,
		},
		"nothing is left for withheld levels": {
			[]int{23, 38, 2, 3, 0}, 60, []int{30, 45, c, c, c}, 45 / 75.0, 1,
		},
		"a withheld level counts as 4 people": {
			[]int{20, 35, 20, 3, 5, 4}, 90, []int{15, 30, 15, c, c, c}, (30 + 30 + 48) / 72.0, 1,
		},
		"15 people are left for four withheld levels": {
			[]int{20, 35, 3, 2, 1, 0}, 60, []int{15, 30, c, c, c, c}, (30 + 14*15/4.0) / 60, 1,
		},
		"two levels hold everybody in a group under 20": {
			[]int{9, 9, 0}, 15, []int{15, 15, c}, 15 / 30.0, 0.5,
		},
		"one level holds everybody in a group of 23": {
			[]int{0, 23, 0}, 30, []int{c, 30, c}, 30 / 30.0, 1,
		},
		"three numbers remain for the withheld level": {
			append(slices.Repeat([]int{8}, 10), 2), 75, append(slices.Repeat([]int{15}, 10), c), 45 * 15 / 150.0, 4.5,
		},
	}
	for name, test := range tests {
		d := disclosure.Default().Distribution(test.levels, 0)
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
		"no levels":                                {},
		"nobody":                                   {0, 0, 0, 0, 0},
		"base of 7":                                {1, 3, 3, 0, 0},
		"no level shown":                           {7, 7, 7, 7, 7},
		"one level holds all of 8":                 {0, 8, 0, 0, 0},
		"one level holds all of 19":                {0, 0, 0, 0, 19},
		"looks as if one level held all of 8":      {0, 8, 1, 1, 1},
		"looks as if one level held all of 19":     {1, 21, 0, 0, 0},
		"one level of at least 8 in a group of 15": {8, 7},
		"two withheld levels of 6 or 7":            {7, 6},
		"two numbers remain for both levels":       append(slices.Repeat([]int{8}, 12), 1),
		"only nobody remains for the last level":   append(slices.Repeat([]int{8}, 14), 0),
	}
	for name, levels := range tests {
		d := disclosure.Default().Distribution(levels, 0)
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
	d := disclosure.Unaltered().Distribution([]int{1, 0, 3, 1}, 0)
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
	none := disclosure.Unaltered().Distribution([]int{0, 0}, 0)
	if none.Withheld || none.Base != shown(0) || none.Mean.Status != domain.StatusNotApplicable ||
		none.Median.Status != domain.StatusNotApplicable || none.Shares[0].Status != domain.StatusNotApplicable {
		t.Errorf("nobody: got %+v", none)
	}
}
