package workbook

import "strconv"

// The colours of series, in an order in which each has a contrast of at least 3 to 1
// with white and with those beside it (Government Analysis Function, data
// visualisation: colours), and the colour of text upon them.
func seriesColours(series int) []string {
	const darkBlue, turquoise, darkPink, orange = "12436D", "28A197", "801650", "F46A25"
	if series == 2 {
		return []string{darkBlue, orange}
	}
	return []string{darkBlue, turquoise, darkPink, orange}
}

func textOn(colour string) string {
	if colour == "12436D" || colour == "801650" {
		return "FFFFFF"
	}
	return black
}

// chartPart writes the part of a chart. Element order is that of the schema of
// DrawingML charts (ECMA-376 part 1, 21.2), which Excel insists on; what is optional
// and not needed is left out.
type chartPart struct {
	bytes []byte
	err   error
}

func (p *chartPart) put(markup ...string) {
	for _, each := range markup {
		p.bytes = append(p.bytes, each...)
	}
}

// val writes an element with its value.
func (p *chartPart) val(name, value string) { p.put(`<c:`, name, ` val="`, value, `"/>`) }

func (p *chartPart) text(text string) {
	written, err := appendText(p.bytes, text)
	if err != nil && p.err == nil {
		p.err = err
	}
	p.bytes = written
}

// letters writes how letters look.
func (p *chartPart) letters(element string, points int, bold bool, colour string) {
	p.put(`<a:`, element)
	if element != "defRPr" {
		p.put(` lang="`, language, `"`)
	}
	weight := "0"
	if bold {
		weight = "1"
	}
	p.put(` sz="`, strconv.Itoa(points*100), `" b="`, weight, `"><a:solidFill><a:srgbClr val="`, colour,
		`"/></a:solidFill><a:latin typeface="`, FontName, `"/></a:`, element, `>`)
}

// look writes the properties of texts that are not written here.
func (p *chartPart) look(colour string) {
	p.put(`<c:txPr><a:bodyPr rot="0" vert="horz"/><a:lstStyle/><a:p><a:pPr>`)
	p.letters("defRPr", BodySize, false, colour)
	p.put(`</a:pPr><a:endParaRPr lang="`, language, `"/></a:p></c:txPr>`)
}

// title writes a title of the chart or, with a turn, of an axis.
func (p *chartPart) title(text string, points int, turn string) {
	p.put(`<c:title><c:tx><c:rich><a:bodyPr`, turn, `/><a:lstStyle/><a:p><a:pPr>`)
	p.letters("defRPr", points, true, black)
	p.put(`</a:pPr><a:r>`)
	p.letters("rPr", points, true, black)
	p.put(`<a:t>`)
	p.text(text)
	p.put(`</a:t></a:r></a:p></c:rich></c:tx><c:overlay val="0"/></c:title>`)
}

// part returns the part of the chart.
func (c *Chart) part() ([]byte, error) {
	p := &chartPart{}
	p.put(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>`+"\n",
		`<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"`,
		` xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"`,
		` xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">`)
	p.val("lang", language)
	p.val("roundedCorners", "0")
	p.put(`<c:chart>`)
	p.title(c.Title, HeadingSize, "")
	p.val("autoTitleDeleted", "0")
	p.put(`<c:plotArea><c:layout/>`)
	if c.Form == Lines {
		c.lines(p)
	} else {
		c.bars(p)
	}
	c.axisOfLabels(p)
	c.axisOfValues(p)
	p.put(`</c:plotArea>`)
	if len(c.Series) > 1 {
		p.put(`<c:legend><c:legendPos val="b"/><c:overlay val="0"/>`)
		p.look(black)
		p.put(`</c:legend>`)
	}
	p.val("plotVisOnly", "1")
	p.val("dispBlanksAs", "gap")
	p.put(`</c:chart><c:spPr><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill><a:ln><a:noFill/></a:ln></c:spPr>`)
	p.look(black)
	p.put(`<c:printSettings><c:headerFooter/><c:pageMargins b="0.75" l="0.7" r="0.7" t="0.75" header="0.3" footer="0.3"/><c:pageSetup/></c:printSettings></c:chartSpace>`)
	return p.bytes, p.err
}

