// Package web holds the pages of the service: plain HTML that works without
// scripts, fonts or anything from another server, written for screen readers,
// keyboards and print as much as for eyes. Pages show what they are given and
// decide nothing.
package web

import (
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
)

//go:embed home.html
var homePage string

//go:embed style.css
var style string

// StyleHash names the pages' one style sheet for a Content-Security-Policy.
func StyleHash() string {
	sum := sha256.Sum256([]byte(style))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}

// Home is the page that lists a caller's reports.
type Home struct {
	// Role of the caller in plain words.
	Role string
	// UserID is who signed in; empty for a token.
	UserID string
	// Links lead to what a role without reports is for.
	Links []Link
	// Synthetic says that the figures were made up.
	Synthetic     bool
	Organisations []HomeOrganisation
	// Total is the number of the caller's organisations, on all pages together.
	Total       int
	Page, Pages int
}

// Previous is the number of the page before, 0 when there is none.
func (h Home) Previous() int { return h.Page - 1 }

// Next is the number of the page after, 0 when there is none.
func (h Home) Next() int {
	if h.Page >= h.Pages {
		return 0
	}
	return h.Page + 1
}

// HomeOrganisation is one organisation, or an area, with its months, the latest
// first. Columns are the headings above the reports of a month.
type HomeOrganisation struct {
	Code, Name string
	Columns    []string
	Months     []HomeMonth
}

// HomeMonth is a month end with its reports.
type HomeMonth struct {
	Label   string // "Oct 2026"
	Reports []HomeReport
}

// HomeReport is a report with the files as which it can be downloaded.
type HomeReport struct {
	Name  string // "Digital literacy report"
	Files []HomeFile
}

// HomeFile is a file that can be downloaded.
type HomeFile struct {
	Form string // "Excel, XLSX"
	Path string // with its query
}

// Pages are the pages of the service, ready to be written.
type Pages struct{ home, plain *template.Template }

// New reads the pages. An error means that the program was built wrongly.
func New() (Pages, error) {
	home, err := template.New("home").Parse(homePage)
	if err != nil {
		return Pages{}, fmt.Errorf("read page: %w", err)
	}
	plain, err := template.New("page").Parse(plainPage)
	if err != nil {
		return Pages{}, fmt.Errorf("read page: %w", err)
	}
	return Pages{home: home, plain: plain}, nil
}

// WriteHome writes the page that lists a caller's reports.
func (p Pages) WriteHome(to io.Writer, page Home) error {
	content := struct {
		Home
		Style template.CSS
	}{page, template.CSS(style)} //nolint:gosec // the style is embedded, not from a request
	if err := p.home.Execute(to, content); err != nil {
		return fmt.Errorf("write page: %w", err)
	}
	return nil
}
