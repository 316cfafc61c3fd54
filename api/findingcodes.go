package api

import (
	"context"

	"skillstracker/api/sheet"
	"skillstracker/api/spec"
	"skillstracker/domain"
)

// The kinds of file in which an administrator sends the registry.
const (
	kindOrganisations domain.UploadKind = "organisations"
	kindSuccessions   domain.UploadKind = "successions"
)

// ListFindingCodes publishes every check of a file. A code that files of organisations
// share with uploads stands twice, with the words for each.
func (h *handlers) ListFindingCodes(context.Context, spec.ListFindingCodesRequestObject) (spec.ListFindingCodesResponseObject, error) {
	answer := spec.ListFindingCodes200JSONResponse{}
	for _, rule := range domain.FindingRules() {
		kinds := rule.Kinds
		if len(kinds) == 0 {
			kinds = uploadKinds()
		}
		answer.FindingCodes = append(answer.FindingCodes, specRule(rule, kinds...))
	}
	for _, rule := range sheet.OrganisationFindingRules() {
		answer.FindingCodes = append(answer.FindingCodes, specRule(rule, kindOrganisations))
	}
	for _, rule := range sheet.SuccessionFindingRules() {
		answer.FindingCodes = append(answer.FindingCodes, specRule(rule, kindSuccessions))
	}
	return answer, nil
}

func specRule(rule domain.FindingRule, kinds ...domain.UploadKind) spec.FindingCode {
	return spec.FindingCode{
		Code: string(rule.Code), Severity: spec.FindingCodeSeverity(rule.Severity), Message: rule.Message, Mend: rule.Mend,
		Example: rule.Example, Kinds: listed(kinds, func(kind domain.UploadKind) string { return string(kind) }),
	}
}