// The ids by which the axes and the plot name one another.
const labelsAxis, valuesAxis = "50010001", "50010002"

func (c *Chart) bars(p *chartPart) {
	p.put(`<c:barChart><c:barDir val="bar"/>`)
	switch {
	case c.Form == StackedBars && c.Whole:
		p.val("grouping", "percentStacked")
	case c.Form == StackedBars:
		p.val("grouping", "stacked")
	default:
		p.val("grouping", "clustered")
	}
	p.val("varyColors", "0")
	colours := seriesColours(len(c.Series))
	for i := range c.Series {
		c.begin(p, i)
		// A white edge tells parts apart that lie side by side.
		p.put(`<c:spPr><a:solidFill><a:srgbClr val="`, colours[i], `"/></a:solidFill><a:ln w="9525"><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill></a:ln></c:spPr>`)
		p.val("invertIfNegative", "0")
		if c.Form == StackedBars {
			c.labels(p, i, "ctr", textOn(colours[i]))
		} else {
			c.labels(p, i, "outEnd", black)
		}
		c.figures(p, i)
		p.put(`</c:ser>`)
	}
	p.val("gapWidth", "50")
	if c.Form == StackedBars {
		p.val("overlap", "100")
	}
	p.val("axId", labelsAxis)
	p.val("axId", valuesAxis)
	p.put(`</c:barChart>`)
}

func (c *Chart) lines(p *chartPart) {
	markers := []string{"circle", "square", "triangle", "diamond"}
	p.put(`<c:lineChart>`)
	p.val("grouping", "standard")
	p.val("varyColors", "0")
	colours := seriesColours(len(c.Series))
	for i := range c.Series {
		fill := `<a:solidFill><a:srgbClr val="` + colours[i] + `"/></a:solidFill>`
		c.begin(p, i)
		p.put(`<c:spPr><a:ln w="28575" cap="rnd">`, fill, `<a:round/></a:ln></c:spPr>`,
			`<c:marker><c:symbol val="`, markers[i], `"/><c:size val="9"/><c:spPr>`, fill, `<a:ln w="9525">`, fill, `</a:ln></c:spPr></c:marker>`)
		// The figures of several lines would lie one over the other.
		if len(c.Series) == 1 {
			c.labels(p, i, "t", black)
		}
		c.figures(p, i)
		p.val("smooth", "0")
		p.put(`</c:ser>`)
	}
	p.val("marker", "1")
	p.val("axId", labelsAxis)
	p.val("axId", valuesAxis)
	p.put(`</c:lineChart>`)
}

// begin begins a series.
func (c *Chart) begin(p *chartPart, i int) {
	p.put(`<c:ser>`)
	p.val("idx", strconv.Itoa(i))
	p.val("order", strconv.Itoa(i))
	p.put(`<c:tx><c:v>`)
	p.text(c.Series[i].Name)
	p.put(`</c:v></c:tx>`)
}

// labels writes the figures of a series beside or upon them.
func (c *Chart) labels(p *chartPart, i int, place, colour string) {
	p.put(`<c:dLbls>`)
	for _, bare := range c.Series[i].Bare {
		p.put(`<c:dLbl><c:idx val="`, strconv.Itoa(bare), `"/><c:delete val="1"/></c:dLbl>`)
	}
	c.format(p)
	p.put(`<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>`)
	p.look(colour)
	p.val("dLblPos", place)
	for _, part := range []struct{ name, shown string }{
		{"showLegendKey", "0"}, {"showVal", "1"}, {"showCatName", "0"}, {"showSerName", "0"}, {"showPercent", "0"}, {"showBubbleSize", "0"},
	} {
		p.val(part.name, part.shown)
	}
	p.put(`</c:dLbls>`)
}

