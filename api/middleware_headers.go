package api

import (
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"skillstracker/api/web"
	"skillstracker/domain"
)

// strictTransport keeps browsers with https for a year (RFC 6797). Other hosts of the
// domain are not ours to speak for.
const strictTransport = "max-age=31536000"

// secureHeaders sets the headers that keep browsers from guessing, framing, running or
// storing what is answered, on every answer, before anything else is decided.
func (s *server) secureHeaders(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		op, _ := s.operation(c)
		header := c.Response().Header()
		header.Set("X-Content-Type-Options", "nosniff")
		header.Set("Content-Security-Policy", contentPolicy(op.id, s.deps.FormTargets))
		header.Set("Referrer-Policy", "no-referrer")
		header.Set("Cross-Origin-Resource-Policy", "same-origin")
		header.Set("Cross-Origin-Opener-Policy", "same-origin")
		header.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
		if s.deps.HTTPS {
			header.Set("Strict-Transport-Security", strictTransport)
		}
		// What is known of the program and not of anybody may be kept by whoever likes to;
		// nothing else may.
		if !slices.Contains([]string{"getHealth", "getVersion"}, op.id) {
			header.Set("Cache-Control", "no-store")
		}
		return next(c)
	}
}

// contentPolicy is the Content-Security-Policy of the answers of an operation. Nothing
// runs and nothing is loaded; the pages' own style is named by its hash. Pages with forms
// may send them to this service, and be led on to the origins given.
func contentPolicy(operationID string, formTargets []string) string {
	forms := "'none'"
	if slices.Contains(pagesWithForms(), operationID) {
		forms = strings.Join(append([]string{"'self'"}, formTargets...), " ")
	}
	return "default-src 'none'; style-src '" + web.StyleHash() +
		"'; base-uri 'none'; form-action " + forms + "; frame-ancestors 'none'"
}

// pagesWithForms lists the operations that answer with a page that has a form.
func pagesWithForms() []string { return []string{"getHome", "getFirstAdministrator"} }

// refuseOtherOrigins refuses writes that a page of another origin makes a browser
// send. A browser that once was given a token as password sends it by itself, so
// such a write would carry it. They count as requests without a credential do: nobody
// is asked for one here, and each is refused in writing.
func (s *server) refuseOtherOrigins() echo.MiddlewareFunc {
	protection := http.NewCrossOriginProtection()
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			err := protection.Check(c.Request())
			if err == nil {
				return next(c)
			}
			if err := s.rates.takeUnproven(addressKey(c.RealIP()), s.clock()); err != nil {
				return err
			}
			refused := domain.Forbidden(codeCrossOrigin, "A page of another origin may not send this. Send it from a program or from a page of this server.")
			refused.Cause = err
			return refused
		}
	}
}

// codeCrossOrigin is the code of the problem of a write from a page of another origin.
const codeCrossOrigin = "cross_origin"

// refuseOptions answers OPTIONS as every method that a path does not have. Echo would
// answer 204 of its own, which the contract does not know; it is of use only to pages of
// other origins, which are refused anyway.
func refuseOptions(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		_, known := c.Get(echo.ContextKeyHeaderAllow).(string)
		if c.Request().Method != http.MethodOptions || !known {
			return next(c)
		}
		return echo.ErrMethodNotAllowed
	}
}

// allowedMethods lists the methods that a path takes, from Echo's own list, which has
// OPTIONS and lacks HEAD.
func allowedMethods(c echo.Context) string {
	listed, _ := c.Get(echo.ContextKeyHeaderAllow).(string)
	var allowed []string
	for method := range strings.SplitSeq(listed, ", ") {
		switch method {
		case "", http.MethodOptions:
		case http.MethodGet:
			allowed = append(allowed, http.MethodGet, http.MethodHead)
		default:
			allowed = append(allowed, method)
		}
	}
	return strings.Join(allowed, ", ")
}
