package apitest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
)

// The client that an IdentityProvider knows.
const (
	ClientID     = "skills-tracker"
	ClientSecret = "made up for tests"
)

// IdentityProvider is an OpenID Connect provider for tests: it asks nobody anything and
// says of everybody what Claims holds. It keeps to the standard, but for what a test
// changes.
type IdentityProvider struct {
	// URL is the issuer.
	URL string
	// Key signs tokens, by ES256.
	Key *ecdsa.PrivateKey
	// Claims are said in id tokens beside those of the protocol.
	Claims map[string]any
	// Metadata is said in the discovery document beside, or in place of, what is true.
	Metadata map[string]any
	// Mint, unless it is nil, makes the id token instead of Sign.
	Mint func(claims map[string]any) string
	// Answer, unless it is nil, may answer a request in place of the provider; it says
	// whether it did.
	Answer func(w http.ResponseWriter, request *http.Request) bool

	tb    testing.TB
	clock func() time.Time
	mutex sync.Mutex
	codes map[string]url.Values
	calls map[string]int
}

// NewIdentityProvider starts a provider that ends with the test.
func NewIdentityProvider(tb testing.TB, clock func() time.Time) *IdentityProvider {
	tb.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		tb.Fatal(err)
	}
	p := &IdentityProvider{
		Key: key, Claims: map[string]any{"sub": "made-up-person", "acr": "aal2"}, Metadata: map[string]any{},
		tb: tb, clock: clock, codes: make(map[string]url.Values), calls: make(map[string]int),
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /.well-known/openid-configuration", p.discover)
	mux.HandleFunc("GET /jwks", p.keys)
	mux.HandleFunc("GET /authorize", p.authorize)
	mux.HandleFunc("POST /token", p.exchange)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, request *http.Request) {
		p.mutex.Lock()
		defer p.mutex.Unlock()
		p.calls[request.URL.Path]++
		if p.Answer == nil || !p.Answer(w, request) {
			mux.ServeHTTP(w, request)
		}
	}))
	tb.Cleanup(server.Close)
	p.URL = server.URL
	return p
}

// Calls counts the requests for a path.
func (p *IdentityProvider) Calls(path string) int {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	return p.calls[path]
}

// Visit opens an address of the provider as a browser does, and returns where it sends
// the browser back to.
func (p *IdentityProvider) Visit(address string) *url.URL {
	p.tb.Helper()
	request, err := http.NewRequestWithContext(p.tb.Context(), http.MethodGet, address, http.NoBody)
	if err != nil {
		p.tb.Fatal(err)
	}
	answer, err := http.DefaultTransport.RoundTrip(request)
	if err != nil {
		p.tb.Fatal(err)
	}
	if err := answer.Body.Close(); err != nil {
		p.tb.Fatal(err)
	}
	back, err := answer.Location()
	if err != nil {
		p.tb.Fatalf("%s answers %s: %v", address, answer.Status, err)
	}
	return back
}

// Sign returns claims as a token that the provider signed.
func (p *IdentityProvider) Sign(claims map[string]any) string { return p.SignAs("JWT", claims) }

// SignAs is Sign with a type in the header.
func (p *IdentityProvider) SignAs(kind string, claims map[string]any) string {
	return SignWith(p.tb, jose.ES256, p.Key, kind, claims)
}

// SignWith returns claims as a token signed by any algorithm and key.
func SignWith(tb testing.TB, algorithm jose.SignatureAlgorithm, key any, kind string, claims map[string]any) string {
	tb.Helper()
	options := (&jose.SignerOptions{}).WithHeader("kid", "one")
	if kind != "" {
		options = options.WithType(jose.ContentType(kind))
	}
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: algorithm, Key: key}, options)
	if err != nil {
		tb.Fatal(err)
	}
	content, err := json.Marshal(claims)
	if err != nil {
		tb.Fatal(err)
	}
	signed, err := signer.Sign(content)
	if err != nil {
		tb.Fatal(err)
	}
	token, err := signed.CompactSerialize()
	if err != nil {
		tb.Fatal(err)
	}
	return token
}

