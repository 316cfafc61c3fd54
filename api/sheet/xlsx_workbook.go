package sheet

import (
	"path"
	"strings"
)

// maxRelations bounds the relationships of a package or workbook.
const maxRelations = 4 * maxEntries

// relation is one relationship: where something that a part refers to is.
type relation struct {
	kind     string // the last segment of its type, in lower case
	target   string // the part's name; of an external one as written
	external bool
}

// workbook is what the workbook's own parts say about its sheets.
type workbook struct {
	sheets   []worksheet
	date1904 bool
	strings  string // the part of the shared strings, empty if there is none
	styles   string // the part of the styles, empty if there is none
	macros   bool
	links    bool // formulas refer to other files
}

// worksheet is one sheet of cells. Chart sheets are left out.
type worksheet struct {
	name    string
	part    string
	visible bool
}

func readWorkbook(zip *archive) (*workbook, error) {
	if err := refuseOtherArchive(zip); err != nil {
		return nil, err
	}
	root, err := readRelations(zip, "")
	if err != nil {
		return nil, err
	}
	name := ""
	for _, of := range root {
		if of.kind == "officedocument" && !of.external {
			name = of.target
		}
	}
	if strings.EqualFold(path.Ext(name), ".bin") {
		return nil, unsupported("an Excel binary workbook (.xlsb)", mendSaveAs)
	}
	relations, err := readRelations(zip, name)
	if err != nil {
		return nil, err
	}
	book := &workbook{}
	for _, of := range relations {
		switch of.kind {
		case "sharedstrings":
			book.strings = of.target
		case "styles":
			book.styles = of.target
		case "vbaproject":
			book.macros = true
		case "externallink":
			book.links = true
		}
	}
	return book, book.readSheets(zip, name, relations)
}

// refuseOtherArchive tells the ZIP files of other programs from workbooks.
func refuseOtherArchive(zip *archive) error {
	switch {
	case zip.has("[Content_Types].xml") && zip.has("_rels/.rels"):
		return nil
	case zip.has("mimetype") && zip.has("content.xml"):
		return unsupported("an OpenDocument file (.ods)", mendSaveAs)
	case zip.has("Index/Document.iwa") || zip.has("Index.zip"):
		return unsupported("an Apple Numbers document", mendSaveAs)
	case zip.has("[Content_Types].xml"):
		return damaged("the list of its relationships is missing")
	}
	return unsupported("a ZIP archive", mendUnpack)
}

// readRelations reads the relationships of a part, by id. The empty name is
// the package itself.
func readRelations(zip *archive, of string) (map[string]relation, error) {
	folder, file := path.Split(of)
	const role = "the list of relationships"
	part, err := zip.open(folder+"_rels/"+file+".rels", role)
	if err != nil {
		return nil, err
	}
	xml := newXMLScanner(part)
	found := map[string]relation{}
	err = xml.eachChild(spacePack, "Relationships", func() error {
		if xml.space != spacePack || string(xml.local) != "Relationship" {
			return damaged("%s has an unknown element", role)
		}
		id, _ := xml.attr("Id")
		if _, twice := found[string(id)]; twice || len(id) == 0 {
			return damaged("%s has an entry without an id of its own", role)
		}
		if len(found) == maxRelations {
			return hostile("%s has more than %d entries", role, maxRelations)
		}
		kind, _ := xml.attr("Type")
		target, _ := xml.attr("Target")
		mode, _ := xml.attr("TargetMode")
		entry := relation{
			kind:     strings.ToLower(path.Base(string(kind))),
			target:   string(target),
			external: string(mode) == "External",
		}
		if !entry.external {
			entry.target = resolveTarget(folder, entry.target)
		}
		found[string(id)] = entry
		return xml.skip()
	})
	return found, err
}

// resolveTarget makes the name of a part of a relationship's target, which is
// absolute or relative to the folder of the part that refers to it.
func resolveTarget(folder, target string) string {
	target = strings.ReplaceAll(target, `\`, "/")
	if !strings.HasPrefix(target, "/") {
		target = "/" + folder + target
	}
	return strings.TrimPrefix(path.Clean(target), "/")
}

// eachChild reads a whole part: it checks the root element and calls child
// with each start tag directly in it. The child must read its element to the
// end.
func (s *xmlScanner) eachChild(of space, root string, child func() error) error {
	found, err := s.next()
	switch {
	case err != nil:
		return err
	case found != tokenStart || s.space != of || string(s.local) != root:
		return damaged("%s does not begin as it should", s.role)
	}
	if err := s.each(child); err != nil {
		return err
	}
	return s.passEnd()
}

// each calls child with each start tag directly in the current element, up to
// its end tag. Text other than space has no place there.
func (s *xmlScanner) each(child func() error) error {
	for {
		found, err := s.next()
		if err != nil {
			return err
		}
		switch found {
		case tokenStart:
			if err := child(); err != nil {
				return err
			}
		case tokenText:
			if !isSpace(s.text) {
				return damaged("%s has text where none can be", s.role)
			}
		case tokenEnd, tokenEOF:
			return nil
		}
	}
}

func (b *workbook) readSheets(zip *archive, name string, relations map[string]relation) error {
	const role = "the list of sheets"
	part, err := zip.open(name, role)
	if err != nil {
		return err
	}
	xml := newXMLScanner(part)
	found, err := xml.next()
	switch {
	case err != nil:
		return err
	case found != tokenStart || !xml.is("workbook"):
		return unsupported("an Office document without sheets", mendSaveAs)
	}
	err = xml.each(func() error {
		switch {
		case xml.is("workbookPr"):
			value, _ := xml.attr("date1904")
			b.date1904 = isTrue(value)
		case xml.is("sheets"):
			return xml.each(func() error { return b.addSheet(xml, relations) })
		}
		return xml.skip()
	})
	if err != nil {
		return err
	}
	if err := xml.passEnd(); err != nil {
		return err
	}
	if len(b.sheets) == 0 {
		return damaged("it has no sheet of cells")
	}
	return nil
}

func (b *workbook) addSheet(xml *xmlScanner, relations map[string]relation) error {
	if !xml.is("sheet") {
		return damaged("%s has an unknown element", xml.role)
	}
	name, _ := xml.attr("name")
	state, _ := xml.attr("state")
	target, known := relations[string(xml.relation())]
	sheet := worksheet{name: string(name), part: target.target, visible: len(state) == 0 || string(state) == "visible"}
	switch {
	case !known || target.external || sheet.name == "":
		return damaged("a sheet is listed that is not there")
	case target.kind != "worksheet":
		return xml.skip()
	case len(b.sheets) == maxEntries:
		return hostile("it has more than %d sheets", maxEntries)
	}
	for _, other := range b.sheets {
		if strings.EqualFold(other.name, sheet.name) {
			return damaged("two sheets have the same name")
		}
		if strings.EqualFold(other.part, sheet.part) {
			return hostile("two sheets are stored in the same part")
		}
	}
	b.sheets = append(b.sheets, sheet)
	return xml.skip()
}

// isTrue reads a boolean attribute.
func isTrue(value []byte) bool {
	return string(value) == "1" || string(value) == "true"
}
