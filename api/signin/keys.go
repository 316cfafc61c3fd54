package signin

import (
	"context"
	"errors"
	"fmt"

	"github.com/coreos/go-oidc/v3/oidc"
)

// verifier returns what checks one token of the provider, and the keys that it does so
// with, which tell afterwards whether they could be read.
func (p *provider) verifier(found *metadata) (*watchedKeys, *oidc.IDTokenVerifier) {
	keys := &watchedKeys{keys: found.keys}
	return keys, oidc.NewVerifier(p.Issuer, keys, &oidc.Config{ClientID: p.ClientID, SupportedSigningAlgs: signingAlgorithms(), Now: p.clock})
}

// watchedKeys are the keys of a provider for the check of one token. The library's
// verifier does not tell a token with a wrong signature from one whose signature could
// not be checked because the provider did not hand out its keys.
type watchedKeys struct {
	keys    oidc.KeySet
	missing error // why there were none; nil when there were
}

// VerifySignature checks the signature of a token.
func (k *watchedKeys) VerifySignature(ctx context.Context, jwt string) ([]byte, error) {
	payload, err := k.keys.VerifySignature(ctx, jwt)
	// The library's keys wrap a cause when, and only when, they could not be fetched.
	if cause := errors.Unwrap(err); cause != nil {
		k.missing = fmt.Errorf("fetch keys: %w", shortened(cause))
	}
	return payload, err //nolint:wrapcheck // the verifier wraps it
}

// shortened returns an error whose text is no longer than a line: that of the library
// holds the whole of what the provider answered. Only what ended the request is kept as
// an error that can be asked for.
func shortened(err error) error {
	for _, ended := range []error{context.Canceled, context.DeadlineExceeded} {
		if errors.Is(err, ended) {
			return ended
		}
	}
	const longest = 200
	return errors.New(string([]rune(err.Error())[:min(longest, len([]rune(err.Error())))]))
}
