package domain

import (
	"cmp"
	"slices"
)

// Severity says what a finding does to an upload.
type Severity string

// Errors keep a row (with mode=all the whole file) from being stored; warnings load.
const (
	SeverityError   Severity = "error"
	SeverityWarning Severity = "warning"
)

// Finding is one fault of an upload, in the words of an HR user. It names the
// class of a value, never the value itself.
type Finding struct {
	Code     FindingCode
	Severity Severity
	Sheet    string // worksheet name; empty for CSV
	Row      int    // row number as a spreadsheet shows it, 1-based; 0 for the whole file
	Column   string // the file's own heading; empty for the whole row
	Message  string // what is wrong
	Mend     string // what to do next
}

// FindingCode is the stable, published name of a fault.
type FindingCode string

// Findings collects the faults of one upload. It keeps the first Limit of them
// and counts all.
type Findings struct {
	Limit int
	// Sheet is the worksheet of findings about a row that name none themselves.
	Sheet string
	// ValidRows says that rows with errors are left out and the others stored, so
	// that rows which fall with another row need a finding of their own.
	ValidRows bool
	list      []Finding
	errors    int
	warnings  int
	badRows   map[int]int // number of errors of each row that has any
	aside     map[int]struct{}
	fileError bool
	rules     map[FindingCode]FindingRule
}

// FindingLimit is the number of findings that are stored (DESIGN 4).
const FindingLimit = 10_000

// NewFindings returns an empty collection that keeps FindingLimit findings.
func NewFindings() *Findings {
	rules := make(map[FindingCode]FindingRule)
	for _, rule := range FindingRules() {
		rules[rule.Code] = rule
	}
	return &Findings{Limit: FindingLimit, badRows: make(map[int]int), aside: make(map[int]struct{}), rules: rules}
}

// Add records a fault. The severity is that of the code's rule; detail, when not
// empty, replaces the rule's message with a more exact one.
func (f *Findings) Add(code FindingCode, where Cell, detail string) {
	rule, known := f.rules[code]
	if !known {
		rule = FindingRule{Code: code, Severity: SeverityError, Message: string(code)}
	}
	if detail == "" {
		detail = rule.Message
	}
	f.AddFinding(Finding{
		Code: code, Severity: rule.Severity, Sheet: where.Sheet, Row: where.Row, Column: where.Column,
		Message: detail, Mend: rule.Mend,
	})
}

// AddFinding records a complete finding.
func (f *Findings) AddFinding(finding Finding) {
	if finding.Sheet == "" && finding.Row > 0 {
		finding.Sheet = f.Sheet
	}
	if finding.Severity == SeverityError {
		f.errors++
		if finding.Row > 0 {
			f.badRows[finding.Row]++
		} else {
			f.fileError = true
		}
	} else {
		f.warnings++
	}
	if len(f.list) < f.Limit {
		f.list = append(f.list, finding)
	}
}

// LeaveAside notes that a row without an error of its own cannot be stored because
// another row of the same record has one. Where the rows with errors are left out
// and the others stored, that is a warning; otherwise no row is stored anyhow.
func (f *Findings) LeaveAside(row int) {
	if !f.ValidRows || f.BadRow(row) {
		return
	}
	if _, known := f.aside[row]; known {
		return
	}
	f.aside[row] = struct{}{}
	f.Add(FindingRowLeftAside, Cell{Row: row}, "")
}

// LeftAside returns how many rows were left aside. A row that turned out to have an
// error of its own afterwards is not one of them.
func (f *Findings) LeftAside() int {
	aside := 0
	for row := range f.aside {
		if !f.BadRow(row) {
			aside++
		}
	}
	return aside
}

// Unreadable says whether the file could not be read to its end. Of such a file
// nobody can say what it holds; it has this one finding.
func (f *Findings) Unreadable() bool {
	rules := unreadableRules()
	return slices.ContainsFunc(f.list, func(found Finding) bool {
		return slices.ContainsFunc(rules, func(rule FindingRule) bool { return rule.Code == found.Code })
	})
}

// OfFile says whether there is an error about the file as a whole, with which no
// row can be stored.
func (f *Findings) OfFile() bool { return f.fileError }

// Cell says where in a file a finding is.
type Cell struct {
	Sheet  string
	Row    int
	Column string
}

// List returns the kept findings from the top of the file to its end, those about
// the whole file first: the order in which HR mends them.
func (f *Findings) List() []Finding {
	slices.SortStableFunc(f.list, func(a, b Finding) int { return cmp.Compare(a.Row, b.Row) })
	return f.list
}

// Errors returns how many errors were found, kept or not.
func (f *Findings) Errors() int { return f.errors }

// Warnings returns how many warnings were found, kept or not.
func (f *Findings) Warnings() int { return f.warnings }

// BadRow says whether a row has an error.
func (f *Findings) BadRow(row int) bool {
	_, bad := f.badRows[row]
	return bad
}

// BadRows returns how many rows have an error.
func (f *Findings) BadRows() int { return len(f.badRows) }
