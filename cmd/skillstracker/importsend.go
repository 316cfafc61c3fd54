package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
	"time"
)

// The bounds of sending again: attempts in all, and the longest wait that a server
// may ask for between two of them.
const (
	attempts    = 5
	longestWait = time.Minute
)

// sender sends one file until there is an answer.
type sender struct {
	host        host
	server      *remote
	url         string
	path        string
	size        int64
	contentType string
	key         string
	shown       *transfer
}

// fileError says that the file itself could not be sent.
type fileError struct{ err error }

func (e *fileError) Error() string { return e.err.Error() }

func (e *fileError) Unwrap() error { return e.err }

// send sends the file, again where that may help. Every attempt has the same key,
// so that the server stores the file once.
func (s *sender) send(ctx context.Context) (answer, error) {
	for attempt := 1; ; attempt++ {
		got, err := s.once(ctx)
		pause, again := retry(attempt, got, err)
		if !again || ctx.Err() != nil {
			if failed, ok := errors.AsType[*fileError](err); ok {
				return answer{}, failed
			}
			if err != nil {
				return answer{}, s.server.unreachable(err)
			}
			return got, nil
		}
		why := "The connection broke"
		if err == nil {
			why = fmt.Sprintf("The server answered %d %s", got.status, http.StatusText(got.status))
		}
		if err := s.shown.note("%s; sending again in %s, attempt %d of %d.", why, pause, attempt+1, attempts); err != nil {
			return answer{}, err
		}
		if err := s.host.wait(ctx, pause); err != nil {
			return answer{}, err
		}
	}
}

// once sends the file once.
func (s *sender) once(ctx context.Context) (answer, error) {
	file, err := os.Open(s.path)
	if err != nil {
		return answer{}, &fileError{err: fmt.Errorf("%s cannot be read: %w", s.path, err)}
	}
	s.shown.restart()
	body := &outgoing{file: file, size: s.size, path: s.path, sent: s.shown.sent}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, s.url, body)
	if err != nil {
		return answer{}, &fileError{err: errors.Join(fmt.Errorf("ask server: %w", err), file.Close())}
	}
	request.ContentLength = s.size
	request.Header.Set("Content-Type", s.contentType)
	request.Header.Set("Idempotency-Key", s.key)
	// A request that is refused by its headers is then refused before the file is sent.
	request.Header.Set("Expect", "100-continue")
	return s.server.do(ctx, request)
}

// retry says whether the same request may now be answered otherwise, and after
// how long. A server that was never reached is not waited for.
func retry(attempt int, got answer, err error) (time.Duration, bool) {
	if attempt >= attempts {
		return 0, false
	}
	if err != nil {
		_, ofFile := errors.AsType[*fileError](err)
		_, redirected := errors.AsType[*redirectError](err)
		hopeless := ofFile || redirected || errors.Is(err, context.DeadlineExceeded) || notTrusted(err) || attempt == 1 && notConnected(err)
		return time.Second << (attempt - 1), !hopeless
	}
	switch got.status {
	case http.StatusConflict, http.StatusTooManyRequests, http.StatusServiceUnavailable:
		seconds, err := strconv.Atoi(got.header.Get("Retry-After"))
		pause := time.Duration(seconds) * time.Second
		return pause, err == nil && seconds >= 0 && pause <= longestWait
	}
	return 0, false
}

// outgoing is a file on its way. It tells how much was read, and fails when the
// file is no longer the one that was announced.
type outgoing struct {
	file *os.File
	path string
	size int64
	read int64
	sent func(int)
}

// Read reads the next part.
func (b *outgoing) Read(p []byte) (int, error) {
	n, err := b.file.Read(p)
	b.read += int64(n)
	b.sent(n)
	if ended := errors.Is(err, io.EOF); b.read > b.size || ended && b.read < b.size {
		return 0, &fileError{err: fmt.Errorf("%s was changed while it was being sent: close the program that writes it and send it again", b.path)}
	} else if err != nil && !ended {
		return n, &fileError{err: fmt.Errorf("%s cannot be read to its end: %w", b.path, err)}
	}
	return n, err //nolint:wrapcheck // io.EOF must be returned as it is
}

// Close closes the file.
func (b *outgoing) Close() error {
	if err := b.file.Close(); err != nil {
		return fmt.Errorf("close %s: %w", b.path, err)
	}
	return nil
}
