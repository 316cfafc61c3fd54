package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"skillstracker/api/sheet"
	"skillstracker/domain"
)

func newOrganisationsSuccessionsCommand(h host) *cobra.Command {
	return &cobra.Command{
		Use:   "successions FILE",
		Short: "Import which organisation took over from which",
		Long: `Imports a CSV file with the columns predecessor, successor, effective_on and action:
ODS codes of organisations that the registry holds, and the first day on which the
successor stands in the predecessor's place. An organisation may have several of both.
What the file leaves out stays as it is; another day replaces the one that is held; the
action remove withdraws a succession. A file with any fault is not imported.`,
		Args: oneArgument("the name of a file"),
		RunE: func(cmd *cobra.Command, args []string) error {
			s, _, err := loadSettings(h, cmd.Flags())
			if err != nil {
				return err
			}
			successions, err := readSuccessions(cmd.Context(), h, args[0])
			if err != nil {
				return err
			}
			return withDatabase(cmd.Context(), s, newLogger(h.stderr, s), func(db *database) error {
				return importSuccessions(cmd.Context(), h, db, args[0], successions)
			})
		},
	}
}

// readSuccessions reads a file, and shows every finding when it has any.
func readSuccessions(ctx context.Context, h host, path string) ([]domain.Succession, error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read successions: %w", err)
	}
	successions, findings, err := sheet.ReadSuccessions(ctx, bytes.NewReader(content))
	if err != nil {
		return nil, plain(fmt.Errorf("read successions: %w", err))
	}
	if err := showFindings(h, path, findings); err != nil {
		return nil, err
	}
	return successions, nil
}

// importSuccessions stores a file, or shows what the register finds wrong with it.
func importSuccessions(ctx context.Context, h host, db *database, path string, successions []domain.Succession) error {
	return asRegistry(ctx, h, db, func(registry domain.Registry, actor domain.Actor) error {
		summary, err := registry.ImportSuccessions(ctx, actor, successions)
		if refused, ours := errors.AsType[*domain.Error](err); ours {
			for _, fault := range refused.Fields {
				if _, err := fmt.Fprintf(h.stderr, "%s, %s: %s\n", path, fault.Field, fault.Message); err != nil {
					return fmt.Errorf("write fault: %w", err)
				}
			}
		}
		if err != nil {
			return plain(fmt.Errorf("import successions: %w", err))
		}
		return say(h, "%d successions: %d new, %d changed, %d removed, %d unchanged.\n",
			summary.Read, summary.New, summary.Changed, summary.Removed, summary.Unchanged)
	})
}
