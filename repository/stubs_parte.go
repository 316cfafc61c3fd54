package repository

import (
	"context"
	"errors"
	"time"

	"skillstracker/domain"
)

// Stands in while part E is being built. Delete each method with the real one.

var errPartE = errors.New("not built yet")

var (
	_ domain.AuditTrail   = (*Store)(nil)
	_ domain.TokenKeeper  = (*Store)(nil)
	_ domain.PeopleRights = (*Store)(nil)
	_ domain.Sessions     = (*Store)(nil)
)

func (s *Store) AuditEvents(ctx context.Context, actor domain.Actor, filter domain.AuditFilter, event func(domain.AuditEvent) error) error {
	return errPartE
}
func (s *Store) NoteRefusal(ctx context.Context, refusal domain.Refusal) error { return errPartE }
func (s *Store) CreateToken(ctx context.Context, actor domain.Actor, token domain.StoredToken) error {
	return errPartE
}
func (s *Store) Tokens(ctx context.Context, page domain.Page) ([]domain.StoredToken, int, error) {
	return nil, 0, errPartE
}
func (s *Store) RevokeToken(ctx context.Context, actor domain.Actor, id string, at time.Time) error {
	return errPartE
}
func (s *Store) PersonRecord(ctx context.Context, actor domain.Actor, organisation, employeeNumber string) (domain.PersonRecord, error) {
	return domain.PersonRecord{}, errPartE
}
func (s *Store) ErasePerson(ctx context.Context, actor domain.Actor, organisation, employeeNumber string, today domain.Date, locate domain.LocateRows) (domain.Erasure, error) {
	return domain.Erasure{}, errPartE
}
func (s *Store) RestrictPerson(ctx context.Context, actor domain.Actor, organisation, employeeNumber string, restricted bool) (domain.Restriction, error) {
	return domain.Restriction{}, errPartE
}
func (s *Store) BeginSignIn(ctx context.Context, signIn domain.SignIn) error { return errPartE }
func (s *Store) TakeSignIn(ctx context.Context, state, browser [32]byte, now time.Time) (domain.SignIn, error) {
	return domain.SignIn{}, errPartE
}
func (s *Store) StartSession(ctx context.Context, session domain.NewSession, link *[32]byte, requestID string) error {
	return errPartE
}
func (s *Store) Session(ctx context.Context, secret [32]byte, now time.Time) (domain.Session, error) {
	return domain.Session{}, errPartE
}
func (s *Store) EndSession(ctx context.Context, secret [32]byte, now time.Time, requestID string) error {
	return errPartE
}
func (s *Store) EndProviderSessions(ctx context.Context, provider, userID, sid string, now time.Time, requestID string) (int, error) {
	return 0, errPartE
}
func (s *Store) LinkIsGood(ctx context.Context, link [32]byte, now time.Time) (bool, error) {
	return false, errPartE
}
func (s *Store) Users(ctx context.Context, page domain.Page, now time.Time) ([]domain.User, int, error) {
	return nil, 0, errPartE
}
func (s *Store) SetUser(ctx context.Context, actor domain.Actor, user domain.User) (domain.User, error) {
	return domain.User{}, errPartE
}
func (s *Store) RemoveUser(ctx context.Context, actor domain.Actor, id string, now time.Time) error {
	return errPartE
}
func (s *Store) EndUserSessions(ctx context.Context, actor domain.Actor, id string, now time.Time) error {
	return errPartE
}
