package api

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"unicode/utf8"

	"github.com/labstack/echo/v4"

	"skillstracker/api/spec"
	"skillstracker/domain"
)

// The two ways of showing a token. Browsers, Excel and Power BI answer the first.
const (
	basicChallenge  = `Basic realm="Digital Workforce Skills Tracker", charset="UTF-8"`
	bearerChallenge = `Bearer realm="Digital Workforce Skills Tracker"` //nolint:gosec // a challenge holds no credential
)

// The lengths that the contract sets for a problem document.
const (
	maxDetail       = 2000
	maxFieldName    = 200
	maxFieldMessage = 1000
	maxFieldFaults  = 1000
)

// writeProblem answers with the problem document of an error.
func writeProblem(err error, c echo.Context) error {
	if c.Response().Committed {
		return nil
	}
	p := problemOf(err)
	document := spec.Problem{
		Type: "/problems/" + p.code, Title: p.title, Status: p.status, Detail: clip(p.detail, maxDetail), Code: p.code,
		RequestId: requestIDFrom(c.Request().Context()), Upload: p.upload,
	}
	if len(p.fields) > 0 {
		document.Errors = fieldErrors(p.fields)
	}
	if p.conflict != nil {
		if err := specConflicts(&document, p.conflict); err != nil {
			return err
		}
	}
	kind := "application/problem+json"
	body, err := json.Marshal(document)
	if page, wanted := c.Get(pageKey).(problemPage); wanted && err == nil {
		kind = "text/html; charset=utf-8"
		body, err = page(document)
	}
	if err != nil {
		return fmt.Errorf("write problem document: %w", err)
	}
	header := c.Response().Header()
	header.Set("Cache-Control", "no-store")
	if p.status == http.StatusMethodNotAllowed {
		header.Set(echo.HeaderAllow, allowedMethods(c))
	}
	if p.status == http.StatusUnauthorized {
		if p.code != codeSessionEnded { // whoever signs in has no password to be asked for
			header.Add("WWW-Authenticate", basicChallenge)
		}
		header.Add("WWW-Authenticate", bearerChallenge)
	}
	if p.replayed {
		header.Set("Idempotency-Replayed", "true")
	}
	if p.retryAfter > 0 {
		header.Set("Retry-After", strconv.Itoa(p.retryAfter))
	}
	if err := c.Blob(p.status, kind, body); err != nil {
		return fmt.Errorf("send problem document: %w", err)
	}
	return nil
}

// fieldErrors writes the faults of fields within the lengths of the contract.
func fieldErrors(faults []domain.FieldFault) *[]struct {
	Field   string `json:"field"`
	Message string `json:"message"`
} {
	listed := make([]struct {
		Field   string `json:"field"`
		Message string `json:"message"`
	}, min(len(faults), maxFieldFaults))
	for i := range listed {
		listed[i].Field = clip(faults[i].Field, maxFieldName)
		listed[i].Message = clip(faults[i].Message, maxFieldMessage)
	}
	return &listed
}

// clip shortens a text to a number of characters.
func clip(text string, most int) string {
	if utf8.RuneCountInString(text) <= most {
		return text
	}
	return string([]rune(text)[:most-1]) + "…"
}
