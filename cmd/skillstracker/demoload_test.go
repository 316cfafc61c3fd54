package main

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"skillstracker/api/spec"
)

// TestForgetOtherDatabase: what was loaded into a database that is gone is sent
// again, and what the database holds is not.
func TestForgetOtherDatabase(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		status, left int
		fails        bool
	}{
		{http.StatusOK, 1, false},
		{http.StatusNotFound, 0, false},
		{http.StatusServiceUnavailable, 1, true},
	} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path != "/api/v1/uploads/5f0c" || r.Header.Get("Authorization") != "Bearer synthetic" {
				t.Errorf("asked for %s", r.URL)
			}
			w.WriteHeader(test.status)
			_, _ = w.Write([]byte(`{"title":"x","detail":"y"}`))
		}))
		d := &demonstration{client: newClient(server.URL, http.DefaultTransport), state: demoState{
			Loaded: map[string]string{"RRK/staff.csv": "5f0c"}, Complete: true, Counts: spec.Counts{RowsRead: 1, New: 1},
		}}
		err := d.forgetOtherDatabase(t.Context(), "synthetic")
		if (err != nil) != test.fails || len(d.state.Loaded) != test.left || d.state.Complete != (test.left == 1) || d.state.Counts.New != test.left {
			t.Errorf("after %d: %v, %+v", test.status, err, d.state)
		}
		server.Close()
	}
}
