package api

import (
	"bytes"
	_ "embed"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/routers"

	"skillstracker/api/sheet"
	"skillstracker/domain"
)

//go:embed openapi.yaml
var contractDocument []byte

// Contract returns the contract that the service serves, an OpenAPI 3.0 document
// in YAML.
func Contract() []byte { return bytes.Clone(contractDocument) }

// operation is what the server knows about one operation of the contract.
type operation struct {
	id         string
	permission domain.Permission
	route      *routers.Route
	// bodyLimit is the greatest number of bytes of a request body, 0 when the
	// operation takes none.
	bodyLimit int64
	deadline  time.Duration
}

// operations finds an operation by its operationKey.
type operations map[string]operation

// operationKey is how an operation is found: its method and its path as Echo
// writes it.
func operationKey(method, path string) string { return method + " " + path }

// readOperations returns the operations of a contract. Every one of them must have
// its permission, and a limit when it takes a body.
func readOperations(document []byte, limits Limits) (operations, error) {
	contract, err := openapi3.NewLoader().LoadFromData(document)
	if err != nil {
		return nil, fmt.Errorf("read contract: %w", err)
	}
	found := make(operations)
	for path, item := range contract.Paths.Map() {
		for method, described := range item.Operations() {
			permission, placed := operationPermission(described.OperationID)
			if !placed {
				return nil, fmt.Errorf("operation %s of the contract has no permission", described.OperationID)
			}
			op := operation{
				id: described.OperationID, permission: permission,
				route: &routers.Route{Spec: contract, Path: path, PathItem: item, Method: method, Operation: described},
			}
			op.bodyLimit, op.deadline = operationLimits(op.id, limits)
			if (described.RequestBody != nil) != (op.bodyLimit > 0) {
				return nil, fmt.Errorf("operation %s of the contract takes a body without a limit, or the reverse", op.id)
			}
			found[operationKey(method, echoPath(path))] = op
		}
	}
	return found, nil
}

// open lets everybody carry out an operation.
func (o operations) open(operationID string) {
	for key, op := range o {
		if op.id == operationID {
			op.permission = public
			o[key] = op
		}
	}
}

// smallBody is the greatest body of an operation that takes a few values, in bytes.
const smallBody = 4 << 10

// logoutBody is the greatest body of a provider's message that sessions end, in bytes.
const logoutBody = 32 << 10

// operationLimits returns the greatest body and the longest time of an operation.
func operationLimits(operationID string, limits Limits) (body int64, deadline time.Duration) {
	switch operationID {
	case "createUpload", "createNationalUpload":
		return limits.File.MaxBytes + multipartOverhead, limits.UploadTime
	case "importOrganisations", "importSuccessions":
		return limits.ImportBytes, limits.UploadTime
	case "publishFramework", "publishCrosswalk":
		return sheet.FrameworkLimits().MaxBytes, limits.UploadTime
	case "setReportingStart", "createToken", "setUser", "getPersonRecord", "getPersonRecordCsv", "restrictPerson", "useFirstAdministrator":
		return smallBody, limits.ReadTime
	case "backChannelLogout":
		return logoutBody, limits.ReadTime
	case "erasePerson": // reads the kept files of the organisation
		return smallBody, limits.UploadTime
	case "exportAuditEvents":
		return 0, limits.UploadTime
	case "voidUpload", "voidNationalUpload", "exportPeople", "exportVacanciesCsv", "exportVacanciesXlsx":
		return 0, limits.UploadTime
	case "getReport", "getPeopleReport", "getOrganisationData", "getUploadFile", "getUploadFindingsXlsx", "getUploadFindingsCsv",
		"getNationalUploadFile", "getNationalUploadFindingsXlsx", "getNationalUploadFindingsCsv":
		return 0, limits.ReportTime
	}
	return 0, limits.ReadTime
}

// echoPath writes a path of the contract as Echo does: {id} becomes :id.
func echoPath(path string) string {
	return strings.NewReplacer("{", ":", "}", "").Replace(path)
}

// agree says whether the routes, given by their operationKey, and the operations
// of the contract are the same.
func (o operations) agree(routes []string) error {
	var faults []error
	for _, key := range routes {
		if _, found := o[key]; !found {
			faults = append(faults, fmt.Errorf("route %s is not in the contract", key))
		}
	}
	for key, op := range o {
		if !slices.Contains(routes, key) {
			faults = append(faults, fmt.Errorf("operation %s of the contract is not served", op.id))
		}
	}
	return errors.Join(faults...)
}

// headAsGet lets HEAD ask about everything that GET answers. The body is left
// out by net/http, which knows the method of the request as it came.
func headAsGet(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, request *http.Request) {
		if request.Method == http.MethodHead {
			asGet := *request
			asGet.Method = http.MethodGet
			request = &asGet
		}
		next.ServeHTTP(w, request)
	})
}
