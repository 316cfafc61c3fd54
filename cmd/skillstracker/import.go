package main

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"skillstracker/api/spec"
	"skillstracker/domain"
)

// importOptions is what the sender says of a file.
type importOptions struct {
	path         string
	kind         string
	organisation string
	nation       bool
	checkOnly    bool
	validRows    bool
	complete     bool
	createStaff  bool
	asAt         string
	framework    string
	version      string
	key          string
	findings     int
	json         bool
}

func newImportCommand(h host) *cobra.Command {
	var o importOptions
	cmd := &cobra.Command{
		Use:   "import FILE --kind KIND --organisation CODE",
		Short: "Send a file of staff, assessments, vacancies or targets to a running server",
		Long: `Sends a CSV, XLSX or JSON file of HR to the server at SKILLSTRACKER_URL and shows
what became of each row, and every fault with how to mend it. The token is read
from SKILLSTRACKER_TOKEN or from the file that SKILLSTRACKER_TOKEN_FILE names; it
must belong to HR of the organisation. Targets of the nation are sent with --nation
in place of --organisation, with a token of an administrator.

Without options any error rejects the whole file. --check-only stores nothing and
shows what would change, with the values before and after.

When the connection breaks or the server is busy, the file is sent again, up to
five times in all. Each run uses a key of its own, made at random, under which the
server stores a file once only; a file that was rejected and is sent again by
another run is therefore judged anew. --key K sets the key instead, for a caller
who repeats whole runs: the server keeps it for 7 days, gives the first answer
again for the same file and options, a rejection included, and refuses others.

Exit status: 0 all rows stored, 1 failed, 2 wrong command line or setting, 3 rows
were left out or the file was rejected (with --check-only: would be).`,
		Args: oneArgument("the name of a file"),
		RunE: func(cmd *cobra.Command, args []string) error {
			s, _, err := loadSettings(h, cmd.Flags())
			if err != nil {
				return err
			}
			o.path = args[0]
			if err := o.check(); err != nil {
				return err
			}
			server, err := newRemote(s)
			if err != nil {
				return err
			}
			return importFile(cmd.Context(), h, server, o)
		},
	}
	addSettings(cmd.Flags(), h, scopeClient)
	flags := cmd.Flags()
	flags.StringVar(&o.kind, "kind", "", "`kind` of file: "+kindWords)
	flags.StringVar(&o.organisation, "organisation", "", "ODS `code` of the organisation that the file is about")
	flags.BoolVar(&o.nation, "nation", false, "targets: they are the nation's, not an organisation's")
	flags.BoolVar(&o.checkOnly, "check-only", false, "store nothing, show what would change")
	flags.BoolVar(&o.validRows, "valid-rows", false, "leave out rows with errors and store the others")
	flags.BoolVar(&o.complete, "complete", false, "the file names everybody or everything: what is held and absent from it ends")
	flags.BoolVar(&o.createStaff, "create-missing-staff", false, "assessments: make staff members who are on no staff list")
	flags.StringVar(&o.asAt, "as-at", "", "staff: `day` of the position, YYYY-MM-DD, where the file does not say")
	flags.StringVar(&o.framework, "framework", "", "assessments: `code` of the framework, where the file does not say")
	flags.StringVar(&o.version, "framework-version", "", "its `version`")
	flags.StringVar(&o.key, "key", "", "idempotency `key` instead of a random one")
	flags.IntVar(&o.findings, "findings", 100, "greatest `number` of findings to show")
	flags.BoolVar(&o.json, "json", false, "print the answer of the server as it is")
	return cmd
}

const kindWords = "staff, assessments, vacancies, position_vacancies or targets"

// kindNamed reads the name of a kind of file, which may have hyphens as its paths do.
func kindNamed(name string) string { return strings.ReplaceAll(name, "-", "_") }

