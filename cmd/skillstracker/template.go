package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"skillstracker/api/spec"
)

// templateOptions says which template is wanted, and where.
type templateOptions struct {
	kind, format       string
	framework, version string
	output             string
}

// toStdout is the name of standard output.
const toStdout = "-"

func newTemplateCommand(h host) *cobra.Command {
	var o templateOptions
	cmd := &cobra.Command{
		Use:   "template KIND",
		Short: "Get an empty file of staff, assessments, vacancies or targets to fill in",
		Long: `Gets from the server at SKILLSTRACKER_URL an empty file of a kind: a workbook with
instructions, drop-downs and examples, or CSV with the header alone. It is written
to the current folder as KIND.xlsx or KIND.csv, or as -o says. A file that is
already there stays as it is. KIND is staff, assessments, vacancies,
position_vacancies or targets.`,
		Args: oneArgument("the kind of file: " + kindWords),
		RunE: func(cmd *cobra.Command, args []string) error {
			s, _, err := loadSettings(h, cmd.Flags())
			if err != nil {
				return err
			}
			o.kind = args[0]
			if err := o.check(); err != nil {
				return err
			}
			server, err := newRemote(s)
			if err != nil {
				return err
			}
			return fetchTemplate(cmd.Context(), h, server, o)
		},
	}
	addSettings(cmd.Flags(), h, scopeClient)
	flags := cmd.Flags()
	flags.StringVar(&o.format, "format", "", "`form` of the file: xlsx or csv (default xlsx, or as the name of -o says)")
	flags.StringVar(&o.framework, "framework", "", "assessments and targets: `code` of the framework whose competences are offered")
	flags.StringVar(&o.version, "framework-version", "", "its `version`")
	flags.StringVarP(&o.output, "output", "o", "", "`file` to write; - for standard output")
	return cmd
}

// check completes the options, or says which cannot be meant.
func (o *templateOptions) check() error {
	if o.kind = kindNamed(o.kind); !spec.UploadKind(o.kind).Valid() {
		return usagef("%q is not a kind of file: write %s", o.kind, kindWords)
	}
	extension := strings.TrimPrefix(strings.ToLower(filepath.Ext(o.output)), ".")
	if o.format == "" {
		o.format = "xlsx"
		if extension == "csv" {
			o.format = "csv"
		}
	}
	if o.format != "xlsx" && o.format != "csv" {
		return usagef("--format is %q: write xlsx or csv", o.format)
	}
	if extension != "" && extension != o.format {
		return usagef("-o %q does not end in .%s, the form of the file: name it so, or say --format", o.output, o.format)
	}
	if o.output == "" {
		o.output = o.name()
	}
	return nil
}

// name is the name of the file in paths, which have hyphens.
func (o *templateOptions) name() string {
	return strings.ReplaceAll(o.kind, "_", "-") + "." + o.format
}

// fetchTemplate asks for a template and writes it.
func fetchTemplate(ctx context.Context, h host, server *remote, o templateOptions) error {
	query := make(url.Values)
	if o.framework != "" {
		query.Set("framework", o.framework)
	}
	if o.version != "" {
		query.Set("framework_version", o.version)
	}
	path := "/api/v1/templates/" + o.name()
	if len(query) > 0 {
		path += "?" + query.Encode()
	}
	got, err := server.get(ctx, path)
	if err != nil {
		return err
	}
	if got.status != http.StatusOK {
		return got.problem(server, "the template of "+o.kind)
	}
	if o.output == toStdout {
		if _, err := h.stdout.Write(got.body); err != nil {
			return fmt.Errorf("write template: %w", err)
		}
		return nil
	}
	if err := writeNew(o.output, got.body); err != nil {
		return err
	}
	return say(h, "%s\n", o.output)
}

// writeNew writes a file that was not there.
func writeNew(path string, content []byte) (err error) {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s is already there and stays as it is: choose another name with -o", path)
	}
	if err != nil {
		return fmt.Errorf("write file: %w", err)
	}
	if _, err = bytes.NewReader(content).WriteTo(file); err != nil {
		err = errors.Join(fmt.Errorf("write file: %w", err), os.Remove(path))
	}
	return errors.Join(err, file.Close())
}
