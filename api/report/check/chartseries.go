package check

import "strings"

// readGroup reads the series of one kind of chart in the plot.
func (b *book) readGroup(p *puller, c *chart, kind string) error {
	varied, labels, from := false, false, len(c.series)
	err := p.each(func(name string) error {
		switch name {
		case "varyColors":
			varied = p.on("val", true)
		case "dLbls":
			var err error
			labels, err = c.readLabels(p)
			return err
		case "ser":
			if len(c.series) >= maxSheets {
				return errHostile
			}
			s := series{kind: kind, points: map[int]colourOf{}}
			err := p.each(func(name string) error { return b.readSeries(p, c, &s, name) })
			c.series = append(c.series, s)
			return err
		}
		return nil
	})
	for i := from; i < len(c.series); i++ {
		c.series[i].labels = c.series[i].labels || labels
		c.series[i].varied = varied && len(c.series) == from+1
	}
	return err
}

func (b *book) readSeries(p *puller, c *chart, s *series, name string) (err error) {
	switch name {
	case "tx":
		return b.readSource(p, c, s, name)
	case "cat", "val", "xVal", "yVal", "bubbleSize":
		return b.readSource(p, c, s, name)
	case "spPr":
		s.colour, s.dash, err = b.readShape(p)
	case "dLbls":
		s.labels, err = c.readLabels(p)
	case "marker":
		err = p.each(func(name string) error {
			if name == "symbol" {
				s.marker = p.attr("val")
			}
			return nil
		})
	case "dPt":
		place := -1
		err = p.each(func(name string) (err error) {
			switch name {
			case "idx":
				place = p.number("val", -1)
			case "spPr":
				if len(s.points) < maxSheets {
					s.points[place], _, err = b.readShape(p)
				}
			}
			return err
		})
	}
	return err
}

// readLabels reads labels of points and says whether they are shown.
func (c *chart) readLabels(p *puller) (bool, error) {
	shown, deleted := false, false
	text := chartText{what: "data labels", usual: 1000}
	err := p.each(func(name string) error {
		switch name {
		case "showVal", "showSerName", "showCatName", "showPercent":
			shown = shown || p.on("val", true)
		case "delete":
			deleted = p.on("val", true)
		case "txPr":
			return c.readText(p, &text.size)
		case "dLbl":
			own, err := c.readLabels(p)
			shown = shown || own
			return err
		}
		return nil
	})
	shown = shown && !deleted
	if shown {
		c.sizes = append(c.sizes, text)
	}
	return shown, err
}

// readSource reads a range with the values that the chart keeps of it.
func (b *book) readSource(p *puller, c *chart, s *series, what string) error {
	src := source{values: map[int]string{}}
	var look func(name string) error
	look = func(name string) error {
		switch name {
		case "numRef", "strRef", "multiLvlStrRef", "numCache", "strCache":
			src.numbers = src.numbers || strings.HasPrefix(name, "num")
			return p.each(look)
		case "numLit":
			src.literal = true
		case "f":
			text, err := p.text()
			src.refersTo = text
			return err
		case "pt":
			place := p.number("idx", -1)
			return p.each(func(string) error {
				text, err := p.text()
				if place >= 0 && len(src.values) < maxPoints {
					src.values[place] = text
				}
				return err
			})
		}
		return nil
	}
	err := p.each(look)
	if what == "tx" {
		s.name = src.refersTo
	}
	s.sources = append(s.sources, src.parts()...)
	if strings.Contains(src.refersTo, "[") {
		c.links = append(c.links, src.refersTo)
	}
	return err
}
