package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/spf13/pflag"

	"skillstracker/api"
)

// load reads settings from a command line and variables, as config does.
func load(t *testing.T, args []string, environ ...string) (settings, []effective, error) {
	t.Helper()
	h := host{args: args, environ: append([]string{"HOME=/home/synthetic"}, environ...), stdout: io.Discard, stderr: io.Discard, now: time.Now, uid: 1000, cores: 3}
	flags := pflag.NewFlagSet("test", pflag.ContinueOnError)
	addSettings(flags, h, scopeAll)
	addSettings(flags, h, scopeService)
	addSettings(flags, h, scopePurge)
	if err := flags.Parse(args); err != nil {
		t.Fatal(err)
	}
	return loadSettings(h, flags)
}

func sourceOf(values []effective, name string) string {
	for _, value := range values {
		if value.option.name == name {
			return value.source
		}
	}
	return "absent"
}

func TestDefaults(t *testing.T) {
	t.Parallel()
	s, values, err := load(t, nil)
	if err != nil {
		t.Fatal(err)
	}
	if s.Listen != "127.0.0.1:8080" || s.DataDir != "/home/synthetic/.local/share/skillstracker" || s.PoolSize != 6 ||
		s.ShutdownDrain != 30*time.Second || s.LogFormat != "json" || s.LogLevel != slog.LevelInfo || s.DatabaseURL != "" {
		t.Errorf("defaults are %+v", s)
	}
	if s.Limits.File.MaxBytes != 32<<20 || s.Limits.File.MaxRows != 250_000 || s.Limits.File.MaxColumns != 256 || s.Limits.File.MaxUnzipped != 200<<20 {
		t.Errorf("limits are %+v", s.Limits.File)
	}
	if s.Disclosure.Threshold != 8 || s.Disclosure.RoundTo != 15 || s.Disclosure.UniformBelow != 20 || s.Disclosure.FineBase != 50 || s.Disclosure.Feasible != 3 || s.Disclosure.WithheldLevelCountsAs != 4 {
		t.Errorf("the disclosure rule is %+v", s.Disclosure)
	}
	if s.KeepFiles != 30*24*time.Hour || s.URL != "http://127.0.0.1:8080" || s.Token != "" || s.AllowPlainHTTP {
		t.Errorf("defaults are %+v", s)
	}
	for _, value := range values {
		if value.source != sourceDefault {
			t.Errorf("%s comes from %s", value.option.name, value.source)
		}
	}
}

func TestFlagsBeforeVariablesBeforeDefaults(t *testing.T) {
	t.Parallel()
	s, values, err := load(t, []string{"--listen", "127.0.0.1:1", "--upload-bytes=1MiB"},
		"SKILLSTRACKER_LISTEN=127.0.0.1:2", "SKILLSTRACKER_UPLOAD_ROWS=7", "SKILLSTRACKER_POOL_SIZE=")
	if err != nil {
		t.Fatal(err)
	}
	if s.Listen != "127.0.0.1:1" || s.Limits.File.MaxRows != 7 || s.Limits.File.MaxBytes != 1<<20 || s.PoolSize != 6 {
		t.Errorf("settings are %+v", s)
	}
	for name, want := range map[string]string{
		"listen": sourceFlag, "upload-bytes": sourceFlag, "upload-rows": "SKILLSTRACKER_UPLOAD_ROWS", "pool-size": sourceDefault,
	} {
		if got := sourceOf(values, name); got != want {
			t.Errorf("%s comes from %s, not %s", name, got, want)
		}
	}
}

