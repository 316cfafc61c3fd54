package api

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"skillstracker/api/web"
	"skillstracker/domain"
)

// secureHeaders sets the headers that keep browsers from guessing, framing,
// running or storing what is answered. The page's own style is named by its hash.
func secureHeaders() echo.MiddlewareFunc {
	policy := "default-src 'none'; style-src '" + web.StyleHash() +
		"'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			header := c.Response().Header()
			header.Set("X-Content-Type-Options", "nosniff")
			header.Set("Content-Security-Policy", policy)
			header.Set("Referrer-Policy", "no-referrer")
			header.Set("Cross-Origin-Resource-Policy", "same-origin")
			if path := c.Request().URL.Path; path == "/" || strings.HasPrefix(path, "/api/") {
				header.Set("Cache-Control", "no-store")
			}
			return next(c)
		}
	}
}

// refuseOtherOrigins refuses writes that a page of another origin makes a browser
// send. A browser that once was given a token as password sends it by itself, so
// such a write would carry it.
func refuseOtherOrigins() echo.MiddlewareFunc {
	protection := http.NewCrossOriginProtection()
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			if err := protection.Check(c.Request()); err != nil {
				refused := domain.Forbidden("cross_origin", "A page of another origin may not send this. Send it from a program or from a page of this server.")
				refused.Cause = err
				return refused
			}
			return next(c)
		}
	}
}
