package api

import (
	"context"
	"fmt"

	"skillstracker/api/spec"
	"skillstracker/domain"
)

// ListCrosswalks lists the published crosswalks.
func (h *handlers) ListCrosswalks(ctx context.Context, _ spec.ListCrosswalksRequestObject) (spec.ListCrosswalksResponseObject, error) {
	lists, err := h.lists.read(ctx)
	if err != nil {
		return nil, err
	}
	return spec.ListCrosswalks200JSONResponse{Crosswalks: listed(lists.Crosswalks, specCrosswalk)}, nil
}

// GetCrosswalk shows one crosswalk.
func (h *handlers) GetCrosswalk(ctx context.Context, request spec.GetCrosswalkRequestObject) (spec.GetCrosswalkResponseObject, error) {
	lists, err := h.lists.read(ctx)
	if err != nil {
		return nil, err
	}
	found, known := lists.Crosswalk(request.Crosswalk)
	if !known {
		return nil, domain.NotFound("crosswalk_unknown", "There is no such crosswalk. GET /api/v1/crosswalks lists them.")
	}
	return spec.GetCrosswalk200JSONResponse(specCrosswalk(found)), nil
}

// PublishCrosswalk publishes a mapping of one framework version to another.
func (h *handlers) PublishCrosswalk(ctx context.Context, request spec.PublishCrosswalkRequestObject) (spec.PublishCrosswalkResponseObject, error) {
	actor, err := actorFrom(ctx)
	if err != nil {
		return nil, err
	}
	sent := domain.Crosswalk{
		Code: request.Body.Code, Name: request.Body.Name, Source: request.Body.Source,
		From: domain.FrameworkRef{Framework: request.Body.From.Framework, Version: request.Body.From.Version},
		To:   domain.FrameworkRef{Framework: request.Body.To.Framework, Version: request.Body.To.Version},
	}
	for _, l := range request.Body.Levels {
		sent.Levels = append(sent.Levels, domain.CrosswalkLevel{
			FromCompetence: l.FromCompetence, FromLevel: domain.Level(l.FromLevel), ToCompetence: l.ToCompetence, ToLevel: domain.Level(l.ToLevel),
		})
	}
	published, err := h.deps.Registry.PublishCrosswalk(ctx, actor, sent)
	if err != nil {
		return nil, fmt.Errorf("publish crosswalk: %w", err)
	}
	if _, err := h.lists.read(ctx); err != nil {
		return nil, err
	}
	return spec.PublishCrosswalk201JSONResponse(specCrosswalk(published)), nil
}

func specCrosswalk(c domain.Crosswalk) spec.Crosswalk {
	answer := spec.Crosswalk{
		Code: c.Code, Name: c.Name, Source: c.Source,
		From: spec.FrameworkRef{Framework: c.From.Framework, Version: c.From.Version},
		To:   spec.FrameworkRef{Framework: c.To.Framework, Version: c.To.Version},
	}
	for _, l := range c.Levels {
		answer.Levels = append(answer.Levels, struct {
			FromCompetence string `json:"from_competence"`
			FromLevel      int    `json:"from_level"`
			ToCompetence   string `json:"to_competence"`
			ToLevel        int    `json:"to_level"`
		}{l.FromCompetence, int(l.FromLevel), l.ToCompetence, int(l.ToLevel)})
	}
	return answer
}
