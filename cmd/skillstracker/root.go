package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"
)

// host is what the program may know of the machine it runs on.
type host struct {
	args           []string
	environ        []string // name=value, as os.Environ returns it
	stdout, stderr io.Writer
	now            func() time.Time
	wait           func(context.Context, time.Duration) error // until the time is over, or ctx
	uid            int
	cores          int
}

// getenv returns a variable, or nothing.
func (h host) getenv(name string) string {
	for i := len(h.environ) - 1; i >= 0; i-- {
		if value, found := strings.CutPrefix(h.environ[i], name+"="); found {
			return value
		}
	}
	return ""
}

// run runs one command line and returns the exit status.
func run(ctx context.Context, h host) int {
	root := newRoot(h)
	ran, err := root.ExecuteContextC(ctx)
	if err == nil {
		return exitDone
	}
	hint := ""
	if _, usage := errors.AsType[*usageError](err); usage {
		hint = fmt.Sprintf("See %q.\n", ran.CommandPath()+" --help")
	}
	// There is nobody left to tell when this cannot be written.
	_, _ = fmt.Fprintf(h.stderr, "skillstracker: %v\n%s", err, hint)
	return exitStatus(err)
}

// newRoot puts the command tree together.
func newRoot(h host) *cobra.Command {
	root := &cobra.Command{
		Use:   "skillstracker",
		Short: "The register of digital skills and vacancies in health and care",
		Long: `The Digital Workforce Skills Tracker is the register of digital-literacy
assessments and vacancies of NHS trusts and social care providers: HR teams
upload files, managers download workbooks, planners query totals.

Settings are flags, or variables named SKILLSTRACKER_ and the flag's name in
capitals; a flag wins. "skillstracker config" shows what holds.

Exit status: 0 done, 1 failed, 2 wrong command line or setting, 3 done with rows
that were rejected, 4 a report could not be verified, 69 PostgreSQL's programs
are missing, 70 PostgreSQL kept ending.`,
		SilenceErrors:     true,
		SilenceUsage:      true,
		CompletionOptions: cobra.CompletionOptions{HiddenDefaultCmd: true},
	}
	root.SetArgs(h.args)
	root.SetOut(h.stdout)
	root.SetErr(h.stderr)
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return &usageError{err: err} })
	addSettings(root.PersistentFlags(), h, scopeAll)
	root.AddCommand(
		newServeCommand(h),
		newDemoCommand(h),
		newMigrateCommand(h),
		newTokenCommand(h),
		newAdminCommand(h),
		newOrganisationsCommand(h),
		newRollupsCommand(h),
		newPurgeCommand(h),
		newBackupCommand(h),
		newRestoreCommand(h),
		newAuditCommand(h),
		newImportCommand(h),
		newTemplateCommand(h),
		newReportCommand(h),
		newCheckCommand(h),
		newConfigCommand(h),
		newHealthcheckCommand(h),
		newVersionCommand(),
		newOpenAPICommand(),
	)
	asGroup(root)
	return root
}

// asGroup makes a command that only holds others: alone it shows its help, and
// a name that it does not know is a mistake.
func asGroup(group *cobra.Command) {
	group.Args = noArguments
	group.RunE = func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
}

// noArguments and oneArgument check the number of arguments.
func noArguments(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	if cmd.HasSubCommands() {
		return usagef("there is no command %q in %q", args[0], cmd.CommandPath())
	}
	return usagef("%q takes no arguments, but got %q", cmd.CommandPath(), args[0])
}

func oneArgument(name string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) == 1 {
			return nil
		}
		return usagef("%q takes one argument, %s, but got %d", cmd.CommandPath(), name, len(args))
	}
}
