package api

import (
	"fmt"
	"io"
	"mime"
	"mime/multipart"

	"github.com/labstack/echo/v4"

	"skillstracker/api/spec"
	"skillstracker/domain"
)

// passUploadBody gives the upload handlers the body of the request. The generated
// code does so only for a content type spelled "*/*", which nobody sends, and for
// forms spelled in lower case.
func passUploadBody(next spec.StrictHandlerFunc, _ string) spec.StrictHandlerFunc {
	return func(c echo.Context, request any) (any, error) {
		var err error
		switch upload := request.(type) {
		case spec.CreateUploadRequestObject:
			upload.Body, upload.MultipartBody, err = uploadBody(c, upload.ContentType, upload.MultipartBody)
			request = upload
		case spec.CreateNationalUploadRequestObject:
			upload.Body, upload.MultipartBody, err = uploadBody(c, upload.ContentType, upload.MultipartBody)
			request = upload
		}
		if err != nil {
			return nil, fmt.Errorf("read form: %w", err)
		}
		return next(c, request)
	}
}

// uploadBody returns the body of the request, or its form when it is one; form is the
// one that was opened already.
func uploadBody(c echo.Context, contentType string, form *multipart.Reader) (io.Reader, *multipart.Reader, error) {
	if form != nil {
		return nil, form, nil
	}
	if kind, _, err := mime.ParseMediaType(contentType); err == nil && kind == "multipart/form-data" {
		form, err = c.Request().MultipartReader()
		return nil, form, err
	}
	return c.Request().Body, nil, nil
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
