package api

import (
	"bytes"
	"maps"
	"slices"
	"strings"
	"testing"
)

// An operation that is added to the contract stops the server until it has its
// permission, its limit and its route.
func TestOperationsMustBePlaced(t *testing.T) {
	t.Parallel()
	added := func(operation string) []byte {
		return bytes.Replace(contractDocument, []byte("paths:\n"), []byte("paths:\n  /api/v1/new:\n    post:\n"+operation+"      responses:\n        default: {$ref: \"#/components/responses/ProblemDocument\"}\n"), 1)
	}
	if _, err := readOperations(contractDocument, DefaultLimits()); err != nil {
		t.Fatalf("read contract: %v", err)
	}
	_, err := readOperations(added("      operationId: doSomethingNew\n"), DefaultLimits())
	if err == nil || !strings.Contains(err.Error(), "doSomethingNew") {
		t.Errorf("an operation without permission was taken: %v", err)
	}
	_, err = readOperations(added("      operationId: getVersion\n      requestBody: {content: {text/csv: {schema: {type: string}}}}\n"), DefaultLimits())
	if err == nil || !strings.Contains(err.Error(), "without a limit") {
		t.Errorf("a body without a limit was taken: %v", err)
	}
}

func TestRoutesMustAgreeWithTheContract(t *testing.T) {
	t.Parallel()
	described, err := readOperations(contractDocument, DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	routes := slices.Collect(maps.Keys(described))
	if err := described.agree(routes); err != nil {
		t.Errorf("the same routes: %v", err)
	}
	if err := described.agree(routes[1:]); err == nil {
		t.Error("an operation that is not served was passed over")
	}
	if err := described.agree(append(routes, "GET /debug")); err == nil {
		t.Error("a route that is not in the contract was passed over")
	}
}
