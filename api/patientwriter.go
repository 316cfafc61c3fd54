package api

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"
)

// patientWriter sends an answer in pieces and gives up on a receiver that has stopped
// to take them: neither the end of a context nor a closed pool would end such a write.
type patientWriter struct {
	ctx     context.Context //nolint:containedctx // a writer has no other way to learn of it
	to      http.ResponseWriter
	control *http.ResponseController
	// patience is the time for one piece.
	patience time.Duration
}

func newPatientWriter(ctx context.Context, to http.ResponseWriter, patience time.Duration) *patientWriter {
	return &patientWriter{ctx: ctx, to: to, control: http.NewResponseController(to), patience: patience}
}

// Write sends a piece.
func (p *patientWriter) Write(piece []byte) (int, error) {
	if err := p.ctx.Err(); err != nil {
		return 0, fmt.Errorf("send answer: %w", err)
	}
	if err := p.extend(); err != nil {
		return 0, err
	}
	n, err := p.to.Write(piece)
	if err != nil {
		return n, fmt.Errorf("send answer: %w", err)
	}
	return n, nil
}

// extend gives the receiver time for the next piece, up to the end of the context.
func (p *patientWriter) extend() error {
	//nolint:forbidigo // deadlines of connections are of the clock of the machine
	until := time.Now().Add(p.patience)
	if end, limited := p.ctx.Deadline(); limited && end.Before(until) {
		until = end
	}
	if err := p.control.SetWriteDeadline(until); err != nil && !errors.Is(err, http.ErrNotSupported) {
		return fmt.Errorf("set deadline of answer: %w", err)
	}
	return nil
}

// flush sends what has been written, so that whoever waits sees that the answer has begun.
func (p *patientWriter) flush() error {
	if err := p.control.Flush(); err != nil {
		return fmt.Errorf("send answer: %w", err)
	}
	return nil
}
