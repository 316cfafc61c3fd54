package api

import (
	"context"
	"fmt"

	openapi_types "github.com/oapi-codegen/runtime/types"

	"skillstracker/api/spec"
	"skillstracker/domain"
)

// VoidUpload withdraws an upload of the caller's organisations.
func (h *handlers) VoidUpload(ctx context.Context, request spec.VoidUploadRequestObject) (spec.VoidUploadResponseObject, error) {
	actor, err := actorFrom(ctx)
	if err != nil {
		return nil, err
	}
	answer, err := h.voidUpload(ctx, actor, request.Id)
	return spec.VoidUpload200JSONResponse(answer), err
}

// voidUpload withdraws an upload of the actor's organisations.
func (h *handlers) voidUpload(ctx context.Context, actor domain.Actor, id openapi_types.UUID) (spec.Upload, error) {
	upload, err := h.deps.Uploads.VoidUpload(ctx, actor, id.String())
	if domain.KindOf(err) == domain.KindNotFound {
		return spec.Upload{}, uploadNotFound()
	}
	if err != nil {
		return spec.Upload{}, fmt.Errorf("void upload: %w", err)
	}
	return h.specUpload(upload)
}

// voidDetail says what stands in the way of a withdrawal and what to do.
func voidDetail(conflict *domain.VoidConflictError) string {
	listed := ""
	if shown := min(len(conflict.Conflicts), domain.VoidConflicts); shown < conflict.Total {
		listed = fmt.Sprintf(" The first %d are listed.", shown)
	}
	return fmt.Sprintf("Later uploads touched %s of this upload, so nothing was changed. Withdraw those later uploads first, the newest first, and then this one.%s",
		counted(conflict.Total, "record"), listed)
}

// specConflicts lists the records that stand in the way.
func specConflicts(document *spec.Problem, conflict *domain.VoidConflictError) error {
	document.ConflictsTotal = &conflict.Total
	conflicts := make([]struct {
		Kind   spec.UploadKind    `json:"kind"`
		Record spec.RecordKey     `json:"record"`
		Upload openapi_types.UUID `json:"upload"`
	}, min(len(conflict.Conflicts), domain.VoidConflicts))
	for i := range conflicts {
		met := conflict.Conflicts[i]
		conflicts[i].Kind, conflicts[i].Record = spec.UploadKind(met.Kind), specRecord(met.Record)
		if err := conflicts[i].Upload.UnmarshalText([]byte(met.UploadID)); err != nil {
			return fmt.Errorf("read id of later upload: %w", err)
		}
	}
	document.Conflicts = &conflicts
	return nil
}
