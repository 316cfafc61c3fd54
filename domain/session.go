package domain

import (
	"context"
	"crypto/sha256"
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

// Session is a session of a person who signed in.
type Session struct {
	UserID     string
	Provider   string
	Role       Role
	Grant      Grant
	CreatedAt  time.Time
	LastUsedAt time.Time
	ExpiresAt  time.Time
}

// NewSession is a session that begins. SID is the provider's own id of it, empty when
// it has none. Granted is what the claims said, nil when the register is to say it.
type NewSession struct {
	Secret   [32]byte // SHA-256 of the id in the cookie
	UserID   string
	Provider string
	SID      string
	Granted  *SessionGrant
	At       time.Time
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

// User is a person to whom an administrator gave a role.
type User struct {
	ID        string
	Role      Role
	Grant     Grant
	GrantedAt time.Time
	GrantedBy string
	Sessions  int // that last
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
	// register or by the link of the first administrator. Otherwise it returns a
	// forbidden error that names the user's id, and notes the attempt.
	StartSession(ctx context.Context, session NewSession, link *[32]byte, requestID string) error
	// Session returns a session that lasts, with the role as it is now, and notes its use;
	// otherwise a not-found error.
	Session(ctx context.Context, secret [32]byte, now time.Time) (Session, error)
	// EndSession ends a session. Ending what has ended changes nothing.
	EndSession(ctx context.Context, secret [32]byte, now time.Time, requestID string) error
	// EndProviderSessions ends the sessions that a provider names by user, by its own id
	// of a session or by both, and says how many.
	EndProviderSessions(ctx context.Context, provider, userID, sid string, now time.Time, requestID string) (int, error)
	// LinkIsGood says whether a link for the first administrator can be used.
	LinkIsGood(ctx context.Context, link [32]byte, now time.Time) (bool, error)

	// Users lists people with a role given here, and how many there are.
	Users(ctx context.Context, page Page, now time.Time) ([]User, int, error)
	// SetUser gives a person a role. The scope must be of codes that the registry holds.
	SetUser(ctx context.Context, actor Actor, user User) (User, error)
	// RemoveUser takes it away and ends the sessions; a not-found error when there is none.
	RemoveUser(ctx context.Context, actor Actor, id string, now time.Time) error
	// EndUserSessions ends a person's sessions.
	EndUserSessions(ctx context.Context, actor Actor, id string, now time.Time) error
}