func TestImpossibleSettings(t *testing.T) {
	t.Parallel()
	for pair, want := range map[string]string{
		"SKILLSTRACKER_LISTEN=8080":                             `SKILLSTRACKER_LISTEN is "8080", which is not an address: write host:port`,
		"SKILLSTRACKER_LISTEN=localhost:99999":                  "the port is a number from 0 to 65535",
		"SKILLSTRACKER_LISTEN=localhost:http":                   "the port is a number",
		"SKILLSTRACKER_LOG_FORMAT=xml":                          "choose json or text",
		"SKILLSTRACKER_LOG_LEVEL=info+2":                        "choose debug, info, warn or error",
		"SKILLSTRACKER_POOL_SIZE=1":                             "write a whole number from 2 to 1000",
		"SKILLSTRACKER_SHUTDOWN_DRAIN=30s":                      "write a whole number from 0 to 3600",
		"SKILLSTRACKER_UPLOAD_BYTES=32MB":                       "not a size",
		"SKILLSTRACKER_UPLOAD_BYTES=5GiB":                       "up to 4GiB",
		"SKILLSTRACKER_UPLOAD_BYTES=-1":                         "not a size",
		"SKILLSTRACKER_UPLOAD_BYTES=300MiB":                     "raise the one or lower the other",
		"SKILLSTRACKER_DISCLOSURE_THRESHOLD=2":                  "from 3 to 1000",
		"SKILLSTRACKER_DISCLOSURE_UNIFORM_BELOW=5":              "contradict one another",
		"SKILLSTRACKER_DISCLOSURE_FINE_BASE=7":                  "contradict one another",
		"SKILLSTRACKER_DISCLOSURE_FEASIBLE=1":                   "from 2 to 1000",
		"SKILLSTRACKER_DISCLOSURE_FEASIBLE=9":                   "contradict one another",
		"SKILLSTRACKER_DATABASE_URL=postgres://u:hushhush@/%zz": "SKILLSTRACKER_DATABASE_URL is not the address of a PostgreSQL database",
		"SKILLSTRACKER_KEEP_FILES_DAYS=forever":                 "write a whole number from 0 to 3650",
		"SKILLSTRACKER_RATE_LIMIT_REQUESTS=-1":                  "write a whole number from 0 to 1000000",
		"SKILLSTRACKER_RATE_LIMIT_HEAVY=2/s":                    "write a whole number from 0 to 1000000",
		"SKILLSTRACKER_TRUSTED_PROXIES=proxy.example":           "not a list of networks",
		"SKILLSTRACKER_TRUSTED_PROXIES=10.1.2.0/33":             "not a list of networks",
		"SKILLSTRACKER_TRUSTED_PROXIES=10.1.2.3,0.0.0.0/0":      "a network of every address",
		"SKILLSTRACKER_TRUSTED_PROXIES=::/0":                    "a network of every address",
		"SKILLSTRACKER_URL=skills.example":                      "write it like https://",
		"SKILLSTRACKER_URL=https://u:hushhush@skills.example":   "not the address of a server",
		"SKILLSTRACKER_TOKEN=skt_live_hushhush":                 "SKILLSTRACKER_TOKEN is not a token, or has a typing mistake",
		"SKILLSTRACKER_ALLOW_PLAIN_HTTP=true":                   "choose yes or no",
		"SKILLSTRACKER_LISTN=x":                                 "did you mean SKILLSTRACKER_LISTEN?",
		"SKILLSTRACKER_FOO=x":                                   "SKILLSTRACKER_FOO is not a setting: remove it",
		"SKILLSTRACKER_PUBLIC_URL=https://skills.example/?a=b":  "write scheme and host alone",
		"SKILLSTRACKER_PUBLIC_URL=https://skills.example/path":  "write scheme and host alone",
		"SKILLSTRACKER_COLOUR_OF_THE_SKY=x":                     "SKILLSTRACKER_COLOUR_OF_THE_SKY is not a setting: remove it",
		"SKILLSTRACKER_LISTEN_FILE=x":                           "SKILLSTRACKER_LISTEN_FILE is not a setting",
		"SKILLSTRACKER_DATABASE_URL_FILE=/nonexistent/x":        "the file of SKILLSTRACKER_DATABASE_URL_FILE cannot be read",
	} {
		t.Run(pair, func(t *testing.T) {
			t.Parallel()
			_, _, err := load(t, nil, pair)
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Fatalf("error %v, want %q in it", err, want)
			}
			if strings.Contains(err.Error(), "hushhush") {
				t.Error("the error shows a password")
			}
			if got := exitStatus(err); got != exitUsage {
				t.Errorf("exit status %d", got)
			}
		})
	}
}

func TestTrustedProxies(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"": "[]", "10.1.2.3": "[10.1.2.3/32]", " 10.1.2.9/24 , 2001:db8::7,": "[10.1.2.0/24 2001:db8::7/128]", "2001:db8::/32": "[2001:db8::/32]",
	} {
		s, _, err := load(t, []string{"--trusted-proxies", text})
		if got := fmt.Sprint(s.TrustedProxies); err != nil || got != want {
			t.Errorf("%q is read as %s, %v, want %s", text, got, err, want)
		}
	}
	s, _, err := load(t, nil, "SKILLSTRACKER_RATE_LIMIT_REQUESTS=7", "SKILLSTRACKER_RATE_LIMIT_HEAVY=0")
	if want := (api.Rates{Requests: 7, Heavy: 0, Failures: 60}); err != nil || s.Rates != want {
		t.Errorf("rates %+v, %v, want %+v", s.Rates, err, want)
	}
}

