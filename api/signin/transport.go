package signin

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"time"
)

// The bounds of a call to a provider.
const (
	callTime    = 10 * time.Second
	answerBytes = 1 << 20
	headerBytes = 64 << 10
)

// newClient returns a client that calls the given hosts alone (with their ports, as
// addresses have them), over https but for this machine, follows no redirect and reads
// no endless answer.
func newClient(hosts []string) *http.Client {
	return &http.Client{
		Timeout: callTime,
		Transport: guard{hosts: hosts, next: &http.Transport{
			Proxy:                  http.ProxyFromEnvironment,
			DialContext:            (&net.Dialer{Timeout: callTime / 2}).DialContext,
			ForceAttemptHTTP2:      true,
			TLSHandshakeTimeout:    callTime / 2,
			ResponseHeaderTimeout:  callTime,
			MaxResponseHeaderBytes: headerBytes,
			MaxIdleConnsPerHost:    2,
			IdleConnTimeout:        time.Minute,
		}},
		CheckRedirect: func(*http.Request, []*http.Request) error {
			return errors.New("the provider answered with a redirect, which is not followed: correct the issuer")
		},
	}
}

// guard refuses calls to anybody but the provider.
type guard struct {
	hosts []string
	next  http.RoundTripper
}

// RoundTrip calls the provider.
func (g guard) RoundTrip(request *http.Request) (*http.Response, error) {
	if err := g.allows(request.URL.Scheme, request.URL.Host, request.URL.Hostname()); err != nil {
		return nil, err
	}
	answer, err := g.next.RoundTrip(request)
	if err != nil {
		return nil, err //nolint:wrapcheck // a round tripper passes on what it is told
	}
	answer.Body = &boundedBody{ReadCloser: answer.Body, left: answerBytes}
	return answer, nil
}

func (g guard) allows(scheme, host, hostname string) error {
	if !slices.Contains(g.hosts, host) {
		return fmt.Errorf("the host %q is not the issuer's: name it in hosts if it is the provider's too", host)
	}
	if scheme != "https" && !loopback(hostname) {
		return fmt.Errorf("an address of the provider at %q is not https", host)
	}
	return nil
}

// boundedBody is a body that is an error when it is longer than it may be.
type boundedBody struct {
	io.ReadCloser
	left int
}

// Read reads the next bytes.
func (b *boundedBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if b.left -= n; b.left < 0 {
		return 0, fmt.Errorf("the provider's answer is longer than %d bytes", answerBytes)
	}
	return n, err //nolint:wrapcheck // io.EOF must stay itself
}
