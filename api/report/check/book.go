package check

import (
	"fmt"
	"path"
	"slices"
	"strings"
)

// The most sheets, tables and drawings that a check looks at.
const (
	maxSheets     = 2000
	maxRows       = 1_048_576
	maxColumns    = 16_384
	maxCellStyles = 65_490
)

// book is a workbook without its cells.
type book struct {
	*archive
	core    coreProperties
	main    string // its part
	sheets  []*sheet
	names   []definedName
	active  int // the place of the sheet that is shown first
	locked  bool
	types   []string // content types of the package
	styles  *styleSheet
	strings *stringTable
}

// coreProperties are the document's properties.
type coreProperties struct {
	title, creator, keywords, category, language string
	created, modified                            string
}

type definedName struct{ name, refersTo string }

// sheet is what a workbook says of a sheet, without its cells.
type sheet struct {
	place  int // in the order of the tabs, from 0
	name   string
	part   string
	hidden string // its state, empty when it is shown
	chart  bool   // it is a chart sheet, which has no cells
	role   role
	tables []*table
	charts []*chart
	frames []frame
	links  []*link
	linkAt map[cellRef]*link
	layout sheetLayout
	// asked are the cells that charts of any sheet show, with the figures they keep.
	asked map[cellRef][]chartPoint

	seen seenCells
}

// role is what a sheet is for, by its name and content.
type role int

const (
	roleTable role = iota // a data sheet
	roleCover
	roleContents
	roleNotes
	roleChart // a chart and no table
	roleRows  // rows for other programs, in data, templates and findings
)

func openBook(a *archive) (*book, error) {
	b := &book{archive: a, main: "xl/workbook.xml"}
	if named := a.officeDocument(); named != "" {
		b.main = named
	}
	rels, err := a.relationships(b.main)
	if err != nil {
		return nil, err
	}
	if err := b.readMain(rels); err != nil {
		return nil, err
	}
	if len(b.sheets) == 0 {
		return nil, &FileError{Message: "The workbook has no worksheets.", Advice: "Open it in a spreadsheet program and save it anew."}
	}
	theme, styles, texts := "", "", ""
	for _, rel := range rels {
		switch rel.kind {
		case "theme":
			theme = rel.target
		case "styles":
			styles = rel.target
		case "sharedStrings":
			texts = rel.target
		}
	}
	for _, step := range []func() error{
		b.readCore,
		b.readTypes,
		func() (err error) { b.styles, err = readStyles(a, styles, theme); return err },
		func() (err error) { b.strings, err = readStrings(a, texts, b.styles); return err },
	} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	for _, s := range b.sheets {
		if err := b.readSheetParts(s); err != nil {
			return nil, err
		}
	}
	b.askForChartPoints()
	return b, nil
}

func (b *book) readMain(rels map[string]relationship) error {
	return b.read(b.main, b.limits.Part, func(p *puller) error {
		return p.each(func(string) error {
			return p.each(func(name string) error {
				switch name {
				case "workbookProtection":
					b.locked = p.on("lockStructure", false) || p.on("lockWindows", false)
				case "bookViews":
					first := true
					return p.each(func(string) error {
						if first {
							b.active = p.number("activeTab", 0)
						}
						first = false
						return nil
					})
				case "sheets":
					return p.each(func(string) error { return b.addSheet(p, rels) })
				case "definedNames":
					return p.each(func(string) error {
						n := definedName{name: p.attr("name")}
						var err error
						n.refersTo, err = p.text()
						if len(b.names) < maxColumns {
							b.names = append(b.names, n)
						}
						return err
					})
				}
				return nil
			})
		})
	})
}

func (b *book) addSheet(p *puller, rels map[string]relationship) error {
	if len(b.sheets) >= maxSheets {
		return tooLarge(fmt.Sprintf("it has more than %d sheets", maxSheets))
	}
	rel, known := rels[p.relation()]
	s := &sheet{place: len(b.sheets), name: p.attr("name"), part: rel.target, chart: rel.kind == "chartsheet"}
	if state := p.attr("state"); state != "visible" {
		s.hidden = state
	}
	if !known || rel.external {
		return &FileError{
			Message: fmt.Sprintf("The workbook is damaged: sheet %q has no part.", s.name),
			Advice:  "Open it in a spreadsheet program and save it anew.",
		}
	}
	b.sheets = append(b.sheets, s)
	return nil
}

func (b *book) readCore() error {
	part := "docProps/core.xml"
	rels, err := b.relationships("")
	if err != nil {
		return err
	}
	for _, rel := range rels {
		if rel.kind == "core-properties" && !rel.external {
			part = rel.target
		}
	}
	if !b.has(part) {
		return nil
	}
	return b.read(part, b.limits.Part, func(p *puller) error {
		return p.each(func(string) error {
			return p.each(func(name string) (err error) {
				into := map[string]*string{
					"title": &b.core.title, "creator": &b.core.creator, "keywords": &b.core.keywords, "category": &b.core.category,
					"language": &b.core.language, "created": &b.core.created, "modified": &b.core.modified,
				}[name]
				if into != nil {
					*into, err = p.text()
				}
				return err
			})
		})
	})
}

func (b *book) readTypes() error {
	const part = "[Content_Types].xml"
	if !b.has(part) {
		return nil
	}
	return b.read(part, b.limits.Part, func(p *puller) error {
		return p.each(func(string) error {
			return p.each(func(string) error {
				b.types = append(b.types, p.attr("ContentType"))
				return nil
			})
		})
	})
}

// readSheetParts reads all of a sheet but its cells: what surrounds them, and its
// tables and drawings.
func (b *book) readSheetParts(s *sheet) error {
	rels, err := b.relationships(s.part)
	if err != nil {
		return err
	}
	if err := b.readLayout(s, rels); err != nil {
		return err
	}
	for _, id := range s.layout.tables {
		rel, known := rels[id]
		if !known || rel.external {
			continue
		}
		t, err := b.readTable(rel.target)
		if err != nil {
			return err
		}
		s.tables = append(s.tables, t)
	}
	slices.SortStableFunc(s.tables, func(a, b *table) int { return a.ref.top - b.ref.top })
	for _, rel := range rels {
		switch rel.kind {
		case "comments", "threadedComment":
			s.layout.comments = true
		case "pivotTable":
			s.layout.pivot = true
		}
	}
	if rel, known := rels[s.layout.drawing]; known && !rel.external {
		return b.readDrawing(s, rel.target)
	}
	return nil
}

// partsBelow returns the names of the parts for which accept returns true, in order.
func (b *book) partsBelow(accept func(name string) bool) []string {
	var list []string
	for name := range b.files {
		if accept(name) && !strings.HasSuffix(name, ".rels") && path.Base(name) != "" {
			list = append(list, name)
		}
	}
	slices.Sort(list)
	return list
}

func (b *book) sheetNamed(name string) *sheet {
	for _, s := range b.sheets {
		if strings.EqualFold(s.name, name) {
			return s
		}
	}
	return nil
}
