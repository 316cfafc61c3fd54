package api_test

import (
	"context"
	"time"

	"skillstracker/domain"
)

// The parts of access that a test does not set are not to be asked.
type (
	fakeRights   struct{}
	fakeSessions struct{ domain.Sessions }
)

// Users implements domain.Sessions.
func (fakeSessions) Users(context.Context, domain.Page, time.Time) ([]domain.User, int, error) {
	user := domain.User{ID: "u_3lpEJpGGgfjIgVMx", Role: domain.RolePlanner, Grant: domain.Grant{Kind: domain.ScopeAll}, GrantedAt: now, GrantedBy: "link", Sessions: 1}
	return []domain.User{user}, 1, nil
}

// SetUser implements domain.Sessions.
func (fakeSessions) SetUser(_ context.Context, actor domain.Actor, user domain.User) (domain.User, error) {
	user.GrantedBy = actor.ID
	return user, nil
}

// RemoveUser implements domain.Sessions.
func (fakeSessions) RemoveUser(context.Context, domain.Actor, string, time.Time) error { return nil }

// EndUserSessions implements domain.Sessions.
func (fakeSessions) EndUserSessions(context.Context, domain.Actor, string, time.Time) error {
	return nil
}

// PersonRecord implements domain.PeopleRights.
func (fakeRights) PersonRecord(_ context.Context, _ domain.Actor, organisation, number string) (domain.PersonRecord, error) {
	return domain.PersonRecord{Organisation: organisation, EmployeeNumber: number}, nil
}

// ErasePerson implements domain.PeopleRights.
func (fakeRights) ErasePerson(_ context.Context, _ domain.Actor, organisation, _ string, today domain.Date, _ domain.LocateRows) (domain.Erasure, error) {
	return domain.Erasure{Organisation: organisation, Change: 1, ErasedAt: now, EmploymentEndsOn: &today}, nil
}

// RestrictPerson implements domain.PeopleRights.
func (fakeRights) RestrictPerson(_ context.Context, _ domain.Actor, organisation, _ string, restricted bool) (domain.Restriction, error) {
	return domain.Restriction{Organisation: organisation, Restricted: restricted}, nil
}
