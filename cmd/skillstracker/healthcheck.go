package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/spf13/cobra"
)

func newHealthcheckCommand(h host) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "healthcheck",
		Short: "Ask the running server whether it takes requests",
		Long: `Asks the server at the address of SKILLSTRACKER_LISTEN whether it is ready. The
exit status is 0 when it is and 1 when it is not, or does not answer. Over HTTPS the server's own
certificate is trusted, by the file of SKILLSTRACKER_TLS_CERTIFICATE.`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			s, _, err := loadSettings(h, cmd.Flags())
			if err != nil {
				return err
			}
			base := baseURL(s.Listen, s.TLSCertificate != "")
			transport, err := ownTransport(s.TLSCertificate)
			if err != nil {
				return err
			}
			if err := askReadiness(cmd.Context(), base, transport); err != nil {
				return err
			}
			return say(h, "The server at %s is ready.\n", base)
		},
	}
	addSettings(cmd.Flags(), h, scopeService)
	return cmd
}

// askReadiness returns an error unless the server says that it is ready.
func askReadiness(ctx context.Context, base string, transport http.RoundTripper) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, base+"/readyz", http.NoBody)
	if err != nil {
		return fmt.Errorf("ask server: %w", err)
	}
	asker := &http.Client{Timeout: 5 * time.Second, Transport: transport}
	response, err := asker.Do(request)
	if err != nil {
		return fmt.Errorf("the server at %s does not answer: %w", base, err)
	}
	defer func() { _ = response.Body.Close() }()
	if _, err := io.Copy(io.Discard, io.LimitReader(response.Body, 1<<16)); err != nil {
		return fmt.Errorf("the server at %s does not answer to the end: %w", base, err)
	}
	if response.StatusCode == http.StatusBadRequest && strings.HasPrefix(base, "http://") {
		return fmt.Errorf("the server at %s answers %s, as one does that takes TLS alone: set SKILLSTRACKER_TLS_CERTIFICATE here too, as for the server", base, response.Status)
	}
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("the server at %s is not ready: it answers %s", base, response.Status)
	}
	return nil
}

// baseURL is where a program on this machine reaches a server that listens on an
// address. An address that stands for every interface becomes this machine's own.
func baseURL(listen string, encrypted bool) string {
	scheme := "http://"
	if encrypted {
		scheme = "https://"
	}
	name, port, err := net.SplitHostPort(listen)
	if err != nil {
		return scheme + listen
	}
	if ip := net.ParseIP(name); name == "" || ip != nil && ip.IsUnspecified() {
		name = "127.0.0.1"
		if ip != nil && ip.To4() == nil {
			name = "::1"
		}
	}
	return scheme + net.JoinHostPort(name, port)
}
