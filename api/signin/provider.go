package signin

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"skillstracker/domain"
)

// How long what a provider says of itself is believed, and how long it is left alone
// after it did not answer.
const (
	metadataLife = time.Hour
	retryPause   = 5 * time.Second
)

// signingAlgorithms are those that tokens may be signed by. None is symmetric: whoever
// can check a token of those can also forge one.
func signingAlgorithms() []string {
	return []string{oidc.RS256, oidc.RS384, oidc.RS512, oidc.PS256, oidc.PS384, oidc.PS512, oidc.ES256, oidc.ES384, oidc.ES512}
}

// provider is an identity provider, whose metadata is asked for when it is needed first:
// the service starts and serves while it does not answer.
type provider struct {
	Settings
	redirectURL string
	client      *http.Client
	clock       func() time.Time

	mutex    sync.Mutex
	found    *metadata
	foundAt  time.Time
	failed   error
	failedAt time.Time
	asking   chan struct{} // closed when the answer is there; nil while nobody asks
}

// metadata is what the provider says of itself.
type metadata struct {
	oauth oauth2.Config
	keys  oidc.KeySet
	// namesItself says that the way back from it carries its issuer (RFC 9207).
	namesItself bool
}

func newProvider(settings Settings, publicURL string, clock func() time.Time) *provider {
	hosts := slices.Clone(settings.Hosts)
	if issuer, err := url.Parse(settings.Issuer); err == nil {
		hosts = append(hosts, issuer.Host)
	}
	return &provider{Settings: settings, redirectURL: publicURL + callbackPath, client: newClient(hosts), clock: clock}
}

// connect returns the provider's metadata, asking for it when there is none that is
// fresh. One caller asks; meanwhile, and when the provider does not answer, what it said
// before goes on to count, and where there is nothing the others wait as long as their
// context lasts.
func (p *provider) connect(ctx context.Context) (*metadata, error) {
	known, answer, err := p.known(ctx)
	if known != nil || err != nil {
		return known, err
	}
	select {
	case <-answer:
	case <-ctx.Done():
		return nil, fmt.Errorf("wait for provider %s: %w", p.Name, ctx.Err())
	}
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if p.found == nil {
		return nil, p.unavailable(p.failed)
	}
	return p.found, nil
}

// known returns the metadata that can be had at once, or else what to wait for, or an
// unavailable error while the provider is left alone.
func (p *provider) known(ctx context.Context) (*metadata, <-chan struct{}, error) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	now := p.clock()
	fresh := p.found != nil && now.Sub(p.foundAt) < metadataLife
	resting := p.failed != nil && now.Sub(p.failedAt) < retryPause
	switch {
	case fresh, p.found != nil && (resting || p.asking != nil):
		return p.found, nil, nil
	case p.asking != nil:
	case resting:
		return nil, nil, p.unavailable(p.failed)
	default:
		p.asking = make(chan struct{})
		// Whoever asks next needs it too, so that one who gives up does not end it.
		go p.ask(context.WithoutCancel(ctx))
	}
	return nil, p.asking, nil
}

// ask asks the provider for its metadata and tells those who wait for it. The time of a
// failure is that of its end: a provider that hangs takes longer than the pause.
func (p *provider) ask(ctx context.Context) {
	found, err := p.discover(ctx)
	p.mutex.Lock()
	defer p.mutex.Unlock()
	now := p.clock()
	p.failed, p.failedAt = err, now
	if err == nil {
		p.found, p.foundAt = found, now
	}
	close(p.asking)
	p.asking = nil
}

func (p *provider) unavailable(cause error) error {
	return domain.Unavailable("identity_provider_unavailable",
		fmt.Sprintf("The identity provider %s does not answer as it should. Try again in a moment; tokens go on to work.", p.Title),
		int(retryPause/time.Second), cause)
}

func (p *provider) discover(ctx context.Context) (*metadata, error) {
	ctx = oidc.ClientContext(ctx, p.client)
	found, err := oidc.NewProvider(ctx, p.Issuer)
	if err != nil {
		return nil, fmt.Errorf("discover provider %s: %w", p.Name, err)
	}
	var more struct {
		JWKSURL     string   `json:"jwks_uri"`
		AuthMethods []string `json:"token_endpoint_auth_methods_supported"`
		NamesItself bool     `json:"authorization_response_iss_parameter_supported"`
	}
	if err := found.Claims(&more); err != nil {
		return nil, fmt.Errorf("read metadata of provider %s: %w", p.Name, err)
	}
	endpoint := found.Endpoint()
	if endpoint.AuthStyle, err = authStyle(more.AuthMethods); err != nil {
		return nil, fmt.Errorf("read metadata of provider %s: %w", p.Name, err)
	}
	for _, address := range []string{endpoint.AuthURL, endpoint.TokenURL, more.JWKSURL} {
		if err := p.requireOwn(address); err != nil {
			return nil, fmt.Errorf("read metadata of provider %s: %w", p.Name, err)
		}
	}
	return &metadata{
		oauth: oauth2.Config{
			ClientID: p.ClientID, ClientSecret: p.secret, Endpoint: endpoint, RedirectURL: p.redirectURL, Scopes: p.Scopes,
		},
		keys:        oidc.NewRemoteKeySet(ctx, more.JWKSURL),
		namesItself: more.NamesItself,
	}, nil
}

// requireOwn refuses an address of somebody else than the provider, also one that a
// browser would be sent to.
func (p *provider) requireOwn(text string) error {
	address, err := url.Parse(text)
	if err != nil {
		return fmt.Errorf("read address: %w", err)
	}
	guarding, ours := p.client.Transport.(guard)
	if !ours {
		return errors.New("the client is not a guarded one")
	}
	return guarding.allows(address.Scheme, address.Host, address.Hostname())
}

// authStyle chooses how this service proves itself. The library's own trying of one after
// the other would show a code twice.
func authStyle(methods []string) (oauth2.AuthStyle, error) {
	switch {
	case len(methods) == 0 || slices.Contains(methods, "client_secret_basic"):
		return oauth2.AuthStyleInHeader, nil
	case slices.Contains(methods, "client_secret_post"):
		return oauth2.AuthStyleInParams, nil
	}
	return 0, errors.New("it takes no client secret, neither by client_secret_basic nor by client_secret_post")
}
