package main

import (
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"skillstracker/domain"
	"skillstracker/repository"
)

func newAuditCommand(h host) *cobra.Command {
	group := &cobra.Command{
		Use:   "audit",
		Short: "Look after the audit trail",
		Long: `The audit trail says who did what and when. Its events are chained by hashes, one
chain for each organisation and one for the system. Works as the owner of the
database: the one of SKILLSTRACKER_OWNER_DATABASE_URL, or the private one of the
data directory, also while a server runs on it.`,
	}
	asGroup(group)
	group.AddCommand(newAuditVerifyCommand(h))
	return group
}

func newAuditVerifyCommand(h host) *cobra.Command {
	var noted string
	cmd := &cobra.Command{
		Use:   "verify",
		Short: "Work out every hash of the audit trail again",
		Long: `Works out the hash of every event again and compares the chains with their heads,
and the changes of the register with their events. It writes nothing. The exit
status is 1 when a link is broken; the first of each chain is named.

With --heads it also compares the chains with hashes that were noted before: those
that the server writes to its log when it starts, every hour and when it stops.
Only so is it found when somebody has written a whole chain anew.`,
		Args: noArguments,
		RunE: asOwner(h, func(cmd *cobra.Command, _ []string, db *database, owner *repository.Owner) error {
			if err := requireCurrent(cmd.Context(), owner.DB(), db.where); err != nil {
				return err
			}
			var heads []domain.AuditHead
			if noted != "" {
				var err error
				if heads, err = readHeads(noted); err != nil {
					return err
				}
			}
			shown := &eventCount{host: h}
			chains, err := owner.VerifyAudit(cmd.Context(), heads, shown.step)
			if err := errors.Join(err, shown.close()); err != nil {
				return fmt.Errorf("verify the audit trail: %w", err)
			}
			return showChains(h, chains, len(heads))
		}),
	}
	cmd.Flags().StringVar(&noted, "heads", "", "log of the server, or lines of a chain, a sequence and a hash, to compare the chains with")
	return cmd
}

// showChains shows every chain, or, when some are broken, where.
func showChains(h host, chains []repository.VerifiedChain, noted int) error {
	w := tabwriter.NewWriter(h.stdout, 0, 0, 2, ' ', 0)
	lines := []string{"CHAIN\tEVENTS\tHEAD"}
	var events int64
	var broken []string
	for _, c := range chains {
		head := "none"
		if c.Head != nil {
			head = hex.EncodeToString(c.Head.Hash[:])
		}
		lines = append(lines, fmt.Sprintf("%s\t%d\t%s", printable(c.Chain), c.Events, head))
		events += c.Events
		if c.Broken != nil {
			broken = append(broken, printable(c.Broken.String()))
		}
	}
	if _, err := fmt.Fprintln(w, strings.Join(lines, "\n")); err != nil {
		return fmt.Errorf("write result: %w", err)
	}
	if err := w.Flush(); err != nil {
		return fmt.Errorf("write result: %w", err)
	}
	for _, link := range broken {
		if err := say(h, "Broken: %s.\n", link); err != nil {
			return err
		}
	}
	if len(broken) > 0 {
		return fmt.Errorf("the audit trail is broken in %s of %s", counted(len(broken), "chain"), counted(len(chains), "chain"))
	}
	compared := "They were compared with no noted heads."
	if noted > 0 {
		compared = fmt.Sprintf("They hold the hashes of %s.", counted(noted, "noted head"))
	}
	return say(h, "%s, %s: every link holds. %s\n", counted(len(chains), "chain"), counted(int(events), "event"), compared)
}

// eventCount shows the progress through events, whose number is known only once some
// were read.
type eventCount struct {
	host  host
	shown *progress
}

// blockOfEvents is the number of events behind a step of the progress.
const blockOfEvents = 10_000

func (c *eventCount) step(_, expected int64) error {
	if c.shown == nil {
		c.shown = newProgress(c.host, "times 10,000 events verified", int(expected/blockOfEvents))
	}
	return c.shown.step()
}

func (c *eventCount) close() error {
	if c.shown == nil {
		return nil
	}
	return c.shown.close()
}
