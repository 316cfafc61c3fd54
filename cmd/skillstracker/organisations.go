package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"skillstracker/api/sheet"
	"skillstracker/domain"
	"skillstracker/repository"
)

// commandActor is the caller that changes made by a command are written down under.
const commandActor = "command"

func newOrganisationsCommand(h host) *cobra.Command {
	group := &cobra.Command{
		Use:   "organisations",
		Short: "Keep the registry of organisations",
	}
	asGroup(group)
	group.AddCommand(newOrganisationsImportCommand(h), newOrganisationsSuccessionsCommand(h))
	return group
}

func newOrganisationsImportCommand(h host) *cobra.Command {
	var asOf string
	cmd := &cobra.Command{
		Use:   "import FILE --as-of YYYY-MM-DD",
		Short: "Import an edition of the ODS trust file, or a CSV file with a header",
		Long: `Imports one edition of organisations: the ODS trust file (24 or 27 fields, no
header), or a CSV file with the columns code, name, kind, sector, region, icb,
opened_on, closed_on, cqc_id, parent and synthetic. --as-of is the day whose state the file shows.
Editions may come in any order; one that is already held changes nothing. A file
with any fault is not imported.`,
		Args: oneArgument("the name of a file"),
		RunE: func(cmd *cobra.Command, args []string) error {
			edition, err := domain.ParseDate(asOf)
			if err != nil {
				return usagef("--as-of is %q: write the day whose state the file shows, like 2025-12-31", asOf)
			}
			if edition > domain.DateOf(h.now()) {
				return usagef("--as-of is %s, which is still to come: an edition shows the state of a day that has been", asOf)
			}
			s, _, err := loadSettings(h, cmd.Flags())
			if err != nil {
				return err
			}
			entries, err := readOrganisations(cmd.Context(), h, args[0])
			if err != nil {
				return err
			}
			return withDatabase(cmd.Context(), s, newLogger(h.stderr, s), func(db *database) error {
				return importOrganisations(cmd.Context(), h, db, domain.OrganisationImport{Edition: edition, Entries: entries})
			})
		},
	}
	cmd.Flags().StringVar(&asOf, "as-of", "", "`day` whose state the file shows, YYYY-MM-DD")
	return cmd
}

// readOrganisations reads a file, and shows every finding when it has any.
func readOrganisations(ctx context.Context, h host, path string) ([]domain.OrganisationEntry, error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read organisations: %w", err)
	}
	entries, findings, err := sheet.ReadOrganisations(ctx, bytes.NewReader(content))
	if err != nil {
		return nil, plain(fmt.Errorf("read organisations: %w", err))
	}
	if err := showFindings(h, path, findings); err != nil {
		return nil, err
	}
	return entries, nil
}

// showFindings writes every finding of a file, and returns an error when any is one.
func showFindings(h host, path string, findings *domain.Findings) error {
	for _, finding := range findings.List() {
		if _, err := fmt.Fprintf(h.stderr, "%s: %s %s\n", placeOf(path, finding), finding.Message, finding.Mend); err != nil {
			return fmt.Errorf("write finding: %w", err)
		}
	}
	if n := findings.Errors(); n > 0 {
		return fmt.Errorf("%s has %d errors, so nothing of it was imported: mend them and import it again", path, n)
	}
	return nil
}

// placeOf names the place of a finding, such as "etr.csv, row 7, field 11 (open date)".
func placeOf(path string, finding domain.Finding) string {
	parts := []string{path}
	if finding.Row > 0 {
		parts = append(parts, fmt.Sprintf("row %d", finding.Row))
	}
	if finding.Column != "" {
		parts = append(parts, finding.Column)
	}
	return strings.Join(parts, ", ")
}

// asRegistry runs a function on the register as the application role, in the name of
// this command.
func asRegistry(ctx context.Context, h host, db *database, fn func(registry domain.Registry, actor domain.Actor) error) (err error) {
	if db.appURL == "" {
		return usagef("this works as the application: set SKILLSTRACKER_DATABASE_URL too")
	}
	store, err := repository.Open(ctx, repository.Config{URL: db.appURL, MaxConnections: 2, Clock: h.now})
	if err != nil {
		return plain(fmt.Errorf("open %s: %w", db.where, err))
	}
	defer func() {
		if closing := store.Close(); err == nil {
			err = closing
		}
	}()
	if err := requireCurrent(ctx, store.DB(), db.where); err != nil {
		return err
	}
	return fn(store, domain.Actor{ID: commandActor, Role: domain.RoleAdmin, Grant: domain.Grant{Kind: domain.ScopeAll}})
}

// importOrganisations stores an edition.
func importOrganisations(ctx context.Context, h host, db *database, edition domain.OrganisationImport) error {
	var summary domain.ImportSummary
	err := asRegistry(ctx, h, db, func(registry domain.Registry, actor domain.Actor) error {
		var err error
		if summary, err = registry.ImportOrganisations(ctx, actor, edition); err != nil {
			return plain(fmt.Errorf("import organisations: %w", err))
		}
		return nil
	})
	if err != nil {
		return err
	}
	if err := say(h, "%s as of %s: %d new, %d changed, %d unchanged.\n",
		counted(summary.Read, "organisation"), edition.Edition, summary.New, summary.Changed, summary.Unchanged); err != nil {
		return err
	}
	if len(summary.UnknownParents) == 0 {
		return nil
	}
	return say(h, "Regions, ICBs and headquarters named by the file that the registry does not hold: %s.\n",
		strings.Join(summary.UnknownParents, ", "))
}
