package check

import "strings"

// styleSheet is what a workbook says of the looks of its cells.
type styleSheet struct {
	theme   []rgb
	palette []rgb // of its own, when it has one
	formats map[int]string
	fonts   []font
	fills   []fill
	borders []bool // whether there is any line
	cells   []cellStyle
	builtIn map[int]int // of named styles, by the index of their format
	dxfs    []dxf
	lookOf  []*look // of cells, once they have been asked for
}

type font struct {
	name                    string
	size                    float64
	bold, italic, underline bool
	raised                  bool // superscript or subscript
	colour                  colour
	scale                   float64 // its size as a multiple of the body font's
}

type fill struct {
	solid bool
	shown colour
}

type cellStyle struct {
	format, font, fill, border, parent int
	horizontal                         string
	wrap                               bool
	rotation, indent                   int
}

// dxf is the look that a conditional format gives.
type dxf struct {
	font    colour
	fill    colour
	hasFill bool
}

func readStyles(a *archive, part, theme string) (*styleSheet, error) {
	s := &styleSheet{formats: map[int]string{}, builtIn: map[int]int{}}
	var err error
	if s.theme, err = readTheme(a, theme); err != nil {
		return nil, err
	}
	if part != "" {
		err = a.read(part, a.limits.Part, func(p *puller) error {
			return p.each(func(string) error {
				return p.each(func(name string) error { return s.readSection(p, name) })
			})
		})
	}
	for i := range s.fonts {
		if s.fonts[i].size <= 0 {
			s.fonts[i].size = standardSize
		}
		s.fonts[i].scale = s.fonts[i].size / s.fonts[0].size
	}
	s.lookOf = make([]*look, len(s.cells))
	return s, err
}

// standardSize is the size of a font that says none, in points.
const standardSize = 11

func (s *styleSheet) readSection(p *puller, name string) error {
	switch name {
	case "numFmts":
		return p.each(func(string) error {
			if len(s.formats) < maxCellStyles {
				s.formats[p.number("numFmtId", 0)] = p.attr("formatCode")
			}
			return nil
		})
	case "fonts":
		return p.each(func(string) error { return bounded(&s.fonts, func() (font, error) { return s.readFont(p) }) })
	case "fills":
		return p.each(func(string) error { return bounded(&s.fills, func() (fill, error) { return s.readFill(p) }) })
	case "borders":
		return p.each(func(string) error { return bounded(&s.borders, func() (bool, error) { return readBorder(p) }) })
	case "cellXfs":
		return p.each(func(string) error { return bounded(&s.cells, func() (cellStyle, error) { return readCellStyle(p) }) })
	case "cellStyles":
		return p.each(func(string) error {
			id := p.number("builtinId", -1)
			if id < 0 {
				id = headingNamed(p.attr("name"))
			}
			if id >= 0 && len(s.builtIn) < maxCellStyles {
				s.builtIn[p.number("xfId", -1)] = id
			}
			return nil
		})
	case "dxfs":
		return p.each(func(string) error { return bounded(&s.dxfs, func() (dxf, error) { return s.readDxf(p) }) })
	case "colors":
		return p.each(func(name string) error {
			if name != "indexedColors" {
				return nil
			}
			return p.each(func(string) error {
				c, _ := parseRGB(p.attr("rgb"))
				if len(s.palette) < 256 {
					s.palette = append(s.palette, c)
				}
				return nil
			})
		})
	}
	return nil
}

// headingNamed returns the number of the heading style with a name, -1 for another. Some
// programs, LibreOffice among them, write the names of built-in styles alone.
func headingNamed(name string) int {
	switch strings.TrimPrefix(name, "Excel Built-in ") {
	case "Heading 1":
		return heading1
	case "Heading 2":
		return heading2
	}
	return -1
}

// bounded appends what read returns, up to the number that programs allow.
func bounded[T any](list *[]T, read func() (T, error)) error {
	if len(*list) >= maxCellStyles {
		return errHostile
	}
	item, err := read()
	*list = append(*list, item)
	return err
}

