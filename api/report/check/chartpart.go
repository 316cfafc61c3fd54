package check

import "strings"

// chart is what a chart shows and how.
type chart struct {
	part   string
	newer  bool // of a later kind, whose part is not read
	title  bool
	axes   []axis
	series []series
	legend bool
	back   rgb
	size   int // of its texts where they say none, in hundredths of a point
	sizes  []chartText
	langs  []string
	links  []string // references to cells of other workbooks
}

type axis struct {
	kind    string
	deleted bool
	titled  bool
}

// series is a row of figures of a chart.
type series struct {
	kind    string // of its chart, such as barChart
	name    string // the reference to its name
	colour  colourOf
	points  map[int]colourOf // colours of single points, as in a pie
	varied  bool             // each point has a colour of its own
	labels  bool
	marker  string
	dash    string
	sources []source
}

// colourOf is a colour in a drawing.
type colourOf struct {
	set  bool
	none bool
	rgb  rgb
}

// source is a range of cells that a chart shows, and the values that it keeps.
type source struct {
	refersTo string
	numbers  bool
	literal  bool // it has values without a reference
	values   map[int]string
}

// chartText is a text of a chart with its size, 0 where it says none.
type chartText struct {
	what  string
	size  int
	usual int
}

// maxPoints is how many kept values of a chart are compared with its cells.
const maxPoints = 20_000

func (b *book) readChart(c *chart) error {
	c.back = white()
	return b.read(c.part, b.limits.Part, func(p *puller) error {
		return p.each(func(string) error {
			return p.each(func(name string) error {
				switch name {
				case "chart":
					return p.each(func(name string) error { return b.readChartBody(p, c, name) })
				case "spPr":
					return b.readBack(p, c)
				case "txPr":
					return c.readText(p, &c.size)
				}
				return nil
			})
		})
	})
}

func (b *book) readChartBody(p *puller, c *chart, name string) error {
	switch name {
	case "title":
		titled, err := c.readTitle(p, "title", 1400)
		c.title = titled
		return err
	case "legend":
		c.legend = true
		text := chartText{what: "legend", usual: 1000}
		err := p.each(func(name string) error {
			if name == "txPr" {
				return c.readText(p, &text.size)
			}
			return nil
		})
		c.sizes = append(c.sizes, text)
		return err
	case "plotArea":
		return p.each(func(name string) error {
			switch {
			case name == "spPr":
				return b.readBack(p, c)
			case strings.HasSuffix(name, "Ax"):
				return c.readAxis(p, name)
			case strings.HasSuffix(name, "Chart"):
				return b.readGroup(p, c, name)
			}
			return nil
		})
	}
	return nil
}

// readBack reads the colour behind the chart.
func (b *book) readBack(p *puller, c *chart) error {
	found, _, err := b.readShape(p)
	if found.set && !found.none {
		c.back = found.rgb
	}
	return err
}

// readTitle reads a title and says whether it has any text.
func (c *chart) readTitle(p *puller, what string, usual int) (bool, error) {
	titled := false
	text := chartText{what: what, usual: usual}
	err := p.each(func(name string) error {
		switch name {
		case "tx":
			return p.each(func(name string) error {
				if name == "rich" {
					return c.readRuns(p, &text.size, &titled)
				}
				titled = true
				return nil
			})
		case "txPr":
			return c.readText(p, &text.size)
		}
		return nil
	})
	if titled {
		c.sizes = append(c.sizes, text)
	}
	return titled, err
}

// readText looks through the properties of texts for their size and language.
func (c *chart) readText(p *puller, size *int) error {
	ignored := false
	return c.readRuns(p, size, &ignored)
}

// readRuns looks through texts and their properties. The smallest size counts.
func (c *chart) readRuns(p *puller, size *int, any *bool) error {
	return p.each(func(name string) error {
		switch name {
		case "defRPr", "rPr", "endParaRPr":
			if n := p.number("sz", 0); n > 0 && name != "endParaRPr" && (*size == 0 || n < *size) {
				*size = n
			}
			if lang := p.attr("lang"); lang != "" && len(c.langs) < maxSheets {
				c.langs = append(c.langs, lang)
			}
		case "t":
			text, err := p.text()
			*any = *any || strings.TrimSpace(text) != ""
			return err
		}
		return c.readRuns(p, size, any)
	})
}

func (c *chart) readAxis(p *puller, kind string) error {
	a := axis{kind: kind}
	text := chartText{what: "labels of an axis", usual: 1000}
	err := p.each(func(name string) (err error) {
		switch name {
		case "delete":
			a.deleted = p.on("val", true)
		case "title":
			a.titled, err = c.readTitle(p, "title of an axis", 1000)
		case "txPr":
			err = c.readText(p, &text.size)
		}
		return err
	})
	c.axes = append(c.axes, a)
	if !a.deleted {
		c.sizes = append(c.sizes, text)
	}
	return err
}
