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
	framework, err := frameworkForKind(kind, request.Params.Framework, request.Params.FrameworkVersion, lists)
	if err != nil {
		return nil, err
	}
	options := sheet.TemplateOptions{Lists: lists, Framework: framework, Version: h.deps.Version, Limits: h.deps.Limits.File, TempDir: h.deps.TempDir}
	return h.fileAnswer(string(kind)+"-template."+string(format), format, func(to io.Writer) error {
		return sheet.WriteTemplate(to, format, kind, options)
	})
}

// frameworkForKind returns the framework version of a file of assessments, and
// refuses one that was named for another kind.
func frameworkForKind(kind domain.UploadKind, code, version *string, lists domain.Lists) (domain.FrameworkVersion, error) {
	if kind != domain.UploadAssessments {
		if err := notForKind(kind, frameworkFaults(code, version)); err != nil {
			return domain.FrameworkVersion{}, err
		}
	}
	return frameworkOf(code, version).in(lists)
}
