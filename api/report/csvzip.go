package report

import (
	"archive/zip"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"skillstracker/domain"
)

// writeZIP writes an archive for machines: a CSV file for each table, the metadata of
// each as CSV on the Web has it, and the text of the cover. Absent figures are empty,
// with the reason in a column of its own; a table without records has its headers.
func (b *Book) writeZIP(w io.Writer) error {
	archive := zip.NewWriter(w)
	sheets := b.sheets
	if len(b.notes.inOrder) > 0 {
		sheets = append([]*sheet{b.notes.sheet()}, sheets...)
	}
	if err := b.addFile(archive, "readme.txt", func(to io.Writer) error { return b.readme(to, sheets) }); err != nil {
		return err
	}
	for _, s := range sheets {
		columns, err := b.csvColumns(s)
		if err != nil {
			return fmt.Errorf("sheet %s: %w", s.name, err)
		}
		if err := errors.Join(
			b.addFile(archive, s.csvName(), func(to io.Writer) error { return s.writeCSV(to, columns) }),
			b.addFile(archive, s.csvName()+"-metadata.json", func(to io.Writer) error { return b.writeMetadata(to, s, columns) }),
		); err != nil {
			return err
		}
	}
	if err := archive.Close(); err != nil {
		return fmt.Errorf("complete archive: %w", err)
	}
	return nil
}

// addFile adds a file, dated to when the report was made.
func (b *Book) addFile(archive *zip.Writer, name string, write func(io.Writer) error) error {
	file, err := archive.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: b.MadeAt.UTC()})
	if err != nil {
		return fmt.Errorf("create file %s: %w", name, err)
	}
	if err := write(file); err != nil {
		return fmt.Errorf("write file %s: %w", name, err)
	}
	return nil
}

// csvName returns the name of the table's file, such as by-staff-group.csv.
func (s *sheet) csvName() string {
	return strings.ToLower(strings.ReplaceAll(s.name, "_", "-")) + ".csv"
}

// writeCSV writes a table as UTF-8 with CRLF at the end of lines (RFC 4180).
func (s *sheet) writeCSV(to io.Writer, columns []csvColumn) error {
	out := csv.NewWriter(to)
	out.UseCRLF = true
	record := make([]string, len(columns))
	for i, c := range columns {
		record[i] = c.Name
	}
	if err := out.Write(record); err != nil {
		return err
	}
	rows := s.rows
	if s.noRecords {
		rows = nil
	}
	for _, row := range rows {
		for i, c := range columns {
			record[i] = c.cell(row[c.of])
		}
		if err := out.Write(record); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// csvLicence says who may use the figures, as the metadata of the totals does.
const csvLicence = "Set by the body that runs this service, for those to whom it gives access. " +
	"Codes and names of organisations: NHS England, Open Government Licence v3.0 (https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/)."

// csvMetadata describes a CSV file (W3C, Metadata Vocabulary for Tabular Data).
type csvMetadata struct {
	Context     string    `json:"@context"`
	URL         string    `json:"url"`
	Title       string    `json:"dc:title"`
	Description string    `json:"dc:description"`
	Licence     string    `json:"dc:license"`
	Schema      csvSchema `json:"tableSchema"`
}

type csvSchema struct {
	Columns []csvColumn `json:"columns"`
}

func (b *Book) writeMetadata(to io.Writer, s *sheet, columns []csvColumn) error {
	means := []string{s.about + "."}
	for _, n := range s.titleNotes {
		means = append(means, b.noteText(n))
	}
	means = append(means, b.warnings()...)
	means = append(means, s.lines...)
	means = append(means, "Figures that are absent are empty; the column beside has the reason. "+
		"A text that a spreadsheet program would run has an apostrophe before it, and so has one that begins with an apostrophe.")
	out := json.NewEncoder(to)
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	return out.Encode(csvMetadata{
		Context: "http://www.w3.org/ns/csvw", URL: s.csvName(), Title: s.title,
		Description: strings.Join(means, " "), Licence: csvLicence, Schema: csvSchema{columns},
	})
}

// noteText returns a note with its number, by which notes.csv lists it.
func (b *Book) noteText(n note) string { return b.notes.marker(n) + " " + string(n) }

// readme writes the text of the cover and the list of the files.
func (b *Book) readme(to io.Writer, sheets []*sheet) error {
	lines := []string{b.title(b.subject)}
	for _, part := range b.cover {
		lines = append(lines, "", part.heading)
		for _, paragraph := range part.paragraphs {
			lines = append(lines, plain(paragraph))
		}
	}
	lines = append(lines, "", "Files", "Each CSV file is described by the file whose name goes on with -metadata.json (CSV on the Web).")
	for _, s := range sheets {
		lines = append(lines, fmt.Sprintf("%s: %s.", s.csvName(), s.about))
	}
	_, err := io.WriteString(to, strings.Join(lines, "\r\n")+"\r\n")
	return err
}

// statusOf returns the reason for which a cell holds no figure, empty when it holds
// one or a text.
func statusOf(v value) domain.Status {
	for _, status := range []domain.Status{domain.StatusConfidential, domain.StatusNotAvailable, domain.StatusNotApplicable} {
		if !v.isNumber && v.text == absent(status).text {
			return status
		}
	}
	return ""
}
