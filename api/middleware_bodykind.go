package api

import (
	"fmt"
	"mime"

	"github.com/labstack/echo/v4"

	"skillstracker/api/spec"
	"skillstracker/domain"
)

// passUploadBody gives the upload handler the body of the request. The generated
// code does so only for a content type spelled "*/*", which nobody sends, and for
// forms spelled in lower case.
func passUploadBody(next spec.StrictHandlerFunc, _ string) spec.StrictHandlerFunc {
	return func(c echo.Context, request any) (any, error) {
		upload, ok := request.(spec.CreateUploadRequestObject)
		if !ok || upload.MultipartBody != nil {
			return next(c, request)
		}
		kind, _, err := mime.ParseMediaType(upload.ContentType)
		if err == nil && kind == "multipart/form-data" {
			upload.MultipartBody, err = c.Request().MultipartReader()
			if err != nil {
				return nil, fmt.Errorf("read form: %w", err)
			}
			return next(c, upload)
		}
		upload.Body = c.Request().Body
		return next(c, upload)
	}
}

// requireCSV refuses an import that says to be something else than CSV.
func requireCSV(next spec.StrictHandlerFunc, _ string) spec.StrictHandlerFunc {
	return func(c echo.Context, request any) (any, error) {
		if _, ok := request.(spec.ImportOrganisationsRequestObject); !ok {
			return next(c, request)
		}
		said := c.Request().Header.Get("Content-Type")
		kind, _, err := mime.ParseMediaType(said)
		if said != "" && (err != nil || kind != "text/csv") {
			return nil, &domain.Error{
				Kind: domain.KindUnsupported, Code: "content_type_unsupported",
				Message: "Organisations are imported from CSV. Send the file as the body with the header Content-Type: text/csv.",
			}
		}
		return next(c, request)
	}
}