// readFont reads a font, or the properties of a run of text, which are alike.
func (s *styleSheet) readFont(p *puller) (font, error) {
	f := font{scale: 1}
	err := p.each(func(name string) error {
		switch name {
		case "name", "rFont":
			f.name = p.attr("val")
		case "sz":
			f.size = p.decimal("val", f.size)
		case "b":
			f.bold = p.on("val", true)
		case "i":
			f.italic = p.on("val", true)
		case "u":
			f.underline = p.attr("val") != "none"
		case "vertAlign":
			f.raised = p.attr("val") != "baseline"
		case "color":
			f.colour = s.readColour(p)
		}
		return nil
	})
	return f, err
}

func (s *styleSheet) readFill(p *puller) (fill, error) {
	var f fill
	err := p.each(func(name string) error {
		if name == "gradientFill" {
			f.solid = true
			return nil
		}
		pattern := p.attr("patternType")
		f.solid = pattern != "" && pattern != "none"
		return p.each(func(name string) error {
			if name == "fgColor" {
				f.shown = s.readColour(p)
			}
			return nil
		})
	})
	return f, err
}

func readBorder(p *puller) (bool, error) {
	lines := false
	err := p.each(func(string) error {
		style := p.attr("style")
		lines = lines || (style != "" && style != "none")
		return nil
	})
	return lines, err
}

func readCellStyle(p *puller) (cellStyle, error) {
	c := cellStyle{
		format: p.number("numFmtId", 0), font: p.number("fontId", 0), fill: p.number("fillId", 0), border: p.number("borderId", 0),
		parent: p.number("xfId", 0),
	}
	err := p.each(func(name string) error {
		if name == "alignment" {
			c.horizontal, c.wrap = p.attr("horizontal"), p.on("wrapText", false)
			c.rotation, c.indent = p.number("textRotation", 0), p.number("indent", 0)
		}
		return nil
	})
	return c, err
}

func (s *styleSheet) readDxf(p *puller) (dxf, error) {
	var d dxf
	err := p.each(func(name string) error {
		switch name {
		case "font":
			f, err := s.readFont(p)
			d.font = f.colour
			return err
		case "fill":
			d.hasFill = true
			return p.each(func(string) error {
				return p.each(func(name string) error {
					// In these formats the colour of a solid fill is the background's.
					if name == "bgColor" || !d.fill.set {
						d.fill = s.readColour(p)
					}
					return nil
				})
			})
		}
		return nil
	})
	return d, err
}

// look is how a cell looks.
type look struct {
	font       font
	fill       fill
	border     bool
	horizontal string
	wrap       bool
	rotation   int
	indent     int
	builtIn    int // of its named style; -1 when that is not built in
	format     string
	date       bool
	text       rgb // the colour of its letters
	back       rgb // the colour of its fill, white without one
}

// The numbers by which programs know the heading styles (ECMA-376 part 1, 18.8.7).
const (
	heading1 = 16
	heading2 = 17
)

// look returns the look of a cell by the index of its style.
func (s *styleSheet) look(style int) *look {
	if style < 0 || style >= len(s.cells) {
		return &look{font: font{size: standardSize, scale: 1}, builtIn: -1, format: "General", back: white()}
	}
	if s.lookOf[style] == nil {
		s.lookOf[style] = s.makeLook(s.cells[style])
	}
	return s.lookOf[style]
}

func (s *styleSheet) makeLook(c cellStyle) *look {
	l := &look{font: font{size: standardSize, scale: 1}, horizontal: c.horizontal, wrap: c.wrap, rotation: c.rotation, indent: c.indent, builtIn: -1, back: white()}
	if c.font >= 0 && c.font < len(s.fonts) {
		l.font = s.fonts[c.font]
	}
	if c.fill >= 0 && c.fill < len(s.fills) {
		l.fill = s.fills[c.fill]
	}
	if c.border >= 0 && c.border < len(s.borders) {
		l.border = s.borders[c.border]
	}
	if id, known := s.builtIn[c.parent]; known {
		l.builtIn = id
	}
	l.format = s.formatCode(c.format)
	l.date = isDateFormat(l.format)
	if shown, known := l.font.colour.resolve(s); known {
		l.text = shown
	}
	if l.fill.solid {
		if shown, known := l.fill.shown.resolve(s); known {
			l.back = shown
		}
	}
	return l
}
