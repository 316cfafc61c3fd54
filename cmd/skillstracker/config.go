package main

import (
	"errors"
	"fmt"
	"log/slog"
	"net/netip"
	"strconv"
	"strings"
	"time"

	"skillstracker/api"
	"skillstracker/api/signin"
	"skillstracker/domain/disclosure"
	"skillstracker/repository/localpg"
)

// settings is everything that an operator may choose.
type settings struct {
	Listen           string
	DataDir          string
	DatabaseURL      string
	OwnerDatabaseURL string
	// BackupDatabaseURL is the same database as the role of backups.
	BackupDatabaseURL string
	PGBin             string
	LogFormat         string
	LogLevel          slog.Level
	PoolSize          int
	ShutdownDrain     time.Duration
	Limits            api.Limits
	Rates             api.Rates
	TrustedProxies    []netip.Prefix
	KeepFiles         time.Duration // 0 keeps no sent file
	ErasureKey        []byte        // nil when it is not given
	// PurgeAssessmentsYears and PurgeStaffYears say for how many years an assessment is
	// kept after its day, and what is held of a person after the last day in post.
	PurgeAssessmentsYears int
	PurgeStaffYears       int
	Disclosure            disclosure.Rule
	URL                   string // of the server that client commands ask, without a slash at the end
	Token                 string
	AllowPlainHTTP        bool
	TLSCertificate        string // path of a PEM file; "" means plain HTTP
	TLSKey                string // path of a PEM file
	// AllowPlainDatabase permits databases of other machines without TLS.
	AllowPlainDatabase bool
	PublicMetrics      bool
	PublicURL          string // at which people reach the server; "" when nobody said
	SignInFile         string // path of the description of identity providers; "" for none
	// Providers are those of SignInFile, read when a server starts.
	Providers []signin.Settings
}

// scope says which commands take a setting as a flag.
type scope uint8

const (
	scopeAll     scope = iota // every command
	scopeService              // those that serve, and config
	scopeClient               // those that ask a server, and config
	scopePurge                // purge, and config
	scopeNone                 // no command: the setting is a secret
)

// option is one setting. Its variable is SKILLSTRACKER_ and its name in capitals.
type option struct {
	name     string // of the flag
	usage    string
	fallback string
	scope    scope
	// secret settings are never shown and have no flag, because everybody on a
	// machine can read its command lines; they may be given in a file.
	secret bool
	// unquoted settings are not repeated in errors: what is wrong may be a secret in them.
	unquoted bool
	// set checks the text and keeps it. Its error ends the sentence "X is ...".
	set func(s *settings, text string) error
}

// variablePrefix begins the name of every environment variable of the program.
const variablePrefix = "SKILLSTRACKER_"

// fileSuffix makes the variable that names the file of a secret.
const fileSuffix = "_FILE"

func (o option) variable() string {
	return variablePrefix + strings.ToUpper(strings.ReplaceAll(o.name, "-", "_"))
}

