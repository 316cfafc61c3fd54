package main

import (
	"context"
	"time"
)

// expiryPace is how often the server deletes what is kept for a while only.
const expiryPace = time.Hour

// startExpiry deletes sent files, keys of requests and sessions whose time has run out,
// now and every hour, until the service stops.
func (v *service) startExpiry(ctx context.Context, wait func(context.Context, time.Duration) error) {
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	ended := make(chan struct{})
	v.stopExpiry = func() {
		cancel()
		<-ended
	}
	go func() {
		defer close(ended)
		for {
			v.expire(ctx)
			if wait(ctx, expiryPace) != nil {
				return
			}
		}
	}()
}

// expire deletes once. What cannot be deleted now is deleted an hour later.
func (v *service) expire(ctx context.Context) {
	files, keys, err := v.store.ExpireFiles(ctx)
	switch {
	case ctx.Err() != nil:
	case err != nil:
		v.log.ErrorContext(ctx, "what has run out was not deleted", "error", err)
	case files+keys > 0:
		v.log.InfoContext(ctx, "what had run out was deleted", "files", files, "keys", keys)
	}
	signIns, err := v.store.ExpireSignIns(ctx)
	switch {
	case ctx.Err() != nil:
	case err != nil:
		v.log.ErrorContext(ctx, "sessions that have ended were not deleted", "error", err)
	case signIns > 0:
		v.log.InfoContext(ctx, "sign-ins and sessions that had ended were deleted", "rows", signIns)
	}
}
