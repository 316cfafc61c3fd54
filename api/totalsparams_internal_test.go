package api

import (
	"reflect"
	"strings"
	"testing"

	"skillstracker/api/spec"
)

// Every parameter of every totals endpoint is read by the name that the contract gives
// it: one that was not would be refused when it is used.
func TestEveryParameterOfTotalsIsRead(t *testing.T) {
	t.Parallel()
	names := func(of reflect.Type) map[string]bool {
		found := map[string]bool{}
		for field := range of.Fields() {
			name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
			found[name] = true
		}
		return found
	}
	read, used := names(reflect.TypeFor[totalsParams]()), map[string]bool{}
	for _, params := range []reflect.Type{
		reflect.TypeFor[spec.GetVacancyTotalsParams](), reflect.TypeFor[spec.GetVacancyTotalsCsvParams](),
		reflect.TypeFor[spec.GetPositionTotalsParams](), reflect.TypeFor[spec.GetPositionTotalsCsvParams](),
		reflect.TypeFor[spec.GetDigitalLiteracyTotalsParams](), reflect.TypeFor[spec.GetDigitalLiteracyTotalsCsvParams](),
		reflect.TypeFor[spec.GetWorkforceTotalsParams](), reflect.TypeFor[spec.GetWorkforceTotalsCsvParams](),
		reflect.TypeFor[spec.GetDigitalWorkforceTotalsParams](), reflect.TypeFor[spec.GetDigitalWorkforceTotalsCsvParams](),
	} {
		for name := range names(params) {
			used[name] = true
			if !read[name] {
				t.Errorf("%s: the parameter %s is not read", params.Name(), name)
			}
		}
	}
	for name := range read {
		if !used[name] {
			t.Errorf("no endpoint has the parameter %s", name)
		}
	}
}
