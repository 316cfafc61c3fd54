package domain

import (
	"context"
	"time"
)

// UploadSummary is what a report says of one file: what became of it and of its rows,
// and never what stands in them.
type UploadSummary struct {
	ID         string // UUID
	Kind       UploadKind
	State      UploadState
	ReceivedAt time.Time
	Counts     UploadCounts
	Errors     int
	Warnings   int
	// CommonError is the code of the error found most often among the findings kept;
	// empty when there is none.
	CommonError FindingCode
}

// UploadSummaryQuery asks for the files of some kinds that an organisation sent.
type UploadSummaryQuery struct {
	Organisation string
	Kinds        []UploadKind
	From         Date // received on this day or later, by UTC
	// KnownAt leaves out what happened after a time: files sent and withdrawn since;
	// nil for none.
	KnownAt *time.Time
}

// UploadSummaryReader tells of the files of organisations. It gives no finding's text,
// so that it may be asked for managers and planners too.
type UploadSummaryReader interface {
	// UploadSummaries lists the files, the newest first. An organisation outside the
	// actor's scope is not found.
	UploadSummaries(ctx context.Context, actor Actor, query UploadSummaryQuery) ([]UploadSummary, error)
}
