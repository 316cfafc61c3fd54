package api_test

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"skillstracker/api"
	"skillstracker/domain"
)

func TestCompressedBodyIsRefused(t *testing.T) {
	t.Parallel()
	s := newService(t)
	s.ask(domain.RoleHR, http.MethodPost, staffPath, strings.NewReader(staffCSV), "Content-Encoding", "gzip").
		problem(http.StatusUnsupportedMediaType, "content_encoding_unsupported")
}

// longBody is a body of a given length that costs no memory.
func longBody(length int64) io.Reader {
	return io.MultiReader(strings.NewReader(organisationsCSV), io.LimitReader(repeated(bytes.Repeat([]byte(strings.Repeat(" ", 63)+"\n"), 1000)), length-int64(len(organisationsCSV))))
}

type repeated []byte

func (r repeated) Read(p []byte) (int, error) { return copy(p, r), nil }

// A body of 40 MB is answered with a problem document that a client really
// receives, whether or not it said before how long the body is, and so is one that
// is refused for another reason before it was read.
func TestBodyTooLarge(t *testing.T) {
	t.Parallel()
	const length = 40_000_000
	s := newService(t)
	server := httptest.NewServer(s.handler)
	defer server.Close()
	client := &http.Client{Transport: s.contract.Transport(t, http.DefaultTransport)}
	for name, test := range map[string]struct {
		role   domain.Role
		target string
		length int64
		status int
		says   string
	}{
		"declared":   {domain.RoleHR, staffPath, length, 413, "32 MiB"},
		"undeclared": {domain.RoleHR, staffPath, -1, 413, "32 MiB"},
		"import":     {domain.RoleAdmin, "/api/v1/organisations/imports?as_of=2026-10-31", -1, 413, "32 MiB"},
		"wrong role": {domain.RoleManager, staffPath, -1, 403, "role hr"},
		"not theirs": {domain.RoleHR, strings.Replace(staffPath, "RRK", "RA7", 1), -1, 404, "in your scope"},
	} {
		sent := int64(length)
		if test.status != http.StatusRequestEntityTooLarge {
			sent = 4_000_000
		}
		request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server.URL+test.target, longBody(sent))
		if err != nil {
			t.Fatal(err)
		}
		request.ContentLength = test.length
		request.Header.Set("Content-Type", "text/csv")
		request.Header.Set("Authorization", "Bearer "+s.tokens[test.role])
		got, err := client.Do(request)
		if err != nil {
			t.Errorf("%s: no answer: %v", name, err)
			continue
		}
		body, err := io.ReadAll(got.Body)
		if err != nil || got.StatusCode != test.status || !strings.Contains(string(body), test.says) {
			t.Errorf("%s: got %d %s (%v)", name, got.StatusCode, body, err)
		}
		if err := got.Body.Close(); err != nil {
			t.Error(err)
		}
	}
	if len(s.uploads.files) > 0 {
		t.Error("a file above the limit reached the store")
	}
}

// A client that looks for the answer only when everything is sent finds it, though
// the request was refused at its first line.
func TestAnswerReachesAClientThatSendsFirst(t *testing.T) {
	t.Parallel()
	const length = 20_000_000
	s := newService(t)
	server := httptest.NewServer(s.handler)
	defer server.Close()
	connection, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := connection.Close(); err != nil {
			t.Error(err)
		}
	}()
	head := fmt.Sprintf("POST %s HTTP/1.1\r\nHost: test\r\nContent-Type: text/csv\r\nContent-Length: %d\r\n\r\n", staffPath, length)
	if _, err := io.Copy(connection, io.MultiReader(strings.NewReader(head), longBody(length))); err != nil {
		t.Fatalf("the connection ended while the file was sent: %v", err)
	}
	got, err := http.ReadResponse(bufio.NewReader(connection), nil)
	if err != nil {
		t.Fatalf("no answer: %v", err)
	}
	if err := got.Body.Close(); err != nil || got.StatusCode != http.StatusUnauthorized {
		t.Errorf("got %d (%v)", got.StatusCode, err)
	}
}

