package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"path/filepath"
	"strconv"

	"skillstracker/api/spec"
)

// importFile sends a file and shows the answer.
func importFile(ctx context.Context, h host, server *remote, o importOptions) error {
	size, err := sizeOfFile(o.path)
	if err != nil {
		return err
	}
	contentType, err := contentTypeOf(o.path)
	if err != nil {
		return err
	}
	s := sender{
		host: h, server: server, url: server.base + o.uploadPath(), path: o.path, size: size,
		contentType: contentType, key: o.key, shown: startTransfer(ctx, h, size),
	}
	got, err := s.send(ctx)
	if err = errors.Join(err, s.shown.close()); err != nil {
		return err
	}
	if o.json {
		if err := say(h, "%s\n", got.body); err != nil {
			return err
		}
	}
	v, err := readVerdict(server, o, got)
	if err != nil {
		return err
	}
	if !o.json {
		if err := v.show(ctx, h, server, o); err != nil {
			return err
		}
	}
	return v.rows(o)
}

// verdict is what became of a file, or for a preview what would become of it.
type verdict struct {
	id       string // of the upload; empty for a preview
	uploads  string // path where stored uploads are seen
	state    spec.UploadState
	preview  bool
	replayed bool // the file had been stored before
	received string
	detail   string // of a rejection
	counts   spec.Counts
	mapping  []spec.MappedColumn
	findings []spec.Finding
	total    int // findings, also those that are not listed
	changes  []spec.RecordChange
}

// readVerdict reads the answer to a file. Any answer that is not about its rows is
// an error in words.
func readVerdict(server *remote, o importOptions, got answer) (verdict, error) {
	var upload spec.Upload
	var detail string
	switch got.status {
	case http.StatusOK:
		var preview spec.UploadPreview
		if err := json.Unmarshal(got.body, &preview); err != nil || !preview.CheckOnly {
			return verdict{}, misunderstood(server, err)
		}
		return verdict{
			state: preview.WouldBe, preview: true, counts: preview.Counts, mapping: preview.Mapping,
			findings: preview.Findings, total: preview.Errors + preview.Warnings, changes: preview.Changes,
		}, nil
	case http.StatusCreated:
		if err := json.Unmarshal(got.body, &upload); err != nil {
			return verdict{}, misunderstood(server, err)
		}
	default:
		var problem spec.Problem
		if err := json.Unmarshal(got.body, &problem); err != nil || problem.Upload == nil {
			return verdict{}, got.problem(server, "to send "+o.kind+" of "+o.owner())
		}
		upload, detail = *problem.Upload, problem.Detail
	}
	replayed, _ := strconv.ParseBool(got.header.Get("Idempotency-Replayed")) // absent is false
	return verdict{
		id: upload.Id.String(), uploads: o.storedPath(), state: upload.State, replayed: replayed, detail: detail, counts: upload.Counts, mapping: upload.Mapping,
		received: minute(upload.ReceivedAt), findings: upload.Findings, total: upload.Errors + upload.Warnings,
	}, nil
}

func misunderstood(server *remote, err error) error {
	if err == nil {
		err = errors.New("it is not the answer to this request")
	}
	return fmt.Errorf("the answer of the server at %s was not understood: is it of the same version as this program? %w", server.base, err)
}

// rows returns an error when rows of the file were not stored, or would not be.
func (v verdict) rows(o importOptions) error {
	name := filepath.Base(o.path)
	switch {
	case v.state == spec.Applied:
		return nil
	case v.state == spec.Voided:
		return fmt.Errorf("%s was stored before and withdrawn since, and is not stored now: send it under another key", name)
	case v.preview && v.state == spec.Rejected:
		return &rowsError{message: name + " would be rejected: mend the errors and check it again"}
	case v.preview:
		return &rowsError{message: fmt.Sprintf("%s of %s would be left out", counted(leftOut(v.counts), "row"), name)}
	case v.state == spec.Rejected:
		return &rowsError{message: "nothing of " + name + " was stored: mend the errors and send it again"}
	}
	return &rowsError{message: fmt.Sprintf("%s of %s left out: mend and send again what is wrong", counted(leftOut(v.counts), "row"), name)}
}

// counted writes a number of things, such as "1 row" or "1,200 rows".
func counted(n int, thing string) string {
	if n != 1 {
		thing += "s"
	}
	return grouped(float64(n), 0) + " " + thing
}

func leftOut(c spec.Counts) int { return c.Rejected + c.Skipped + c.NotStored }
