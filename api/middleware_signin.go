package api

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"mime"
	"net/url"
	"slices"

	"github.com/labstack/echo/v4"

	"skillstracker/api/spec"
	"skillstracker/api/web"
	"skillstracker/domain"
)

const mediaForm = "application/x-www-form-urlencoded"

// passCookies gives the handlers of signing in and out the cookies of the request.
func passCookies(next spec.StrictHandlerFunc, _ string) spec.StrictHandlerFunc {
	return func(c echo.Context, request any) (any, error) {
		switch request.(type) {
		case spec.GetSignInRequestObject, spec.FinishSignInRequestObject, spec.SignOutRequestObject, spec.UseFirstAdministratorRequestObject:
			sent := browser{session: secretCookie(c.Request(), sessionCookie), signIn: secretCookie(c.Request(), signInCookie)}
			c.SetRequest(c.Request().WithContext(context.WithValue(c.Request().Context(), browserKey{}, sent)))
		}
		return next(c, request)
	}
}

// checkForm compares bodies that are forms of a page, or of a provider's message, with
// the contract.
func (s *server) checkForm(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		op, found := s.operation(c)
		if !found || op.route.Operation.RequestBody == nil || op.route.Operation.RequestBody.Value.Content[mediaForm] == nil {
			return next(c)
		}
		request := c.Request()
		kind, _, err := mime.ParseMediaType(request.Header.Get("Content-Type"))
		if err != nil || kind != mediaForm {
			return &domain.Error{
				Kind: domain.KindUnsupported, Code: "content_type_unsupported",
				Message: "Send a form, with the header Content-Type: " + mediaForm + ".",
			}
		}
		content, err := io.ReadAll(request.Body)
		if err != nil {
			return bodyError(err)
		}
		form, err := url.ParseQuery(string(content))
		if err != nil {
			return domain.Invalid("body_invalid", "The form is not written as forms are. Check the percent signs in it.")
		}
		document := make(map[string]any, len(form))
		for name, values := range form {
			if len(values) != 1 || slices.ContainsFunc(values, unprintable) || unprintable(name) {
				return domain.Invalid("body_invalid", "Each field of the form is given once, as text in UTF-8.")
			}
			document[name] = values[0]
		}
		schema := op.route.Operation.RequestBody.Value.Content[mediaForm].Schema.Value
		if faults := schemaFaults(schema.VisitJSON(document)); len(faults) > 0 {
			return domain.Invalid("body_invalid", "The form is not as the contract says in "+counted(len(faults), "place")+".", faults...)
		}
		request.Body = io.NopCloser(bytes.NewReader(content))
		return next(c)
	}
}

// pageKey is the key of what writes a problem as a page.
const pageKey = "skills.problem-page"

// problemPage writes a problem as a page for a person.
type problemPage func(problem spec.Problem) ([]byte, error)

// showProblems has problems of the operations that people meet in a browser written as
// pages there.
func (s *server) showProblems(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if op, found := s.operation(c); found && op.answersPage() && takesPage(c.Request()) {
			c.Set(pageKey, problemPage(s.writeProblemPage))
		}
		return next(c)
	}
}

// answersPage says whether the contract has pages for the problems of the operation.
func (op operation) answersPage() bool {
	answer := op.route.Operation.Responses.Default()
	return answer != nil && answer.Value.Content["text/html"] != nil
}

func (s *server) writeProblemPage(problem spec.Problem) ([]byte, error) {
	page := problemOnPage(problem)
	if s.deps.SignIn != nil {
		page.Links = append(page.Links, web.Link{Text: "Sign in", Path: "/sign-in"})
	}
	var body bytes.Buffer
	if err := s.pages.WritePage(&body, page); err != nil {
		return nil, fmt.Errorf("write problem as a page: %w", err)
	}
	return body.Bytes(), nil
}