// The limit of a file counts its bytes, not those of the form around it.
func TestLimitOfAFileIsExact(t *testing.T) {
	t.Parallel()
	s := newService(t, func(deps *api.Deps) {
		deps.Limits = api.DefaultLimits()
		deps.Limits.File.MaxBytes = int64(len(staffCSV))
	})
	body, kind := form(t, "file", staffCSV)
	s.ask(domain.RoleHR, http.MethodPost, staffPath, body, "Content-Type", kind).ok(http.StatusCreated)
	body, kind = form(t, "file", staffCSV+"\n")
	s.ask(domain.RoleHR, http.MethodPost, staffPath, body, "Content-Type", kind).problem(http.StatusRequestEntityTooLarge, "body_too_large")
	s.ask(domain.RoleHR, http.MethodPost, staffPath, strings.NewReader(staffCSV+"\n")).problem(http.StatusRequestEntityTooLarge, "body_too_large")
}

// brokenBody ends before it should, as when the client hangs up.
type brokenBody struct {
	io.Reader
	err error
}

func (b *brokenBody) Read(p []byte) (int, error) {
	n, err := b.Reader.Read(p)
	if errors.Is(err, io.EOF) {
		return n, b.err
	}
	return n, err
}

func TestClientHangsUpWhileSending(t *testing.T) {
	t.Parallel()
	s := newService(t)
	body := &brokenBody{strings.NewReader(staffCSV), io.ErrUnexpectedEOF}
	s.ask(domain.RoleHR, http.MethodPost, staffPath, body).problem(http.StatusBadRequest, "body_incomplete")
	if len(s.uploads.files) > 0 {
		t.Error("half a file reached the store")
	}
	if strings.Contains(s.logs.String(), `"level":"ERROR"`) {
		t.Errorf("logged as an alarm: %s", s.logs)
	}
}

// A sender who stalls is cut off and told why.
func TestSenderWhoStallsIsCutOff(t *testing.T) {
	t.Parallel()
	s := newService(t, func(deps *api.Deps) {
		deps.Limits = api.DefaultLimits()
		deps.Limits.UploadTime = 100 * time.Millisecond
	})
	server := httptest.NewServer(s.handler)
	defer server.Close()
	reader, writer := io.Pipe()
	defer func() {
		if err := writer.Close(); err != nil {
			t.Error(err)
		}
	}()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server.URL+staffPath, reader)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+s.tokens[domain.RoleHR])
	client := &http.Client{Transport: s.contract.Transport(t, http.DefaultTransport)}
	got, err := client.Do(request)
	if err != nil {
		t.Fatalf("no answer: %v", err)
	}
	body, err := io.ReadAll(got.Body)
	if err != nil || got.StatusCode != http.StatusRequestTimeout || !strings.Contains(string(body), "body_too_slow") {
		t.Errorf("got %d %s (%v)", got.StatusCode, body, err)
	}
	if err := got.Body.Close(); err != nil {
		t.Error(err)
	}
	if len(s.uploads.files) > 0 {
		t.Error("half a file reached the store")
	}
}

// A sender who is slow keeps nobody waiting in the register: nothing is asked of
// it before the whole file is there.
func TestNothingIsAskedBeforeTheFileIsWhole(t *testing.T) {
	t.Parallel()
	s := newService(t)
	s.registry.lists = func() (domain.Lists, error) {
		t.Error("the register was asked before the file was whole")
		return sampleLists(), nil
	}
	body := &brokenBody{strings.NewReader(staffCSV[:40]), io.ErrUnexpectedEOF}
	s.ask(domain.RoleHR, http.MethodPost, staffPath, body, "Content-Type", "text/csv").problem(http.StatusBadRequest, "body_incomplete")
	s.registry.lists = nil
	s.ask(domain.RoleHR, http.MethodPost, staffPath, strings.NewReader(staffCSV), "Content-Type", "text/csv").ok(http.StatusCreated)
}
