package api_test

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"skillstracker/api"
)

// Every object of the contract lists its fields and takes no others, so that nothing more
// is read from a body and, as every answer of every test is checked against the contract,
// nothing more is sent. Forms of files are read field by field.
func TestContractListsEveryField(t *testing.T) {
	t.Parallel()
	document, err := openapi3.NewLoader().LoadFromData(api.Contract())
	if err != nil {
		t.Fatal(err)
	}
	encoded, err := json.Marshal(document)
	if err != nil {
		t.Fatal(err)
	}
	var contract any
	if err := json.Unmarshal(encoded, &contract); err != nil {
		t.Fatal(err)
	}
	open := map[string]string{
		"/paths//api/v1/uploads/{id}/file/get/responses/200/content/application/json/schema":         "the file as HR sent it",
		"/paths//api/v1/targets/uploads/{id}/file/get/responses/200/content/application/json/schema": "the file as it was sent",
		"/components/schemas/UploadRows":                                                                        "rows are files: their columns are found by name, and one that is not known is a warning",
		"/components/schemas/UploadRows/properties/rows/items":                                                  "likewise",
		"/paths//sign-in/back-channel-logout/post/requestBody/content/application/x-www-form-urlencoded/schema": "providers may send more, which is not read (OpenID Connect Back-Channel Logout 2.5)",
	}
	objects := 0
	var walk func(place string, part any)
	walk = func(place string, part any) {
		switch part := part.(type) {
		case map[string]any:
			if part["type"] == "object" {
				objects++
				if _, said := part["additionalProperties"]; open[place] == "" && (!said || part["additionalProperties"] == true) {
					t.Errorf("%s takes fields that it does not list", place)
				}
			}
			for _, name := range slices.Sorted(maps.Keys(part)) {
				if name != "multipart/form-data" {
					walk(place+"/"+name, part[name])
				}
			}
		case []any:
			for i, one := range part {
				walk(place+"/"+strconv.Itoa(i), one)
			}
		}
	}
	walk("", contract)
	if objects < 50 {
		t.Errorf("the contract has %d objects", objects)
	}
}
