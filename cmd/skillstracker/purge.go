package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"skillstracker/domain"
	"skillstracker/repository"
)

func newPurgeCommand(h host) *cobra.Command {
	var dryRun bool
	var organisation, logFile string
	cmd := &cobra.Command{
		Use:   "purge",
		Short: "Destroy what has been kept for long enough",
		Long: `Destroys the assessments of days more than SKILLSTRACKER_PURGE_ASSESSMENTS_YEARS
ago, and all that is held of people whose last day in post was more than
SKILLSTRACKER_PURGE_STAFF_YEARS ago, one organisation at a time, with the kept
files of staff and assessments of an organisation of which anything goes. What was
destroyed cannot be brought back but from a backup. Each organisation's purge
is in the destruction log ("skillstracker purge log") and in its audit trail.
Figures about days before that leave out what was destroyed.

Nothing is purged by itself: run this by a timer, such as once a month, and
with --dry-run first. Works as the owner of the database: the one of
SKILLSTRACKER_OWNER_DATABASE_URL, or the private one of the data directory, also
while a server runs on it; an upload of an organisation whose turn it is waits,
or is told to come back.`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			s, _, err := loadSettings(h, cmd.Flags())
			if err != nil {
				return err
			}
			if cmd.Flags().Changed("organisation") && organisation == "" {
				return usagef("--organisation is empty: name an organisation by its ODS code, or leave it out to purge all")
			}
			options := repository.PurgeOptions{
				PurgeHorizon: purgeHorizon(h.now(), s.PurgeAssessmentsYears, s.PurgeStaffYears), Organisation: organisation, DryRun: dryRun,
			}
			return withOwner(cmd.Context(), s, newLogger(h.stderr, s), func(db *database, owner *repository.Owner) error {
				if err := requireCurrent(cmd.Context(), owner.DB(), db.where); err != nil {
					return err
				}
				return purge(cmd, h, owner, options, logFile)
			})
		},
	}
	addSettings(cmd.Flags(), h, scopePurge)
	cmd.Flags().BoolVar(&dryRun, "dry-run", false, "tell what would be destroyed and change nothing")
	cmd.Flags().StringVar(&organisation, "organisation", "", "purge this organisation only, by its ODS `code`")
	cmd.Flags().StringVar(&logFile, "log", "", "`file` to which a line of JSON is added for each organisation")
	cmd.AddCommand(newPurgeLogCommand(h))
	return cmd
}

// purgeHorizon says what has been kept long enough today: a day that many years ago is
// still kept.
func purgeHorizon(now time.Time, assessments, staff int) domain.PurgeHorizon {
	ago := func(years int) domain.Date {
		year, month, day := now.UTC().Date()
		return domain.NewDate(year-years, month, day)
	}
	return domain.PurgeHorizon{AssessedBefore: ago(assessments), LeftBefore: ago(staff)}
}

// purge purges and shows what went, when all is done or as far as it came.
func purge(cmd *cobra.Command, h host, owner *repository.Owner, options repository.PurgeOptions, logFile string) (err error) {
	log := io.Discard
	if logFile != "" {
		// Opened first: nothing is destroyed that cannot be written down.
		file, opening := os.OpenFile(logFile, os.O_WRONLY|os.O_APPEND|os.O_CREATE, 0o600)
		if opening != nil {
			return usagef("the file of --log cannot be written: %w", opening)
		}
		defer func() { err = errors.Join(err, file.Close()) }()
		log = file
	}
	looked := &organisationCount{host: h, what: "organisations looked through"}
	var told []repository.Purged
	err = owner.Purge(cmd.Context(), options, func(p repository.Purged) error {
		told = append(told, p)
		return writePurgeLine(log, p, options.DryRun)
	}, looked.step)
	if err := errors.Join(plain(err), looked.close(), showPurged(h, told)); err != nil {
		return fmt.Errorf("purge: %w", err)
	}
	verb := "Destroyed"
	if options.DryRun {
		verb = "Would be destroyed"
	}
	var people, assessments, files int64
	for _, p := range told {
		people, assessments, files = people+p.People, assessments+p.Assessments, files+p.Files
	}
	return say(h, "%s: all that is held of people who left before %s (%d), and assessments of days before %s (%d with those of these people); with them %s of staff and assessments.\n",
		verb, options.LeftBefore, people, options.AssessedBefore, assessments, counted(int(files), "kept file"))
}

// purgeLine is a line of the file of --log.
type purgeLine struct {
	At             *time.Time `json:"at,omitempty"` // absent in a dry run
	DryRun         bool       `json:"dry_run"`
	Organisation   string     `json:"organisation"`
	Change         int64      `json:"change,omitempty"`
	LeftBefore     string     `json:"left_before"`
	AssessedBefore string     `json:"assessed_before"`
	People         int64      `json:"people"`
	Assessments    int64      `json:"assessments"`
	StaffVersions  int64      `json:"staff_versions"`
	Files          int64      `json:"files"`
}

func writePurgeLine(to io.Writer, p repository.Purged, dryRun bool) error {
	line := purgeLine{
		DryRun: dryRun, Organisation: p.Organisation, Change: p.Change, LeftBefore: p.LeftBefore.String(), AssessedBefore: p.AssessedBefore.String(),
		People: p.People, Assessments: p.Assessments, StaffVersions: p.StaffVersions, Files: p.Files,
	}
	if !dryRun {
		line.At = &p.At
	}
	if err := json.NewEncoder(to).Encode(line); err != nil {
		return fmt.Errorf("write the file of --log: %w", err)
	}
	return nil
}

// showPurged writes a table of what went, without those of which nothing did.
func showPurged(h host, told []repository.Purged) error {
	if len(told) == 0 {
		return nil
	}
	w := tabwriter.NewWriter(h.stdout, 0, 0, 2, ' ', 0)
	lines := []string{"ORGANISATION\tPEOPLE\tASSESSMENTS\tPOSITIONS AND EMPLOYMENTS\tKEPT FILES\tLEFT BEFORE\tASSESSED BEFORE\tCHANGE\tAT"}
	for _, p := range told {
		change, at := "-", "-"
		if p.Change > 0 {
			change, at = fmt.Sprint(p.Change), p.At.Format(time.RFC3339)
		}
		lines = append(lines, fmt.Sprintf("%s\t%d\t%d\t%d\t%d\t%s\t%s\t%s\t%s",
			p.Organisation, p.People, p.Assessments, p.StaffVersions, p.Files, p.LeftBefore, p.AssessedBefore, change, at))
	}
	if _, err := fmt.Fprintln(w, strings.Join(lines, "\n")); err != nil {
		return fmt.Errorf("write result: %w", err)
	}
	if err := w.Flush(); err != nil {
		return fmt.Errorf("write result: %w", err)
	}
	return nil
}

func newPurgeLogCommand(h host) *cobra.Command {
	return &cobra.Command{
		Use:   "log",
		Short: "List what was destroyed, the newest first",
		Args:  noArguments,
		RunE: asOwner(h, func(cmd *cobra.Command, _ []string, db *database, owner *repository.Owner) error {
			if err := requireCurrent(cmd.Context(), owner.DB(), db.where); err != nil {
				return err
			}
			log, err := owner.Destructions(cmd.Context())
			if err != nil {
				return err
			}
			if len(log) == 0 {
				return say(h, "Nothing was ever purged.\n")
			}
			return showPurged(h, log)
		}),
	}
}
