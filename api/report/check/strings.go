package check

import "fmt"

// stringTable is the list of texts to which cells refer.
type stringTable struct {
	texts []string
	facts []facts
}

func readStrings(a *archive, part string, styles *styleSheet) (*stringTable, error) {
	t := &stringTable{}
	if part == "" || !a.has(part) {
		return t, nil
	}
	held := int64(0)
	err := a.read(part, 0, func(p *puller) error {
		return p.each(func(string) error {
			return p.each(func(string) error {
				text, runs, err := readRichText(p, styles)
				const each = 24 // bytes that a text takes beside its own
				if held += int64(len(text)) + each; held > a.limits.Texts {
					return tooLarge(fmt.Sprintf("its texts take more than %d bytes, which is the limit", a.limits.Texts))
				}
				t.texts = append(t.texts, text)
				t.facts = append(t.facts, analyse(text)|runs)
				return err
			})
		})
	})
	return t, err
}

// readRichText reads a text that may consist of runs, and what is to be said against
// the looks of the runs.
func readRichText(p *puller, styles *styleSheet) (string, facts, error) {
	var text string
	var found facts
	err := p.each(func(name string) error {
		switch name {
		case "t":
			part, err := p.text()
			text += part
			return err
		case "r":
			return p.each(func(name string) error {
				switch name {
				case "t":
					part, err := p.text()
					text += part
					if len(text) > maxToken {
						return errHostile
					}
					return err
				case "rPr":
					f, err := styles.readFont(p)
					found |= runFacts(f)
					return err
				}
				return nil
			})
		}
		return nil
	})
	return text, found, err
}

func runFacts(f font) facts {
	var found facts
	if f.raised {
		found |= factRaised
	}
	if f.italic {
		found |= factItalic
	}
	if f.underline {
		found |= factUnderlined
	}
	if (f.name != "" && !sansSerif(f.name)) || (f.size > 0 && f.size < leastSize) || !f.colour.automatic() {
		found |= factFont
	}
	return found
}

// leastSize is the least size of letters that the guidance recommends, and
// smallestSize the least that its checklist allows, in points.
const (
	leastSize    = 12
	smallestSize = 10
)
