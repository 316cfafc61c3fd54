package check

import (
	"strconv"
	"strings"
)

// readShape reads the colour of a shape: that of its fill, or of its line when it has
// no fill of its own, and how its line is broken.
func (b *book) readShape(p *puller) (shown colourOf, dash string, err error) {
	var line colourOf
	err = p.each(func(name string) error {
		switch name {
		case "solidFill":
			return b.readPaint(p, &shown)
		case "noFill":
			shown = colourOf{set: true, none: true}
		case "ln":
			return p.each(func(name string) error {
				switch name {
				case "solidFill":
					return b.readPaint(p, &line)
				case "prstDash":
					dash = p.attr("val")
				}
				return nil
			})
		}
		return nil
	})
	if !shown.set || shown.none {
		if line.set {
			shown = line
		}
	}
	return shown, dash, err
}

// readPaint reads a colour of a drawing, with the changes of it that matter.
func (b *book) readPaint(p *puller, into *colourOf) error {
	return p.each(func(name string) error {
		found, known := rgb{}, false
		switch name {
		case "srgbClr":
			found, known = parseRGB(p.attr("val"))
		case "sysClr":
			found, known = parseRGB(p.attr("lastClr"))
		case "schemeClr":
			found, known = b.schemeColour(p.attr("val"))
		}
		err := p.each(func(name string) error {
			part := p.decimal("val", 100_000) / 100_000
			switch name {
			case "lumMod":
				found = found.withLightness(func(l float64) float64 { return l * part })
			case "lumOff":
				found = found.withLightness(func(l float64) float64 { return l + part })
			case "shade":
				found = found.tinted(part - 1)
			case "tint":
				found = found.tinted(1 - part)
			}
			return nil
		})
		if known {
			*into = colourOf{set: true, rgb: found}
		}
		return err
	})
}

func (b *book) schemeColour(name string) (rgb, bool) {
	places := map[string]int{"lt1": 0, "bg1": 0, "dk1": 1, "tx1": 1, "lt2": 2, "bg2": 2, "dk2": 3, "tx2": 3, "hlink": 10, "folHlink": 11}
	if place, known := places[name]; known {
		return b.styles.theme[place], true
	}
	if digit, found := strings.CutPrefix(name, "accent"); found {
		if n, err := strconv.Atoi(digit); err == nil && n >= 1 && n <= 6 {
			return b.styles.theme[3+n], true
		}
	}
	return rgb{}, false
}
