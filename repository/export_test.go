package repository

import (
	"context"
	"io/fs"
	"slices"
	"strings"
)

// What tests outside the package look at inside it.

// MapError is mapError.
func MapError(operation string, err error) error { return mapError(operation, err) }

// ConstraintNames lists the constraints that have a meaning, in alphabetical order.
func ConstraintNames() []string {
	var names []string
	for name := range constraintRules() {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// Queries returns the text of every query file, without comments, by name.
func Queries() (map[string]string, error) {
	files, err := fs.Glob(queryFiles, "queries/*.sql")
	if err != nil {
		return nil, err
	}
	texts := make(map[string]string, len(files))
	for _, file := range files {
		name := strings.TrimSuffix(strings.TrimPrefix(file, "queries/"), ".sql")
		texts[name] = query(name)
	}
	return texts, nil
}

// RunScoped runs one statement as a method of the store would: in a transaction that
// sees and, unless readOnly, writes one organisation.
func RunScoped(ctx context.Context, s *Store, organisation string, readOnly bool, statement string) error {
	return s.inScope(ctx, scope{read: []string{organisation}, write: organisation}, readOnly, func(t tx) error {
		_, err := t.exec(ctx, statement)
		return err
	})
}
