package api

import (
	"context"
	"errors"

	"skillstracker/api/spec"
)

// Stands in while part E is being built. Delete each line with the real method.

var errPartE = errors.New("not built yet")

func (h *handlers) GetSignIn(_ context.Context, _ spec.GetSignInRequestObject) (spec.GetSignInResponseObject, error) {
	return nil, errPartE
}
func (h *handlers) FinishSignIn(_ context.Context, _ spec.FinishSignInRequestObject) (spec.FinishSignInResponseObject, error) {
	return nil, errPartE
}
func (h *handlers) SignOut(_ context.Context, _ spec.SignOutRequestObject) (spec.SignOutResponseObject, error) {
	return nil, errPartE
}
func (h *handlers) BackChannelLogout(_ context.Context, _ spec.BackChannelLogoutRequestObject) (spec.BackChannelLogoutResponseObject, error) {
	return nil, errPartE
}
func (h *handlers) GetFirstAdministrator(_ context.Context, _ spec.GetFirstAdministratorRequestObject) (spec.GetFirstAdministratorResponseObject, error) {
	return nil, errPartE
}
func (h *handlers) UseFirstAdministrator(_ context.Context, _ spec.UseFirstAdministratorRequestObject) (spec.UseFirstAdministratorResponseObject, error) {
	return nil, errPartE
}
func (h *handlers) GetMetrics(_ context.Context, _ spec.GetMetricsRequestObject) (spec.GetMetricsResponseObject, error) {
	return nil, errPartE
}
func (h *handlers) GetCaller(_ context.Context, _ spec.GetCallerRequestObject) (spec.GetCallerResponseObject, error) {
	return nil, errPartE
}
func (h *handlers) ListTokens(_ context.Context, _ spec.ListTokensRequestObject) (spec.ListTokensResponseObject, error) {
	return nil, errPartE
}
func (h *handlers) CreateToken(_ context.Context, _ spec.CreateTokenRequestObject) (spec.CreateTokenResponseObject, error) {
	return nil, errPartE
}
func (h *handlers) RevokeToken(_ context.Context, _ spec.RevokeTokenRequestObject) (spec.RevokeTokenResponseObject, error) {
	return nil, errPartE
}
func (h *handlers) ListUsers(_ context.Context, _ spec.ListUsersRequestObject) (spec.ListUsersResponseObject, error) {
	return nil, errPartE
}
func (h *handlers) SetUser(_ context.Context, _ spec.SetUserRequestObject) (spec.SetUserResponseObject, error) {
	return nil, errPartE
}
func (h *handlers) RemoveUser(_ context.Context, _ spec.RemoveUserRequestObject) (spec.RemoveUserResponseObject, error) {
	return nil, errPartE
}
func (h *handlers) EndUserSessions(_ context.Context, _ spec.EndUserSessionsRequestObject) (spec.EndUserSessionsResponseObject, error) {
	return nil, errPartE
}
func (h *handlers) ListAuditEvents(_ context.Context, _ spec.ListAuditEventsRequestObject) (spec.ListAuditEventsResponseObject, error) {
	return nil, errPartE
}
func (h *handlers) ExportAuditEvents(_ context.Context, _ spec.ExportAuditEventsRequestObject) (spec.ExportAuditEventsResponseObject, error) {
	return nil, errPartE
}
func (h *handlers) GetPersonRecord(_ context.Context, _ spec.GetPersonRecordRequestObject) (spec.GetPersonRecordResponseObject, error) {
	return nil, errPartE
}
func (h *handlers) GetPersonRecordCsv(_ context.Context, _ spec.GetPersonRecordCsvRequestObject) (spec.GetPersonRecordCsvResponseObject, error) {
	return nil, errPartE
}
func (h *handlers) ErasePerson(_ context.Context, _ spec.ErasePersonRequestObject) (spec.ErasePersonResponseObject, error) {
	return nil, errPartE
}
func (h *handlers) RestrictPerson(_ context.Context, _ spec.RestrictPersonRequestObject) (spec.RestrictPersonResponseObject, error) {
	return nil, errPartE
}
