package domain

import (
	"context"
	"time"
)

// LastUpload is when an organisation last sent a file of a kind that was stored and has
// not been withdrawn.
type LastUpload struct {
	Organisation string // ODS code
	Kind         UploadKind
	ReceivedAt   time.Time
}

// LastUploadReader tells when organisations last sent files, and nothing of what is in
// them, so that it may be asked for managers and planners too.
type LastUploadReader interface {
	// LastUploads returns one entry for each of the organisations and each kind of which
	// it has sent a file, in the order of organisation and kind. KnownAt leaves out what
	// happened after a time; nil for nothing. One organisation outside the actor's scope
	// is not found, and then nothing is answered.
	LastUploads(ctx context.Context, actor Actor, organisations []string, knownAt *time.Time) ([]LastUpload, error)
}
