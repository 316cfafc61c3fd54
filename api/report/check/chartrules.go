package check

import (
	"fmt"
	"strings"
)

// charts checks every chart of the workbook.
func (c *checker) charts() {
	count := 0
	for _, s := range c.sheets {
		for _, each := range s.charts {
			count++
			if each.newer {
				c.breach("CH-01", s, cellRef{}, "The chart is of a kind that many programs cannot show and this check cannot read.", "Use a column, bar, line or pie chart.")
				continue
			}
			c.chartParts(s, each)
			c.chartColours(s, each)
			c.chartTexts(s, each)
		}
		if s.role == roleChart && !s.chart {
			c.chartSummary(s)
		}
	}
	if count == 0 {
		for _, id := range []string{"CH-01", "CH-02", "CH-03", "CH-04"} {
			c.unasked[id] = "the workbook has no charts"
		}
	}
}

func (c *checker) chartParts(s *sheet, chart *chart) {
	if !chart.title {
		c.breach("CH-01", s, cellRef{}, "The chart has no title.", "Add one that says what it shows: Chart Design, Add Chart Element, Chart Title.")
	}
	for _, a := range chart.axes {
		if !a.deleted && !a.titled {
			what := "An axis of the chart has no title."
			switch a.kind {
			case "valAx":
				what = "The axis of values has no title."
			case "catAx", "dateAx":
				what = "The axis of categories has no title."
			}
			c.breach("CH-01", s, cellRef{}, what, "Add one with the unit: Chart Design, Add Chart Element, Axis Titles.")
		}
	}
	n := len(chart.series)
	if n > 4 {
		c.breach("CH-01", s, cellRef{}, fmt.Sprintf("The chart has %d series; more than four cannot be told apart.", n), "Show at most four, or make several charts.")
	}
	if n > 1 && !chart.toldApart() {
		c.breach("CH-01", s, cellRef{}, "The series of the chart are told apart by the colours of a legend alone.", "Label the series or their points, or give lines different markers or dashes.")
	}
}

// toldApart says whether series can be told apart without their colours.
func (c *chart) toldApart() bool {
	signs := map[string]bool{}
	for _, s := range c.series {
		if s.labels {
			continue
		}
		sign := ""
		if s.kind == "lineChart" || s.kind == "scatterChart" || s.kind == "radarChart" {
			sign = s.marker + "/" + s.dash
		}
		if sign == "" || sign == "/" || signs[sign] {
			return false
		}
		signs[sign] = true
	}
	return true
}

// shownColours returns the colours of a chart's series, or of the points of its only
// one where these differ, in the order in which they lie beside one another.
func (c *checker) shownColours(chart *chart) []rgb {
	if len(chart.series) == 1 && (chart.series[0].varied || len(chart.series[0].points) > 0) {
		return c.pointColours(&chart.series[0])
	}
	var list []rgb
	for i, s := range chart.series {
		switch {
		case s.colour.none:
		case s.colour.set:
			list = append(list, s.colour.rgb)
		default:
			list = append(list, c.styles.theme[4+i%6])
		}
	}
	return list
}

func (c *checker) pointColours(s *series) []rgb {
	count := 0
	for _, src := range s.sources {
		count = max(count, len(src.values))
	}
	for place := range s.points {
		count = max(count, place+1)
	}
	var list []rgb
	for i := range min(count, 12) {
		own, has := s.points[i]
		switch {
		case has && own.set && !own.none:
			list = append(list, own.rgb)
		case s.varied:
			list = append(list, c.styles.theme[4+i%6])
		case s.colour.set:
			list = append(list, s.colour.rgb)
		default:
			list = append(list, c.styles.theme[4])
		}
	}
	return list
}

func (c *checker) chartColours(s *sheet, chart *chart) {
	const advice = "Use dark blue #12436D, turquoise #28A197, dark pink #801650 and orange #F46A25 in this order; two series dark blue and orange."
	list := c.shownColours(chart)
	for i, colour := range list {
		if got := contrast(colour, chart.back); got < lineContrast {
			c.breach("CH-02", s, cellRef{}, fmt.Sprintf("Colour %d of the chart, #%02X%02X%02X, has a contrast of %.1f to 1 with the background; the least is 3 to 1.", i+1, colour.r, colour.g, colour.b, got), advice)
			return
		}
		if i == 0 {
			continue
		}
		if got := contrast(colour, list[i-1]); got < lineContrast {
			c.breach("CH-02", s, cellRef{}, fmt.Sprintf("Colours %d and %d of the chart lie beside each other and have a contrast of %.1f to 1; the least is 3 to 1.", i, i+1, got), advice)
			return
		}
	}
}

func (c *checker) chartTexts(s *sheet, chart *chart) {
	for _, text := range chart.sizes {
		size := text.size
		if size == 0 {
			size = chart.size
		}
		if size == 0 {
			size = text.usual
		}
		if size < leastSize*100 {
			c.breach("CH-03", s, cellRef{}, fmt.Sprintf("The %s of the chart has letters of %g points; the least is 12.", text.what, float64(size)/100), "Select the chart and set the size of its letters to 12 points or more.")
			break
		}
	}
	want := c.core.language
	if !languageTag.MatchString(want) {
		want = "en-GB"
	}
	for _, lang := range chart.langs {
		if !strings.EqualFold(lang, want) {
			c.breach("CH-03", s, cellRef{}, "The texts of the chart are marked as "+quoted(lang)+" and the document is in "+quoted(want)+".", "Set the language of the chart's texts, or the attribute lang in the chart's part.")
			break
		}
	}
}

// chartSummary checks the text that stands in for the charts of a sheet.
func (c *checker) chartSummary(s *sheet) {
	summary := s.seen.line(3)
	const advice = "Write in A3 what the chart shows, with its main figures, and on which sheet they are."
	if len([]rune(summary)) < 40 {
		c.breach("CH-04", s, cellRef{1, 3}, "Cell A3 does not sum up what the chart shows.", advice)
		return
	}
	lower := spaced(summary)
	for _, chart := range s.charts {
		for i := range chart.series {
			for _, src := range chart.series[i].sources {
				name, _, ok := splitTarget(src.refersTo)
				if ok && strings.Contains(lower, spaced(name)) {
					return
				}
			}
		}
	}
	c.breach("CH-04", s, cellRef{1, 3}, "Cell A3 does not name the sheet whose figures the chart shows.", advice)
}

// spaced returns a text in lower case with spaces for underscores.
func spaced(text string) string { return strings.ToLower(strings.ReplaceAll(text, "_", " ")) }
