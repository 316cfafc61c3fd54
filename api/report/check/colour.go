package check

import (
	"math"
	"strconv"
	"strings"
)

// rgb is a colour without transparency.
type rgb struct{ r, g, b uint8 }

func white() rgb { return rgb{255, 255, 255} }

func black() rgb { return rgb{} }

// parseRGB reads six digits, or eight of which the first two are transparency.
func parseRGB(text string) (rgb, bool) {
	if len(text) == 8 {
		text = text[2:]
	}
	n, err := strconv.ParseUint(text, 16, 32)
	if err != nil || len(text) != 6 {
		return rgb{}, false
	}
	return rgb{uint8(n >> 16), uint8(n >> 8), uint8(n)}, true
}

// luminance is the relative luminance of WCAG 2.2.
func (c rgb) luminance() float64 {
	part := func(v uint8) float64 {
		s := float64(v) / 255
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*part(c.r) + 0.7152*part(c.g) + 0.0722*part(c.b)
}

// contrast is the contrast ratio of WCAG 2.2, from 1 to 21.
func contrast(a, b rgb) float64 {
	x, y := a.luminance(), b.luminance()
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// between returns the colour in the middle of two, as colour scales show it.
func between(a, b rgb) rgb {
	mid := func(x, y uint8) uint8 { return uint8((int(x) + int(y)) / 2) }
	return rgb{mid(a.r, b.r), mid(a.g, b.g), mid(a.b, b.b)}
}

// tinted makes a colour lighter (above 0) or darker (below), as ECMA-376 part 1,
// 18.8.19, has it: the lightness of the colour is moved, its hue is kept.
func (c rgb) tinted(tint float64) rgb {
	if tint == 0 || math.IsNaN(tint) {
		return c
	}
	tint = max(-1, min(1, tint))
	return c.withLightness(func(l float64) float64 {
		if tint < 0 {
			return l * (1 + tint)
		}
		return l*(1-tint) + tint
	})
}

func (c rgb) withLightness(change func(float64) float64) rgb {
	r, g, b := float64(c.r)/255, float64(c.g)/255, float64(c.b)/255
	high, low := max(r, g, b), min(r, g, b)
	l, d := (high+low)/2, high-low
	h, s := 0.0, 0.0
	if d > 0 {
		s = d / (1 - math.Abs(2*l-1))
		switch high {
		case r:
			h = math.Mod((g-b)/d+6, 6)
		case g:
			h = (b-r)/d + 2
		default:
			h = (r-g)/d + 4
		}
	}
	l = max(0, min(1, change(l)))
	d = (1 - math.Abs(2*l-1)) * s
	x, m := d*(1-math.Abs(math.Mod(h, 2)-1)), l-d/2
	parts := [][3]float64{{d, x, 0}, {x, d, 0}, {0, d, x}, {0, x, d}, {x, 0, d}, {d, 0, x}}[int(h)%6]
	to := func(v float64) uint8 { return uint8(math.Round(max(0, min(1, v+m)) * 255)) }
	return rgb{to(parts[0]), to(parts[1]), to(parts[2])}
}

// colour is a colour as a style names it.
type colour struct {
	set     bool
	auto    bool
	rgb     string
	theme   int // -1 for none
	indexed int // -1 for none
	tint    float64
}

func (s *styleSheet) readColour(p *puller) colour {
	return colour{
		set: true, auto: p.on("auto", false), rgb: p.attr("rgb"), theme: p.number("theme", -1), indexed: p.number("indexed", -1),
		tint: p.decimal("tint", 0),
	}
}

// automatic says whether a reader's own settings decide the colour of a text.
func (c colour) automatic() bool {
	return !c.set || c.auto || (c.rgb == "" && c.tint == 0 && (c.theme == 1 || c.indexed == 64 || (c.theme < 0 && c.indexed < 0)))
}

// resolve returns the colour that is shown. It is not known for one that the
// workbook does not explain.
func (c colour) resolve(s *styleSheet) (rgb, bool) {
	switch {
	case !c.set || c.auto:
		return black(), false
	case c.rgb != "":
		found, ok := parseRGB(c.rgb)
		return found.tinted(c.tint), ok
	case c.theme >= 0 && c.theme < len(s.theme):
		return s.theme[c.theme].tinted(c.tint), true
	case c.indexed == 64:
		return black(), true
	case c.indexed == 65:
		return white(), true
	case c.indexed >= 0:
		return s.indexedColour(c.indexed)
	}
	return black(), false
}

func (s *styleSheet) indexedColour(i int) (rgb, bool) {
	if i < len(s.palette) {
		return s.palette[i], true
	}
	// The palette of ECMA-376 part 1, 18.8.27; the first eight colours stand twice.
	const standard = "000000 FFFFFF FF0000 00FF00 0000FF FFFF00 FF00FF 00FFFF 000000 FFFFFF FF0000 00FF00 0000FF FFFF00 FF00FF 00FFFF " +
		"800000 008000 000080 808000 800080 008080 C0C0C0 808080 9999FF 993366 FFFFCC CCFFFF 660066 FF8080 0066CC CCCCFF " +
		"000080 FF00FF FFFF00 00FFFF 800080 800000 008080 0000FF 00CCFF CCFFFF CCFFCC FFFF99 99CCFF FF99CC CC99FF FFCC99 " +
		"3366FF 33CCCC 99CC00 FFCC00 FF9900 FF6600 666699 969696 003366 339966 003300 333300 993300 993366 333399 333333"
	list := strings.Fields(standard)
	if i >= len(list) {
		return black(), false
	}
	return parseRGB(list[i])
}

// standardTheme is the order in which styles count the colours of a theme, with those
// of the usual theme, which hold for a workbook without one.
func standardTheme() []rgb {
	list := make([]rgb, 0, 12)
	for text := range strings.FieldsSeq("FFFFFF 000000 E7E6E6 44546A 4472C4 ED7D31 A5A5A5 FFC000 5B9BD5 70AD47 0563C1 954F72") {
		if c, ok := parseRGB(text); ok {
			list = append(list, c)
		}
	}
	return list
}

// readTheme reads the colours of a theme in the order in which styles count them.
func readTheme(a *archive, part string) ([]rgb, error) {
	list := standardTheme()
	if part == "" || !a.has(part) {
		return list, nil
	}
	places := map[string]int{
		"lt1": 0, "dk1": 1, "lt2": 2, "dk2": 3, "accent1": 4, "accent2": 5, "accent3": 6, "accent4": 7, "accent5": 8, "accent6": 9,
		"hlink": 10, "folHlink": 11,
	}
	err := a.read(part, a.limits.Part, func(p *puller) error {
		return p.each(func(string) error {
			return p.each(func(name string) error {
				if name != "themeElements" {
					return nil
				}
				return p.each(func(name string) error {
					if name != "clrScheme" {
						return nil
					}
					return p.each(func(name string) error {
						place, known := places[name]
						return p.each(func(kind string) error {
							value := p.attr("val")
							if kind == "sysClr" {
								value = p.attr("lastClr")
							}
							if c, ok := parseRGB(value); ok && known {
								list[place] = c
							}
							return nil
						})
					})
				})
			})
		})
	})
	return list, err
}
