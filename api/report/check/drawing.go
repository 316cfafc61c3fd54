package check

import "slices"

// frame is an object that lies on a sheet: a picture, a chart, or a shape.
type frame struct {
	kind string // picture, chart or shape
	name string
	alt  string
	at   cellRef
}

func (b *book) readDrawing(s *sheet, part string) error {
	rels, err := b.relationships(part)
	if err != nil {
		return err
	}
	var charts []string
	err = b.read(part, b.limits.Part, func(p *puller) error {
		return p.each(func(string) error {
			return p.each(func(string) error { return readAnchor(p, s, &charts) })
		})
	})
	if err != nil {
		return err
	}
	for _, id := range charts {
		rel, known := rels[id]
		if !known || rel.external || !b.has(rel.target) {
			continue
		}
		c := &chart{part: rel.target, newer: rel.kind != "chart"}
		if !c.newer {
			if err := b.readChart(c); err != nil {
				return err
			}
		}
		s.charts = append(s.charts, c)
	}
	return nil
}

// readAnchor reads where an object lies, and the object.
func readAnchor(p *puller, s *sheet, charts *[]string) error {
	var at cellRef
	return p.each(func(name string) error {
		if name == "from" {
			return p.each(func(name string) error {
				text, err := p.text()
				switch name {
				case "col":
					at.col = atoi(text) + 1
				case "row":
					at.row = atoi(text) + 1
				}
				return err
			})
		}
		return readObject(p, s, name, at, charts)
	})
}

// readObject reads an object, and those inside a group or a choice.
func readObject(p *puller, s *sheet, name string, at cellRef, charts *[]string) error {
	f := frame{at: at}
	switch name {
	case "pic":
		f.kind = "picture"
	case "graphicFrame":
		f.kind = "chart"
	case "sp", "cxnSp":
		f.kind = "shape"
	case "grpSp", "AlternateContent", "Choice":
		return p.each(func(name string) error { return readObject(p, s, name, at, charts) })
	default:
		return nil
	}
	if err := readFrame(p, &f, charts); err != nil {
		return err
	}
	if len(s.frames) < maxSheets {
		s.frames = append(s.frames, f)
	}
	return nil
}

// readFrame looks through an object for its name, its alternative text and its chart.
func readFrame(p *puller, f *frame, charts *[]string) error {
	return p.each(func(name string) error {
		switch name {
		case "cNvPr":
			f.name, f.alt = p.attr("name"), p.attr("descr")
		case "chart":
			if id := p.relation(); id != "" && len(*charts) < maxSheets && !slices.Contains(*charts, id) {
				*charts = append(*charts, id)
			}
		case "txBody", "spPr", "style":
			return nil
		}
		return readFrame(p, f, charts)
	})
}

func atoi(text string) int {
	n := 0
	for _, r := range text {
		if r < '0' || r > '9' || n > maxRows {
			return 0
		}
		n = n*10 + int(r-'0')
	}
	return n
}