// options is the table of all settings, in the order in which they are shown.
func options(h host) []option {
	limits, rates, rule := api.DefaultLimits(), api.DefaultRates(), disclosure.Default()
	return []option{
		{
			name: "data-dir", fallback: localpg.DefaultDataDir(h.getenv, h.uid),
			usage: "`folder` of the private database and of temporary files; each server needs its own",
			set:   func(s *settings, text string) error { return setPath(&s.DataDir, text) },
		},
		{
			name: "pg-bin", usage: "`folder` of PostgreSQL's initdb and postgres; empty to look in the usual places",
			set: func(s *settings, text string) error { return setPath(&s.PGBin, text) },
		},
		{
			name: "log-format", fallback: "json", usage: "`form` of the log: json or text",
			set: func(s *settings, text string) error { return setChoice(&s.LogFormat, text, "json", "text") },
		},
		{
			name: "log-level", fallback: "info", usage: "least `level` that is logged: debug, info, warn or error",
			set: func(s *settings, text string) error { return setLevel(&s.LogLevel, text) },
		},
		{
			name: "database-url", scope: scopeNone, secret: true,
			usage: "PostgreSQL to use instead of a private one, as the application role",
			set:   func(s *settings, text string) error { return setDatabase(&s.DatabaseURL, text) },
		},
		{
			name: "owner-database-url", scope: scopeNone, secret: true,
			usage: "the same database as its owner role, for migrate and token",
			set:   func(s *settings, text string) error { return setDatabase(&s.OwnerDatabaseURL, text) },
		},
		{
			name: "backup-database-url", scope: scopeNone, secret: true,
			usage: "the same database as its role for backups, for backup and restore",
			set:   func(s *settings, text string) error { return setDatabase(&s.BackupDatabaseURL, text) },
		},
		{
			name: "allow-plain-database", fallback: "no",
			usage: "whether a database of another machine may be used without TLS: `yes or no`",
			set:   func(s *settings, text string) error { return setYesNo(&s.AllowPlainDatabase, text) },
		},
		{
			name: "listen", fallback: "127.0.0.1:8080", scope: scopeService,
			usage: "`address` to serve HTTP on, host:port",
			set:   func(s *settings, text string) error { return setAddress(&s.Listen, text) },
		},
		{
			name: "tls-certificate", scope: scopeService,
			usage: "`file` of the certificate to serve HTTPS with (PEM); empty to serve HTTP",
			set:   func(s *settings, text string) error { return setPath(&s.TLSCertificate, text) },
		},
		{
			name: "tls-key", scope: scopeService,
			usage: "`file` of the private key of that certificate (PEM)",
			set:   func(s *settings, text string) error { return setPath(&s.TLSKey, text) },
		},
		{
			name: "public-metrics", fallback: "no", scope: scopeService,
			usage: "whether everybody may read /metrics, and not administrators alone: `yes or no`",
			set:   func(s *settings, text string) error { return setYesNo(&s.PublicMetrics, text) },
		},
		{
			name: "pool-size", fallback: strconv.Itoa(2 * h.cores), scope: scopeService,
			usage: "greatest `number` of database connections; twice the cores by default",
			set:   func(s *settings, text string) error { return setNumber(&s.PoolSize, text, 2, 1000) },
		},
		{
			name: "shutdown-drain", fallback: "30", scope: scopeService,
			usage: "`seconds` that running requests get to finish when the server is stopped",
			set:   func(s *settings, text string) error { return setSeconds(&s.ShutdownDrain, text, 0, 3600) },
		},
		{
			name: "upload-bytes", fallback: sizeText(limits.File.MaxBytes), scope: scopeService,
			usage: "greatest `size` of an uploaded file, such as 32MiB",
			set:   func(s *settings, text string) error { return setSize(&s.Limits.File.MaxBytes, text) },
		},
		{
			name: "upload-rows", fallback: strconv.Itoa(limits.File.MaxRows), scope: scopeService,
			usage: "greatest `number` of rows of an uploaded file",
			set:   func(s *settings, text string) error { return setNumber(&s.Limits.File.MaxRows, text, 1, 2_000_000) },
		},
		{
			name: "upload-columns", fallback: strconv.Itoa(limits.File.MaxColumns), scope: scopeService,
			usage: "greatest `number` of columns of an uploaded file",
			set:   func(s *settings, text string) error { return setNumber(&s.Limits.File.MaxColumns, text, 1, 16_384) },
		},
		{
			name: "upload-unzipped-bytes", fallback: sizeText(limits.File.MaxUnzipped), scope: scopeService,
			usage: "greatest `size` of an uploaded workbook once unzipped, such as 200MiB",
			set:   func(s *settings, text string) error { return setSize(&s.Limits.File.MaxUnzipped, text) },
		},
		{
			name: "public-url", scope: scopeService,
			usage: "`address` at which people reach this server, such as https://skills.example.nhs.uk; needed for signing in",
			set:   func(s *settings, text string) error { return setPublicURL(&s.PublicURL, text) },
		},
		{
			name: "sign-in-file", scope: scopeService,
			usage: "`file` that describes the identity providers by which people sign in (docs/sign-in.md); empty for none",
			set:   func(s *settings, text string) error { return setPath(&s.SignInFile, text) },
		},
		{
			name: "rate-limit-requests", fallback: strconv.Itoa(rates.Requests), scope: scopeService,
			usage: "greatest `number` of requests of one caller a minute; 0 for no limit",
			set:   func(s *settings, text string) error { return setNumber(&s.Rates.Requests, text, 0, maxRate) },
		},
		{
			name: "rate-limit-heavy", fallback: strconv.Itoa(rates.Heavy), scope: scopeService,
			usage: "greatest `number` of uploads, reports, exports and erasures of one caller a minute; 0 for no limit",
			set:   func(s *settings, text string) error { return setNumber(&s.Rates.Heavy, text, 0, maxRate) },
		},
		{
			name: "rate-limit-failures", fallback: strconv.Itoa(rates.Failures), scope: scopeService,
			usage: "greatest `number` of wrong credentials from one address a minute; 0 for no limit",
			set:   func(s *settings, text string) error { return setNumber(&s.Rates.Failures, text, 0, maxRate) },
		},
		{
			name: "trusted-proxies", scope: scopeService,
			usage: "`networks` of the proxies whose X-Forwarded-For is believed, such as 10.1.2.0/24,2001:db8::7; empty for none",
			set:   func(s *settings, text string) error { return setNetworks(&s.TrustedProxies, text) },
		},
		{
			name: "keep-files-days", fallback: "30", scope: scopeService,
			usage: "`days` for which sent files are kept for HR of the organisation; 0 keeps none",
			set:   func(s *settings, text string) error { return setDays(&s.KeepFiles, text, 0, 3650) },
		},
		{
			name: "purge-assessments-years", fallback: "6", scope: scopePurge,
			usage: "`years` for which purge leaves an assessment after its day",
			set:   func(s *settings, text string) error { return setNumber(&s.PurgeAssessmentsYears, text, 1, 100) },
		},
		{
			name: "purge-staff-years", fallback: "6", scope: scopePurge,
			usage: "`years` for which purge leaves what is held of a person after the last day in post",
			set:   func(s *settings, text string) error { return setNumber(&s.PurgeStaffYears, text, 1, 100) },
		},
		{
			name: "erasure-key", scope: scopeNone, secret: true,
			usage: "key, of 32 characters at least, by which numbers of erased people are known again; a private database makes its own",
			set:   func(s *settings, text string) error { return setErasureKey(&s.ErasureKey, text) },
		},
		{
			name: "disclosure-threshold", fallback: strconv.Itoa(rule.Threshold), scope: scopeService,
			usage: "smallest `number` of people that is shown to others than HR of the organisation",
			set:   func(s *settings, text string) error { return setNumber(&s.Disclosure.Threshold, text, 3, 1000) },
		},
		{
			name: "disclosure-round-to", fallback: strconv.Itoa(rule.RoundTo), scope: scopeService,
			usage: "`number` to whose multiples counts of people are rounded",
			set:   func(s *settings, text string) error { return setNumber(&s.Disclosure.RoundTo, text, 1, 1000) },
		},
		{
			name: "disclosure-uniform-below", fallback: strconv.Itoa(rule.UniformBelow), scope: scopeService,
			usage: "`number` of people from which on a group may be shown to be all at one level",
			set:   func(s *settings, text string) error { return setNumber(&s.Disclosure.UniformBelow, text, 3, 1000) },
		},
		{
			name: "disclosure-fine-base", fallback: strconv.Itoa(rule.FineBase), scope: scopeService,
			usage: "smallest `number` of people whose distribution is shown in a row broken down by two dimensions or more",
			set:   func(s *settings, text string) error { return setNumber(&s.Disclosure.FineBase, text, 3, 10_000) },
		},
		{
			name: "disclosure-feasible", fallback: strconv.Itoa(rule.Feasible), scope: scopeService,
			usage: "`number` of different counts that must stay possible for each figure withheld beside others",
			set:   func(s *settings, text string) error { return setNumber(&s.Disclosure.Feasible, text, 2, 1000) },
		},
		{
			name: "url", fallback: "http://127.0.0.1:8080", scope: scopeClient, unquoted: true,
			usage: "`address` of the server that import, template and report ask",
			set:   func(s *settings, text string) error { return setURL(&s.URL, text) },
		},
		{
			name: "token", scope: scopeNone, secret: true,
			usage: "token with which import, template and report ask the server",
			set:   func(s *settings, text string) error { return setToken(&s.Token, text) },
		},
		{
			name: "allow-plain-http", fallback: "no", scope: scopeClient,
			usage: "whether import, template and report may send token and files to another machine without TLS: `yes or no`",
			set:   func(s *settings, text string) error { return setYesNo(&s.AllowPlainHTTP, text) },
		},
	}
}

// check looks for settings that contradict one another.
func (s *settings) check() error {
	// A withheld level counts as half the threshold in means and medians.
	s.Disclosure.WithheldLevelCountsAs = s.Disclosure.Threshold / 2
	if err := s.Disclosure.Validate(); err != nil {
		return fmt.Errorf("the SKILLSTRACKER_DISCLOSURE settings contradict one another: %w", err)
	}
	if s.Limits.File.MaxUnzipped < s.Limits.File.MaxBytes {
		return fmt.Errorf("SKILLSTRACKER_UPLOAD_UNZIPPED_BYTES is %s, less than the %s of SKILLSTRACKER_UPLOAD_BYTES: raise the one or lower the other",
			sizeText(s.Limits.File.MaxUnzipped), sizeText(s.Limits.File.MaxBytes))
	}
	return errors.Join(s.checkTLS(), s.checkDatabaseTLS(), s.checkSignIn())
}