// LogoutClaims are those of a good logout token for a person.
func (p *IdentityProvider) LogoutClaims() map[string]any {
	return map[string]any{
		"iss": p.URL, "aud": ClientID, "sub": p.Claims["sub"], "iat": p.clock().Unix(), "exp": p.clock().Add(2 * time.Minute).Unix(),
		"jti": rand.Text(), "events": map[string]any{"http://schemas.openid.net/event/backchannel-logout": map[string]any{}},
	}
}

func (p *IdentityProvider) discover(w http.ResponseWriter, _ *http.Request) {
	document := map[string]any{
		"issuer": p.URL, "authorization_endpoint": p.URL + "/authorize", "token_endpoint": p.URL + "/token", "jwks_uri": p.URL + "/jwks",
		"response_types_supported": []string{"code"}, "subject_types_supported": []string{"public"},
		"id_token_signing_alg_values_supported": []string{"ES256", "HS256", "none"}, "authorization_response_iss_parameter_supported": true,
	}
	for name, value := range p.Metadata {
		document[name] = value
	}
	p.write(w, http.StatusOK, document)
}

func (p *IdentityProvider) keys(w http.ResponseWriter, _ *http.Request) {
	p.write(w, http.StatusOK, jose.JSONWebKeySet{Keys: []jose.JSONWebKey{{Key: p.Key.Public(), KeyID: "one", Algorithm: "ES256", Use: "sig"}}})
}

func (p *IdentityProvider) authorize(w http.ResponseWriter, request *http.Request) {
	asked := request.URL.Query()
	back, err := url.Parse(asked.Get("redirect_uri"))
	if err != nil || asked.Get("client_id") != ClientID || asked.Get("code_challenge_method") != "S256" || asked.Get("response_type") != "code" {
		http.Error(w, "this is no request of the client", http.StatusBadRequest)
		return
	}
	code := rand.Text()
	p.codes[code] = asked
	back.RawQuery = url.Values{"code": {code}, "state": {asked.Get("state")}, "iss": {p.URL}, "session_state": {"made up"}, "client_info": {"made up"}}.Encode()
	w.Header().Set("Location", back.String())
	w.WriteHeader(http.StatusFound)
}

func (p *IdentityProvider) exchange(w http.ResponseWriter, request *http.Request) {
	id, secret, _ := request.BasicAuth()
	if plain, err := url.QueryUnescape(secret); err != nil || id != ClientID || plain != ClientSecret {
		p.write(w, http.StatusUnauthorized, map[string]any{"error": "invalid_client"})
		return
	}
	asked, known := p.codes[request.PostFormValue("code")]
	delete(p.codes, request.PostFormValue("code"))
	challenge := sha256.Sum256([]byte(request.PostFormValue("code_verifier")))
	if !known || asked.Get("redirect_uri") != request.PostFormValue("redirect_uri") ||
		asked.Get("code_challenge") != base64.RawURLEncoding.EncodeToString(challenge[:]) {
		p.write(w, http.StatusBadRequest, map[string]any{"error": "invalid_grant"})
		return
	}
	claims := map[string]any{
		"iss": p.URL, "aud": ClientID, "iat": p.clock().Unix(), "exp": p.clock().Add(5 * time.Minute).Unix(), "nonce": asked.Get("nonce"),
	}
	for name, value := range p.Claims {
		claims[name] = value
	}
	mint := p.Sign
	if p.Mint != nil {
		mint = p.Mint
	}
	p.write(w, http.StatusOK, map[string]any{"access_token": "made up", "token_type": "Bearer", "id_token": mint(claims)})
}

func (p *IdentityProvider) write(w http.ResponseWriter, status int, document any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	if err := json.NewEncoder(w).Encode(document); err != nil {
		p.tb.Errorf("identity provider: %v", err)
	}
}
