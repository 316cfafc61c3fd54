package apitest_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"skillstracker/api/apitest"
)

// sentCanary is part of what the fuzzer puts where an employee number belongs. The
// service may use it, and may not repeat it in its log or its audit trail.
const sentCanary = "ZQ80SENT"

// fuzzer makes requests from the contract: of every operation, with values that it
// allows and values that it does not. The same seed makes the same requests.
type fuzzer struct {
	*rand.Rand
	operations []apitest.Operation
	ids        []string // of uploads that exist
}

func pick[T any](f *fuzzer, from ...T) T { return from[f.IntN(len(from))] }

// oddTexts are values that no contract allows, or only just.
func oddTexts() []string {
	return []string{
		"", " ", "\x00", "a\x00b", "%00", "'", "''; DROP TABLE staff_member; --", "' OR '1'='1", "../../etc/passwd", "..%2f..", "\u202egnirts", "\ufeff", "\xff\xfe", "é",
		"𝔘𝔫𝔦", "null", "undefined", "NaN", "-1", "0", "9223372036854775808", "1e309", "0x10", "true", "[]", "{}", "<script>alert(1)</script>", "{{7*7}}", "${jndi:ldap://x}",
		"\r\nX-Made-Up: 1", "2026-02-30", "0000-00-00", "9999-12-31", "-4713-01-01", "2026-10-31T00:00:00Z", "RXA,RXB", "RXA RXB", "rxa", "*", "%", "_", "all", strings.Repeat("a", 3000), strings.Repeat("ZZ,", 600),
	}
}

// knownTexts are values that exist, by parameter.
func (f *fuzzer) knownTexts(name string) []string {
	switch name {
	case "organisation":
		return []string{ownCode, otherCode, predecessorCode, unknownCode, "RXC", "E92000001"}
	case "icb":
		return []string{"QHL", "QMJ"}
	case "region":
		return []string{"Y60", "Y56"}
	case "id":
		return append([]string{"00000000-0000-4000-8000-000000000000"}, f.ids...)
	case "framework":
		return []string{"hdc", "digcomp"}
	case "version", "framework_version":
		return []string{"2018", "3.0", "1"}
	case "crosswalk":
		return []string{"made-up"}
	case "staff_group":
		return []string{"03", "08"}
	case "band":
		return []string{"5", "3"}
	case "token":
		return []string{"0123456789"}
	case "user":
		return []string{"u_0123456789ABCDEF"}
	case "competence":
		return []string{"CCP", "TEC"}
	case "as_at", "from", "to", "open_on", "month", "as_of":
		return []string{"2026-10-31", "2026-09-30", "2026-11-22", "2026-01-01"}
	case "known_at", "received_from", "received_to":
		return []string{"2026-11-22T09:30:00Z", "2020-01-01T00:00:00Z"}
	}
	return nil
}

// text is a value of a parameter: most often one that the contract allows.
func (f *fuzzer) text(name string, schema *openapi3.Schema) string {
	if schema.Items != nil && schema.Items.Value != nil {
		var items []string
		for range f.IntN(4) + 1 {
			items = append(items, f.text(name, schema.Items.Value))
		}
		return strings.Join(items, ",")
	}
	known := f.knownTexts(name)
	switch {
	case f.IntN(8) == 0:
		return pick(f, oddTexts()...)
	case len(schema.Enum) > 0:
		return fmt.Sprint(pick(f, schema.Enum...))
	case len(known) > 0:
		return pick(f, known...)
	}
	return fmt.Sprint(f.value(schema, 0))
}

