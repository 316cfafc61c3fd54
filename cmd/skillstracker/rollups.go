package main

import (
	"errors"
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"skillstracker/repository"
)

func newRollupsCommand(h host) *cobra.Command {
	group := &cobra.Command{
		Use:   "rollups",
		Short: "Compare what is kept for totals with the facts, or write it again",
		Long: `Totals read roll-ups: sums and positions that are worked out from the facts in
the transaction of every upload. Works as the owner of the database: the one of
SKILLSTRACKER_OWNER_DATABASE_URL, or the private one of the data directory, also
while a server runs on it.`,
	}
	asGroup(group)
	group.AddCommand(newRollupsVerifyCommand(h), newRollupsRebuildCommand(h))
	return group
}

func newRollupsVerifyCommand(h host) *cobra.Command {
	return &cobra.Command{
		Use:   "verify",
		Short: "Compare every roll-up with the facts it comes from",
		Long: `Compares every roll-up with the facts it comes from, organisation by
organisation, and writes nothing. The exit status is 1 when they differ;
"skillstracker rollups rebuild" mends that.`,
		Args: noArguments,
		RunE: asOwner(h, func(cmd *cobra.Command, _ []string, db *database, owner *repository.Owner) error {
			if err := requireCurrent(cmd.Context(), owner.DB(), db.where); err != nil {
				return err
			}
			compared := &organisationCount{host: h, what: "organisations compared"}
			differences, err := owner.VerifyRollups(cmd.Context(), compared.step)
			if err := errors.Join(err, compared.close()); err != nil {
				return fmt.Errorf("verify roll-ups: %w", err)
			}
			if len(differences) == 0 {
				return say(h, "The roll-ups of %s are what their facts give.\n", counted(compared.total, "organisation"))
			}
			if err := showDifferences(h, differences); err != nil {
				return err
			}
			return fmt.Errorf("roll-ups differ from their facts in %s; \"skillstracker rollups rebuild\" writes them again", counted(len(differences), "place"))
		}),
	}
}

func newRollupsRebuildCommand(h host) *cobra.Command {
	return &cobra.Command{
		Use:   "rebuild",
		Short: "Write every roll-up again from the facts",
		Long: `Writes every roll-up again from the facts, one organisation at a time. An
upload of an organisation whose turn it is waits, or is told to come back.`,
		Args: noArguments,
		RunE: asOwner(h, func(cmd *cobra.Command, _ []string, db *database, owner *repository.Owner) error {
			if err := requireCurrent(cmd.Context(), owner.DB(), db.where); err != nil {
				return err
			}
			rebuilt := &organisationCount{host: h, what: "organisations rebuilt"}
			err := owner.RebuildRollups(cmd.Context(), rebuilt.step)
			if err := errors.Join(err, rebuilt.close()); err != nil {
				return fmt.Errorf("rebuild roll-ups: %w", err)
			}
			return say(h, "The roll-ups of %s were written again.\n", counted(rebuilt.total, "organisation"))
		}),
	}
}

func showDifferences(h host, differences []repository.RollupDifference) error {
	w := tabwriter.NewWriter(h.stdout, 0, 0, 2, ' ', 0)
	lines := []string{"ORGANISATION\tTABLE\tMISSING\tTOO MANY\tWRONG"}
	for _, d := range differences {
		lines = append(lines, fmt.Sprintf("%s\t%s\t%d\t%d\t%d", d.Organisation, d.Table, d.Missing, d.Surplus, d.Wrong))
	}
	if _, err := fmt.Fprintln(w, strings.Join(lines, "\n")); err != nil {
		return fmt.Errorf("write result: %w", err)
	}
	if err := w.Flush(); err != nil {
		return fmt.Errorf("write result: %w", err)
	}
	return nil
}

// organisationCount shows the progress through organisations, whose number is known
// only once the first is done.
type organisationCount struct {
	host  host
	what  string
	total int
	shown *progress
}

func (c *organisationCount) step(_, organisations int) error {
	if c.shown == nil {
		c.total, c.shown = organisations, newProgress(c.host, c.what, organisations)
	}
	return c.shown.step()
}

func (c *organisationCount) close() error {
	if c.shown == nil {
		return nil
	}
	return c.shown.close()
}
