package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"skillstracker/api"
	"skillstracker/api/report"
	"skillstracker/domain"
	"skillstracker/repository"
)

// exitCannotTell is the end of a verification that could not be made, such as one of a
// file that is no report.
const exitCannotTell = 4

// cannotTellError says why a report cannot be verified. The reason may hold texts of the
// file.
type cannotTellError struct{ reason string }

func (e *cannotTellError) Error() string { return "it cannot be told: " + printable(e.reason) }

// ExitCode returns the exit status.
func (e *cannotTellError) ExitCode() int { return exitCannotTell }

func newReportVerifyCommand(h host) *cobra.Command {
	var values bool
	cmd := &cobra.Command{
		Use:   "verify FILE",
		Short: "Make the figures of a report again and compare them with the file",
		Long: `Reads the receipt on the cover of a report (xlsx), makes its figures again with
what the register held when it was made, and compares them cell by cell. Works on
the database of SKILLSTRACKER_DATABASE_URL, or the private one of the data
directory, also while a server runs on it, with the same SKILLSTRACKER_DISCLOSURE_
settings as the server. The exit status is 0 when the figures are the same, 1 when
they differ, and 4 when it cannot be told: because the file is no report, or because
people were erased, restricted or purged after it was made, which leaves nothing to
compare with. An ods or a zip cannot be verified: get the same report as xlsx.`,
		Args: oneArgument("the workbook"),
		RunE: func(cmd *cobra.Command, args []string) error {
			s, _, err := loadSettings(h, cmd.Flags())
			if err != nil {
				return err
			}
			file, err := readReport(args[0])
			if err != nil {
				return err
			}
			return withDatabase(cmd.Context(), s, newLogger(h.stderr, s), func(db *database) error {
				store, err := repository.Open(cmd.Context(), repository.Config{URL: db.appURL, MaxConnections: s.PoolSize, Clock: h.now})
				if err != nil {
					return plain(fmt.Errorf("open %s: %w", db.where, err))
				}
				if err := requireCurrent(cmd.Context(), store.DB(), db.where); err != nil {
					return errors.Join(err, store.Close())
				}
				return errors.Join(verifyReport(cmd.Context(), h, s, store, file, values), store.Close())
			})
		},
	}
	addSettings(cmd.Flags(), h, scopeService)
	cmd.Flags().BoolVar(&values, "values", false, "show what the register holds where the file differs: it may be for other eyes than the file")
	return cmd
}

