package localpg

import (
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
)

// defaultSettings may be replaced by Config.ExtraSettings. Together they
// keep statements, parameters and row values out of the server's log, and
// give every cluster the same time zone. The three durability settings are
// given here so that the server never runs a moment without them; checkSafe
// then refuses a configuration file that wants otherwise.
func defaultSettings() map[string]string {
	return map[string]string{ //nolint:gosec // these are names of settings, no credentials
		"fsync":                             "on",
		"full_page_writes":                  "on",
		"synchronous_commit":                "on",
		"logging_collector":                 "off",
		"log_destination":                   "stderr",
		"log_line_prefix":                   "%m [%p] ",
		"log_statement":                     "none",
		"log_min_error_statement":           "panic",
		"log_min_duration_statement":        "-1",
		"log_parameter_max_length":          "0",
		"log_parameter_max_length_on_error": "0",
		"log_error_verbosity":               "terse",
		"log_timezone":                      "UTC",
		"timezone":                          "UTC",
		"jit":                               "off",
		"password_encryption":               "scram-sha-256",
	}
}

// fixedSettings keep the server private and where we look for it.
func (f *files) fixedSettings() map[string]string {
	return map[string]string{
		"listen_addresses":        "",
		"port":                    port,
		"unix_socket_directories": quote(f.socketDir), // a list of directories
		"unix_socket_permissions": "0700",
		"unix_socket_group":       "",
		"hba_file":                filepath.Join(f.clusterPath(), hbaName),
		"ident_file":              filepath.Join(f.clusterPath(), identName),
	}
}

// checkSettings refuses extra settings that would replace a fixed one or
// move the cluster.
func checkSettings(extra map[string]string) error {
	fixed := new(files).fixedSettings()
	for _, name := range slices.Sorted(maps.Keys(extra)) {
		_, isFixed := fixed[strings.ToLower(name)]
		if isFixed || slices.Contains([]string{"config_file", "data_directory", "external_pid_file"}, strings.ToLower(name)) {
			return newError(ErrSettings, nil, "the PostgreSQL setting %s is fixed, because it keeps the private server private: leave it out", name)
		}
	}
	return nil
}

// serverArgs is the command line of postgres.
func (c *Cluster) serverArgs() []string {
	settings := defaultSettings()
	for name, value := range c.cfg.ExtraSettings {
		settings[strings.ToLower(name)] = value
	}
	maps.Copy(settings, c.files.fixedSettings())
	args := []string{"-D", c.files.clusterPath()}
	for _, name := range slices.Sorted(maps.Keys(settings)) {
		args = append(args, "-c", name+"="+settings[name])
	}
	return args
}

const (
	hbaName   = "pg_hba.conf"
	identName = "pg_ident.conf"
)

// writeAccess writes who may connect: our own operating system users, over
// the socket, as one of the roles.
func (f *files) writeAccess() error {
	const note = "# Written anew at each start; changes made here are lost.\n"
	var ident strings.Builder
	ident.WriteString(note)
	for _, client := range f.server.clients {
		for _, role := range []string{RoleAdmin, RoleOwner, RoleApp, RoleBackup} {
			fmt.Fprintf(&ident, "skills %s %s\n", quote(client), role)
		}
	}
	if err := f.writeCluster(hbaName, note+"local all all peer map=skills\n"); err != nil {
		return err
	}
	return f.writeCluster(identName, ident.String())
}

// quote writes an item of a PostgreSQL list or of pg_ident.conf, in which
// only the double quote is special then.
func quote(item string) string {
	return `"` + strings.ReplaceAll(item, `"`, `""`) + `"`
}

// isOff reads a setting's value the way PostgreSQL reads a switch; what is
// not a switch, as synchronous_commit=local, is not off.
func isOff(value string) bool {
	value = strings.ToLower(value)
	switch value {
	case "":
		return false
	case "0", "of", "off":
		return true
	}
	return strings.HasPrefix("false", value) || strings.HasPrefix("no", value)
}
