package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"
	"time"

	"skillstracker/api/sheet"
	"skillstracker/api/spec"
	"skillstracker/cmd/skillstracker/demodata"
	"skillstracker/domain"
)

// The media types of uploaded files.
const (
	typeCSV  = "text/csv"
	typeXLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	typeJSON = "application/json"
)

// loadRegistry imports the organisations and says which reference lists there are.
func (d *demonstration) loadRegistry(ctx context.Context) error {
	file, edition := demodata.Organisations()
	d.line("\n2. Organisations and reference lists")
	return d.withToken(ctx, domain.RoleAdmin, func(token string) error {
		summary, err := askJSON[spec.ImportSummary](ctx, d.client, question{
			path: "/api/v1/organisations/imports?as_of=" + edition.String(), token: token, content: file, contentType: typeCSV,
		})
		if err != nil {
			return fmt.Errorf("import organisations: %w", err)
		}
		entries, err := demoOrganisations(ctx)
		if err != nil {
			return err
		}
		trusts := 0
		for _, entry := range entries {
			if entry.Kind == domain.KindTrust {
				trusts++
			}
		}
		d.line("   %d NHS trusts with their real codes, and %d made-up social care provider with a site: %d new, %d unchanged.",
			trusts, len(entries)-trusts, summary.New, summary.Unchanged)
		return d.showLists(ctx, token)
	})
}

func (d *demonstration) showLists(ctx context.Context, token string) error {
	lists, err := askJSON[spec.ReferenceLists](ctx, d.client, question{path: "/api/v1/reference-lists", token: token})
	if err != nil {
		return fmt.Errorf("read reference lists: %w", err)
	}
	totals := make(map[domain.OrganisationKind]int)
	for _, kind := range []domain.OrganisationKind{domain.KindRegion, domain.KindICB} {
		page, err := askJSON[spec.OrganisationPage](ctx, d.client, question{
			path: "/api/v1/organisations?limit=1&kind=" + string(kind), token: token,
		})
		if err != nil {
			return fmt.Errorf("count organisations: %w", err)
		}
		totals[kind] = page.Total
	}
	var frameworks []string
	for _, framework := range lists.Frameworks {
		frameworks = append(frameworks, framework.Framework+" "+framework.Version)
	}
	d.line("   %d regions, %d ICBs, %d staff groups, %d bands, %d job roles, %d areas of work, %d contract types;\n   frameworks %s.",
		totals[domain.KindRegion], totals[domain.KindICB], len(lists.StaffGroups), len(lists.Bands), len(lists.JobRoles), len(lists.AreasOfWork), len(lists.ContractTypes),
		strings.Join(frameworks, ", "))
	return nil
}

// demoOrganisations are the organisations whose HR sends files.
func demoOrganisations(ctx context.Context) ([]domain.OrganisationEntry, error) {
	file, _ := demodata.Organisations()
	entries, findings, err := sheet.ReadOrganisations(ctx, bytes.NewReader(file))
	if err != nil {
		return nil, fmt.Errorf("read organisations: %w", err)
	}
	if findings.Errors() > 0 {
		return nil, errors.New("read organisations: the file of the demonstration has errors")
	}
	// The provider answers for its site.
	return slices.DeleteFunc(entries, func(entry domain.OrganisationEntry) bool { return entry.Kind == domain.KindCareSite }), nil
}

// loadFiles sends every file that is not loaded yet.
func (d *demonstration) loadFiles(ctx context.Context) error {
	d.line("\n4. Files of HR, sent to %s", d.server.url)
	err := d.withToken(ctx, domain.RoleHR, func(token string) error {
		if err := d.forgetOtherDatabase(ctx, token); err != nil {
			return err
		}
		if d.state.Complete {
			return nil
		}
		started := d.host.now()
		if err := d.sendAll(ctx, token); err != nil {
			return err
		}
		d.line("   Sent in %s.", d.host.now().Sub(started).Round(100*time.Millisecond))
		return nil
	})
	if err != nil {
		return err
	}
	counts := d.state.Counts
	d.line("   %d files are loaded, and kept in %s:", len(d.state.Loaded), path.Join(d.folder.path, demoFilesName))
	d.line("   for each organisation two staff lists, rounds of assessments (CSV, the newest XLSX), %d monthly vacancy returns, targets and position vacancies.", len(d.dates.Months))
	d.line("   %s, with %d warnings.", sumLine(counts), d.state.Warnings)
	return nil
}

