package repository

import "skillstracker/domain"

var errNotInScope = domain.NotFound("organisation_not_found", "No organisation with this ODS code is in your scope.")

// mayWrite says whether an actor writes an organisation's uploads of a kind. The nation
// is written by administrators alone, and has targets alone; no scope holds it, so this
// stands only behind a fault of whoever made the scope.
func mayWrite(actor domain.Actor, organisation string, kind domain.UploadKind) bool {
	if !actor.MayWrite(organisation) {
		return false
	}
	return organisation != domain.NationCode || actor.Role == domain.RoleAdmin && kind == domain.UploadTargets
}
