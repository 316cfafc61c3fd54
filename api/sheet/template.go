package sheet

import (
	"fmt"
	"io"
	"strings"
	"time"

	xlsx "skillstracker/api/workbook"
	"skillstracker/domain"
)

// templateVersion is raised whenever the columns or the rules of a template change.
const templateVersion = "1"

// TemplateOptions says what a template offers.
type TemplateOptions struct {
	Lists domain.Lists

	// Framework is the framework version whose competences are the columns of
	// assessments and the values of targets; other kinds have none.
	Framework domain.FrameworkVersion

	Version string    // of the program
	Limits  Limits    // of an upload
	MadeAt  time.Time // as of [DataOptions]
}

// WriteTemplate writes the empty file of a kind of upload. As CSV it is a header
// row. As a workbook it has the sheets Instructions; Data with the headings, drop-down
// lists and input messages for every row that an upload may have; Examples with
// made-up rows; and Lists. Only Data is read when it is sent in.
//
// The error is a *domain.Error of kind invalid for a kind or format without a
// template.
func WriteTemplate(w io.Writer, format Format, kind domain.UploadKind, opts TemplateOptions) error {
	if Columns(kind) == nil {
		return errKindUnknown()
	}
	if hasFramework(kind) && len(opts.Framework.Competences) == 0 {
		return fmt.Errorf("write template of %s: no framework version was named", kind)
	}
	columns := formColumns(kind, opts.Framework)
	switch format {
	case CSV:
		return writeHeader(w, columns, opts.Limits)
	case XLSX:
		return writeTemplateBook(w, template{kind: kind, columns: columns, opts: opts, lists: templateLists(kind, opts)})
	case JSON:
	}
	return domain.Invalid("format_unknown", "There is no template of that format. Use csv or xlsx.")
}

// hasFramework says whether a template is one of a framework version.
func hasFramework(kind domain.UploadKind) bool {
	return kind == domain.UploadAssessments || kind == domain.UploadTargets
}

func writeHeader(w io.Writer, columns []Column, lim Limits) error {
	header := make([]Cell, len(columns))
	for i := range columns {
		header[i] = Cell{Kind: Text, Text: columns[i].Name}
	}
	out := newCSVWriter(w, lim.MaxBytes)
	if err := out.row(header); err != nil {
		return err
	}
	return out.close()
}

// template is a workbook for people to fill in.
type template struct {
	kind    domain.UploadKind
	columns []Column
	opts    TemplateOptions
	lists   []choiceList
}

func writeTemplateBook(w io.Writer, t template) error {
	b, err := newBook(w, t.opts.Limits, xlsx.Options{
		Title: t.title(), Subject: kindTitle(t.kind), Category: "template", Creator: program, Made: t.opts.MadeAt,
		Keywords: []string{string(t.kind), "upload", "template", "template version " + templateVersion},
	}, sheetInstructions, sheetData, sheetExamples, sheetLists)
	if err != nil {
		return err
	}
	return b.write(t.instructions(), t.data(), t.examples(), t.listsSheet())
}

func (t *template) title() string {
	return "Template for uploads: " + strings.ToLower(kindTitle(t.kind))
}

// list returns the list of a column's drop-down.
func (t *template) list(column string) (choiceList, bool) {
	for _, list := range t.lists {
		for _, name := range list.columns {
			if name == column {
				return list, true
			}
		}
	}
	return choiceList{}, false
}

// lastRow is the last row of Data that an upload may have, below the headings.
func (t *template) lastRow() int { return min(t.opts.Limits.MaxRows+1, xlsx.MaxRows) }
