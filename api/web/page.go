package web

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
)

//go:embed page.html
var plainPage string

// Page is a page of a few sentences: about signing in, or about what went wrong.
type Page struct {
	Title string
	// Synthetic says that the figures were made up.
	Synthetic  bool
	Paragraphs []string
	// Form is nil when there is nothing to send.
	Form  *Form
	Links []Link
	// Note stands at the end; it is for whoever is asked for help.
	Note string
}

// Form is what a page sends. Without buttons it could not be sent.
type Form struct {
	Action  string
	Hidden  []Field
	Buttons []Button
}

// Field is a value that a form sends unseen.
type Field struct{ Name, Value string }

// Button sends a form, with its value when it has a name.
type Button struct{ Text, Name, Value string }

// Link leads to another page of this server.
type Link struct{ Text, Path string }

// WritePage writes a page of a few sentences.
func (p Pages) WritePage(to io.Writer, page Page) error {
	content := struct {
		Page
		Style template.CSS
	}{page, template.CSS(style)} //nolint:gosec // the style is embedded, not from a request
	if err := p.plain.Execute(to, content); err != nil {
		return fmt.Errorf("write page: %w", err)
	}
	return nil
}
