// Package apitest helps tests of the service: it checks every answer against the
// contract, so that no test has to ask for it. Only tests import it.
package apitest

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"mime"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/legacy"

	"skillstracker/api"
)

// Contract checks answers against the contract of the service.
type Contract struct {
	document *openapi3.T
	router   routers.Router
	problem  *openapi3.Schema
	uuids    openapi3.StringFormatValidator
}

// NewContract reads the contract. A contract that is not valid fails the test.
func NewContract(tb testing.TB) *Contract {
	tb.Helper()
	document, err := openapi3.NewLoader().LoadFromData(api.Contract())
	if err != nil {
		tb.Fatalf("read contract: %v", err)
	}
	if err := document.Validate(tb.Context()); err != nil {
		tb.Fatalf("the contract is not valid: %v", err)
	}
	router, err := legacy.NewRouter(document)
	if err != nil {
		tb.Fatalf("route contract: %v", err)
	}
	return &Contract{
		document: document, router: router, problem: document.Components.Schemas["Problem"].Value,
		uuids: openapi3.NewRegexpFormatValidator(openapi3.FormatOfStringForUUIDOfRFC9562),
	}
}

// Operation is an operation of the contract.
type Operation struct {
	ID, Method, Path string
	// Public says that the operation asks for no token.
	Public bool
	*openapi3.Operation
}

// Operations returns every operation of the contract in the order of their ids.
func (c *Contract) Operations() []Operation {
	var found []Operation
	for path, item := range c.document.Paths.Map() {
		for method, operation := range item.Operations() {
			found = append(found, Operation{
				ID: operation.OperationID, Method: method, Path: path, Operation: operation,
				Public: operation.Security != nil && len(*operation.Security) == 0,
			})
		}
	}
	slices.SortFunc(found, func(a, b Operation) int { return strings.Compare(a.ID, b.ID) })
	return found
}

// Check fails the test when an answer is not one that the contract allows: its
// status, headers, content type and body. The answer to a request that is not in
// the contract must be a problem document. The body can be read again afterwards.
func (c *Contract) Check(tb testing.TB, request *http.Request, answer *http.Response) {
	tb.Helper()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		tb.Errorf("%s %s: read answer: %v", request.Method, request.URL.Path, err)
		return
	}
	if err := answer.Body.Close(); err != nil {
		tb.Errorf("%s %s: close answer: %v", request.Method, request.URL.Path, err)
	}
	answer.Body = io.NopCloser(bytes.NewReader(body))
	if request.Method == http.MethodHead {
		return
	}
	if err := c.fault(request, answer, body); err != nil {
		tb.Errorf("%s %s: the answer %d is not in the contract: %v\n%.2000s", request.Method, request.URL.Path, answer.StatusCode, err, body)
	}
}

func (c *Contract) fault(request *http.Request, answer *http.Response, body []byte) error {
	if answer.Header.Get("Content-Type") == "" && (answer.StatusCode == http.StatusNoContent || answer.StatusCode == http.StatusSeeOther) {
		return c.emptyFault(request, answer, body)
	}
	kind, _, err := mime.ParseMediaType(answer.Header.Get("Content-Type"))
	if err != nil {
		return fmt.Errorf("content type %q: %w", answer.Header.Get("Content-Type"), err)
	}
	page := kind == "text/html" && strings.Contains(request.Header.Get("Accept"), kind)
	if answer.StatusCode >= http.StatusBadRequest && kind != "application/problem+json" && !page {
		return fmt.Errorf("an error is a problem document, not %s", kind)
	}
	route, path, err := c.router.FindRoute(request)
	if err != nil {
		if answer.StatusCode < http.StatusBadRequest {
			return fmt.Errorf("find operation: %w", err)
		}
		return c.problemFault(body)
	}
	content := declared(route.Operation, answer.StatusCode)
	if content.Get(kind) == nil {
		return fmt.Errorf("content type %s is not one of %v", kind, slices.Sorted(maps.Keys(content)))
	}
	input := &openapi3filter.ResponseValidationInput{
		RequestValidationInput: &openapi3filter.RequestValidationInput{Request: request, PathParams: path, Route: route},
		Status:                 answer.StatusCode, Header: answer.Header,
		Options: &openapi3filter.Options{
			IncludeResponseStatus: true, MultiError: true, ExcludeResponseBody: !strings.HasSuffix(kind, "json"),
			SchemaValidationOptions: []openapi3.SchemaValidationOption{
				openapi3.WithStringFormatValidator("uuid", c.uuids),
			},
		},
	}
	input.SetBodyBytes(body)
	return openapi3filter.ValidateResponse(request.Context(), input)
}

// emptyFault checks an answer that says nothing more than its status.
func (c *Contract) emptyFault(request *http.Request, answer *http.Response, body []byte) error {
	route, _, err := c.router.FindRoute(request)
	if err != nil {
		return fmt.Errorf("find operation: %w", err)
	}
	described := route.Operation.Responses.Status(answer.StatusCode)
	if described == nil || len(described.Value.Content) > 0 || len(body) > 0 {
		return fmt.Errorf("the operation has no empty answer %d, or %d bytes came with it", answer.StatusCode, len(body))
	}
	if answer.StatusCode == http.StatusSeeOther && answer.Header.Get("Location") == "" {
		return errors.New("the answer does not say where to go")
	}
	return nil
}

// declared returns the content that the operation declares for a status.
func declared(operation *openapi3.Operation, status int) openapi3.Content {
	answer := operation.Responses.Status(status)
	if answer == nil {
		answer = operation.Responses.Default()
	}
	if answer == nil || answer.Value == nil {
		return nil
	}
	return answer.Value.Content
}

// problemFault checks a problem document outside of any operation.
func (c *Contract) problemFault(body []byte) error {
	var document any
	if err := decode(body, &document); err != nil {
		return fmt.Errorf("read problem document: %w", err)
	}
	return c.problem.VisitJSON(document, openapi3.MultiErrors())
}