// check refuses options that cannot be meant, before anything is sent. The others
// are the server's to judge.
func (o *importOptions) check() error {
	o.organisation, o.kind = strings.ToUpper(strings.TrimSpace(o.organisation)), kindNamed(o.kind)
	switch {
	case o.kind == "":
		return usagef("say what the rows of the file are: --kind %s", kindWords)
	case !spec.UploadKind(o.kind).Valid():
		return usagef("--kind is %q: write %s", o.kind, kindWords)
	case o.nation && o.kind != string(spec.UploadKindTargets):
		return usagef("--nation goes with --kind targets alone: everything else is of an organisation")
	case o.nation && o.organisation != "":
		return usagef("--nation does not go with --organisation: leave out the one that is not meant")
	case o.nation:
	case o.organisation == "":
		return usagef("say which organisation the file is about: --organisation and its ODS code, such as RRK")
	case !domain.ValidODSCode(o.organisation):
		return usagef("--organisation is %q: an ODS code has 3 to 9 letters and digits, such as RRK", o.organisation)
	}
	switch {
	case o.validRows && o.complete:
		return usagef("--valid-rows does not go with --complete: a row that is left out could not be told from one that is absent")
	case o.findings < 0 || o.findings > domain.FindingLimit:
		return usagef("--findings is %d: write a number from 0 to %d", o.findings, domain.FindingLimit)
	case strings.ContainsFunc(o.key, func(r rune) bool { return r <= ' ' || r > '~' }) || len(o.key) > 255:
		return usagef("--key is %q: a key has up to 255 letters, digits and signs of ASCII, without spaces", o.key)
	}
	if o.asAt != "" {
		if _, err := domain.ParseDate(o.asAt); err != nil {
			return usagef("--as-at is %q: write a day like 2026-10-31", o.asAt)
		}
	}
	if _, err := contentTypeOf(o.path); err != nil {
		return err
	}
	if o.key == "" {
		o.key = rand.Text()
	}
	return nil
}

// contentTypeOf tells the kind of file by its name.
func contentTypeOf(path string) (string, error) {
	switch extension := strings.ToLower(filepath.Ext(path)); extension {
	case ".csv", ".tsv", ".txt":
		return typeCSV, nil
	case ".xlsx", ".xlsm":
		return typeXLSX, nil
	case ".json":
		return typeJSON, nil
	case ".xls", ".xlsb", ".ods", ".numbers":
		return "", usagef("%s is a %s file, which cannot be read: save it as an Excel workbook (.xlsx) or as CSV UTF-8", path, extension)
	default:
		return "", usagef("%s does not say what it is: its name must end with .csv, .xlsx or .json", path)
	}
}

// uploadPath is where the file is sent, with the options.
func (o *importOptions) uploadPath() string {
	query := make(url.Values)
	path := nationalUploads
	if !o.nation {
		query.Set("kind", o.kind)
		path = "/api/v1/organisations/" + o.organisation + "/uploads"
	}
	for name, given := range map[string]bool{
		"check_only": o.checkOnly, "complete": o.complete, "create_missing_staff": o.createStaff,
	} {
		if given {
			query.Set(name, "true")
		}
	}
	if o.validRows {
		query.Set("mode", string(spec.UploadModeValidRows))
	}
	for name, value := range map[string]string{
		"as_at": o.asAt, "framework": o.framework, "framework_version": o.version,
	} {
		if value != "" {
			query.Set(name, value)
		}
	}
	if len(query) == 0 {
		return path
	}
	return path + "?" + query.Encode()
}

// nationalUploads is where targets of the nation are sent, and uploads of them seen.
const nationalUploads = "/api/v1/targets/uploads"

// storedPath is where stored uploads are seen.
func (o *importOptions) storedPath() string {
	if o.nation {
		return nationalUploads
	}
	return "/api/v1/uploads"
}

// owner says whose file it is.
func (o *importOptions) owner() string {
	if o.nation {
		return "the nation"
	}
	return "organisation " + o.organisation
}

// sizeOfFile returns the size of a file in bytes, or says in words why it cannot
// be sent.
func sizeOfFile(path string) (int64, error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return 0, fmt.Errorf("there is no file %s: check its name and the folder", path)
	case err != nil:
		return 0, fmt.Errorf("%s cannot be looked at: %w", path, err)
	case info.IsDir():
		return 0, fmt.Errorf("%s is a folder: name a file in it", path)
	case !info.Mode().IsRegular():
		return 0, fmt.Errorf("%s is not an ordinary file: save what it holds as a file first", path)
	case info.Size() == 0:
		return 0, fmt.Errorf("%s is empty: export it again, with a header row and at least one row below", path)
	}
	return info.Size(), nil
}
