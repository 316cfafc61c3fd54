package main

import (
	"context"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"skillstracker/api/spec"
)

// cut ends the connection without an answer.
func cut(w http.ResponseWriter, _ *http.Request) {
	if connection, _, err := http.NewResponseController(w).Hijack(); err == nil {
		_ = connection.Close()
	}
}

func busy(status int, seconds string) http.HandlerFunc {
	return answerWith(status, spec.Problem{Title: "Busy", Detail: "Another write of this organisation is under way."}, "Retry-After", seconds)
}

// TestImportSendsAgain: under one key, at the pace that the server asks for.
func TestImportSendsAgain(t *testing.T) {
	t.Parallel()
	stored := answerWith(http.StatusCreated, storedUpload(spec.Applied, spec.Counts{RowsRead: 1, New: 1}))
	for _, test := range []struct {
		name    string
		answers []http.HandlerFunc
		pauses  []time.Duration
		status  int
		words   []string
	}{
		{
			"broken and busy",
			[]http.HandlerFunc{cut, busy(409, "5"), cut, busy(503, "7"), stored},
			[]time.Duration{time.Second, 5 * time.Second, 4 * time.Second, 7 * time.Second},
			exitDone,
			[]string{"1 rows read = 1 new", "stderr:The connection broke; sending again in 1s, attempt 2 of 5.", "stderr:The server answered 409 Conflict; sending again in 5s, attempt 3 of 5."},
		},
		{
			"broken for good",
			[]http.HandlerFunc{cut},
			[]time.Duration{time.Second, 2 * time.Second, 4 * time.Second, 8 * time.Second},
			exitFailed,
			[]string{"stderr:the connection to the server at http://127.0.0.1"},
		},
		{"busy for long", []http.HandlerFunc{busy(503, "600")}, nil, exitFailed, []string{"stderr:Another write of this organisation is under way."}},
		{"a conflict that waiting does not mend", []http.HandlerFunc{answerWith(409, spec.Problem{Title: "Conflict", Detail: "No."})}, nil, exitFailed, []string{"stderr:the server answered 409, conflict: No."}},
		{"a fault of the server", []http.HandlerFunc{answerWith(500, spec.Problem{Title: "Fault", RequestId: "r-1"})}, nil, exitFailed, []string{"stderr:(request r-1)"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			server := newFakeServer(t, test.answers...)
			c := new(clientRun).run(t, server.URL, "import", newFile(t, "a.csv", "synthetic"), "--kind", "staff", "--organisation", "RRK")
			c.want(t, test.status, test.words...)
			if !slices.Equal(c.pauses, test.pauses) || len(server.requests()) != len(test.pauses)+1 {
				t.Errorf("%d attempts with the pauses %v", len(server.requests()), c.pauses)
			}
			for i, asked := range server.requests() {
				if key := asked.Header.Get("Idempotency-Key"); len(key) < 20 || key != server.requests()[0].Header.Get("Idempotency-Key") || server.contents()[i] != "synthetic" {
					t.Errorf("attempt %d has the key %q and the body %q", i+1, key, server.contents()[i])
				}
			}
		})
	}
}

// TestImportRunsHaveKeysOfTheirOwn: a file that was rejected is judged anew.
func TestImportRunsHaveKeysOfTheirOwn(t *testing.T) {
	t.Parallel()
	server := newFakeServer(t, answerWith(http.StatusCreated, storedUpload(spec.Applied, spec.Counts{})))
	path := newFile(t, "a.csv", "x")
	for range 2 {
		new(clientRun).run(t, server.URL, "import", path, "--kind", "staff", "--organisation", "RRK").want(t, exitDone)
	}
	if server.requests()[0].Header.Get("Idempotency-Key") == server.requests()[1].Header.Get("Idempotency-Key") {
		t.Error("two runs have one key")
	}
}

