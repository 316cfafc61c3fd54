package check

// chartPoint is a value that a chart keeps of a cell.
type chartPoint struct {
	value   string
	numbers bool
	on      *sheet // the sheet that the chart is on
	seen    bool
}

// askForChartPoints notes on every sheet the cells of which charts keep values, so
// that they can be compared when the cells are read.
func (b *book) askForChartPoints() {
	left := maxPoints
	for _, on := range b.sheets {
		for _, c := range on.charts {
			for i := range c.series {
				for _, src := range c.series[i].sources {
					b.askFor(on, src, &left)
				}
			}
		}
	}
}

func (b *book) askFor(on *sheet, src source, left *int) {
	name, cells, ok := splitTarget(src.refersTo)
	of := b.sheetNamed(name)
	a, isArea := parseArea(cells)
	if !ok || of == nil || !isArea {
		return
	}
	if of.asked == nil {
		of.asked = map[cellRef][]chartPoint{}
	}
	wide := a.right - a.left + 1
	for place, value := range src.values {
		ref := cellRef{a.left + place%wide, a.top + place/wide}
		if *left--; *left < 0 || ref.row > a.bottom {
			continue
		}
		of.asked[ref] = append(of.asked[ref], chartPoint{value: value, numbers: src.numbers, on: on})
	}
}