// forgetOtherDatabase forgets what was loaded when the database does not hold it:
// then it is a new one.
func (d *demonstration) forgetOtherDatabase(ctx context.Context, token string) error {
	for _, id := range d.state.Loaded {
		_, err := d.client.ask(ctx, question{path: "/api/v1/uploads/" + id, token: token})
		if problem, ok := errors.AsType[*problemError](err); ok && problem.status == http.StatusNotFound {
			d.state.Loaded, d.state.Complete = make(map[string]string), false
			d.state.Counts, d.state.Warnings = spec.Counts{}, 0
			return nil
		}
		return err // any one of them answers for all
	}
	return nil
}

func (d *demonstration) sendAll(ctx context.Context, token string) error {
	entries, err := demoOrganisations(ctx)
	if err != nil {
		return err
	}
	var files []demodata.File
	for _, entry := range entries {
		made, err := demodata.Files(demodata.Seed, d.today, entry)
		if err != nil {
			return fmt.Errorf("make demonstration data: %w", err)
		}
		files = append(files, slices.DeleteFunc(made, func(file demodata.File) bool {
			_, loaded := d.state.Loaded[fileKey(file)]
			return loaded
		})...)
	}
	bar := newProgress(d.host, "files sent", len(files))
	for _, file := range files {
		if err := d.sendOne(ctx, token, file); err != nil {
			return errors.Join(err, bar.close())
		}
		if err := bar.step(); err != nil {
			return err
		}
	}
	d.state.Complete = true
	return errors.Join(bar.close(), d.folder.writeState(d.state))
}

func fileKey(file demodata.File) string { return path.Join(file.Organisation, file.Name) }

// sendOne keeps a file, sends it and remembers that it is loaded.
func (d *demonstration) sendOne(ctx context.Context, token string, file demodata.File) error {
	if _, err := d.folder.write(path.Join(demoFilesName, fileKey(file)), file.Content); err != nil {
		return err
	}
	upload, err := askJSON[spec.Upload](ctx, d.client, uploadOf(file, token))
	if err != nil {
		return fmt.Errorf("send %s: %w", fileKey(file), err)
	}
	d.state.Loaded[fileKey(file)] = upload.Id.String()
	d.state.Counts = addCounts(d.state.Counts, upload.Counts)
	d.state.Warnings += upload.Warnings
	return d.folder.writeState(d.state)
}

// uploadOf is the request that sends a file.
func uploadOf(file demodata.File, token string) question {
	options := url.Values{"kind": {string(file.Kind)}}
	if file.Complete {
		options.Set("complete", "true")
	}
	q := question{
		path:  "/api/v1/organisations/" + file.Organisation + "/uploads?" + options.Encode(),
		token: token, content: file.Content, contentType: typeCSV,
	}
	if path.Ext(file.Name) == ".xlsx" {
		q.contentType = typeXLSX
	}
	return q
}

func addCounts(a, b spec.Counts) spec.Counts {
	return spec.Counts{
		RowsRead: a.RowsRead + b.RowsRead, New: a.New + b.New, Changed: a.Changed + b.Changed,
		Unchanged: a.Unchanged + b.Unchanged, Removed: a.Removed + b.Removed, Duplicate: a.Duplicate + b.Duplicate,
		Skipped: a.Skipped + b.Skipped, Rejected: a.Rejected + b.Rejected, Blank: a.Blank + b.Blank,
		NotStored: a.NotStored + b.NotStored, Ended: a.Ended + b.Ended,
	}
}

// sumLine writes what became of the rows as a sum; parts that are 0 are left out.
func sumLine(c spec.Counts) string {
	var parts []string
	for _, part := range []struct {
		n    int
		name string
	}{
		{c.New, "new"},
		{c.Changed, "changed"},
		{c.Unchanged, "unchanged"},
		{c.Removed, "removed"},
		{c.Duplicate, "duplicate"},
		{c.Skipped, "skipped"},
		{c.Rejected, "rejected"},
		{c.Blank, "blank"},
		{c.NotStored, "not stored"},
	} {
		if part.n > 0 {
			parts = append(parts, grouped(float64(part.n), 0)+" "+part.name)
		}
	}
	if len(parts) == 0 {
		parts = []string{"0 new"}
	}
	return grouped(float64(c.RowsRead), 0) + " rows read = " + strings.Join(parts, " + ")
}
