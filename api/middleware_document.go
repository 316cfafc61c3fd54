package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"mime"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/labstack/echo/v4"

	"skillstracker/domain"
)

const mediaJSON = "application/json"

// checkDocument compares bodies with the contract where they are documents: those that
// may be JSON of a described form. Bodies that are files of rows are read elsewhere.
func (s *server) checkDocument(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		op, found := s.operation(c)
		if !found || !op.takesDocument() {
			return next(c)
		}
		request := c.Request()
		forms := op.route.Operation.RequestBody.Value.Content
		form, _, err := mime.ParseMediaType(request.Header.Get("Content-Type"))
		if err != nil || forms[form] == nil {
			return &domain.Error{
				Kind: domain.KindUnsupported, Code: "content_type_unsupported",
				Message: fmt.Sprintf("Name the form of the body in the header Content-Type. This takes %s.", strings.Join(slices.Sorted(maps.Keys(forms)), " or ")),
			}
		}
		// The generated code looks for the media type in small letters.
		request.Header.Set("Content-Type", form)
		if form != mediaJSON {
			return next(c)
		}
		content, err := io.ReadAll(request.Body)
		if err != nil {
			return bodyError(err)
		}
		if err := documentFaults(content, forms[form].Schema.Value); err != nil {
			return err
		}
		request.Body = io.NopCloser(bytes.NewReader(content))
		return next(c)
	}
}

// takesDocument says whether the contract describes a form of JSON for the body.
func (op operation) takesDocument() bool {
	body := op.route.Operation.RequestBody
	return body != nil && body.Value.Content[mediaJSON] != nil
}

// documentFaults returns an error that names every place at which a JSON document is
// not as its schema says.
func documentFaults(content []byte, schema *openapi3.Schema) error {
	var document any
	decoder := json.NewDecoder(bytes.NewReader(content))
	err := decoder.Decode(&document)
	if err == nil && decoder.More() {
		err = errors.New("there is text behind the document")
	}
	if err != nil || !utf8.Valid(content) {
		return domain.Invalid("body_not_json", "The body is not one JSON document in UTF-8. Check its quotation marks, commas and brackets.")
	}
	faults := schemaFaults(schema.VisitJSON(document, append([]openapi3.SchemaValidationOption{openapi3.MultiErrors()}, parameterFormats()...)...))
	if len(faults) == 0 {
		return nil
	}
	slices.SortStableFunc(faults, func(a, b domain.FieldFault) int { return strings.Compare(a.Field, b.Field) })
	return domain.Invalid("body_invalid", fmt.Sprintf("The body is not as the contract says in %s. Nothing of it was stored.", counted(len(faults), "place")), faults...)
}

func schemaFaults(err error) []domain.FieldFault {
	var faults []domain.FieldFault
	if several, ok := errors.AsType[openapi3.MultiError](err); ok {
		for _, one := range several {
			faults = append(faults, schemaFaults(one)...)
		}
		return faults
	}
	if fault, ok := errors.AsType[*openapi3.SchemaError](err); ok {
		place := fault.JSONPointer()
		if name, unknown := unknownMember(fault); unknown && (len(place) == 0 || place[len(place)-1] != name) {
			place = append(place, name)
		}
		return []domain.FieldFault{{Field: memberPath(place), Message: memberAdvice(fault)}}
	}
	if err != nil {
		return []domain.FieldFault{{Field: "body", Message: "This is not as the contract says."}}
	}
	return nil
}

// unknownMember returns the name of a member that the schema does not have, as far as
// it looks like a name; what else was sent is never repeated.
func unknownMember(fault *openapi3.SchemaError) (name string, unknown bool) {
	if fault.SchemaField != "properties" && fault.SchemaField != "additionalProperties" {
		return "", false
	}
	_, rest, _ := strings.Cut(fault.Reason, `"`)
	name, _, quoted := strings.Cut(rest, `"`)
	return name, quoted && looksLikeName(name)
}

// memberPath writes a place in a document, such as competences[3].max_level.
func memberPath(pointer []string) string {
	var path strings.Builder
	for _, part := range pointer {
		if _, err := strconv.Atoi(part); err == nil {
			path.WriteString("[" + part + "]")
			continue
		}
		if path.Len() > 0 {
			path.WriteString(".")
		}
		path.WriteString(part)
	}
	if path.Len() == 0 {
		return "body"
	}
	return path.String()
}

// memberAdvice says how a member is written. It never repeats what was sent.
func memberAdvice(fault *openapi3.SchemaError) string {
	schema := fault.Schema
	switch {
	case fault.SchemaField == "required":
		return "It is missing."
	case fault.SchemaField == "properties" || fault.SchemaField == "additionalProperties":
		return "There is no such member here. " + membersOf(schema)
	case schema.Type.Is(openapi3.TypeArray) && schema.MaxItems != nil:
		return fmt.Sprintf("Give a list of %d to %d entries.", schema.MinItems, *schema.MaxItems)
	case schema.Type.Is(openapi3.TypeObject):
		return "Give an object. " + membersOf(schema)
	}
	return valueAdvice(schema)
}

func membersOf(schema *openapi3.Schema) string {
	return "Its members are " + strings.Join(slices.Sorted(maps.Keys(schema.Properties)), ", ") + "."
}