func (c *Chart) format(p *chartPart) {
	p.put(`<c:numFmt formatCode="`)
	p.text(c.Format)
	p.put(`" sourceLinked="0"/>`)
}

// figures refers to the cells of a series and of what they are called. No copy of them
// is kept: programs read the cells.
func (c *Chart) figures(p *chartPart, i int) {
	kind := "strRef"
	if c.Form == Lines {
		kind = "numRef"
	}
	p.put(`<c:cat><c:`, kind, `><c:f>`)
	p.text(c.cells(c.Labels))
	p.put(`</c:f></c:`, kind, `></c:cat><c:val><c:numRef><c:f>`)
	p.text(c.cells(c.Series[i].Column))
	p.put(`</c:f></c:numRef></c:val>`)
}

const axisLine = `<c:spPr><a:ln w="9525"><a:solidFill><a:srgbClr val="595959"/></a:solidFill></a:ln></c:spPr>`

// axisOfLabels writes the axis of rows or months. Months keep their distance where one
// between them is left out.
func (c *Chart) axisOfLabels(p *chartPart) {
	element, orientation, side, turn := "catAx", "maxMin", "l", ` rot="-5400000" vert="horz"`
	if c.Form == Lines {
		element, orientation, side, turn = "dateAx", "minMax", "b", ""
	}
	p.put(`<c:`, element, `>`)
	p.val("axId", labelsAxis)
	p.put(`<c:scaling><c:orientation val="`, orientation, `"/></c:scaling>`)
	p.val("delete", "0")
	p.val("axPos", side)
	p.title(c.LabelsTitle, BodySize, turn)
	if c.Form == Lines {
		p.put(`<c:numFmt formatCode="`, FormatMonth, `" sourceLinked="0"/>`)
	} else {
		p.put(`<c:numFmt formatCode="General" sourceLinked="0"/>`)
	}
	p.val("majorTickMark", "none")
	p.val("minorTickMark", "none")
	p.val("tickLblPos", "low")
	p.put(axisLine)
	p.look(black)
	p.val("crossAx", valuesAxis)
	p.val("crosses", "autoZero")
	if c.Form == Lines {
		p.val("auto", "1")
		p.val("lblOffset", "100")
		p.val("baseTimeUnit", "months")
		p.val("majorUnit", "1")
		p.val("majorTimeUnit", "months")
	} else {
		p.val("auto", "1")
		p.val("lblAlgn", "ctr")
		p.val("lblOffset", "100")
		p.val("noMultiLvlLbl", "0")
	}
	p.put(`</c:`, element, `>`)
}

func (c *Chart) axisOfValues(p *chartPart) {
	// The labels run downwards, so the greatest is at the bottom.
	side, crosses, turn := "b", "max", ""
	if c.Form == Lines {
		side, crosses, turn = "l", "autoZero", ` rot="-5400000" vert="horz"`
	}
	p.put(`<c:valAx>`)
	p.val("axId", valuesAxis)
	p.put(`<c:scaling><c:orientation val="minMax"/>`)
	if c.FromZero {
		p.val("min", "0")
	}
	p.put(`</c:scaling>`)
	p.val("delete", "0")
	p.val("axPos", side)
	p.put(`<c:majorGridlines><c:spPr><a:ln w="9525"><a:solidFill><a:srgbClr val="D9D9D9"/></a:solidFill></a:ln></c:spPr></c:majorGridlines>`)
	p.title(c.ValuesTitle, BodySize, turn)
	if c.Whole {
		p.put(`<c:numFmt formatCode="0%" sourceLinked="0"/>`)
	} else {
		p.put(`<c:numFmt formatCode="#,##0.##" sourceLinked="0"/>`)
	}
	p.val("majorTickMark", "out")
	p.val("minorTickMark", "none")
	p.val("tickLblPos", "nextTo")
	p.put(axisLine)
	p.look(black)
	p.val("crossAx", labelsAxis)
	p.val("crosses", crosses)
	p.val("crossBetween", "between")
	p.put(`</c:valAx>`)
}