func TestImportWithoutServer(t *testing.T) {
	t.Parallel()
	var config net.ListenConfig
	listener, err := config.Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	url := "http://" + listener.Addr().String()
	if err := listener.Close(); err != nil {
		t.Fatal(err)
	}
	c := new(clientRun).run(t, url, "import", newFile(t, "a.csv", "x"), "--kind", "staff", "--organisation", "RRK")
	c.want(t, exitFailed, `stderr:no server can be reached at `+url+`: start it with "skillstracker serve", or set SKILLSTRACKER_URL to where it is`)
	if len(c.pauses) > 0 {
		t.Error("a server that was never there is waited for")
	}
}

func TestImportStopsWhenToldTo(t *testing.T) {
	t.Parallel()
	ctx, stop := context.WithCancel(t.Context())
	server := newFakeServer(t, func(_ http.ResponseWriter, r *http.Request) {
		stop()
		<-r.Context().Done()
	})
	s := sender{
		host: host{wait: wait}, server: &remote{base: server.URL, http: server.Client()}, url: server.URL, path: newFile(t, "a.csv", "x"), size: 1,
		shown: startTransfer(ctx, host{stderr: &strings.Builder{}, wait: wait}, 1),
	}
	if _, err := s.send(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("it ends with %v", err)
	}
	if err := s.shown.close(); err != nil {
		t.Error(err)
	}
	if len(server.requests()) > 1 {
		t.Error("it is sent again")
	}
}

// TestImportTellsHowFarItIs: a line at each tick of the clock.
func TestImportTellsHowFarItIs(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	told := 0
	h := host{stderr: &out, wait: func(ctx context.Context, _ time.Duration) error {
		if told++; told <= 2 {
			return nil
		}
		<-ctx.Done()
		return ctx.Err()
	}}
	shown := &transfer{to: &out, total: 3 << 20, wait: h.wait}
	shown.sent(1 << 20)
	shown.tell()
	shown.sent(2 << 20)
	shown.tell()
	if want := "   1.0 MiB of 3.0 MiB sent\n   3.0 MiB sent; the server is checking the file\n"; out.String() != want {
		t.Errorf("told %q", out.String())
	}
	out.Reset()
	begun := startTransfer(t.Context(), h, 0)
	if err := begun.close(); err != nil {
		t.Error(err)
	}
}

// TestImportOfAFileThatChanges: half an old and half a new file is never sent as one.
func TestImportOfAFileThatChanges(t *testing.T) {
	t.Parallel()
	for name, size := range map[string]int64{"longer": 4, "shorter": 40} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			file, err := os.Open(newFile(t, "a.csv", "synthetic"))
			if err != nil {
				t.Fatal(err)
			}
			body := &outgoing{file: file, path: "a.csv", size: size, sent: func(int) {}}
			read := make([]byte, 100)
			for err == nil {
				_, err = body.Read(read)
			}
			if failed, ok := errors.AsType[*fileError](err); !ok || !strings.Contains(failed.Error(), "a.csv was changed while it was being sent") {
				t.Errorf("the error is %v", err)
			}
			if err := body.Close(); err != nil {
				t.Error(err)
			}
		})
	}
}

// A certificate that is not trusted is not tried again, and an encrypted server that is
// asked in plain is told apart from one that is not ready.
func TestServersOfTheirOwnCertificate(t *testing.T) {
	t.Parallel()
	server := httptest.NewUnstartedServer(http.NotFoundHandler())
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	t.Cleanup(server.Close)
	c := new(clientRun).run(t, server.URL, "import", newFile(t, "a.csv", "synthetic"), "--kind", "staff", "--organisation", "RRK")
	c.want(t, exitFailed, "stderr:is not trusted here", "stderr:SSL_CERT_FILE")
	if len(c.pauses) > 0 {
		t.Errorf("asked again after %v", c.pauses)
	}
	err := askReadiness(t.Context(), strings.Replace(server.URL, "https", "http", 1), http.DefaultTransport)
	if err == nil || !strings.Contains(err.Error(), "SKILLSTRACKER_TLS_CERTIFICATE") {
		t.Errorf("asked in plain: %v", err)
	}
}
