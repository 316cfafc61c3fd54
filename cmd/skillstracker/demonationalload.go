package main

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"skillstracker/cmd/skillstracker/demodata"
	"skillstracker/domain"
)

// nationalRequest is the request id of everything that the loader stores.
const nationalRequest = "demo-national"

// load stores the registry, the nation's targets and every file of every trust that is
// not stored yet, in several goroutines, each with one trust at a time.
func (n *nationalDemo) load(ctx context.Context, workers int) error {
	trusts, lists, err := n.registry(ctx)
	if err != nil {
		return err
	}
	if n.loaded.Complete {
		n.line("   Everything is loaded.")
		return nil
	}
	started := n.host.now()
	framework, ok := lists.Framework(domain.DefaultFramework, domain.DefaultFrameworkVersion)
	if !ok {
		return fmt.Errorf("load nation: the framework %s is not published", domain.DefaultFramework)
	}
	nation := domain.Actor{ID: nationalRequest, Role: domain.RoleAdmin, Organisations: []string{domain.NationCode}, RequestID: nationalRequest}
	if err := n.store(ctx, nation, n.size.Targets(framework)); err != nil {
		return err
	}
	if err := n.loadTrusts(ctx, trusts, lists, workers); err != nil {
		return err
	}
	n.line("   Loaded in %s. The planner's statistics are being made.", n.host.now().Sub(started).Round(time.Second))
	if err := n.analyze(ctx); err != nil {
		return err
	}
	n.line("   Done after %s.", n.host.now().Sub(started).Round(time.Second))
	return n.loaded.complete()
}

// registry imports the trusts and returns them with the reference lists.
func (n *nationalDemo) registry(ctx context.Context) ([]demodata.NationalTrust, domain.Lists, error) {
	store := n.server.store
	icbs, _, err := store.Organisations(ctx, domain.OrganisationFilter{
		Kinds: []domain.OrganisationKind{domain.KindICB}, OpenOn: &n.today, AsAt: n.today, Page: domain.Page{Limit: 1000},
	})
	if err != nil {
		return nil, domain.Lists{}, fmt.Errorf("read ICBs: %w", err)
	}
	lists, err := store.Lists(ctx)
	if err != nil {
		return nil, domain.Lists{}, fmt.Errorf("read reference lists: %w", err)
	}
	trusts, err := n.size.MakeTrusts(icbs)
	if err != nil {
		return nil, domain.Lists{}, fmt.Errorf("load nation: %w", err)
	}
	// The edition is older than the oldest figure, so that no membership is estimated.
	dates := n.size.Dates()
	edition := domain.OrganisationImport{Edition: min(dates.Months[0], dates.FirstList).AddMonths(-12).MonthEnd()}
	for _, trust := range trusts {
		edition.Entries = append(edition.Entries, trust.Entry)
	}
	admin := domain.Actor{ID: nationalRequest, Role: domain.RoleAdmin, RequestID: nationalRequest}
	summary, err := store.ImportOrganisations(ctx, admin, edition)
	if err != nil {
		return nil, domain.Lists{}, fmt.Errorf("import trusts: %w", err)
	}
	n.line("\n2. %d made-up trusts in %d ICBs: %d new, %d unchanged. About %s staff, %d months of vacancies, as at %s.",
		len(trusts), min(len(icbs), len(trusts)), summary.New, summary.Unchanged, grouped(float64(n.size.Staff), 0), n.size.Months, dates.LastList.LongLabel())
	return trusts, lists, nil
}

// loadTrusts stores the files of all trusts. The first failure ends it.
func (n *nationalDemo) loadTrusts(ctx context.Context, trusts []demodata.NationalTrust, lists domain.Lists, workers int) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	bar := newProgress(n.host, "trusts loaded", len(trusts))
	var shown sync.Mutex
	queue := make(chan demodata.NationalTrust)
	var working sync.WaitGroup
	for range workers {
		working.Go(func() {
			for trust := range queue {
				if context.Cause(ctx) != nil {
					continue
				}
				if err := n.loadTrust(ctx, trust, lists); err != nil {
					cancel(err)
					continue
				}
				shown.Lock()
				err := bar.step()
				shown.Unlock()
				if err != nil {
					cancel(err)
				}
			}
		})
	}
	for _, trust := range trusts {
		select {
		case queue <- trust:
			continue
		case <-ctx.Done():
		}
		break
	}
	close(queue)
	working.Wait()
	return errors.Join(context.Cause(ctx), bar.close())
}

// loadTrust stores the files of a trust one after the other.
func (n *nationalDemo) loadTrust(ctx context.Context, trust demodata.NationalTrust, lists domain.Lists) error {
	if n.loaded.has(trust.Entry.Code) {
		return nil
	}
	files, err := trust.Files(lists)
	if err != nil {
		return fmt.Errorf("load nation: %w", err)
	}
	hr := domain.Actor{ID: nationalRequest, Role: domain.RoleHR, Organisations: []string{trust.Entry.Code}, RequestID: nationalRequest}
	for _, file := range files {
		if err := n.store(ctx, hr, file); err != nil {
			return err
		}
	}
	return n.loaded.add(trust.Entry.Code)
}

// store gives a file to the register as an upload of HR. The key makes one that was
// stored by a start that was cut off be answered as it was then.
func (n *nationalDemo) store(ctx context.Context, actor domain.Actor, file demodata.NationalFile) error {
	file.IdempotencyKey = nationalRequest + "/" + file.Organisation + "/" + file.Name
	upload, err := n.server.store.StoreUpload(ctx, actor, file.UploadFile)
	if err != nil {
		return fmt.Errorf("store %s of %s: %w", file.Name, file.Organisation, err)
	}
	if upload.State != domain.UploadApplied {
		reason := "no finding"
		for _, finding := range upload.Findings {
			if finding.Severity == domain.SeverityError {
				reason = finding.Message
				break
			}
		}
		return fmt.Errorf("store %s of %s: the upload is %s with %d errors: %s", file.Name, file.Organisation, upload.State, upload.Errors, reason)
	}
	return nil
}

// analyze makes the planner's statistics, as the owner of the tables.
func (n *nationalDemo) analyze(ctx context.Context) error {
	owner, err := n.server.db.openOwner(ctx)
	if err != nil {
		return err
	}
	return errors.Join(owner.Analyze(ctx), owner.Close())
}
