package sheet

import "strconv"

// Bounds of a styles part; Excel itself stops at 65,490 cell formats.
const (
	maxFormats     = 1 << 16
	firstOwnFormat = 164 // number formats below it are built in
)

// readStyles returns how each cell format of the workbook shows numbers. A
// cell names its format by the place in this list. A workbook without styles
// has nil.
func readStyles(zip *archive, name string) ([]numberStyle, error) {
	if name == "" {
		return nil, nil
	}
	const role = "the list of styles"
	part, err := zip.open(name, role)
	if err != nil {
		return nil, err
	}
	xml := newXMLScanner(part)
	own := map[int]numberStyle{}
	styles := []numberStyle{}
	// The number formats may stand behind the cell formats that use them.
	var ids []int
	err = xml.eachChild(spaceMain, "styleSheet", func() error {
		switch {
		case xml.is("numFmts"):
			return xml.each(func() error { return addFormat(xml, own) })
		case xml.is("cellXfs"):
			return xml.each(func() error {
				if !xml.is("xf") {
					return damaged("%s has an unknown element", role)
				}
				if len(ids) == maxFormats {
					return hostile("%s has more than %d cell formats", role, maxFormats)
				}
				id, err := formatID(xml)
				if err != nil {
					return err
				}
				ids = append(ids, id)
				return xml.skip()
			})
		}
		return xml.skip()
	})
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		style, defined := own[id]
		if !defined {
			style = builtInStyle(id)
		}
		styles = append(styles, style)
	}
	return styles, nil
}

func addFormat(xml *xmlScanner, own map[int]numberStyle) error {
	if !xml.is("numFmt") {
		return damaged("%s has an unknown element", xml.role)
	}
	if len(own) == maxFormats {
		return hostile("%s has more than %d number formats", xml.role, maxFormats)
	}
	id, err := formatID(xml)
	if err != nil {
		return err
	}
	code, _ := xml.attr("formatCode")
	own[id] = parseFormat(string(code))
	return xml.skip()
}

func formatID(xml *xmlScanner) (int, error) {
	value, given := xml.attr("numFmtId")
	if !given {
		return 0, nil
	}
	id, err := strconv.ParseUint(string(value), 10, 31)
	if err != nil {
		return 0, damaged("%s has a number format without a number", xml.role)
	}
	return int(id), nil
}
