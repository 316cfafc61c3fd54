package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"skillstracker/api/report/check"
)

// checkOptions says what a workbook is held against.
type checkOptions struct {
	profile, kind, publisher string
	twins, json              bool
}

func newCheckCommand(h host) *cobra.Command {
	var o checkOptions
	cmd := &cobra.Command{
		Use:   "check FILE.xlsx",
		Short: "Hold a workbook to the rules of accessible spreadsheets",
		Long: `Holds any Excel workbook to the rules of accessible spreadsheets of the
Government Analysis Function, essential and desirable, and to the house rules of
this program. Each breach says where it is, what is wrong and how to mend it. The
rules are listed in docs/accessibility.md. Nothing is sent anywhere, and no
database is needed.

The profile management waives the desirable rules that charts, colour scales and
frozen panes break, and lists what it waived.

Exit status: 0 no rule is broken, 1 a rule is broken or the file cannot be
checked, 2 wrong command line.`,
		Args: oneArgument("the name of a workbook"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := o.valid(); err != nil {
				return err
			}
			return checkWorkbook(cmd.Context(), h, args[0], o)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&o.profile, "profile", "", "what the workbook is made `for`: accessible or management (default what its keywords say, else accessible)")
	flags.StringVar(&o.kind, "kind", "", "`kind` of workbook: "+kindList()+" (default what the workbook says it is, else report)")
	flags.StringVar(&o.publisher, "publisher", "", "`organisation` that the author of the document must be")
	flags.BoolVar(&o.twins, "twins", false, "look beside the workbook for its .ods and .csv files (rule FIL-02)")
	flags.BoolVar(&o.json, "json", false, "print what was found as JSON")
	return cmd
}

func kindList() string {
	var names []string
	for _, kind := range check.Kinds() {
		names = append(names, string(kind))
	}
	return strings.Join(names[:len(names)-1], ", ") + " or " + names[len(names)-1]
}

func (o *checkOptions) valid() error {
	if o.profile != "" && o.profile != string(check.Accessible) && o.profile != string(check.Management) {
		return usagef("--profile is %q: write accessible or management", o.profile)
	}
	if o.kind != "" && !slices.Contains(check.Kinds(), check.Kind(o.kind)) {
		return usagef("--kind is %q: write %s", o.kind, kindList())
	}
	return nil
}

// checkWorkbook checks a file and writes what was found. It fails when a rule is broken.
func checkWorkbook(ctx context.Context, h host, path string, o checkOptions) error {
	result, err := readAndCheck(ctx, h, path, o)
	if err != nil {
		return err
	}
	if o.json {
		out := json.NewEncoder(h.stdout)
		out.SetIndent("", "  ")
		out.SetEscapeHTML(false)
		if err := out.Encode(result); err != nil {
			return fmt.Errorf("write result: %w", err)
		}
	} else if err := showCheck(h, result); err != nil {
		return err
	}
	if !result.OK() {
		return fmt.Errorf("%s breaks %s", printable(filepath.Base(path)), counted(result.Failed, "rule"))
	}
	return nil
}

func readAndCheck(ctx context.Context, h host, path string, o checkOptions) (result check.Result, err error) {
	file, err := os.Open(path)
	if err != nil {
		return check.Result{}, fmt.Errorf("check workbook: %w", err)
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	info, err := file.Stat()
	if err != nil {
		return check.Result{}, fmt.Errorf("check workbook: %w", err)
	}
	if info.IsDir() {
		return check.Result{}, usagef("%s is a folder: name a workbook in it", path)
	}
	opts := check.Options{
		Profile: check.Profile(o.profile), Kind: check.Kind(o.kind), Publisher: o.publisher, MadeTo: h.now(),
	}
	if o.twins {
		if opts.Beside, err = namesBeside(path); err != nil {
			return check.Result{}, err
		}
	}
	result, err = check.File(ctx, file, info.Size(), filepath.Base(path), opts)
	if err != nil {
		return check.Result{}, fmt.Errorf("%s: %w", printable(path), err)
	}
	return result, nil
}

// namesBeside returns the names of the files in the folder of a file.
func namesBeside(path string) ([]string, error) {
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		return nil, fmt.Errorf("look beside the workbook: %w", err)
	}
	names := []string{}
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	return names, nil
}
