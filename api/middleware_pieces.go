package api

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"skillstracker/api/spec"
	"skillstracker/domain"
)

// refuseWithoutPieces refuses exports over HTTP/1.0: there the end of the connection
// is the end of the file, so that one that was cut off would look whole.
func refuseWithoutPieces(next spec.StrictHandlerFunc, _ string) spec.StrictHandlerFunc {
	return func(c echo.Context, request any) (any, error) {
		switch request.(type) {
		case spec.ExportPeopleRequestObject, spec.ExportVacanciesCsvRequestObject, spec.ExportVacanciesXlsxRequestObject, spec.ExportAuditEventsRequestObject:
			if !tellsPieces(c.Request()) {
				return nil, domain.Invalid("http_version_too_old",
					"An export is sent in pieces, and HTTP/1.0 cannot tell half of it from the whole. Ask by HTTP/1.1; a proxy between may have to be told so, nginx by proxy_http_version 1.1.")
			}
		}
		return next(c, request)
	}
}

func tellsPieces(r *http.Request) bool { return r.ProtoAtLeast(1, 1) }
