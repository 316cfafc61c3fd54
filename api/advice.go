package api

import (
	"fmt"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// parameterAdvice says how a parameter is written, from its schema, and that it is
// required where it was not given. It never repeats what was sent.
func parameterAdvice(parameter *openapi3.Parameter, given bool) string {
	schema := parameter.Schema.Value
	advice := ""
	if !given {
		advice = "This parameter is required. "
	}
	if !schema.Type.Is(openapi3.TypeArray) {
		return advice + valueAdvice(schema)
	}
	if mayRepeat(parameter) {
		advice += "Repeat the parameter for each value"
	} else {
		advice += "Separate the values by commas, each once"
	}
	if schema.MaxItems != nil {
		advice += fmt.Sprintf(", at most %d", *schema.MaxItems)
	}
	return advice + ". " + valueAdvice(schema.Items.Value)
}

// labelPattern is the pattern of labels in the contract.
const labelPattern = "^([0-9A-Za-z][0-9A-Za-z ._-]{0,39})?$"

// valueAdvice says how one value is written.
func valueAdvice(schema *openapi3.Schema) string {
	switch {
	case len(schema.Enum) > 0:
		values := make([]string, len(schema.Enum))
		for i, value := range schema.Enum {
			values[i] = fmt.Sprint(value)
		}
		return "Use one of: " + strings.Join(values, ", ") + "."
	case schema.Format == "date":
		return "Write a day of the calendar as YYYY-MM-DD, such as 2026-10-31."
	case schema.Format == "date-time":
		return "Write a time as YYYY-MM-DDThh:mm:ssZ, such as 2026-10-31T17:00:00Z."
	case schema.Pattern == "^[!-~]+$" && schema.MaxLength != nil:
		return fmt.Sprintf("Give it once, as 1 to %d letters, digits and signs of ASCII without spaces, such as a UUID.", *schema.MaxLength)
	case schema.Format == "uuid":
		return "Give an id as the service writes it, such as 3f2a1c5e-0b6d-4c8e-9f10-2a7b8c9d0e1f."
	case schema.Type.Is(openapi3.TypeInteger) && schema.Min != nil && schema.Max != nil:
		return fmt.Sprintf("Give a whole number from %.0f to %.0f.", *schema.Min, *schema.Max)
	case schema.Type.Is(openapi3.TypeBoolean):
		return "Write true or false."
	case schema.Pattern == "^[0-9A-Z]{3,9}$":
		return "Give an ODS code: 3 to 9 capital letters and digits."
	case schema.Pattern != "" && schema.Example != nil:
		return fmt.Sprintf("Give it in the form of %v, which is an example.", schema.Example)
	case schema.Pattern != "" && schema.Pattern == labelPattern:
		return fmt.Sprintf("Give up to %d letters, digits, spaces, points, underscores and hyphens, of which the first is a letter or digit.", *schema.MaxLength)
	case schema.MaxLength != nil:
		return fmt.Sprintf("Give text of %d to %d characters.", max(schema.MinLength, 1), *schema.MaxLength)
	}
	return "See the contract for how it is written."
}
