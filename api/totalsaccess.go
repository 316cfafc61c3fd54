package api

import (
	"slices"

	"skillstracker/domain"
	"skillstracker/domain/disclosure"
)

// reach says what of an answer its caller may see.
type reach struct {
	// nothing says that no organisation of the caller is among those asked about.
	nothing bool
	// scoped says that the question named no organisations and was narrowed to those of
	// a scope that does not cover everything.
	scoped bool
	// rule is what figures about people pass.
	rule disclosure.Rule
}

// unaltered says whether figures about people stay as they are.
func (r reach) unaltered() bool { return r.rule == disclosure.Unaltered() }

// reachOf narrows a question to what the caller may ask (DESIGN 8). Rows of single
// organisations are for their own scope alone; an organisation beyond it is not
// found. Everything above is the full aggregate for everybody. HR that asks about
// its own organisations alone sees their people unaltered.
func (h *handlers) reachOf(actor domain.Actor, filter *domain.TotalsFilter) (reach, error) {
	if !actor.SeesOrganisations() {
		actor.Organisations = nil
	}
	for _, organisation := range filter.Organisations {
		if !actor.Covers(organisation) {
			return reach{}, organisationNotFound()
		}
	}
	if err := teamsWithinOne(actor, *filter); err != nil {
		return reach{}, err
	}
	found := reach{rule: h.deps.Rule}
	if filter.Has(domain.ByOrganisation) && len(filter.Organisations) == 0 {
		// An empty list would not narrow, so an empty scope must end here.
		if len(actor.Organisations) == 0 {
			found.nothing = true
			return found, h.knownAtAllowed(found, *filter)
		}
		filter.Organisations = slices.Clone(actor.Organisations)
		found.scoped = actor.Grant.Kind != domain.ScopeAll
	}
	own := len(filter.Organisations) > 0
	for _, organisation := range filter.Organisations {
		own = own && actor.SeesUnaltered(organisation)
	}
	if own {
		found.rule = disclosure.Unaltered()
	}
	return found, h.knownAtAllowed(found, *filter)
}

// knownAtAllowed keeps questions about what the register once held to HR of the
// organisations, and to receipts: the difference of two such answers is what an upload
// changed.
func (h *handlers) knownAtAllowed(found reach, filter domain.TotalsFilter) error {
	if filter.KnownAt == nil || found.unaltered() || h.again {
		return nil
	}
	return domain.Invalid("known_at_not_allowed", "known_at is for HR that asks about its own organisations alone.",
		domain.FieldFault{Field: "known_at", Message: "Leave it out, or as HR filter to organisations of your own."})
}

// seesTeams says whether the actor's role sees teams within its organisations.
func seesTeams(actor domain.Actor) bool {
	return actor.Role == domain.RoleHR || actor.Role == domain.RoleManager
}

// teamsWithinOne keeps teams to questions about one organisation by its own people:
// only there do the names mean something.
func teamsWithinOne(actor domain.Actor, filter domain.TotalsFilter) error {
	if !concerns(filter, domain.ByTeam) {
		return nil
	}
	if len(filter.Organisations) == 1 && seesTeams(actor) {
		return nil
	}
	return domain.Invalid("team_not_allowed", "Teams are shown within one organisation, to its HR and its managers.",
		domain.FieldFault{Field: "team", Message: "Filter to one organisation of your own, or leave team out of group_by and of the filters."})
}

// concerns says whether totals are grouped by a dimension or narrowed to values of it.
func concerns(filter domain.TotalsFilter, d domain.Dimension) bool {
	return filter.Has(d) || len(filter.Values(d)) > 0
}

// postsFineEnough keeps a planner's figures of the posts of single organisations at
// staff group x band and digital; job roles and areas of work are for ICBs and above
// (DESIGN 6). A filter breaks an answer down as far as a grouping does.
func postsFineEnough(actor domain.Actor, filter domain.TotalsFilter) error {
	if actor.Role != domain.RolePlanner || !concerns(filter, domain.ByOrganisation) {
		return nil
	}
	if concerns(filter, domain.ByJobRole) || concerns(filter, domain.ByAreaOfWork) {
		return domain.Invalid("too_fine",
			"For planners the posts of one organisation are not broken down by job role or area of work. Leave these out, or ask for ICBs or regions.",
			domain.FieldFault{Field: "group_by", Message: "Leave out job_role and area_of_work, or organisation, here and among the filters."})
	}
	if concerns(filter, domain.ByDigital) && (concerns(filter, domain.ByStaffGroup) || concerns(filter, domain.ByBand)) {
		return domain.Invalid("too_fine",
			"For planners the posts of one organisation are broken down by staff group and band, or by digital, and not by both. Leave one of them out, or ask for ICBs or regions.",
			domain.FieldFault{Field: "group_by", Message: "Leave out digital, or staff_group and band, here and among the filters."})
	}
	return nil
}
