package api

import (
	"context"
	"io"

	"skillstracker/api/sheet"
	"skillstracker/api/spec"
	"skillstracker/domain"
)

// GetTemplate answers with an empty file to fill in.
func (h *handlers) GetTemplate(ctx context.Context, request spec.GetTemplateRequestObject) (spec.GetTemplateResponseObject, error) {
	kind, format := kindAndFormat(string(request.Template))
	lists, err := h.lists.get(ctx)
	if err != nil {
		return nil, err
	}
	framework, err := frameworkOfTemplate(kind, request.Params.Framework, request.Params.FrameworkVersion, lists)
	if err != nil {
		return nil, err
	}
	options := sheet.TemplateOptions{Lists: lists, Framework: framework, Version: h.deps.Version, Limits: h.deps.Limits.File, MadeAt: h.deps.Clock()}
	return h.fileAnswer(kindInPath(kind)+"-template."+string(format), format, func(to io.Writer) error {
		return sheet.WriteTemplate(to, format, kind, options)
	})
}

// frameworkOfTemplate returns the framework version of a template: assessments have its
// competences as columns, and targets as values.
func frameworkOfTemplate(kind domain.UploadKind, code, version *string, lists domain.Lists) (domain.FrameworkVersion, error) {
	if kind == domain.UploadTargets {
		return frameworkOf(code, version).in(lists)
	}
	return frameworkForKind(kind, code, version, lists)
}

// frameworkForKind returns the framework version of a file of assessments. Other kinds
// have none, and one that was named for them is refused.
func frameworkForKind(kind domain.UploadKind, code, version *string, lists domain.Lists) (domain.FrameworkVersion, error) {
	if kind != domain.UploadAssessments {
		return domain.FrameworkVersion{}, notForKind(kind, frameworkFaults(kind, code, version))
	}
	return frameworkOf(code, version).in(lists)
}
