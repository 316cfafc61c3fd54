package apitest_test

import (
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"skillstracker/domain"
)

// A client that is cut off at any byte of its body leaves nothing: no row, no upload,
// no temporary file.
func TestClientCutOffAnywhereLeavesNothing(t *testing.T) {
	t.Parallel()
	const cuts = 200
	s, hr := loaded(t)
	ended := make(chan struct{}, 1)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, request *http.Request) {
		defer func() { ended <- struct{}{} }()
		s.handler.ServeHTTP(w, request)
	}))
	defer server.Close()
	form, formType := formOf(t, "staff.csv", staffCSV(40))
	bodies := []struct {
		kind, contentType string
		body              []byte
	}{
		{"staff", csvType, staffCSV(40)},
		{"staff", formType, form},
		{"assessments", xlsxType, assessmentsXLSX(t, 40)},
		{"staff", "application/json", []byte(`{"rows":[` + strings.Repeat(`{"employee_number":"S1","staff_group":"03","fte":1},`, 40) + `{}]}`)},
	}
	tables := append(factTables(), "upload", "upload_finding", "upload_file_part", "idempotency_key")
	before := s.rows(t, tables...)
	const seed = 20261122
	random := rand.New(rand.NewPCG(seed, 1))
	for i := range cuts {
		sent := bodies[i%len(bodies)]
		at := random.IntN(len(sent.body))
		// Half of the clients say how long the body is, the others send it in chunks.
		length, piece := fmt.Sprintf("Content-Length: %d", len(sent.body)), string(sent.body[:at])
		if i/len(bodies)%2 == 1 {
			length = "Transfer-Encoding: chunked"
			piece = fmt.Sprintf("%x\r\n%s", len(sent.body), piece)
		}
		connection, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", server.Listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		_, err = fmt.Fprintf(connection, "POST %s HTTP/1.1\r\nHost: test\r\nAuthorization: Bearer %s\r\nIdempotency-Key: cut-%d\r\nContent-Type: %s\r\n%s\r\n\r\n%s",
			uploadsOf(sent.kind), hr, i, sent.contentType, length, piece)
		if err != nil {
			t.Fatal(err)
		}
		if err := connection.Close(); err != nil {
			t.Fatal(err)
		}
		<-ended
	}
	if diff := cmp.Diff(before, s.rows(t, tables...)); diff != "" {
		t.Errorf("seed %d: something was stored: %s", seed, diff)
	}
	filesOf(t, s.temp)
	straysOf(t)
	if strings.Contains(s.log.String(), `"level":"ERROR"`) {
		t.Errorf("a client that hung up raised an alarm: %.2000s", s.log.String())
	}
	// The same requests whole are taken, keys and all.
	upload := s.send(t, hr, http.MethodPost, uploadsOf("staff"), bodies[0].body, "Content-Type", csvType, "Idempotency-Key", "cut-0")
	s.want(t, http.StatusCreated, upload)
	s.want(t, http.StatusOK, s.get(t, s.token(t, domain.RoleManager, domain.ScopeOrganisation, "RXA"), "/api/v1/reference-lists"))
}
