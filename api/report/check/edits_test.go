package check_test

import (
	"html"
	"regexp"
	"strings"
	"testing"
)

// The parts of the good workbook that tests change.
const (
	coverPart    = "xl/worksheets/sheet1.xml"
	contentsPart = "xl/worksheets/sheet2.xml"
	notesPart    = "xl/worksheets/sheet3.xml"
	dataPart     = "xl/worksheets/sheet4.xml"
	chartSheet   = "xl/worksheets/sheet5.xml"
	bookPart     = "xl/workbook.xml"
	corePart     = "docProps/core.xml"
	stylesPart   = "xl/styles.xml"
	tablePart    = "xl/tables/table3.xml"
	drawingPart  = "xl/drawings/drawing1.xml"
	chartPart    = "xl/charts/chart1.xml"
)

// An edit changes a part. It fails when it changes nothing.
type edit func(tb testing.TB, p parts)

// swap replaces the first occurrence of a text in a part.
func swap(part, old, changed string) edit {
	return func(tb testing.TB, p parts) {
		tb.Helper()
		if !strings.Contains(p[part], old) {
			tb.Fatalf("part %s does not hold %q", part, old)
		}
		p[part] = strings.Replace(p[part], old, changed, 1)
	}
}

// swapAll replaces every occurrence.
func swapAll(part, old, changed string) edit {
	return func(tb testing.TB, p parts) {
		tb.Helper()
		if !strings.Contains(p[part], old) {
			tb.Fatalf("part %s does not hold %q", part, old)
		}
		p[part] = strings.ReplaceAll(p[part], old, changed)
	}
}

// add makes a part.
func add(part, content string) edit {
	return func(_ testing.TB, p parts) { p[part] = content }
}

func cellOf(ref string) *regexp.Regexp {
	return regexp.MustCompile(`<c r="` + ref + `" s="(\d+)"[^>]*>.*?</c>`)
}

// setCell replaces a whole cell; $1 in the new one stands for its style.
func setCell(part, ref, changed string) edit {
	return func(tb testing.TB, p parts) {
		tb.Helper()
		cell := cellOf(ref)
		if !cell.MatchString(p[part]) {
			tb.Fatalf("part %s has no cell %s", part, ref)
		}
		p[part] = cell.ReplaceAllString(p[part], changed)
	}
}

func text(part, ref, value string) edit {
	value = strings.ReplaceAll(html.EscapeString(value), "$", "$$")
	return setCell(part, ref, `<c r="`+ref+`" s="$1" t="inlineStr"><is><t>`+value+`</t></is></c>`)
}

func number(part, ref, value string) edit {
	return setCell(part, ref, `<c r="`+ref+`" s="$1"><v>`+value+`</v></c>`)
}

func drop(part, ref string) edit { return setCell(part, ref, "") }

// style gives a cell another style.
func style(part, ref, id string) edit {
	return func(tb testing.TB, p parts) {
		tb.Helper()
		cell := regexp.MustCompile(`(<c r="` + ref + `" s=")\d+`)
		if !cell.MatchString(p[part]) {
			tb.Fatalf("part %s has no cell %s", part, ref)
		}
		p[part] = cell.ReplaceAllString(p[part], "${1}"+id)
	}
}

// cellXML is a new cell of text.
func cellXML(ref, style, value string) string {
	return `<c r="` + ref + `" s="` + style + `" t="inlineStr"><is><t>` + html.EscapeString(value) + `</t></is></c>`
}

// heading changes a heading in its cell and in the table's markup.
func heading(ref, old, changed string) edit {
	return func(tb testing.TB, p parts) {
		tb.Helper()
		text(dataPart, ref, changed)(tb, p)
		swap(tablePart, `name="`+old+`"`, `name="`+changed+`"`)(tb, p)
	}
}
