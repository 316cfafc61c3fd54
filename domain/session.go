package domain

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"strings"
	"time"
)

// The times of sessions (platform.md 4; ASVS 7.3).
const (
	SessionIdle     = 15 * time.Minute // without a request
	SessionLife     = 12 * time.Hour   // whatever happens
	SignInPatience  = 10 * time.Minute // from the way to the provider until the way back
	AdminLinkLife   = 15 * time.Minute
	userIDLength    = 16
	userIDPrefix    = "u_"
	userIDSeparator = "\x1f"
)

// UserID returns the id of a person who signed in: it is made from issuer and subject,
// so that neither has to be held.
func UserID(issuer, subject string) string {
	sum := sha256.Sum256([]byte(issuer + userIDSeparator + subject))
	id := []byte(userIDPrefix)
	for _, b := range sum[:userIDLength] {
		id = append(id, base62[int(b)%len(base62)])
	}
	return string(id)
}

// IsUserID says whether an actor is a person who signed in, and not a token.
func IsUserID(id string) bool { return strings.HasPrefix(id, userIDPrefix) }

// NewSecret makes a random text of 256 bits, 43 characters that may stand in an address
// or a cookie, and its SHA-256, which is all that is stored.
func NewSecret() (clear string, hash [32]byte, err error) {
	var drawn [32]byte
	if _, err := rand.Read(drawn[:]); err != nil {
		return "", hash, fmt.Errorf("draw random bytes: %w", err)
	}
	clear = base64.RawURLEncoding.EncodeToString(drawn[:])
	return clear, HashSecret(clear), nil
}

// HashSecret returns what is stored of a secret of NewSecret.
func HashSecret(clear string) [32]byte { return sha256.Sum256([]byte(clear)) }

// Session is a session of a person who signed in.
type Session struct {
	UserID     string
	Provider   string
	ByClaims   bool // the role came by claims, and not from the register
	Role       Role
	Grant      Grant
	CreatedAt  time.Time
	LastUsedAt time.Time
	ExpiresAt  time.Time
	// Registry is the version of the registry when the session was looked up, for
	// Credentials.Resolve.
	Registry int64
}

// UseIsOld says whether the last use that is noted is more than a minute ago, so that it
// is worth a write to note the next.
func (s Session) UseIsOld(now time.Time) bool { return now.Sub(s.LastUsedAt) > time.Minute }

// NewSession is a session that begins. SID is the provider's own id of it, empty when
// it has none. Granted is what the claims said, nil when the register is to say it.
// Replaces is the session that the browser had before, which ends; nil when it had none.
type NewSession struct {
	Secret   [32]byte // SHA-256 of the id in the cookie
	Replaces *[32]byte
	UserID   string
	Provider string
	SID      string
	Granted  *SessionGrant
	At       time.Time
}

// ProviderLogout is what an identity provider says about sessions that are to end: by
// user, by its own id of a session, or by both. One of them is set. Sessions that began
// after BegunBy are not meant, so that a message that is sent again ends nothing new.
type ProviderLogout struct {
	Provider string
	UserID   string
	SID      string
	BegunBy  time.Time
}

// SessionGrant is a role and a scope that claims gave.
type SessionGrant struct {
	Role  Role
	Grant Grant
}

// SignIn is a sign-in that is under way.
type SignIn struct {
	State    [32]byte // SHA-256
	Browser  [32]byte // SHA-256 of the secret in the browser's cookie
	Provider string
	Nonce    string
	Verifier string // PKCE
	ReturnTo string
	Link     *[32]byte // SHA-256 of the link for the first administrator
	At       time.Time
}

// User is a person who has a role.
type User struct {
	ID        string
	Role      Role
	Grant     Grant
	GrantedAt time.Time
	GrantedBy string // id of the token or user that gave the role, link, or claims
	Sessions  int    // that last and act in this role
}

// LinkNotAccepted says that nobody becomes the first administrator by a link. Why is left
// open, as whoever guesses links is not to learn it.
func LinkNotAccepted() *Error {
	return Forbidden("link_not_accepted",
		"This link does not count: it is mistyped, was used, is older than 15 minutes, or there is an administrator already. Make another one by \"skillstracker admin link\" on the server.")
}

// Sessions keeps people signed in. Every sign-in, sign-out and change of a role is in
// the audit trail.
type Sessions interface {
	// BeginSignIn notes a sign-in that is under way.
	BeginSignIn(ctx context.Context, signIn SignIn) error
	// TakeSignIn returns a sign-in that began in this browser less than SignInPatience
	// ago and deletes it, so that it is good once; otherwise a not-found error.
	TakeSignIn(ctx context.Context, state, browser [32]byte, now time.Time) (SignIn, error)
	// StartSession begins a session of somebody who has a role, by the claims, by the
	// register or by the link of the first administrator, which then goes before the
	// claims. Otherwise it returns a forbidden error, which names the user's id when it is
	// a role that is missing, and notes the attempt.
	StartSession(ctx context.Context, session NewSession, link *[32]byte, requestID string) error
	// Session returns a session that lasts, with the role as it is now, and notes its use;
	// otherwise a not-found error.
	Session(ctx context.Context, secret [32]byte, now time.Time) (Session, error)
	// EndSession ends a session. Ending what has ended changes nothing.
	EndSession(ctx context.Context, secret [32]byte, now time.Time, requestID string) error
	// EndProviderSessions ends the sessions that a provider names, and says how many.
	EndProviderSessions(ctx context.Context, logout ProviderLogout, now time.Time, requestID string) (int, error)
	// LinkIsGood says whether a link for the first administrator can be used.
	LinkIsGood(ctx context.Context, link [32]byte, now time.Time) (bool, error)

	// Users lists the roles of people, newest first, and how many there are: those given
	// here, and those by claims while a session lasts that acts in them. Claims go before
	// what was given here, so that somebody may be there twice.
	Users(ctx context.Context, page Page, now time.Time) ([]User, int, error)
	// SetUser gives a person a role. The scope must be of codes that the registry holds.
	SetUser(ctx context.Context, actor Actor, user User) (User, error)
	// RemoveUser takes it away and ends the sessions, also those by claims; a not-found
	// error when there is neither.
	RemoveUser(ctx context.Context, actor Actor, id string, now time.Time) error
	// EndUserSessions ends a person's sessions.
	EndUserSessions(ctx context.Context, actor Actor, id string, now time.Time) error
}
