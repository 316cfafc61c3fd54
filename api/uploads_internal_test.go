package api

import (
	"context"
	"errors"
	"testing"
	"time"

	"skillstracker/api/sheet"
	"skillstracker/api/web"
	"skillstracker/domain"
)

// noLists is a registry of which only the lists are asked.
type noLists struct{ domain.Registry }

func (noLists) Lists(context.Context) (domain.Lists, error) { return domain.Lists{}, nil }

// A file that waits for others to be read waits no longer than its request.
func TestWaitingForOtherFilesEndsWithTheRequest(t *testing.T) {
	t.Parallel()
	h := newHandlers(Deps{Registry: noLists{}, Clock: func() time.Time { return time.Time{} }, Limits: Limits{Parses: 1}}, web.Pages{})
	h.parsing <- struct{}{}
	ctx, giveUp := context.WithCancel(t.Context())
	giveUp()
	if _, err := h.readUpload(ctx, nil, sheet.Source{}, uploadOptions{}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