func readReport(path string) (_ report.File, err error) {
	file, err := os.Open(path)
	if err != nil {
		return report.File{}, usagef("%w", err)
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	about, err := file.Stat()
	if err != nil {
		return report.File{}, usagef("%w", err)
	}
	read, err := report.ReadFile(file, about.Size())
	if err != nil {
		return read, &cannotTellError{fmt.Sprintf("%s: %v", path, err)}
	}
	return read, nil
}

// verifyReport makes the figures of a file again and says whether they are the same.
func verifyReport(ctx context.Context, h host, s settings, store *repository.Store, file report.File, values bool) error {
	synthetic, err := store.Synthetic(ctx)
	if err != nil {
		return fmt.Errorf("read register: %w", err)
	}
	maker, err := api.NewRemaker(api.Deps{
		Uploads: store, Data: store, Reads: store, Registry: store, Totals: store, Targets: store,
		Rule: s.Disclosure, Clock: h.now, Synthetic: synthetic, Limits: s.Limits,
	})
	if err != nil {
		return err
	}
	if err := sayReceipt(h, file); err != nil {
		return err
	}
	book, err := maker.Remake(ctx, file.Receipt, "report-verify")
	if kind := domain.KindOf(err); kind == domain.KindInvalid || kind == domain.KindNotFound {
		return &cannotTellError{fmt.Sprintf("the register of today does not know what the report is about: %v", err)}
	}
	if err != nil {
		return fmt.Errorf("make report again: %w", err)
	}
	if again := book.Receipt(); again.Rule != file.Receipt.Rule {
		return &cannotTellError{fmt.Sprintf("the report was made by the disclosure rule %s, and these settings make %s. Use the settings of that time", file.Receipt.Rule, again.Rule)}
	}
	differences := report.Compare(file.Tables, book.Tables())
	if len(differences) > 0 {
		if err := requireToldApart(ctx, store, maker, file.Receipt, differences); err != nil {
			return err
		}
		if err := sayDifferences(h, differences, values); err != nil {
			return err
		}
		return fmt.Errorf("the figures differ from those of the register in %s", counted(len(differences), "place"))
	}
	if err := say(h, "The figures are the same as those that the register gives for that time.\n"); err != nil {
		return err
	}
	return sayScope(h, file)
}

// requireToldApart returns an error when every difference may come of an erasure, a
// restriction or a purge that was made after the report: the register does not know any
// more what it held then, and nobody can say whether the file was changed.
func requireToldApart(ctx context.Context, store *repository.Store, maker *api.Remaker, receipt report.Receipt, differences []report.Difference) error {
	changes, err := store.PrivacyChanges(ctx, receipt.KnownAt)
	if err != nil {
		return fmt.Errorf("read changes since the report: %w", err)
	}
	rests, err := maker.RestsOn(ctx, receipt)
	if err != nil {
		return err
	}
	var why *domain.PrivacyChange
	for _, difference := range differences {
		i := slices.IndexFunc(changes, func(c domain.PrivacyChange) bool { return rests(difference.Sheet, c.Organisation) })
		if i < 0 {
			return nil
		}
		if why == nil || changes[i].At.After(why.At) {
			why = &changes[i]
		}
	}
	if why == nil {
		return nil
	}
	word := map[string]string{"erasure": "an erasure", "restriction": "a restriction", "purge": "a purge"}[why.Kind]
	return &cannotTellError{fmt.Sprintf("the figures differ in %s, and there was %s in %s on %s, after the report was made: what the register held before can no longer be known",
		counted(len(differences), "place"), word, why.Organisation, domain.DateOf(why.At))}
}

// sayScope says what was not compared. It fails when the workbook holds what the report
// did not.
func sayScope(h host, file report.File) error {
	err := say(h, "Compared were the tables of the worksheets %s. Not compared: the words around them, and the worksheets Cover%s.\n",
		printable(strings.Join(file.Receipt.Sheets, ", ")), printable(strings.Join(append([]string{""}, file.Uncompared...), ", ")))
	var added []string
	for _, name := range file.Foreign {
		added = append(added, "the worksheet "+printable(name))
	}
	for _, name := range file.Beside {
		added = append(added, "something beside or below the table of "+printable(name))
	}
	if err == nil && len(added) > 0 {
		err = fmt.Errorf("the workbook holds what the report did not: %s", strings.Join(added, ", "))
	}
	return err
}

func sayReceipt(h host, file report.File) error {
	r := file.Receipt
	known := "nothing was held"
	if r.KnownAt != nil {
		known = r.KnownAt.Format(time.RFC3339)
	}
	state := "are those of its receipt"
	if !file.Untouched {
		state = "are not those of its receipt: somebody changed the file, or the receipt, after it was made"
	}
	return say(h, "Report %s about %s %s at %s, made %s for the role %s, with what was known at %s.\nThe figures in the file %s.\n",
		printable(r.Report), printable(string(r.Area.Kind)), printable(r.Area.Code), r.AsAt, r.MadeAt.Format(time.RFC3339), printable(string(r.Audience)), known, state)
}

// shownDifferences is how many differences are listed.
const shownDifferences = 20

// sayDifferences lists where file and register differ. What the register holds is shown
// only when it is asked for: whoever sent the file may not be one who may know it.
func sayDifferences(h host, differences []report.Difference, values bool) error {
	rows := [][]string{}
	for _, d := range differences[:min(len(differences), shownDifferences)] {
		row, again := printable(d.Row), printable(d.Again)
		if !values {
			again = "(another)"
		}
		rows = append(rows, []string{printable(d.Sheet), row, printable(d.Column), printable(d.File), again})
	}
	columns := []textColumn{{heading: "Sheet"}, {heading: "Row"}, {heading: "Column"}, {heading: "File", right: true}, {heading: "Register", right: true}}
	if err := say(h, "\n%s\n", textTable(fit(columns, rows, widthOf(h)), rows)); err != nil {
		return err
	}
	if more := len(differences) - shownDifferences; more > 0 {
		return say(h, "and %d more.\n", more)
	}
	return nil
}
