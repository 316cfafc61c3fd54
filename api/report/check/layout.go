package check

import (
	"strings"
)

// sheetLayout is what surrounds the cells of a sheet.
type sheetLayout struct {
	columns      []columnSpan
	defaultWidth float64
	hideRows     bool // rows are hidden that do not say otherwise
	frozen       bool
	paneCell     string // the first cell of the part that moves
	topLeft      string
	activeCell   string
	zoom         int
	filter       string // the area of a filter on the sheet; empty for none
	merged       []string
	formats      []condition
	headers      bool // text in a page header or footer
	comments     bool
	vml          bool
	pivot        bool
	protected    bool
	tables       []string // ids of relationships
	drawing      string
	linkCount    int
}

type columnSpan struct {
	from, to int
	width    float64
	hidden   bool
	style    int
}

// condition is a conditional format that colours cells.
type condition struct {
	areas []area
	kind  string // such as colorScale
	scale []rgb  // of a colour scale, in order, or of a data bar
	dxf   int    // of other kinds; -1 for none
}

// link is a hyperlink of a cell.
type link struct {
	cell     cellRef
	ref      string
	target   string // outside the workbook
	location string // inside it
	text     string // of its cell, once the cells have been read
}

// maxLinks is the number of links that a spreadsheet program allows on a sheet, and
// maxMerged what is noted of merged cells.
const (
	maxLinks  = 66_000
	maxMerged = 100
)

func (b *book) readLayout(s *sheet, rels map[string]relationship) error {
	l := &s.layout
	l.defaultWidth = standardWidth
	s.linkAt = map[cellRef]*link{}
	return b.read(s.part, 0, func(p *puller) error {
		return p.each(func(root string) error {
			if root == "chartsheet" {
				s.chart = true
			}
			return p.each(func(name string) error {
				switch name {
				case "sheetData":
					return p.skip()
				case "sheetViews":
					return p.each(func(string) error { return l.readView(p) })
				case "sheetFormatPr":
					l.hideRows = p.on("zeroHeight", false)
					l.defaultWidth = p.decimal("defaultColWidth", p.decimal("baseColWidth", standardWidth-0.43)+0.43)
				case "cols":
					return p.each(func(string) error {
						if len(l.columns) < maxColumns {
							l.columns = append(l.columns, columnSpan{
								from: p.number("min", 1), to: min(p.number("max", 1), maxColumns), width: p.decimal("width", l.defaultWidth),
								hidden: p.on("hidden", false), style: p.number("style", 0),
							})
						}
						return nil
					})
				case "autoFilter":
					l.filter = p.attr("ref")
				case "mergeCells":
					return p.each(func(string) error {
						if len(l.merged) < maxMerged {
							l.merged = append(l.merged, p.attr("ref"))
						}
						return nil
					})
				case "conditionalFormatting":
					return b.readCondition(p, l)
				case "sheetProtection":
					l.protected = p.on("sheet", false)
				case "hyperlinks":
					return p.each(func(string) error { return s.addLink(p, rels) })
				case "headerFooter":
					return p.each(func(string) error {
						text, err := p.text()
						l.headers = l.headers || strings.TrimSpace(text) != ""
						return err
					})
				case "legacyDrawing", "legacyDrawingHF":
					l.vml = true
				case "drawing":
					l.drawing = p.relation()
				case "tableParts":
					return p.each(func(string) error {
						if len(l.tables) < maxSheets {
							l.tables = append(l.tables, p.relation())
						}
						return nil
					})
				}
				return nil
			})
		})
	})
}

func (l *sheetLayout) readView(p *puller) error {
	l.zoom = p.number("zoomScale", 100)
	l.topLeft = p.attr("topLeftCell")
	active := "topLeft"
	return p.each(func(name string) error {
		switch name {
		case "pane":
			if state := p.attr("state"); state == "frozen" || state == "frozenSplit" {
				l.frozen, l.paneCell = true, p.attr("topLeftCell")
			}
			if pane := p.attr("activePane"); pane != "" {
				active = pane
			}
		case "selection":
			pane := p.attr("pane")
			if pane == "" {
				pane = "topLeft"
			}
			if pane == active {
				l.activeCell = p.attr("activeCell")
			}
		}
		return nil
	})
}

func (b *book) readCondition(p *puller, l *sheetLayout) error {
	areas := parseAreas(p.attr("sqref"))
	return p.each(func(string) error {
		c := condition{areas: areas, kind: p.attr("type"), dxf: p.number("dxfId", -1)}
		err := p.each(func(name string) error {
			if name != "colorScale" && name != "dataBar" {
				return nil
			}
			return p.each(func(name string) error {
				if name == "color" && len(c.scale) < 3 {
					if colour, known := b.styles.readColour(p).resolve(b.styles); known {
						c.scale = append(c.scale, colour)
					}
				}
				return nil
			})
		})
		if len(l.formats) < maxLinks {
			l.formats = append(l.formats, c)
		}
		return err
	})
}

func (s *sheet) addLink(p *puller, rels map[string]relationship) error {
	s.layout.linkCount++
	if s.layout.linkCount > maxLinks {
		return nil
	}
	k := &link{ref: p.attr("ref"), location: p.attr("location")}
	if a, ok := parseArea(k.ref); ok {
		k.cell = cellRef{a.left, a.top}
	}
	if id := p.relation(); id != "" {
		rel := rels[id]
		k.target = rel.target
		// Some programs write a place in the workbook as an outward target.
		if inside, found := strings.CutPrefix(k.target, "#"); found {
			k.target, k.location = "", inside
		}
	}
	s.links = append(s.links, k)
	if k.cell.row > 0 && s.linkAt[k.cell] == nil {
		s.linkAt[k.cell] = k
	}
	return nil
}

// width returns the width of a column, in digits.
func (l *sheetLayout) width(col int) float64 {
	for _, span := range l.columns {
		if col >= span.from && col <= span.to {
			return span.width
		}
	}
	return l.defaultWidth
}
