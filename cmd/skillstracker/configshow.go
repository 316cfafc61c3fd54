package main

import (
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"
)

// hidden stands for the value of a secret.
const hidden = "(set, not shown)"

func newConfigCommand(h host) *cobra.Command {
	var variables strings.Builder
	for _, o := range options(h) {
		if o.secret {
			fmt.Fprintf(&variables, "\n  %s (or %s%s, the name of a file that holds it)\n      %s",
				o.variable(), o.variable(), fileSuffix, o.usage)
		}
	}
	cmd := &cobra.Command{
		Use:   "config",
		Short: "Show the settings that hold, and where each comes from",
		Long: `Shows every setting, its value and its source: a flag, a variable or the
default. Secrets are not shown.

A setting is a flag, or the variable SKILLSTRACKER_ and the flag's name in
capitals with underscores. Secrets have no flag:` + variables.String(),
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			_, values, err := loadSettings(h, cmd.Flags())
			if err != nil {
				return err
			}
			return showSettings(h, values)
		},
	}
	addSettings(cmd.Flags(), h, scopeService)
	addSettings(cmd.Flags(), h, scopeClient)
	addSettings(cmd.Flags(), h, scopePurge)
	return cmd
}

func showSettings(h host, values []effective) error {
	w := tabwriter.NewWriter(h.stdout, 0, 0, 2, ' ', 0)
	if _, err := fmt.Fprintln(w, "SETTING\tVALUE\tSOURCE"); err != nil {
		return fmt.Errorf("show settings: %w", err)
	}
	for _, value := range values {
		text := value.text
		switch {
		case text == "":
			text = "(none)"
		case value.option.secret:
			text = hidden
		}
		if _, err := fmt.Fprintf(w, "%s\t%s\t%s\n", value.option.variable(), text, value.source); err != nil {
			return fmt.Errorf("show settings: %w", err)
		}
	}
	if err := w.Flush(); err != nil {
		return fmt.Errorf("show settings: %w", err)
	}
	return nil
}
