package report

import (
	"slices"
	"strings"
	"testing"

	"skillstracker/domain"
)

// sheetOfGroups returns a sheet of groups with a column of figures for each header; a
// figure below 0 is withheld.
func sheetOfGroups(headers []string, figures map[string][]float64) *sheet {
	s := &sheet{name: "By_group", columns: []column{{header: "Group", kind: kindText}}}
	for _, header := range headers {
		s.columns = append(s.columns, column{header: header, kind: kindOne})
	}
	for _, label := range slices.Sorted(func(yield func(string) bool) {
		for label := range figures {
			if !yield(label) {
				return
			}
		}
	}) {
		row := []value{textValue(label)}
		for _, figure := range figures[label] {
			if figure < 0 {
				row = append(row, absent(domain.StatusConfidential))
				continue
			}
			row = append(row, numberValue(figure))
		}
		s.rows = append(s.rows, row)
	}
	return s
}

// The sentence of a chart is about what the chart shows, and names equal ones.
func TestSentencesOfCharts(t *testing.T) {
	t.Parallel()
	type figures = map[string][]float64
	one := []string{"Rate (per cent)"}
	gap := func(of figures) string { return greatestGap(sheetOfGroups([]string{"Gap (levels)"}, of), 0, 1) }
	rate := func(of figures) string { return highestAndLowest("The rate", sheetOfGroups(one, of), 0, 1, 0) }
	parts := func(of figures) string {
		return mostIn(sheetOfGroups([]string{"Level 0 (per cent)", "Level 1 (per cent)"}, of), 0, []int{1, 2})
	}
	posts := func(of figures) string {
		return kindsOfPosts(sheetOfGroups([]string{"Budgeted (FTE)", "Contracted (FTE)"}, of), 1, 2)
	}
	for got, want := range map[string]string{
		gap(figures{"A": {1.2}, "B": {0.4}}):                    "Staff are furthest below target in A, by 1.2 levels on average.",
		gap(figures{"A": {0.2}, "B": {-1}}):                     "Of those shown, staff are furthest below target in A, by 0.2 levels on average.",
		gap(figures{"A": {0}, "B": {0}}):                        "The mean gap to target is 0.0 levels in every competence.",
		gap(figures{"A": {-1}}):                                 "The mean gap to target is not available.",
		rate(figures{"A": {5}, "B": {5.04}, "C": {4}}):          "The rate is highest for A and B at 5.0 per cent and lowest for C at 4.0 per cent.",
		rate(figures{"A": {5}, "B": {4}, "C": {4}, "D": {4}}):   "The rate is highest for A at 5.0 per cent and lowest for B and 2 others at 4.0 per cent.",
		rate(figures{"A": {5}, "B": {5}, "C": {-1}}):            "Of those shown, the rate is the same for all, 5.0 per cent.",
		parts(figures{"A": {50, 50}, "B": {20, 80}}):            "The share of staff at level 0 is greatest in A, 50.0 per cent.",
		parts(figures{"A": {50, -1}, "B": {20, 80}}):            "Of those shown, the share of staff at level 0 is greatest in B, 20.0 per cent.",
		parts(figures{"A": {50, 75}, "B": {20, 80}}):            "Of those shown, the share of staff at level 0 is greatest in B, 20.0 per cent.",
		posts(figures{"Yes": {10, 8}, "No": {90, 81.25}}):       "Contracted of budgeted FTE: 81.3 of 90.0 FTE for other posts, 8.0 of 10.0 FTE for digital posts.",
		posts(figures{"Yes": {10, -1}, "Not stated": {2, 0.5}}): "Contracted of budgeted FTE: 0.5 of 2.0 FTE for posts of which it is not stated.",
	} {
		if sentence := strings.TrimSuffix(got, " The figures are on the worksheet By_group."); sentence != want {
			t.Errorf("says %q, want %q", sentence, want)
		}
	}
}

// A stacked bar of shares that do not make up a whole would be longer than the whole.
func TestStackedBarsAddUp(t *testing.T) {
	t.Parallel()
	s := sheetOfGroups([]string{"Level 0 (per cent)", "Level 1 (per cent)"}, map[string][]float64{"A": {50, 75}, "B": {20, 80}, "C": {33.3, 66.6}, "D": {-1, 50}})
	drawn, err := finishCharts([]*chart{{name: "Chart_parts", title: "Parts", message: "Parts.", kind: chartStackedBars, of: s, label: 0, series: []int{1, 2}}})
	if err != nil || len(drawn) != 1 {
		t.Fatalf("%d charts, %v", len(drawn), err)
	}
	c := drawn[0]
	if !slices.Equal(c.rows, []int{1, 2}) || !slices.Equal(c.uneven, []string{"A"}) || !slices.Equal(c.leftOut, []string{"D"}) {
		t.Errorf("draws %v and leaves out %v and %v", c.rows, c.uneven, c.leftOut)
	}
	if !c.drawn(5).Whole {
		t.Error("the bars are not of 100 per cent")
	}
	if lines := strings.Join(c.lines(nil), "\n"); !strings.Contains(lines, "absent: D.") || !strings.Contains(lines, "do not add up to about 100 per cent: A.") {
		t.Errorf("the sheet says %s", lines)
	}
}

// On every page of a wide table stand a code and a name, and not so many labels that
// nothing else has room.
func TestLabelsOfPages(t *testing.T) {
	t.Parallel()
	text, figure := column{header: "Name", kind: kindText}, column{header: "Figure (number)", kind: kindOne}
	for name, test := range map[string]struct {
		columns      []column
		widths       []float64
		wide, labels int
	}{
		"narrow":            {[]column{text, figure}, []float64{30, 30}, 1, 0},
		"all text":          {slices.Repeat([]column{text}, 11), slices.Repeat([]float64{30}, 11), 2, 2},
		"one label":         {append([]column{text}, slices.Repeat([]column{figure}, 10)...), slices.Repeat([]float64{30}, 11), 2, 1},
		"wide second label": {append([]column{text, text}, slices.Repeat([]column{figure}, 10)...), append([]float64{20, 70}, slices.Repeat([]float64{30}, 10)...), 2, 1},
		"wide first label":  {append([]column{text}, slices.Repeat([]column{figure}, 10)...), append([]float64{90}, slices.Repeat([]float64{30}, 10)...), 2, 0},
	} {
		page := tableLayout{sheet: &sheet{columns: test.columns}, widths: test.widths}.page()
		if page.Wide != test.wide || page.Labels != test.labels {
			t.Errorf("%s: %d pages with %d labels, want %d with %d", name, page.Wide, page.Labels, test.wide, test.labels)
		}
	}
}
