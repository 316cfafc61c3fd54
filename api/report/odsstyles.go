package report

import (
	"fmt"
	"strconv"
	"strings"
)

// The names of cell styles. Headings are instances of the styles by which programs
// know them: OpenDocument spreadsheets have no other mark for a heading.
const (
	odsTitle       = "Heading_20_1"
	odsCoverTitle  = "CoverTitle"
	odsHeading     = "Heading_20_2"
	odsLine        = "Line"
	odsParagraph   = "Paragraph"
	odsHeader      = "Header"
	odsHeaderRight = "HeaderRight"
)

// odsCell returns the name of the cell style of a kind.
func (k kind) odsCell() string { return fmt.Sprintf("Cell%d", k) }

// odsFormat returns the name of the number format of a kind, empty for text.
func (k kind) odsFormat() string {
	if k == kindText || k == kindCode || k == kindLink {
		return ""
	}
	return fmt.Sprintf("Format%d", k)
}

func odsKinds() []kind {
	return []kind{kindText, kindCode, kindLink, kindWhole, kindOne, kindTwo, kindChange, kindMonth, kindDay}
}

const (
	odsFontFace = `<office:font-face-decls><style:font-face style:name="Arial" svg:font-family="Arial" style:font-family-generic="swiss" style:font-pitch="variable"/></office:font-face-decls>`
	odsBold     = `<style:text-properties fo:font-weight="bold" style:font-weight-asian="bold" style:font-weight-complex="bold"/>`
	odsOneLine  = `<style:table-cell-properties style:vertical-align="top" fo:wrap-option="no-wrap"/>`
	odsWrapped  = `<style:table-cell-properties style:vertical-align="top" fo:wrap-option="wrap"/>`
	odsBorder   = `<style:table-cell-properties style:vertical-align="bottom" fo:wrap-option="wrap" style:text-align-source="fix" fo:border-bottom="0.75pt solid #000000"/>`
	odsRight    = `<style:paragraph-properties fo:text-align="end"/>`
	odsLeft     = `<style:paragraph-properties fo:text-align="start"/>`
)

// styles writes the part of styles: those that people may use themselves, and pages.
func (l *odsLayout) styles(p *odsPart) {
	p.put(`<office:document-styles`, odfNamespaces, `>`, odsFontFace, `<office:styles>`,
		`<style:default-style style:family="table-cell">`,
		`<style:text-properties style:font-name="Arial" fo:font-size="12pt" fo:language="en" fo:country="GB"/></style:default-style>`,
		`<style:style style:name="Default" style:family="table-cell">`, odsWrapped,
		`<style:text-properties style:font-name="Arial" fo:font-family="Arial" fo:font-size="12pt" style:font-size-asian="12pt" style:font-size-complex="12pt"/></style:style>`)
	for _, heading := range []struct{ name, shown, size, cell string }{
		{odsTitle, "Heading 1", "16pt", odsOneLine}, {odsHeading, "Heading 2", "14pt", odsWrapped},
	} {
		p.put(`<style:style style:name="`, heading.name, `" style:display-name="`, heading.shown, `" style:family="table-cell" style:parent-style-name="Default">`,
			heading.cell, `<style:text-properties fo:font-size="`, heading.size, `" style:font-size-asian="`, heading.size, `" style:font-size-complex="`, heading.size,
			`" fo:font-weight="bold" style:font-weight-asian="bold" style:font-weight-complex="bold"/></style:style>`)
	}
	p.put(`</office:styles><office:automatic-styles>`)
	for _, page := range l.pages {
		size, orientation := `fo:page-width="29.7cm" fo:page-height="21cm"`, "landscape"
		if page.portrait {
			size, orientation = `fo:page-width="21cm" fo:page-height="29.7cm"`, "portrait"
		}
		p.put(`<style:page-layout style:name="Layout`, page.name(), `"><style:page-layout-properties `, size,
			` style:print-orientation="`, orientation, `" fo:margin-top="1.9cm" fo:margin-bottom="1.9cm" fo:margin-left="1.8cm" fo:margin-right="1.8cm"`,
			` style:scale-to-X="`, fmt.Sprint(page.wide), `"/></style:page-layout>`)
	}
	p.put(`</office:automatic-styles><office:master-styles>`)
	for _, page := range l.pages {
		p.put(`<style:master-page style:name="`, page.name(), `" style:page-layout-name="Layout`, page.name(), `"/>`)
	}
	p.put(`</office:master-styles></office:document-styles>`)
}

