package domain

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"fmt"
	"hash/crc32"
	"strings"
	"time"
)

// The shape of a token: skt_live_<10 characters>_<32 characters><6 characters>,
// all base 62: its id, its secret, and the CRC-32 of everything before, so that a
// typing mistake is refused without a look-up and secret scanners can find it.
const (
	tokenPrefix      = "skt_live_"
	tokenIDLength    = 10
	tokenSecretLen   = 32
	tokenChecksumLen = 6
	tokenLength      = len(tokenPrefix) + tokenIDLength + 1 + tokenSecretLen + tokenChecksumLen
	base62           = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
)

// The longest life of a token, and that of one of which nobody says how long, in days.
const (
	MaxTokenLife     = 365
	DefaultTokenLife = 90
)

// NewToken makes a token and returns it in clear, to be shown once, together
// with its id and the SHA-256 of its secret, which is all that is stored.
func NewToken() (clear, id string, secret [32]byte, err error) {
	id, err = randomBase62(tokenIDLength)
	if err != nil {
		return "", "", secret, err
	}
	hidden, err := randomBase62(tokenSecretLen)
	if err != nil {
		return "", "", secret, err
	}
	body := tokenPrefix + id + "_" + hidden
	return body + tokenChecksum(body), id, sha256.Sum256([]byte(hidden)), nil
}

// ParseToken takes a token apart, or says false when its shape or its checksum is wrong.
// Everybody can work out the checksum, so what is not base 62 is refused too: the id is
// looked up and stands in the audit trail.
func ParseToken(clear string) (id string, secret [32]byte, ok bool) {
	if len(clear) != tokenLength || !strings.HasPrefix(clear, tokenPrefix) {
		return "", secret, false
	}
	body, sum := clear[:tokenLength-tokenChecksumLen], clear[tokenLength-tokenChecksumLen:]
	id, hidden, found := strings.Cut(body[len(tokenPrefix):], "_")
	if !found || len(id) != tokenIDLength || strings.Trim(id+hidden, base62) != "" || subtle.ConstantTimeCompare([]byte(sum), []byte(tokenChecksum(body))) != 1 {
		return "", secret, false
	}
	return id, sha256.Sum256([]byte(hidden)), true
}

func randomBase62(n int) (string, error) {
	out := make([]byte, 0, n)
	buffer := make([]byte, 2*n)
	for len(out) < n {
		if _, err := rand.Read(buffer); err != nil {
			return "", fmt.Errorf("draw random bytes: %w", err)
		}
		for _, b := range buffer {
			if b < 248 && len(out) < n { // 248 = 4 x 62: no remainder, no bias
				out = append(out, base62[b%62])
			}
		}
	}
	return string(out), nil
}

func tokenChecksum(body string) string {
	sum := crc32.ChecksumIEEE([]byte(body))
	out := make([]byte, tokenChecksumLen)
	for i := tokenChecksumLen - 1; i >= 0; i-- {
		out[i] = base62[sum%62]
		sum /= 62
	}
	return string(out)
}

// StoredToken is what is held about a token.
type StoredToken struct {
	ID         string
	Secret     [32]byte // SHA-256 of the secret
	Role       Role
	Grant      Grant
	CreatedAt  time.Time
	ExpiresAt  time.Time
	LastUsedAt *time.Time
	RevokedAt  *time.Time
	Label      string // what it is for; empty when nobody said
	CreatedBy  string // id of the token or user that made it, or command
	// Registry is the version of the registry when the token was looked up, for
	// Credentials.Resolve.
	Registry int64
}

// Accepts says whether a secret opens the token at a time. The comparison takes
// the same time whatever the secret.
func (t StoredToken) Accepts(secret [32]byte, now time.Time) bool {
	same := subtle.ConstantTimeCompare(t.Secret[:], secret[:]) == 1
	return same && t.RevokedAt == nil && now.Before(t.ExpiresAt)
}

// UseIsOld says whether the last use that is noted is more than a minute ago, so
// that it is worth a write to note the next.
func (t StoredToken) UseIsOld(now time.Time) bool {
	return t.LastUsedAt == nil || now.Sub(*t.LastUsedAt) > time.Minute
}
