package api

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/labstack/echo/v4"

	"skillstracker/domain"
)

// validate checks the parameters of a request against the contract. Bodies are
// left out: they are files, read by their own limits and rules. A parameter that
// the contract does not know is refused, because a filter that is mistyped and
// passed over would give the wrong figures.
func (s *server) validate(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		op, found := s.operation(c)
		if !found {
			return next(c)
		}
		faults := append(queryFaults(c.Request().URL, op.route.Operation), headerFaults(c.Request().Header, op.route.Operation)...)
		if len(faults) == 0 {
			faults = op.parameterFaults(c)
		}
		if len(faults) > 0 {
			return &malformedError{faults: faults}
		}
		return next(c)
	}
}

// parameterFaults compares each parameter with its schema. It asks kin-openapi for
// one parameter after the other, because its check of a whole request reads the
// body into memory even when the body is not to be checked.
func (op operation) parameterFaults(c echo.Context) []domain.FieldFault {
	input := &openapi3filter.RequestValidationInput{
		Request: c.Request(), PathParams: make(map[string]string), Route: op.route,
		Options: &openapi3filter.Options{MultiError: true, SkipSettingDefaults: true, SchemaValidationOptions: parameterFormats()},
	}
	for i, name := range c.ParamNames() {
		value, err := url.PathUnescape(c.ParamValues()[i])
		if err != nil {
			return []domain.FieldFault{{Field: name, Message: "This part of the path is not written as URLs are."}}
		}
		input.PathParams[name] = value
	}
	var faults []domain.FieldFault
	for _, parameter := range slices.Concat(op.route.PathItem.Parameters, op.route.Operation.Parameters) {
		if err := openapi3filter.ValidateParameter(c.Request().Context(), input, parameter.Value); err != nil {
			faults = append(faults, domain.FieldFault{Field: parameter.Value.Name, Message: parameterAdvice(parameter.Value, isGiven(input, parameter.Value))})
		}
	}
	return faults
}

// queryFaults looks for what a schema cannot say: a query that cannot be read, a
// parameter that there is not, and one given twice that can have one value.
func queryFaults(from *url.URL, described *openapi3.Operation) []domain.FieldFault {
	values, err := url.ParseQuery(from.RawQuery)
	if err != nil {
		return []domain.FieldFault{{Field: "query", Message: "The query string is not written as URLs are: check the percent signs and semicolons in it."}}
	}
	var faults []domain.FieldFault
	for name, given := range values {
		parameter := described.Parameters.GetByInAndName(openapi3.ParameterInQuery, name)
		switch {
		case parameter == nil && described.OperationID == "finishSignIn":
			// What an identity provider adds is to be passed over (RFC 6749 4.1.2).
		case parameter == nil:
			faults = append(faults, domain.FieldFault{Field: "query", Message: unknownParameter(name, described)})
		case len(given) > 1 && !mayRepeat(parameter):
			faults = append(faults, domain.FieldFault{Field: name, Message: "This parameter can be given once. " + parameterAdvice(parameter, true)})
		case slices.ContainsFunc(given, unprintable):
			faults = append(faults, domain.FieldFault{Field: name, Message: "The value is not text in UTF-8."})
		}
	}
	slices.SortFunc(faults, func(a, b domain.FieldFault) int { return strings.Compare(a.Field+a.Message, b.Field+b.Message) })
	return faults
}

// headerFaults looks for headers of the contract that are given more than once: which
// of them was meant cannot be said.
func headerFaults(header http.Header, described *openapi3.Operation) []domain.FieldFault {
	var faults []domain.FieldFault
	for _, parameter := range described.Parameters {
		if name := parameter.Value.Name; parameter.Value.In == openapi3.ParameterInHeader && len(header.Values(name)) > 1 {
			faults = append(faults, domain.FieldFault{Field: name, Message: "This header was given more than once. " + parameterAdvice(parameter.Value, true)})
		}
	}
	return faults
}

// isGiven says whether a request has a parameter at all.
func isGiven(input *openapi3filter.RequestValidationInput, parameter *openapi3.Parameter) bool {
	if !parameter.Required {
		return true
	}
	switch parameter.In {
	case openapi3.ParameterInPath:
		return input.PathParams[parameter.Name] != ""
	case openapi3.ParameterInHeader:
		return input.Request.Header.Get(parameter.Name) != ""
	}
	return input.Request.URL.Query().Has(parameter.Name)
}

func unprintable(value string) bool {
	return !utf8.ValidString(value) || strings.ContainsRune(value, 0)
}

func mayRepeat(parameter *openapi3.Parameter) bool {
	return parameter.Schema.Value.Type.Is(openapi3.TypeArray) && (parameter.Explode == nil || *parameter.Explode)
}

// unknownParameter says which parameters there are. The name that was sent is
// repeated only when it looks like a name.
func unknownParameter(name string, described *openapi3.Operation) string {
	var known []string
	for _, parameter := range described.Parameters {
		if parameter.Value.In == openapi3.ParameterInQuery {
			known = append(known, parameter.Value.Name)
		}
	}
	subject := "A parameter of the query is not known here."
	if looksLikeName(name) {
		subject = fmt.Sprintf("There is no parameter %s here.", name)
	}
	if len(known) == 0 {
		return subject + " This operation takes none."
	}
	return subject + " It takes " + strings.Join(known, ", ") + "."
}

func looksLikeName(text string) bool {
	return len(text) <= 40 && !strings.ContainsFunc(text, func(r rune) bool {
		return r != '_' && (r < 'a' || r > 'z')
	})
}

// stringRule checks a string format of the contract.
type stringRule func(string) error

// Validate returns an error when the value does not have the format.
func (rule stringRule) Validate(value string) error { return rule(value) }

// parameterFormats are the string formats that the contract uses in parameters. A
// day must exist: 2026-02-30 does not.
func parameterFormats() []openapi3.SchemaValidationOption {
	return []openapi3.SchemaValidationOption{
		openapi3.WithStringFormatValidator("date", stringRule(func(value string) error {
			_, err := domain.ParseDate(value)
			return err
		})),
		openapi3.WithStringFormatValidator("date-time", stringRule(func(value string) error {
			_, err := time.Parse(time.RFC3339, value)
			return err
		})),
		openapi3.WithStringFormatValidator("uuid", openapi3.NewRegexpFormatValidator(openapi3.FormatOfStringForUUIDOfRFC9562)),
	}
}
