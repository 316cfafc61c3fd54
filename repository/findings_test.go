package repository_test

import (
	"fmt"
	"slices"

	"skillstracker/domain"
)

// foundCodes writes findings as code@row, in alphabetical order.
func foundCodes(findings []domain.Finding) []string {
	var codes []string
	for _, f := range findings {
		codes = append(codes, fmt.Sprintf("%s@%d", f.Code, f.Row))
	}
	slices.Sort(codes)
	return codes
}
