package api

import (
	"context"
	"time"

	"skillstracker/api/spec"
	"skillstracker/domain"
)

// readyTime is how long the database may take to say that it is there.
const readyTime = 500 * time.Millisecond

// GetHealth says that the process answers. It never asks the database, so that a
// database that is away does not get the process restarted.
func (h *handlers) GetHealth(context.Context, spec.GetHealthRequestObject) (spec.GetHealthResponseObject, error) {
	return spec.GetHealth200JSONResponse{HealthJSONResponse: spec.HealthJSONResponse{Status: spec.Ok}}, nil
}

// GetReadiness says whether questions can be answered now.
func (h *handlers) GetReadiness(ctx context.Context, _ spec.GetReadinessRequestObject) (spec.GetReadinessResponseObject, error) {
	ctx, cancel := context.WithTimeout(ctx, readyTime)
	defer cancel()
	if err := h.deps.Ready(ctx); err != nil {
		return nil, domain.Unavailable("not_ready", "The service is not ready to take requests. Try again in a few seconds.", 5, err)
	}
	return spec.GetReadiness200JSONResponse{HealthJSONResponse: spec.HealthJSONResponse{Status: spec.Ok}}, nil
}

// GetVersion names the version of the program.
func (h *handlers) GetVersion(context.Context, spec.GetVersionRequestObject) (spec.GetVersionResponseObject, error) {
	return spec.GetVersion200JSONResponse{Version: h.deps.Version}, nil
}
