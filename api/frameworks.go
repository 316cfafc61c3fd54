package api

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"skillstracker/api/sheet"
	"skillstracker/api/spec"
	"skillstracker/domain"
)

// ListFrameworks lists the published framework versions, the newest version of each
// framework first.
func (h *handlers) ListFrameworks(ctx context.Context, _ spec.ListFrameworksRequestObject) (spec.ListFrameworksResponseObject, error) {
	lists, err := h.lists.read(ctx)
	if err != nil {
		return nil, err
	}
	versions := slices.Clone(lists.Frameworks)
	slices.SortStableFunc(versions, func(a, b domain.FrameworkVersion) int {
		return cmp.Or(strings.Compare(a.Framework, b.Framework), cmp.Compare(b.ValidFrom, a.ValidFrom), cmp.Compare(b.ID, a.ID))
	})
	return spec.ListFrameworks200JSONResponse{Frameworks: listed(versions, specFramework)}, nil
}

// GetFramework shows one framework version.
func (h *handlers) GetFramework(ctx context.Context, request spec.GetFrameworkRequestObject) (spec.GetFrameworkResponseObject, error) {
	lists, err := h.lists.read(ctx)
	if err != nil {
		return nil, err
	}
	for _, f := range lists.Frameworks {
		if f.Framework == request.Framework && f.Version == request.Version {
			return spec.GetFramework200JSONResponse(specFramework(f)), nil
		}
	}
	return nil, domain.NotFound("framework_unknown", "There is no such framework version. GET /api/v1/frameworks lists them; capitals count.")
}

// GetFrameworkTemplate answers with the workbook to fill in with a framework version.
func (h *handlers) GetFrameworkTemplate(context.Context, spec.GetFrameworkTemplateRequestObject) (spec.GetFrameworkTemplateResponseObject, error) {
	return h.fileAnswer("framework-template.xlsx", sheet.XLSX, func(to io.Writer) error {
		return sheet.WriteFrameworkTemplate(to, h.deps.Version, h.deps.Clock())
	})
}

// frameworkSent is a framework version as it was sent, and how its form names places.
type frameworkSent struct {
	name    string
	version domain.FrameworkVersion
	place   func(domain.FrameworkFault) domain.FieldFault
}

// PublishFramework publishes a framework version, or only checks it.
func (h *handlers) PublishFramework(ctx context.Context, request spec.PublishFrameworkRequestObject) (spec.PublishFrameworkResponseObject, error) {
	actor, err := actorFrom(ctx)
	if err != nil {
		return nil, err
	}
	sent, err := h.frameworkSent(request)
	if err != nil {
		return nil, err
	}
	lists, err := h.lists.read(ctx)
	if err != nil {
		return nil, err
	}
	if err := checkFramework(sent, lists.Frameworks); err != nil {
		return nil, err
	}
	if orDefault(request.Params.CheckOnly, false) {
		return spec.PublishFramework200JSONResponse(specFramework(sent.version)), nil
	}
	published, err := h.deps.Registry.PublishFramework(ctx, actor, sent.name, sent.version)
	if err != nil {
		return nil, fmt.Errorf("publish framework: %w", err)
	}
	if _, err := h.lists.read(ctx); err != nil {
		return nil, err
	}
	return spec.PublishFramework201JSONResponse(specFramework(published)), nil
}

// checkFramework refuses a version that cannot be published beside the others.
func checkFramework(sent frameworkSent, published []domain.FrameworkVersion) error {
	faults := domain.CheckFramework(sent.name, sent.version)
	for _, f := range published {
		if f.Framework == sent.version.Framework && domain.SameVersion(f.Version, sent.version.Version) {
			return domain.Conflict("framework_version_exists", fmt.Sprintf(
				"%s %s is published already and cannot be changed. Publish a new version beside it.", f.Framework, f.Version))
		}
	}
	if len(faults) == 0 {
		faults = sheet.FrameworkClashes(sent.version, published)
	}
	if len(faults) == 0 {
		return nil
	}
	return frameworkRejected(listed(faults, sent.place))
}

func frameworkRejected(faults []domain.FieldFault) error {
	return domain.Invalid("framework_rejected",
		fmt.Sprintf("The framework version has %s, so it was not published. Mend them and send it again.", counted(len(faults), "fault")), faults...)
}

// frameworkSent reads the framework version of a request, a workbook or JSON.
func (h *handlers) frameworkSent(request spec.PublishFrameworkRequestObject) (sent frameworkSent, err error) {
	if request.JSONBody != nil {
		version := frameworkFrom(*request.JSONBody)
		return frameworkSent{request.JSONBody.FrameworkName, version, func(f domain.FrameworkFault) domain.FieldFault {
			return domain.FieldFault{Field: f.Field(), Message: f.Message}
		}}, nil
	}
	file, err := spool(h.deps.TempDir, request.Body, sheet.FrameworkLimits().MaxBytes)
	if err != nil {
		return sent, err
	}
	defer func() {
		if closing := file.Close(); err == nil {
			err = closing
		}
	}()
	read, faults, err := sheet.ReadFramework(sheet.Source{File: file, Size: file.size})
	if err != nil {
		return sent, fmt.Errorf("publish framework: %w", err)
	}
	if len(faults) > 0 {
		return sent, frameworkRejected(faults)
	}
	return frameworkSent{read.Name, read.Version, read.Place}, nil
}

func frameworkFrom(sent spec.FrameworkToPublish) domain.FrameworkVersion {
	version := domain.FrameworkVersion{
		Framework: sent.Framework, Version: sent.Version, Name: sent.Name, Scoring: domain.ScoringKind(sent.Scoring),
		ValidFrom: domain.DateOf(sent.ValidFrom.Time), ValidityMonths: sent.ValidityMonths, Source: sent.Source, Licence: sent.Licence,
	}
	for _, d := range sent.Domains {
		version.Domains = append(version.Domains, domain.CompetenceArea{Code: d.Code, Name: d.Name})
	}
	for _, c := range sent.Competences {
		version.Competences = append(version.Competences, domain.Competence{
			Code: c.Code, Name: c.Name, Domain: c.Domain, MaxLevel: domain.Level(c.MaxLevel), Threshold: domain.Level(orDefault(c.Threshold, 0)),
		})
	}
	for _, l := range sent.Levels {
		version.Levels = append(version.Levels, domain.ScaleLevel{Level: domain.Level(l.Level), Name: l.Name, Band: orDefault(l.Band, "")})
	}
	return version
}