// value is one of a schema as JSON has it.
func (f *fuzzer) value(schema *openapi3.Schema, depth int) any {
	for _, part := range schema.AllOf {
		return f.value(part.Value, depth)
	}
	switch {
	case f.IntN(12) == 0 || depth > 6:
		return pick[any](f, nil, "", -1, 1.5, true, []any{}, map[string]any{"x": 1}, pick(f, oddTexts()...))
	case len(schema.Enum) > 0:
		return pick(f, schema.Enum...)
	case schema.Type.Is("object"):
		object := map[string]any{}
		for name, property := range schema.Properties {
			if f.IntN(8) > 0 {
				object[name] = f.member(name, property.Value, depth)
			}
		}
		if f.IntN(10) == 0 {
			object["made_up"] = 1
		}
		return object
	case schema.Type.Is("array"):
		list := []any{}
		for range f.IntN(3) {
			list = append(list, f.value(schema.Items.Value, depth+1))
		}
		return list
	case schema.Type.Is("boolean"):
		return f.IntN(2) == 0
	case schema.Type.Is("integer"):
		return f.IntN(30) - 2
	case schema.Type.Is("number"):
		return f.Float64() * 30
	case schema.Format == "date":
		return fmt.Sprintf("2026-%02d-%02d", f.IntN(13), f.IntN(32))
	case schema.Format == "date-time":
		return "2026-10-31T12:00:00Z"
	case schema.Format == "uuid":
		return pick(f, f.ids...)
	}
	return strings.Repeat(pick(f, "A", "a1", "Z9"), f.IntN(12)+1)
}

func (f *fuzzer) member(name string, schema *openapi3.Schema, depth int) any {
	if name == "employee_number" {
		return pick(f, personOf(ownCode, f.IntN(12)), personOf(otherCode, 1), sentCanary+fmt.Sprint(f.IntN(9)))
	}
	if known := f.knownTexts(name); len(known) > 0 && f.IntN(4) > 0 {
		return pick(f, known...)
	}
	return f.value(schema, depth+1)
}

// request makes one without credentials.
func (f *fuzzer) request() (*http.Request, apitest.Operation) {
	operation := f.operations[f.IntN(len(f.operations))]
	path, query := operation.Path, url.Values{}
	header := http.Header{}
	for _, described := range operation.Parameters {
		parameter := described.Value
		wanted := parameter.Required && f.IntN(20) > 0 || !parameter.Required && f.IntN(4) == 0
		value := f.text(parameter.Name, parameter.Schema.Value)
		switch parameter.In {
		case openapi3.ParameterInPath:
			path = strings.ReplaceAll(path, "{"+parameter.Name+"}", url.PathEscape(value))
		case openapi3.ParameterInHeader:
			if wanted {
				header.Set(parameter.Name, value)
			}
		default:
			if wanted {
				query.Add(parameter.Name, value)
			}
			if f.IntN(40) == 0 {
				query.Add(parameter.Name, f.text(parameter.Name, parameter.Schema.Value))
			}
		}
	}
	if f.IntN(30) == 0 {
		query.Add(pick(f, "made_up", "organisation", "limit", "\x00", "as_at[]"), pick(f, oddTexts()...))
	}
	target := path
	if encoded := query.Encode(); encoded != "" {
		target += "?" + encoded
	}
	if f.IntN(60) == 0 {
		target += pick(f, "?a=%zz", "?;", "&&&", "?%")
	}
	kind, body := f.body(operation)
	method := operation.Method
	if f.IntN(40) == 0 {
		method = pick(f, http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions, http.MethodTrace, "MADEUP")
	}
	request := httptest.NewRequest(http.MethodGet, "/", strings.NewReader(body))
	request.Method = method
	if parsed, err := url.ParseRequestURI(target); err == nil {
		request.URL, request.RequestURI = parsed, target
	}
	for name, values := range header {
		request.Header[name] = values
	}
	if kind != "" {
		request.Header.Set("Content-Type", kind)
	}
	f.oddHeaders(request)
	return request, operation
}

func (f *fuzzer) oddHeaders(request *http.Request) {
	for _, name := range []string{"Accept", "Accept-Language", "If-None-Match", "Range", "X-Request-Id", "X-Correlation-ID", "X-Forwarded-For", "Cookie", "Content-Encoding", "Expect", "X-HTTP-Method-Override"} {
		if f.IntN(40) > 0 {
			continue
		}
		request.Header.Set(name, pick(f, "*/*", "gzip", "bytes=0-1", "bytes=5-2", "W/\"x\"", "text/html", "127.0.0.1, 10.0.0.1", "__Host-session=x", "__Host-skillstracker=x; a=b", strings.Repeat("x", 300), "\x01", "é"))
	}
}

