package api_test

import (
	"context"

	"skillstracker/domain"
)

// fakeExports hands out rows and remembers what was asked.
type fakeExports struct {
	rows  [][][]byte
	err   error // after the rows
	asked []domain.ExportQuery
}

func (f *fakeExports) Export(_ context.Context, _ domain.Actor, query domain.ExportQuery, row func([][]byte) error) error {
	f.asked = append(f.asked, query)
	for _, values := range f.rows {
		if err := row(values); err != nil {
			return err
		}
	}
	return f.err
}