func TestEveryFaultIsNamed(t *testing.T) {
	t.Parallel()
	_, _, err := load(t, []string{"--pool-size=none"}, "SKILLSTRACKER_LOG_LEVEL=loud", "SKILLSTRACKER_LOGLEVEL=info")
	if err == nil {
		t.Fatal("no error")
	}
	for _, want := range []string{`--pool-size is "none"`, `SKILLSTRACKER_LOG_LEVEL is "loud"`, "SKILLSTRACKER_LOGLEVEL is not a setting"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q is not in %v", want, err)
		}
	}
}

func TestSecretsFromFiles(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "secret")
	const address = "postgres://skills_app:hushhush@db.example/skills?sslmode=verify-full"
	if err := os.WriteFile(path, []byte(address+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	s, values, err := load(t, nil, "SKILLSTRACKER_DATABASE_URL_FILE="+path)
	if err != nil {
		t.Fatal(err)
	}
	if s.DatabaseURL != address || sourceOf(values, "database-url") != "SKILLSTRACKER_DATABASE_URL_FILE" {
		t.Errorf("the address is %q from %s", s.DatabaseURL, sourceOf(values, "database-url"))
	}
	var shown bytes.Buffer
	if err := showSettings(host{stdout: &shown}, values); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(shown.String(), "hushhush") || strings.Contains(shown.String(), "db.example") || !strings.Contains(shown.String(), hidden) {
		t.Errorf("config shows\n%s", &shown)
	}
	if _, _, err := load(t, nil, "SKILLSTRACKER_DATABASE_URL_FILE="+path, "SKILLSTRACKER_DATABASE_URL="+address); err == nil {
		t.Error("both forms are taken at once")
	}
	if err := os.WriteFile(path, []byte("\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, _, err := load(t, nil, "SKILLSTRACKER_DATABASE_URL_FILE="+path); err == nil || !strings.Contains(err.Error(), "is empty") {
		t.Errorf("an empty file gives %v", err)
	}
}

// TestSecretsHaveNoFlag: everybody on a machine can read its command lines.
func TestSecretsHaveNoFlag(t *testing.T) {
	t.Parallel()
	var secrets int
	for _, o := range options(host{cores: 1}) {
		if o.secret {
			secrets++
			if o.scope != scopeNone {
				t.Errorf("%s has a flag", o.name)
			}
		}
	}
	if secrets < 4 {
		t.Errorf("there are %d secrets", secrets)
	}
}

func TestDemoIgnoresTheDatabaseSettings(t *testing.T) {
	t.Parallel()
	h := host{environ: []string{"HOME=/home/synthetic", "SKILLSTRACKER_DATABASE_URL=not one", "SKILLSTRACKER_OWNER_DATABASE_URL_FILE=/nonexistent/x"}, uid: 1000, cores: 1}
	s, _, err := loadExcept(h, pflag.NewFlagSet("test", pflag.ContinueOnError), "database-url", "owner-database-url")
	if err != nil || s.DatabaseURL != "" || s.OwnerDatabaseURL != "" {
		t.Errorf("settings %+v, error %v", s, err)
	}
}

func TestSizes(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int64{"1": 1, "1024": 1024, "1KiB": 1024, "32 MiB": 32 << 20, "4GiB": 4 << 30} {
		var size int64
		if err := setSize(&size, text); err != nil || size != want {
			t.Errorf("%q is %d, %v", text, size, err)
		}
	}
	for size, want := range map[int64]string{1000: "1000", 1024: "1KiB", 3 << 20: "3MiB", 2 << 30: "2GiB", 1<<20 + 1: "1048577"} {
		if got := sizeText(size); got != want {
			t.Errorf("%d is written %q", size, got)
		}
	}
}

func TestExitStatus(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		err  error
		want int
	}{
		{errors.New("x"), exitFailed},
		{usagef("x"), exitUsage},
		{errors.Join(errors.New("y"), &softwareError{err: errors.New("x")}), exitSoftware},
	} {
		if got := exitStatus(test.err); got != test.want {
			t.Errorf("%v has status %d, want %d", test.err, got, test.want)
		}
	}
}
