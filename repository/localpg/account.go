package localpg

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"strconv"
	"strings"
)

// account is the operating system user that runs the server.
type account struct {
	uid, gid int
	name     string
	// drop is set when we are root and the server runs as another user,
	// because PostgreSQL refuses to run as root.
	drop bool
	// clients are the users who may take the roles: the one of this
	// process, the server's own, and root, who could become either anyway
	// and may run "token create" beside a server of another user.
	clients []string
}

// serverAccount finds the user to run the server as: ourselves, or for root
// the user skillstracker, else postgres.
func serverAccount(ctx context.Context) (account, error) {
	uid := os.Geteuid()
	self, err := userName(ctx, uid)
	if err != nil {
		return account{uid: uid, gid: os.Getegid()}, newError(ErrUser, err,
			"this program runs under user id %d, which has no name on this system, and PostgreSQL refuses to run that way: add a line for it to /etc/passwd, or set SKILLSTRACKER_DATABASE_URL to use a server of your own", uid)
	}
	if uid != 0 {
		server := account{uid: uid, gid: os.Getegid(), name: self, clients: []string{self}}
		if root, err := userName(ctx, 0); err == nil {
			server.clients = append(server.clients, root)
		}
		return server, nil
	}
	for _, name := range []string{"skillstracker", "postgres", "_postgres"} {
		found, err := user.Lookup(name)
		if err != nil {
			continue
		}
		server, err := dropTo(found)
		if err != nil {
			return account{}, err
		}
		server.clients = []string{self, server.name}
		return server, nil
	}
	return account{name: self}, newError(ErrUser, nil,
		"PostgreSQL refuses to run as root and there is neither a user skillstracker nor a user postgres to run it as: make one with \"useradd --system --shell /usr/sbin/nologin skillstracker\", or run this program as an ordinary user")
}

func dropTo(found *user.User) (account, error) {
	uid, err := strconv.Atoi(found.Uid)
	if err != nil {
		return account{}, fmt.Errorf("read user id of %s: %w", found.Username, err)
	}
	gid, err := strconv.Atoi(found.Gid)
	if err != nil {
		return account{}, fmt.Errorf("read group id of %s: %w", found.Username, err)
	}
	if uid == 0 {
		return account{}, newError(ErrUser, nil, "the user %s is root under another name, and PostgreSQL refuses to run as root: give it a user id of its own", found.Username)
	}
	return account{uid: uid, gid: gid, name: found.Username, drop: true}, nil
}

// userName returns the name of uid. A binary built without cgo reads
// /etc/passwd only, so id is asked about users of a directory service.
func userName(ctx context.Context, uid int) (string, error) {
	found, err := user.LookupId(strconv.Itoa(uid))
	if err == nil {
		return found.Username, nil
	}
	out, idErr := exec.CommandContext(ctx, "id", "-un", strconv.Itoa(uid)).Output() //nolint:gosec // the argument is a number
	if idErr != nil {
		return "", fmt.Errorf("look up user id %d: %w", uid, err)
	}
	return strings.TrimSpace(string(out)), nil
}
