package check

import "strings"

// table is the part that marks cells up as a table.
type table struct {
	part    string
	name    string
	ref     area
	rawRef  string
	header  bool
	totals  int // rows of totals that the program keeps
	columns []string
	filter  bool
	style   string
	stripes bool
}

// rows returns the first and the last row of the table's body.
func (t *table) rows() (first, last int) {
	if t.header {
		return t.ref.top + 1, t.ref.bottom
	}
	return t.ref.top, t.ref.bottom
}

func (b *book) readTable(part string) (*table, error) {
	t := &table{part: part, header: true}
	err := b.read(part, b.limits.Part, func(p *puller) error {
		return p.each(func(string) error {
			t.name, t.rawRef = p.attr("displayName"), p.attr("ref")
			if t.name == "" {
				t.name = p.attr("name")
			}
			t.ref, _ = parseArea(t.rawRef)
			t.header, t.totals = p.number("headerRowCount", 1) > 0, p.number("totalsRowCount", 0)
			return p.each(func(name string) error {
				switch name {
				case "autoFilter":
					t.filter = true
				case "tableStyleInfo":
					t.style = p.attr("name")
					t.stripes = p.on("showRowStripes", false) || p.on("showColumnStripes", false)
				case "tableColumns":
					return p.each(func(string) error {
						if len(t.columns) >= maxColumns {
							return errHostile
						}
						t.columns = append(t.columns, unescaped(p.attr("name")))
						return nil
					})
				}
				return nil
			})
		})
	})
	return t, err
}

// unescaped resolves the form _x000a_, by which parts write line ends in names.
func unescaped(name string) string {
	if !strings.Contains(name, "_x") {
		return name
	}
	return strings.NewReplacer("_x000a_", "\n", "_x000A_", "\n", "_x000d_", "", "_x000D_", "", "_x0009_", "\t").Replace(name)
}
