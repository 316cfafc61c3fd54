package api

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"skillstracker/api/spec"
	"skillstracker/domain"
)

// ListTargets lists the targets that hold on a day: those of an organisation of the
// caller, when one is named, and those of the nation. For a person it lists the one
// that holds in each competence.
func (h *handlers) ListTargets(ctx context.Context, request spec.ListTargetsRequestObject) (spec.ListTargetsResponseObject, error) {
	actor, err := actorFrom(ctx)
	if err != nil {
		return nil, err
	}
	params := request.Params
	query := domain.TargetQuery{Organisation: orDefault(params.Organisation, ""), AsAt: orDefault(dateFrom(params.AsAt), h.today())}
	if query.Organisation == domain.NationCode {
		query.Organisation = ""
	}
	if query.Organisation != "" && !actor.Covers(query.Organisation) {
		return nil, organisationNotFound()
	}
	lists, err := h.lists.read(ctx)
	if err != nil {
		return nil, err
	}
	if query.Framework, err = frameworkOf(params.Framework, params.FrameworkVersion).in(lists); err != nil {
		return nil, err
	}
	person, asked, err := targetPerson(params, lists)
	if err != nil {
		return nil, err
	}
	targets, err := h.deps.Targets.Targets(ctx, actor, query)
	if err != nil {
		return nil, fmt.Errorf("read targets: %w", err)
	}
	if asked {
		targets = domain.ResolveTargets(targets, query.Framework, person)
	}
	return specTargets(query, targets), nil
}

// targetPerson reads whose targets are asked for; asked is false for everybody's. The
// job role tells the staff group.
func targetPerson(params spec.ListTargetsParams, lists domain.Lists) (person domain.TargetPerson, asked bool, err error) {
	var faults []domain.FieldFault
	code := func(field, list string, given *string, known []string) string {
		if given == nil {
			return domain.NotGiven
		}
		asked = true
		place := slices.IndexFunc(known, func(k string) bool { return strings.EqualFold(k, *given) })
		if place < 0 {
			faults = append(faults, domain.FieldFault{Field: field, Message: "The code is not in the list " + list + " of GET /api/v1/reference-lists."})
			return domain.NotGiven
		}
		return known[place]
	}
	person = domain.TargetPerson{
		StaffGroup: code("staff_group", "staff_groups", params.StaffGroup, listed(lists.StaffGroups, func(g domain.StaffGroup) string { return g.Code })),
		JobRole:    code("job_role", "job_roles", params.JobRole, listed(lists.JobRoles, func(r domain.JobRole) string { return r.Code })),
		Band:       code("band", "bands", params.Band, listed(lists.Bands, func(b domain.Band) string { return b.Code })),
	}
	if len(faults) > 0 {
		return person, asked, domain.Invalid("code_unknown", "A parameter names a code that does not exist.", faults...)
	}
	for _, role := range lists.JobRoles {
		if role.Code != person.JobRole || role.StaffGroup == "" {
			continue
		}
		if person.StaffGroup != domain.NotGiven && person.StaffGroup != role.StaffGroup {
			return person, asked, domain.Invalid("job_role_not_of_group", "The job role belongs to another staff group.",
				domain.FieldFault{Field: "staff_group", Message: "Use " + role.StaffGroup + ", or leave it out: the job role tells it."})
		}
		person.StaffGroup = role.StaffGroup
	}
	return person, asked, nil
}

// specTargets writes targets as the contract has them.
func specTargets(query domain.TargetQuery, targets []domain.Target) spec.ListTargets200JSONResponse {
	return spec.ListTargets200JSONResponse{
		AsAt: specDate(query.AsAt), Framework: query.Framework.Framework, FrameworkVersion: query.Framework.Version,
		Targets: listed(targets, func(target domain.Target) spec.Target {
			return spec.Target{
				SetBy: target.SetBy, Level: int(target.Level), ValidFrom: specDate(target.ValidFrom),
				CompetenceCode: domain.GivenOnly(target.Competence), DomainCode: domain.GivenOnly(target.Domain),
				JobRoleCode: domain.GivenOnly(target.JobRole), StaffGroup: domain.GivenOnly(target.StaffGroup), Band: domain.GivenOnly(target.Band),
			}
		}),
	}
}
