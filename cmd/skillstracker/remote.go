package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"time"
)

// attemptPatience bounds one request, the sending of a file included. The server
// bounds it too, and sooner.
const attemptPatience = 15 * time.Minute

// remote is a server that a command asks, as one caller.
type remote struct {
	base  string // without a slash at the end
	token string
	http  *http.Client
}

// newRemote returns the server of the settings. It refuses to send a token where
// others can read it on the way.
func newRemote(s settings) (*remote, error) {
	if s.Token == "" {
		return nil, usagef("there is no token: write one that \"skillstracker token create\" printed into a file and name it with SKILLSTRACKER_TOKEN_FILE, or set SKILLSTRACKER_TOKEN")
	}
	address, err := url.Parse(s.URL)
	if err != nil {
		return nil, usagef("SKILLSTRACKER_URL is %q, which is not an address: %w", s.URL, err)
	}
	if address.Scheme == "http" && !isThisMachine(address.Hostname()) && !s.AllowPlainHTTP {
		return nil, usagef("%s is another machine and has no TLS, so that token and files could be read on the way: use its https address, or set SKILLSTRACKER_ALLOW_PLAIN_HTTP=yes if the network between is trusted", s.URL)
	}
	return &remote{base: s.URL, token: s.Token, http: &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}, nil
}

func isThisMachine(name string) bool {
	ip, err := netip.ParseAddr(name)
	return name == "localhost" || err == nil && ip.IsLoopback()
}

// redirectError is an answer that sends the caller elsewhere. It is not followed,
// because the token would go there too.
type redirectError struct{ to string }

func (e *redirectError) Error() string {
	return fmt.Sprintf("it sends callers on to %s: set SKILLSTRACKER_URL to the address where it is itself", e.to)
}

// answer is what a server said.
type answer struct {
	status int
	header http.Header
	body   []byte
}

// do sends a request as the caller and reads the answer, whatever it says.
func (r *remote) do(ctx context.Context, request *http.Request) (_ answer, err error) {
	ctx, cancel := context.WithTimeout(ctx, attemptPatience)
	defer cancel()
	request.Header.Set("Authorization", "Bearer "+r.token)
	request.Header.Set("User-Agent", "skillstracker/"+programVersion())
	response, err := r.http.Do(request.WithContext(ctx))
	if err != nil {
		return answer{}, fmt.Errorf("ask server: %w", err)
	}
	defer func() { err = errors.Join(err, response.Body.Close()) }()
	if to, err := response.Location(); err == nil && response.StatusCode < http.StatusBadRequest {
		return answer{}, &redirectError{to: (&url.URL{Scheme: to.Scheme, Host: to.Host}).String()}
	}
	body, err := io.ReadAll(io.LimitReader(response.Body, maxAnswer))
	if err != nil {
		return answer{}, fmt.Errorf("read answer: %w", err)
	}
	return answer{status: response.StatusCode, header: response.Header, body: body}, nil
}

// get asks for something at a path.
func (r *remote) get(ctx context.Context, path string) (answer, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, r.base+path, http.NoBody)
	if err != nil {
		return answer{}, fmt.Errorf("ask server: %w", err)
	}
	got, err := r.do(ctx, request)
	if err != nil {
		return answer{}, r.unreachable(err)
	}
	return got, nil
}

// notConnected says that nothing of a request has reached the server.
func notConnected(err error) bool {
	failed, ok := errors.AsType[*net.OpError](err)
	return ok && failed.Op == "dial"
}

// notTrusted says that the certificate of a server is none that this machine trusts.
// Asking again does not change that.
func notTrusted(err error) bool {
	_, failed := errors.AsType[*tls.CertificateVerificationError](err)
	return failed
}

// unreachable makes a sentence of a request without an answer.
func (r *remote) unreachable(err error) error {
	if redirect, ok := errors.AsType[*redirectError](err); ok {
		return fmt.Errorf("the server at %s was not asked, because %w", r.base, redirect)
	}
	// The address stands in the sentence already.
	if wrapped, ok := errors.AsType[*url.Error](err); ok {
		err = wrapped.Err
	}
	if notConnected(err) {
		return fmt.Errorf("no server can be reached at %s: start it with \"skillstracker serve\", or set SKILLSTRACKER_URL to where it is (%w)", r.base, err)
	}
	if notTrusted(err) {
		return fmt.Errorf("the certificate of the server at %s is not trusted here: check the address, and name the file of the authority's certificate with SSL_CERT_FILE where it is one of your own (%w)", r.base, err)
	}
	return fmt.Errorf("the connection to the server at %s failed: %w", r.base, err)
}
