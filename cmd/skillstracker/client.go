package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"time"

	"skillstracker/api/spec"
)

// maxAnswer bounds how much of an answer is read, in bytes.
const maxAnswer = 64 << 20

// client asks a server of this machine over HTTP.
type client struct {
	base string // without a slash at the end
	http *http.Client
}

func newClient(base string, transport http.RoundTripper) *client {
	return &client{base: base, http: &http.Client{Timeout: 10 * time.Minute, Transport: transport}}
}

// question is one request. Unless it says otherwise, one with content is a POST and
// one without a GET.
type question struct {
	method      string
	path        string // with its query
	token       string
	content     []byte
	contentType string
}

// problemError is an answer that says what was wrong.
type problemError struct {
	path    string
	status  int
	problem spec.Problem
}

func (e *problemError) Error() string {
	return fmt.Sprintf("%s answered %d %s: %s", e.path, e.status, e.problem.Title, e.problem.Detail)
}

// ask returns the body of a good answer. Any other answer is a *problemError.
func (c *client) ask(ctx context.Context, q question) ([]byte, error) {
	method, body := http.MethodGet, io.Reader(http.NoBody)
	if q.content != nil {
		method, body = http.MethodPost, bytes.NewReader(q.content)
	}
	if q.method != "" {
		method = q.method
	}
	request, err := http.NewRequestWithContext(ctx, method, c.base+q.path, body)
	if err != nil {
		return nil, fmt.Errorf("ask server: %w", err)
	}
	request.Header.Set("Authorization", "Bearer "+q.token)
	if q.content != nil {
		request.Header.Set("Content-Type", q.contentType)
	}
	response, err := c.http.Do(request)
	if err != nil {
		return nil, fmt.Errorf("ask server: %w", err)
	}
	defer func() { _ = response.Body.Close() }()
	answer, err := io.ReadAll(io.LimitReader(response.Body, maxAnswer))
	if err != nil {
		return nil, fmt.Errorf("read answer of %s: %w", q.path, err)
	}
	if response.StatusCode >= http.StatusMultipleChoices {
		problem := &problemError{path: q.path, status: response.StatusCode}
		if err := json.Unmarshal(answer, &problem.problem); err != nil {
			return nil, fmt.Errorf("%s answered %s without saying why: %w", q.path, response.Status, err)
		}
		return nil, problem
	}
	return answer, nil
}

// askJSON reads a good answer into a value of the contract.
func askJSON[T any](ctx context.Context, c *client, q question) (T, error) {
	var value T
	answer, err := c.ask(ctx, q)
	if err != nil {
		return value, err
	}
	if err := json.Unmarshal(answer, &value); err != nil {
		return value, fmt.Errorf("read answer of %s: %w", q.path, err)
	}
	return value, nil
}
