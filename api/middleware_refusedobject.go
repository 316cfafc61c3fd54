package api

import (
	"regexp"
	"strings"

	"github.com/labstack/echo/v4"

	"skillstracker/domain"
)

// maxAttempted bounds the codes of organisations that are noted of one attempt.
const maxAttempted = 5

// The shapes of ids that the service makes: of uploads, users and tokens.
var (
	uploadIDShape = regexp.MustCompile(`^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)
	userIDShape   = regexp.MustCompile(`^u_[0-9A-Za-z]{16}$`)
	tokenIDShape  = regexp.MustCompile(`^[0-9A-Za-z]{10}$`)
)

// attempted says what a request that was refused was at: the organisations, and the
// upload, token or user, that its path or query names. Whatever is not of the shape that
// such a name has is left out, so that no other text of a caller gets into the trail.
func attempted(c echo.Context, operationID, code string) domain.Refusal {
	refusal := domain.Refusal{Operation: operationID, Code: code}
	for _, name := range []string{"organisation", "icb", "region"} {
		for _, given := range append([]string{c.Param(name)}, c.QueryParams()[name]...) {
			for named := range strings.SplitSeq(given, ",") {
				known := domain.ValidODSCode(named) || named == domain.SystemChain
				if known && len(refusal.Organisations) < maxAttempted {
					refusal.Organisations = append(refusal.Organisations, named)
				}
			}
		}
	}
	if token := c.Param("token"); tokenIDShape.MatchString(token) {
		refusal.Token = token
	}
	if id := c.Param("id"); uploadIDShape.MatchString(id) {
		refusal.ID = id
	}
	if user := c.Param("user"); userIDShape.MatchString(user) {
		refusal.ID = user
	}
	return refusal
}
