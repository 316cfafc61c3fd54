package sheet

import (
	"fmt"
	"strings"

	"skillstracker/domain"
)

// bindAssessments decides between the two forms of assessments before it matches
// the columns: with a column of competences the file is in long form. The
// competences are those of the framework version that the first row names.
func (p *parser) bindAssessments(header Row, below []Row) {
	p.rows.table = newTable(p.reader, header.Cells, newColumnMatcher(p.opts.Kind))
	finder := newFrameworkFinder(p.rows.table, p.lists.Frameworks, p.framework)
	framework, known := p.firstFramework(finder, below)
	wide := newTable(p.reader, header.Cells, newColumnMatcher(p.opts.Kind, framework))
	long := newTable(p.reader, header.Cells, newLongMatcher())
	if !long.column(fieldCompetence).present() {
		p.bindWide(header, newWideBinder(wide, newAssessmentReader(wide, p.opts, p.lists, finder, framework)), wide, known)
		return
	}
	p.rows.table = long
	p.binder = newLongBinder(long, newAssessmentReader(long, p.opts, p.lists, finder, framework), p.lists.Frameworks)
	long.check(p.rows.faults)
	for _, c := range CompetenceColumns(framework) {
		if wide.column(c.Name).present() {
			p.rows.faults.Add(domain.FindingFormsMixed, domain.Cell{Sheet: p.reader.SheetName(), Column: wide.column(c.Name).heading}, "")
			return
		}
	}
}

// firstFramework returns the framework version that the first row names, or the
// one of the options where that is not a published one.
func (p *parser) firstFramework(finder *frameworkFinder, below []Row) (framework domain.FrameworkVersion, known bool) {
	for _, row := range below {
		if isBlank(row.Cells) {
			continue
		}
		p.rows.cells = row.Cells
		if framework, known = finder.ofRow(&p.rows); known {
			return framework, true
		}
		return p.framework, false
	}
	return p.framework, true
}

// bindWide reads a file of wide form. Without known framework nothing can be said
// of its competences.
func (p *parser) bindWide(header Row, binder *wideBinder, wide *table, known bool) {
	p.rows.table, p.binder = wide, binder
	wide.check(p.rows.faults)
	p.seeMangledHeadings(header, binder.framework)
	if known && binder.competences() == 0 {
		detail := p.otherFramework(header, binder.framework)
		wide.needToStore(p.rows.faults, func(faults *domain.Findings) {
			faults.Add(domain.FindingCompetencesMissing, domain.Cell{Sheet: p.reader.SheetName()}, detail)
		})
	}
}

// seeMangledHeadings finds headings that are dates, in a file for a framework whose
// codes a spreadsheet may take for dates: 1.1 is the first of January to some.
func (p *parser) seeMangledHeadings(header Row, framework domain.FrameworkVersion) {
	dotted := false
	for _, c := range framework.Competences {
		dotted = dotted || strings.Contains(c.Code, ".")
	}
	for place := range header.Cells {
		if dotted && !p.rows.table.used(place) && mangledCode(header.Cells[place]) == domain.FindingCodeDate {
			p.rows.faults.Add(domain.FindingCodeDate, domain.Cell{Sheet: p.reader.SheetName(), Column: p.rows.table.label(place)},
				"The heading is a date; a spreadsheet may have turned a competence code into one.")
		}
	}
}

// otherFramework names the published framework version whose competences the
// columns seem to be, where there is one.
func (p *parser) otherFramework(header Row, framework domain.FrameworkVersion) string {
	plain := newColumnMatcher(p.opts.Kind).recognised(header.Cells)
	for _, other := range p.lists.Frameworks {
		if newColumnMatcher(p.opts.Kind, other).recognised(header.Cells) > plain {
			return fmt.Sprintf("No column of the file is a competence of %s %s; the columns look like those of %s %s.",
				framework.Framework, framework.Version, other.Framework, other.Version)
		}
	}
	return fmt.Sprintf("No column of the file is a competence of %s %s.", framework.Framework, framework.Version)
}
