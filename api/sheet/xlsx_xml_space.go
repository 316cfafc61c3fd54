package sheet

// space is a namespace, as far as this package tells them apart. Transitional
// and strict workbooks use different names for the same.
type space uint8

const (
	spaceNone  space = iota // no namespace at all
	spaceMain               // the elements of workbooks and sheets
	spaceRel                // references from a workbook to its relationships
	spacePack               // relationships of a package
	spaceXML                // the prefix xml, which needs no declaration
	spaceOther              // any other
)

func spaceOf(name []byte) space {
	switch string(name) {
	case "":
		return spaceNone
	case "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
		"http://purl.oclc.org/ooxml/spreadsheetml/main":
		return spaceMain
	case "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
		"http://purl.oclc.org/ooxml/officeDocument/relationships":
		return spaceRel
	case "http://schemas.openxmlformats.org/package/2006/relationships":
		return spacePack
	}
	return spaceOther
}

// binding is a prefix that an open element declares.
type binding struct {
	prefix string
	space  space
}

func (s *xmlScanner) resolve(prefix []byte) (space, bool) {
	for i := len(s.bindings) - 1; i >= 0; i-- {
		if s.bindings[i].prefix == string(prefix) {
			return s.bindings[i].space, true
		}
	}
	return spaceXML, string(prefix) == "xml"
}

// is tells whether the current element is this one of the main namespace.
func (s *xmlScanner) is(local string) bool {
	return s.space == spaceMain && string(s.local) == local
}

// relation returns the attribute `id` of the namespace of relationships.
func (s *xmlScanner) relation() []byte {
	for _, a := range s.attributes {
		if a.colon < 0 || string(a.name[a.colon+1:]) != "id" {
			continue
		}
		if of, _ := s.resolve(a.name[:a.colon]); of == spaceRel {
			return a.value
		}
	}
	return nil
}

// bind takes a namespace declaration, if the attribute is one.
func (s *xmlScanner) bind(a *attribute) error {
	if a.name[0] != 'x' {
		return nil
	}
	if string(a.name) == "xmlns" {
		s.plain = spaceOf(a.value)
		return nil
	}
	if a.colon < 0 || string(a.name[:a.colon]) != "xmlns" {
		return nil
	}
	switch {
	case len(a.value) == 0:
		return s.malformed()
	case len(s.bindings) == maxBindings:
		return hostile("%s has more than %d namespace prefixes", s.role, maxBindings)
	}
	s.bindings = append(s.bindings, binding{prefix: string(a.name[a.colon+1:]), space: spaceOf(a.value)})
	return nil
}