// automaticStyles writes the styles of the content: those of columns, rows, sheets and
// cells, and number formats before the cells that use them.
func (l *odsLayout) automaticStyles(p *odsPart) {
	p.put(`<office:automatic-styles>`)
	for _, width := range l.columns.inOrder {
		p.put(`<style:style style:name="`, l.columns.add(width), `" style:family="table-column"><style:table-column-properties fo:break-before="auto" style:column-width="`, width, `"/></style:style>`)
	}
	for _, height := range l.rows.inOrder {
		// A height that is left to programs is worked out for the screen, and cuts
		// text off on paper.
		optimal := strconv.FormatBool(height == odsHeight(0))
		p.put(`<style:style style:name="`, l.rows.add(height), `" style:family="table-row"><style:table-row-properties style:row-height="`, height, `" fo:break-before="auto" style:use-optimal-row-height="`, optimal, `"/></style:style>`)
	}
	for _, page := range l.pages {
		p.put(`<style:style style:name="Sheet`, page.name(), `" style:family="table" style:master-page-name="`, page.name(), `"><style:table-properties table:display="true" style:writing-mode="lr-tb"/></style:style>`)
	}
	odsFormats(p)
	for _, style := range []struct{ name, parent, properties string }{
		{odsCoverTitle, odsTitle, odsWrapped},
		{odsLine, "Default", odsOneLine},
		{odsParagraph, "Default", odsWrapped},
		{odsHeader, "Default", odsBorder + odsLeft + odsBold},
		{odsHeaderRight, "Default", odsBorder + odsRight + odsBold},
	} {
		p.put(`<style:style style:name="`, style.name, `" style:family="table-cell" style:parent-style-name="`, style.parent, `">`, style.properties, `</style:style>`)
	}
	for _, k := range odsKinds() {
		p.put(`<style:style style:name="`, k.odsCell(), `" style:family="table-cell" style:parent-style-name="Default"`)
		if format := k.odsFormat(); format != "" {
			p.put(` style:data-style-name="`, format, `"`)
		}
		p.put(`><style:table-cell-properties style:vertical-align="top" fo:wrap-option="wrap" style:text-align-source="fix"/>`)
		if k.numeric() {
			p.put(odsRight)
		} else {
			p.put(odsLeft)
		}
		if k == kindLink {
			p.put(`<style:text-properties fo:color="#0000ff" style:text-underline-style="solid" style:text-underline-width="auto" style:text-underline-color="font-color"/>`)
		}
		p.put(`</style:style>`)
	}
	p.put(`</office:automatic-styles>`)
}

// odsFormats writes the number formats of the kinds: those of the Excel workbook.
func odsFormats(p *odsPart) {
	const lang = ` number:language="en" number:country="GB"`
	number := func(name, before string, decimals int, grouping string, maps ...string) {
		p.put(`<number:number-style style:name="`, name, `"`, lang, `>`)
		if before != "" {
			p.put(`<number:text>`, before, `</number:text>`)
		}
		places := fmt.Sprint(decimals)
		p.put(`<number:number number:decimal-places="`, places, `" number:min-decimal-places="`, places, `" number:min-integer-digits="1"`, grouping, `/>`,
			strings.Join(maps, ""), `</number:number-style>`)
	}
	const commas = ` number:grouping="true"`
	number(kindWhole.odsFormat(), "", 0, commas)
	number(kindOne.odsFormat(), "", 1, commas)
	number(kindTwo.odsFormat(), "", 2, commas)
	change := kindChange.odsFormat()
	number(change+"More", "+", 1, commas)
	number(change+"Less", "-", 1, commas)
	number(change, "", 1, "",
		`<style:map style:condition="value()&gt;=0.05" style:apply-style-name="`+change+`More"/>`,
		`<style:map style:condition="value()&lt;=-0.05" style:apply-style-name="`+change+`Less"/>`)
	const month, year, space = `<number:month number:textual="true"/>`, `<number:year number:style="long"/>`, `<number:text> </number:text>`
	p.put(`<number:date-style style:name="`, kindMonth.odsFormat(), `"`, lang, `>`, month, space, year, `</number:date-style>`,
		`<number:date-style style:name="`, kindDay.odsFormat(), `"`, lang, `><number:day/>`, space, month, space, year, `</number:date-style>`)
}
