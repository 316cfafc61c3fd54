package repository

import (
	"context"

	"skillstracker/domain"
)

// warnPurged warns once of a file that may take in again what a purge of the
// organisation had destroyed. The register cannot know: nothing is left to compare with.
func warnPurged(ctx context.Context, t tx, file domain.UploadFile) error {
	if file.Kind != domain.UploadStaff && file.Kind != domain.UploadAssessments {
		return nil
	}
	horizon, err := purgedBefore(ctx, t, []string{file.Organisation})
	if err == nil && horizon != nil {
		file.WarnPurged(*horizon)
	}
	return err
}
