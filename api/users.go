package api

import (
	"context"
	"fmt"

	"skillstracker/api/spec"
	"skillstracker/domain"
)

// ListUsers lists people who have a role.
func (h *handlers) ListUsers(ctx context.Context, request spec.ListUsersRequestObject) (spec.ListUsersResponseObject, error) {
	users, total, err := h.deps.Sessions.Users(ctx, pageOf(request.Params.Limit, request.Params.Offset), h.deps.Clock())
	if err != nil {
		return nil, fmt.Errorf("list users: %w", err)
	}
	answer := spec.ListUsers200JSONResponse{Users: make([]spec.User, len(users)), Total: total}
	for i, user := range users {
		answer.Users[i] = specUser(user)
	}
	return answer, nil
}

// SetUser gives a person a role and a scope.
func (h *handlers) SetUser(ctx context.Context, request spec.SetUserRequestObject) (spec.SetUserResponseObject, error) {
	actor, err := actorFrom(ctx)
	if err != nil {
		return nil, err
	}
	grant, err := domain.GrantFor(domain.Role(request.Body.Role), domain.ScopeKind(request.Body.Scope), orDefault(request.Body.Codes, nil))
	if err != nil {
		return nil, err
	}
	user, err := h.deps.Sessions.SetUser(ctx, actor, domain.User{
		ID: request.User, Role: domain.Role(request.Body.Role), Grant: grant, GrantedAt: h.deps.Clock(),
	})
	if err != nil {
		return nil, fmt.Errorf("set user: %w", err)
	}
	return spec.SetUser200JSONResponse(specUser(user)), nil
}

// RemoveUser takes a person's role away and ends the sessions.
func (h *handlers) RemoveUser(ctx context.Context, request spec.RemoveUserRequestObject) (spec.RemoveUserResponseObject, error) {
	actor, err := actorFrom(ctx)
	if err != nil {
		return nil, err
	}
	if err := h.deps.Sessions.RemoveUser(ctx, actor, request.User, h.deps.Clock()); err != nil {
		return nil, fmt.Errorf("remove user: %w", err)
	}
	return spec.RemoveUser204Response{}, nil
}

// EndUserSessions ends a person's sessions.
func (h *handlers) EndUserSessions(ctx context.Context, request spec.EndUserSessionsRequestObject) (spec.EndUserSessionsResponseObject, error) {
	actor, err := actorFrom(ctx)
	if err != nil {
		return nil, err
	}
	if err := h.deps.Sessions.EndUserSessions(ctx, actor, request.User, h.deps.Clock()); err != nil {
		return nil, fmt.Errorf("end sessions: %w", err)
	}
	return spec.EndUserSessions204Response{}, nil
}

func specUser(user domain.User) spec.User {
	return spec.User{
		Id: user.ID, Role: spec.Role(user.Role), Scope: spec.ScopeKind(user.Grant.Kind), Codes: append(spec.Codes{}, user.Grant.Codes...),
		GrantedAt: user.GrantedAt, GrantedBy: user.GrantedBy, Sessions: user.Sessions,
	}
}