// body is a document of an operation: one that it takes, one made from its schema, or
// either with something broken in it.
func (f *fuzzer) body(operation apitest.Operation) (kind, body string) {
	if operation.RequestBody == nil {
		if f.IntN(30) == 0 {
			return pick(f, "", jsonType, csvType), pick(f, "{", "x", strings.Repeat("y", 5000))
		}
		return "", ""
	}
	kind, body = f.wellFormed(operation)
	switch f.IntN(8) {
	case 0:
		kind = pick(f, "", jsonType, csvType, xlsxType, "text/plain", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded", "application/json; charset=utf-16", "x/y;;")
	case 1:
		if body != "" {
			body = body[:f.IntN(len(body))]
		}
	case 2:
		if broken := []byte(body); len(broken) > 0 {
			for range f.IntN(5) + 1 {
				broken[f.IntN(len(broken))] = byte(f.IntN(256))
			}
			body = string(broken)
		}
	}
	return kind, body
}

func (f *fuzzer) wellFormed(operation apitest.Operation) (kind, body string) {
	content := operation.RequestBody.Value.Content
	if media := content.Get("application/x-www-form-urlencoded"); media != nil && content.Get("text/csv") == nil && len(content) == 1 {
		form := url.Values{}
		for name, property := range media.Schema.Value.Properties {
			form.Set(name, f.text(name, property.Value))
		}
		return "application/x-www-form-urlencoded", form.Encode()
	}
	media := content[jsonType]
	if media == nil || f.IntN(3) == 0 {
		switch operation.ID {
		case "importOrganisations": // what is asked about must stay as it is
			return csvType, strings.ReplaceAll(organisationsCSV, "RXC", pick(f, "RXC", "RXD", "rxe", "X"))
		case "createUpload", "createNationalUpload":
			return f.file()
		}
		kind, body = documentOf(operation.ID, pick(f, ownCode, otherCode))
		return kind, strings.ReplaceAll(body, personOf(ownCode, 1), pick(f, personOf(ownCode, f.IntN(12)), sentCanary+"7"))
	}
	document, err := json.Marshal(f.value(media.Schema.Value, 0))
	if err != nil {
		return jsonType, "{}"
	}
	if operation.ID == "importSuccessions" { // nobody may come to see another's things by this
		document = []byte(strings.NewReplacer(ownCode, "RXC", otherCode, "RXC", predecessorCode, "RXC").Replace(string(document)))
	}
	return jsonType, string(document)
}

// file is a table to upload.
func (f *fuzzer) file() (kind, body string) {
	heads := []string{"employee_number", "staff_group", "fte", "band", "team", "as at", "assessed_on", "CCP", "TEC", "as_at", "budgeted_fte", "vacancy_reference", "posts", "opened_on", "framework", "competence_code", "level", "valid_from", "action"}
	f.Shuffle(len(heads), func(i, j int) { heads[i], heads[j] = heads[j], heads[i] })
	heads = heads[:f.IntN(len(heads))+1]
	var lines strings.Builder
	lines.WriteString(strings.Join(heads, pick(f, ",", ",", ",", ";", "\t")) + "\n")
	for range f.IntN(5) {
		var cells []string
		for _, head := range heads {
			cell := pick(f, "03", "1", "5", "2026-10-31", "hdc", "CCP", "", pick(f, oddTexts()...))
			if head == "employee_number" {
				cell = sentCanary + fmt.Sprint(f.IntN(9))
			}
			cells = append(cells, strings.NewReplacer(",", "", "\n", " ", "\r", "").Replace(cell))
		}
		lines.WriteString(strings.Join(cells, ",") + "\n")
	}
	return pick(f, csvType, csvType, csvType, xlsxType, "application/octet-stream"), lines.String()
}
