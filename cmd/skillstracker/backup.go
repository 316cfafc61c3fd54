package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"filippo.io/age"
	"github.com/spf13/cobra"

	"skillstracker/repository"
	"skillstracker/repository/localpg"
)

func newBackupCommand(h host) *cobra.Command {
	var keys []string
	var keyFile string
	cmd := &cobra.Command{
		Use:   "backup FILE",
		Short: "Copy the whole register into a file",
		Long: `Copies the register as it is at one moment into a file that does not exist yet,
with what is needed to prove a copy of it: the number of rows and a check-sum of
each table, totals by organisation and the ends of the audit trail. Works as the
role for backups: the one of SKILLSTRACKER_BACKUP_DATABASE_URL (and the owner, for
the audit trail), or on the private database of the data directory, also while a
server runs on it. Needs PostgreSQL's pg_dump.

The file holds personal data: encrypt it with --recipient, the public key of age
(age1...) of whoever may restore it. Sessions of users are not in it, nor is the
key of erasures. docs/backup.md says how to keep and to test backups.`,
		Args: oneArgument("the file to write"),
		RunE: func(cmd *cobra.Command, args []string) error {
			s, _, err := loadSettings(h, cmd.Flags())
			if err != nil {
				return err
			}
			recipients, err := readRecipients(keys, keyFile)
			if err != nil {
				return err
			}
			if err := requireNoFile(args[0]); err != nil {
				return err
			}
			return withOwner(cmd.Context(), s, newLogger(h.stderr, s), func(db *database, owner *repository.Owner) error {
				return makeBackup(cmd.Context(), h, s, db, owner, args[0], recipients)
			})
		},
	}
	cmd.Flags().StringArrayVar(&keys, "recipient", nil, "encrypt for this public `key` of age; may be given several times")
	cmd.Flags().StringVar(&keyFile, "recipients-file", "", "encrypt for the public keys in this `file`, one a line")
	return cmd
}

func makeBackup(ctx context.Context, h host, s settings, db *database, owner *repository.Owner, path string, recipients []age.Recipient) (err error) {
	if len(recipients) == 0 {
		if _, err := fmt.Fprintln(h.stderr, "skillstracker: the backup holds personal data and is not encrypted: keep it where nobody else can read it, or use --recipient."); err != nil {
			return fmt.Errorf("write warning: %w", err)
		}
	}
	backup, err := db.openBackup(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, backup.Close()) }()
	major, err := backup.Major(ctx)
	if err != nil {
		return err
	}
	tools, err := localpg.FindTools(ctx, s.PGBin, major)
	if err != nil {
		return fmt.Errorf("find PostgreSQL's programs: %w", err)
	}
	if err := owner.NoteBackup(ctx); err != nil {
		return fmt.Errorf("write audit trail: %w", err)
	}
	about := manifest{MadeAt: h.now().UTC().Truncate(time.Second), Program: programVersion()}
	made, err := writeBackupFile(path, recipients, about, func(to io.Writer) (repository.Contents, error) {
		return backup.Snapshot(ctx, func(snapshot string) error {
			var without []string
			for _, table := range repository.PassingTables() {
				without = append(without, "public."+table)
			}
			return tools.Dump(ctx, db.backupURL, snapshot, without, io.MultiWriter(to, newByteProgress(h, "written")))
		})
	})
	if err != nil {
		return fmt.Errorf("back up %s: %w", db.where, err)
	}
	return say(h, "%s holds the register as it was at change %d: %s, %s, dump of %s, SHA-256 %s.\n", path, made.Contents.ChangeNumber,
		counted(len(made.Contents.Totals), "organisation"), counted(int(heldRows(made.Contents)), "row"), megabytes(made.DumpBytes), made.DumpSHA256)
}

func heldRows(c repository.Contents) int64 {
	var rows int64
	for _, table := range c.Tables {
		rows += table.Rows
	}
	return rows
}

func megabytes(n int64) string { return fmt.Sprintf("%.1f MB", float64(n)/1e6) }

// byteProgress tells every ten seconds how much has gone by: nobody knows beforehand
// how much there is.
type byteProgress struct {
	host host
	verb string
	n    int64
	told time.Time
}

func newByteProgress(h host, verb string) *byteProgress {
	return &byteProgress{host: h, verb: verb, told: h.now()}
}

// Write counts.
func (p *byteProgress) Write(b []byte) (int, error) {
	p.n += int64(len(b))
	if now := p.host.now(); now.Sub(p.told) >= progressPace {
		p.told = now
		if err := say(p.host, "   %s %s\n", megabytes(p.n), p.verb); err != nil {
			return 0, err
		}
	}
	return len(b), nil
}
