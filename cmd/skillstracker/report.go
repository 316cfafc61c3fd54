package main

import (
	"context"
	"fmt"
	"mime"
	"net/http"
	"net/url"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"skillstracker/domain"
)

// reportOptions says which report is wanted, and where.
type reportOptions struct {
	name                      string
	organisation, icb, region string
	asAt                      string
	profile, format           string
	framework, version, basis string
	output                    string
}

const reportWords = "digital-literacy, vacancies, rollup or people"

func newReportCommand(h host) *cobra.Command {
	var o reportOptions
	cmd := &cobra.Command{
		Use:   "report NAME",
		Short: "Get a report as a workbook, or verify one",
		Long: `Gets a report from the server at SKILLSTRACKER_URL, as the caller of
SKILLSTRACKER_TOKEN. NAME is digital-literacy or vacancies (about --organisation),
rollup (about --icb, --region or the nation) or people (about --organisation, for
its HR alone). The file has the name that the server gives it, in the current
folder, or the one of -o. A file that is already there stays as it is.`,
		Example: `  skillstracker report vacancies --organisation RRK --as-at 2026-10-31
  skillstracker report rollup --region Y60 --profile management -o midlands.xlsx
  skillstracker report verify vacancy-report-rrk-2026-10.xlsx`,
		Args: oneArgument("the name of the report: " + reportWords),
		RunE: func(cmd *cobra.Command, args []string) error {
			s, _, err := loadSettings(h, cmd.Flags())
			if err != nil {
				return err
			}
			o.name = args[0]
			if err := o.check(); err != nil {
				return err
			}
			server, err := newRemote(s)
			if err != nil {
				return err
			}
			return fetchReport(cmd.Context(), h, server, o)
		},
	}
	addSettings(cmd.Flags(), h, scopeClient)
	flags := cmd.Flags()
	flags.StringVar(&o.organisation, "organisation", "", "ODS `code` of the organisation")
	flags.StringVar(&o.icb, "icb", "", "rollup: ODS `code` of the ICB")
	flags.StringVar(&o.region, "region", "", "rollup: ODS `code` of the region")
	flags.StringVar(&o.asAt, "as-at", "", "month end, such as 2026-10-31 (default the last one that has passed)")
	flags.StringVar(&o.profile, "profile", "", "`layout`: accessible, or management with charts (default accessible)")
	flags.StringVar(&o.format, "format", "", "`form` of the file: xlsx, ods or zip (default xlsx, or as the name of -o says)")
	flags.StringVar(&o.framework, "framework", "", "`code` of the framework of the assessments")
	flags.StringVar(&o.version, "framework-version", "", "its `version`")
	flags.StringVar(&o.basis, "basis", "", "rollup: `membership` of ICBs and regions: as_was or as_now")
	flags.StringVarP(&o.output, "output", "o", "", "`file` to write; - for standard output")
	cmd.AddCommand(newReportVerifyCommand(h))
	return cmd
}

// check completes the options, or says which cannot be meant. What else is wrong with
// them the server says.
func (o *reportOptions) check() error {
	if !slices.Contains([]string{"digital-literacy", "vacancies", "rollup", "people"}, o.name) {
		return usagef("%q is not a report: write %s", o.name, reportWords)
	}
	if o.asAt != "" {
		if _, err := domain.ParseDate(o.asAt); err != nil {
			return usagef("--as-at is %q: write a day such as 2026-10-31", o.asAt)
		}
	}
	extension := strings.TrimPrefix(strings.ToLower(filepath.Ext(o.output)), ".")
	formats := []string{"xlsx", "ods", "zip"}
	if o.format == "" {
		o.format = "xlsx"
		if slices.Contains(formats, extension) {
			o.format = extension
		}
	}
	switch {
	case !slices.Contains(formats, o.format):
		return usagef("--format is %q: write xlsx, ods or zip", o.format)
	case extension != "" && extension != o.format:
		return usagef("-o %q does not end in .%s, the form of the file: name it so, or say --format", o.output, o.format)
	case o.name == "people" && o.format != "xlsx":
		return usagef("the report people is made as xlsx only: leave out --format")
	}
	return nil
}

// path is where the server has the report.
func (o reportOptions) path() string {
	query := make(url.Values)
	for name, text := range map[string]string{
		"organisation": o.organisation, "icb": o.icb, "region": o.region, "as_at": o.asAt, "profile": o.profile,
		"framework": o.framework, "framework_version": o.version, "basis": o.basis,
	} {
		if text != "" {
			query.Set(name, text)
		}
	}
	return "/api/v1/reports/" + o.name + "." + o.format + "?" + query.Encode()
}

// fetchReport asks for a report and writes it.
func fetchReport(ctx context.Context, h host, server *remote, o reportOptions) error {
	got, err := server.get(ctx, o.path())
	if err != nil {
		return err
	}
	if got.status != http.StatusOK {
		return got.problem(server, "the report "+o.name)
	}
	if length := got.header.Get("Content-Length"); length != "" && length != strconv.Itoa(len(got.body)) {
		return fmt.Errorf("the report has %s bytes, of which %d came: get it with curl", length, len(got.body))
	}
	if o.output == toStdout {
		if _, err := h.stdout.Write(got.body); err != nil {
			return fmt.Errorf("write report: %w", err)
		}
		return nil
	}
	if o.output == "" {
		o.output = fileNameOf(got.header, o.name+"."+o.format)
	}
	if err := writeNew(o.output, got.body); err != nil {
		return err
	}
	return say(h, "%s\n", o.output)
}

// fileNameOf returns the file name that an answer gives, which never leads out of the
// current folder, or another when it gives none.
func fileNameOf(header http.Header, otherwise string) string {
	_, parameters, err := mime.ParseMediaType(header.Get("Content-Disposition"))
	if name := filepath.Base(parameters["filename"]); err == nil && name != "." && name != string(filepath.Separator) {
		return name
	}
	return otherwise
}
