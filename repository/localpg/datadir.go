package localpg

import "path/filepath"

// DefaultDataDir returns the data directory for the user uid when none is
// named: /var/lib/skillstracker for root, else skillstracker below
// $XDG_DATA_HOME or, without that, below ~/.local/share. It is empty when
// neither XDG_DATA_HOME nor HOME holds an absolute path. It is never the
// working directory, because the server's user may be unable to enter that.
func DefaultDataDir(getenv func(string) string, uid int) string {
	const name = "skillstracker"
	if uid == 0 {
		return filepath.Join("/var/lib", name)
	}
	// The XDG base directory specification says to ignore relative paths.
	if dir := getenv("XDG_DATA_HOME"); filepath.IsAbs(dir) {
		return filepath.Join(dir, name)
	}
	if home := getenv("HOME"); filepath.IsAbs(home) {
		return filepath.Join(home, ".local", "share", name)
	}
	return ""
}
