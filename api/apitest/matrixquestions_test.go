package apitest_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"skillstracker/api/apitest"
)

// question is the smallest request of an operation about an organisation's things.
func (w world) question(t *testing.T, operation apitest.Operation, p place, organisation string) *http.Request {
	t.Helper()
	path, query := operation.Path, url.Values{}
	for _, described := range operation.Parameters {
		parameter := described.Value
		value := ""
		switch {
		case parameter.Name == "organisation" && (parameter.In == openapi3.ParameterInPath || p.of == inFilter || p.of == registry):
			value = organisation
		case parameter.Name == "id" && p.writes:
			value = w.spare[organisation]
		case parameter.Name == "id":
			value = w.ids[organisation]
		case parameter.Required:
			value = w.sample(t, parameter)
		}
		if parameter.Name == "id" && value == "" {
			value = "00000000-0000-4000-8000-000000000000"
		}
		switch {
		case value == "":
		case parameter.In == openapi3.ParameterInPath:
			path = strings.ReplaceAll(path, "{"+parameter.Name+"}", value)
		default:
			query.Set(parameter.Name, value)
		}
	}
	kind, body := documentOf(operation.ID, organisation)
	request := httptest.NewRequestWithContext(t.Context(), operation.Method, path+"?"+query.Encode(), strings.NewReader(body))
	if kind != "" {
		request.Header.Set("Content-Type", kind)
	}
	return request
}

// sample is a value of a required parameter.
func (w world) sample(t *testing.T, parameter *openapi3.Parameter) string {
	t.Helper()
	known := map[string]string{
		"framework": "hdc", "version": "2018", "crosswalk": "made-up", "as_of": "2026-06-30", "token": "0123456789", "user": "u_0123456789ABCDEF",
	}
	if value, found := known[parameter.Name]; found {
		return value
	}
	if values := parameter.Schema.Value.Enum; len(values) > 0 {
		return fmt.Sprint(values[0])
	}
	t.Fatalf("there is no sample value for parameter %s", parameter.Name)
	return ""
}

// documentOf is a body by operation.
func documentOf(operation, organisation string) (kind, body string) {
	switch operation {
	case "importOrganisations":
		return csvType, organisationsCSV
	case "createUpload":
		return csvType, "employee_number,staff_group,fte\n" + personOf(organisation, 90) + ",03,1\n"
	case "createNationalUpload":
		return csvType, "framework,framework_version,competence_code,level,valid_from\nhdc,2018,DIW,2,2026-01-01\n"
	case "importSuccessions":
		return csvType, "predecessor,successor,effective_on,action\nRXC,RXB,2027-04-01,\n"
	case "publishFramework":
		return jsonType, `{"framework":"made-up","framework_name":"Made up","version":"1","name":"Made up 1","scoring":"level_per_competence","valid_from":"2026-04-01",
			"validity_months":12,"source":"Made up.","licence":"None.","domains":[{"code":"A","name":"First"}],
			"competences":[{"code":"A1","name":"Tasks","domain":"A","max_level":1}],"levels":[{"level":0,"name":"None"},{"level":1,"name":"One"}]}`
	case "publishCrosswalk":
		return jsonType, `{"code":"made-up-2","name":"Made up","from":{"framework":"digcomp","version":"3.0"},"to":{"framework":"hdc","version":"2018"},
			"source":"Made up.","levels":[{"from_competence":"1.1","from_level":8,"to_competence":"TEC","to_level":4}]}`
	case "setReportingStart":
		return jsonType, `{"reports_from":"2026-04-30"}`
	case "createToken", "setUser":
		return jsonType, `{"role":"planner","scope":"organisation","codes":["RXA"]}`
	case "getPersonRecord", "getPersonRecordCsv", "erasePerson":
		return jsonType, fmt.Sprintf(`{"employee_number":%q}`, personOf(organisation, 1))
	case "restrictPerson":
		return jsonType, fmt.Sprintf(`{"employee_number":%q,"restricted":true}`, personOf(organisation, 2))
	}
	return "", ""
}
