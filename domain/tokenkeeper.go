package domain

import (
	"context"
	"time"
)

// TokenKeeper makes, lists and revokes tokens for administrators. Every change is in
// the audit trail.
type TokenKeeper interface {
	// CreateToken stores a token whose secret is hashed. Its scope must be of codes
	// that the registry holds as such, or the error is invalid.
	CreateToken(ctx context.Context, actor Actor, token StoredToken) error
	// Tokens lists tokens without their secrets, newest first, and how many there are.
	Tokens(ctx context.Context, page Page) ([]StoredToken, int, error)
	// RevokeToken ends a token at a time, or returns a not-found error. One that is
	// revoked stays as it is.
	RevokeToken(ctx context.Context, actor Actor, id string, at time.Time) error
}
