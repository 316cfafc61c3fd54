package api

import (
	"cmp"
	"context"
	"fmt"

	"skillstracker/api/report"
	"skillstracker/domain"
)

// uploadLines returns the files of some kinds that the organisation of a report sent, for
// the sheet Data_quality.
func (h *handlers) uploadLines(ctx context.Context, q reportQuestion, kinds ...domain.UploadKind) ([]report.UploadLine, error) {
	found, err := h.deps.Uploads.UploadSummaries(ctx, q.actor, domain.UploadSummaryQuery{
		Organisation: q.organisation.Code, Kinds: kinds, From: report.UploadsFrom(q.asAt), KnownAt: q.knownAt,
	})
	if err != nil {
		return nil, fmt.Errorf("read summaries of uploads: %w", err)
	}
	messages := map[domain.FindingCode]string{}
	for _, rule := range domain.FindingRules() {
		messages[rule.Code] = rule.Message
	}
	lines := make([]report.UploadLine, len(found))
	for i, upload := range found {
		lines[i] = report.UploadLine{
			Reference: upload.ID, Kind: upload.Kind, Received: domain.DateOf(upload.ReceivedAt), State: upload.State,
			Counts: upload.Counts, Errors: upload.Errors, Warnings: upload.Warnings, CommonError: cmp.Or(messages[upload.CommonError], string(upload.CommonError)),
		}
	}
	return lines, nil
}
