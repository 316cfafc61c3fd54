package apitest

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"testing"
)

func decode(body []byte, into any) error { return json.Unmarshal(body, into) }

// Transport checks every answer that comes through next against the contract.
func (c *Contract) Transport(tb testing.TB, next http.RoundTripper) http.RoundTripper {
	tb.Helper()
	return transport{contract: c, tb: tb, next: next}
}

type transport struct {
	contract *Contract
	tb       testing.TB
	next     http.RoundTripper
}

// RoundTrip sends the request and checks the answer.
func (c transport) RoundTrip(request *http.Request) (*http.Response, error) {
	answer, err := c.next.RoundTrip(request)
	if err == nil {
		c.contract.Check(c.tb, request, answer)
	}
	return answer, err
}

// Serve has a handler answer a request without a network and checks the answer.
func (c *Contract) Serve(tb testing.TB, handler http.Handler, request *http.Request) *http.Response {
	tb.Helper()
	recorder := httptest.NewRecorder()
	handler.ServeHTTP(recorder, request)
	answer := recorder.Result()
	c.Check(tb, request, answer)
	return answer
}
