package api

import (
	"context"
	"fmt"
	"time"

	"skillstracker/api/spec"
	"skillstracker/domain"
)

// ListTokens lists tokens, newest first. What is held of their secrets is not read.
func (h *handlers) ListTokens(ctx context.Context, request spec.ListTokensRequestObject) (spec.ListTokensResponseObject, error) {
	tokens, total, err := h.deps.Tokens.Tokens(ctx, pageOf(request.Params.Limit, request.Params.Offset))
	if err != nil {
		return nil, fmt.Errorf("list tokens: %w", err)
	}
	return spec.ListTokens200JSONResponse{Tokens: listed(tokens, specToken), Total: total}, nil
}

// CreateToken makes a token. Its secret is in this answer and nowhere else.
func (h *handlers) CreateToken(ctx context.Context, request spec.CreateTokenRequestObject) (spec.CreateTokenResponseObject, error) {
	actor, err := actorFrom(ctx)
	if err != nil {
		return nil, err
	}
	token, err := wishedToken(*request.Body, h.deps.Clock())
	if err != nil {
		return nil, err
	}
	shown, id, secret, err := domain.NewToken()
	if err != nil {
		return nil, fmt.Errorf("make token: %w", err)
	}
	token.ID, token.Secret, token.CreatedBy = id, secret, actor.ID
	if err := h.deps.Tokens.CreateToken(ctx, actor, token); err != nil {
		return nil, fmt.Errorf("store token: %w", err)
	}
	answer := spec.CreateToken201JSONResponse{Body: spec.NewToken{Secret: shown, Token: specToken(token)}}
	location := "/api/v1/tokens/" + id
	answer.Headers.Location = &location
	return answer, nil
}

// wishedToken turns what an administrator asks for into a token without id and secret.
func wishedToken(wish spec.TokenWish, now time.Time) (domain.StoredToken, error) {
	role := domain.Role(wish.Role)
	grant, err := domain.GrantFor(role, domain.ScopeKind(wish.Scope), orDefault(wish.Codes, nil))
	if err != nil {
		return domain.StoredToken{}, err
	}
	now = now.UTC().Truncate(time.Microsecond) // as the database keeps it
	ends, err := domain.TokenEnd(dateFrom(wish.ExpiresOn), now)
	if err != nil {
		return domain.StoredToken{}, err
	}
	return domain.StoredToken{Role: role, Grant: grant, CreatedAt: now, ExpiresAt: ends, Label: orDefault(wish.Label, "")}, nil
}

// RevokeToken ends a token for good.
func (h *handlers) RevokeToken(ctx context.Context, request spec.RevokeTokenRequestObject) (spec.RevokeTokenResponseObject, error) {
	actor, err := actorFrom(ctx)
	if err != nil {
		return nil, err
	}
	if err := h.deps.Tokens.RevokeToken(ctx, actor, request.Token, h.deps.Clock()); err != nil {
		return nil, fmt.Errorf("revoke token: %w", err)
	}
	return spec.RevokeToken204Response{}, nil
}

func specToken(token domain.StoredToken) spec.Token {
	return spec.Token{
		Id: token.ID, Label: token.Label, Role: spec.Role(token.Role), Scope: spec.ScopeKind(token.Grant.Kind), Codes: firstCodes(token.Grant.Codes),
		CreatedAt: token.CreatedAt.UTC(), CreatedBy: token.CreatedBy, ExpiresAt: token.ExpiresAt.UTC(),
		LastUsedAt: utcOrNil(token.LastUsedAt), RevokedAt: utcOrNil(token.RevokedAt),
	}
}

func utcOrNil(t *time.Time) *time.Time {
	if t == nil {
		return nil
	}
	utc := t.UTC()
	return &utc
}
