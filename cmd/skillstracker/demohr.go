package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"path"
	"slices"
	"strconv"

	"skillstracker/api/spec"
	"skillstracker/cmd/skillstracker/demodata"
	"skillstracker/domain"
)

// showHR shows how files are explained, previewed, stored in part and withdrawn.
func (d *demonstration) showHR(ctx context.Context) error {
	entries, err := demoOrganisations(ctx)
	if err != nil {
		return err
	}
	place := slices.IndexFunc(entries, func(entry domain.OrganisationEntry) bool { return entry.Code == demodata.Showcase })
	if place < 0 {
		return fmt.Errorf("the demonstration has no organisation %s", demodata.Showcase)
	}
	sent, mended, err := demodata.Mistakes(demodata.Seed, d.today, entries[place])
	if err != nil {
		return fmt.Errorf("make file with mistakes: %w", err)
	}
	if d.mended, err = d.folder.write(path.Join(demoFilesName, fileKey(mended)), mended.Content); err != nil {
		return err
	}
	if err := d.sendMistakes(ctx, sent); err != nil {
		return err
	}
	if err := d.storeInPart(ctx, sent); err != nil {
		return err
	}
	if err := d.preview(ctx, entries[place]); err != nil {
		return err
	}
	return d.download(ctx)
}

// sendMistakes sends a file with mistakes and shows what HR is told about them.
func (d *demonstration) sendMistakes(ctx context.Context, sent demodata.File) error {
	if _, err := d.folder.write(path.Join(demoFilesName, fileKey(sent)), sent.Content); err != nil {
		return err
	}
	d.line("\n   One more file has mistakes: %s", fileKey(sent))
	_, err := d.client.ask(ctx, uploadOf(sent, d.tokens.hr))
	problem, ok := errors.AsType[*problemError](err)
	switch {
	case err == nil:
		return fmt.Errorf("%s was stored in spite of its mistakes", fileKey(sent))
	case !ok || problem.status != http.StatusUnprocessableEntity || problem.problem.Upload == nil:
		return fmt.Errorf("send %s: %w", fileKey(sent), err)
	}
	upload := problem.problem.Upload
	d.rejected = upload.Id.String()
	d.line("   The answer is %d, %s: %s\n", problem.status, lowerFirst(problem.problem.Title), problem.problem.Detail)
	d.line("%s", mistakesTable(upload.Findings))
	d.line("   %s", sumLine(upload.Counts))
	workbook, err := d.client.ask(ctx, question{path: upload.Links.FindingsXlsx, token: d.tokens.hr})
	if err != nil {
		return fmt.Errorf("download findings: %w", err)
	}
	written, err := d.folder.write(path.Join(demoDownloadsName, "assessments-with-mistakes-findings.xlsx"), workbook)
	if err != nil {
		return err
	}
	d.line("   The rows of the file with each fault marked, to be mended and sent again:\n   %s", written)
	return nil
}

// mistakesTable lays out findings from the top of the file to its end.
func mistakesTable(list []spec.Finding) string {
	findings := slices.Clone(list)
	slices.SortStableFunc(findings, func(a, b spec.Finding) int { return cmp.Compare(rowOf(a), rowOf(b)) })
	rows := make([][]string, 0, len(findings))
	for _, finding := range findings {
		row := "file"
		if n := rowOf(finding); n > 0 {
			row = strconv.Itoa(n)
		}
		rows = append(rows, []string{row, filled(finding.Column, "(whole row)"), finding.Message, finding.Mend})
	}
	return textTable([]textColumn{
		{heading: "Row", width: 4, right: true},
		{heading: "Column", width: 15},
		{heading: "What is wrong", width: 40},
		{heading: "How to mend it", width: 40},
	}, rows)
}

// storeInPart stores the rows without mistakes, and withdraws them again, so that
// every start shows the same.
func (d *demonstration) storeInPart(ctx context.Context, sent demodata.File) error {
	q := uploadOf(sent, d.tokens.hr)
	q.path += "&mode=" + string(spec.UploadModeValidRows)
	upload, err := askJSON[spec.Upload](ctx, d.client, q)
	if err != nil {
		return fmt.Errorf("send %s: %w", fileKey(sent), err)
	}
	d.line("\n   The same file with mode=valid_rows, which leaves out the rows that have errors:")
	d.line("   %s, so the upload is %s.", sumLine(upload.Counts), upload.State)
	withdrawn, err := askJSON[spec.Upload](ctx, d.client, question{method: http.MethodDelete, path: upload.Links.Self, token: d.tokens.hr})
	if err != nil {
		return fmt.Errorf("withdraw upload: %w", err)
	}
	d.line("   DELETE %s withdraws it as a whole: it is %s, and what it had replaced is held again.", upload.Links.Self, withdrawn.State)
	return nil
}

// preview shows what a correction would change, without storing it.
func (d *demonstration) preview(ctx context.Context, entry domain.OrganisationEntry) error {
	corrected, err := demodata.Corrections(demodata.Seed, d.today, entry)
	if err != nil {
		return fmt.Errorf("make corrections: %w", err)
	}
	if _, err = d.folder.write(path.Join(demoFilesName, fileKey(corrected)), corrected.Content); err != nil {
		return err
	}
	q := uploadOf(corrected, d.tokens.hr)
	q.path += "&check_only=true"
	preview, err := askJSON[spec.UploadPreview](ctx, d.client, q)
	if err != nil {
		return fmt.Errorf("preview %s: %w", fileKey(corrected), err)
	}
	d.line("\n   A preview (check_only=true) of %s, which stores nothing:", fileKey(corrected))
	d.line("   %s\n", sumLine(preview.Counts))
	d.line("%s", changesTable(preview.Changes, demoWidth))
	return nil
}

// demoWidth is the number of characters of the demonstration's lines.
const demoWidth = 110

// download gets an empty template, and what the register holds in the same form.
func (d *demonstration) download(ctx context.Context) error {
	d.line("   Templates to fill in, and what the register holds, in the form in which it can be sent back:")
	for _, wanted := range []struct{ name, path string }{
		{"assessments-template.xlsx", "/api/v1/templates/assessments.xlsx"},
		{"staff-" + demodata.Showcase + ".xlsx", "/api/v1/organisations/" + demodata.Showcase + "/staff.xlsx?as_at=" + d.dates.LastList.String()},
	} {
		file, err := d.client.ask(ctx, question{path: wanted.path, token: d.tokens.hr})
		if err != nil {
			return fmt.Errorf("download %s: %w", wanted.name, err)
		}
		written, err := d.folder.write(path.Join(demoDownloadsName, wanted.name), file)
		if err != nil {
			return err
		}
		d.line("   %s", written)
	}
	return nil
}
