package main

import (
	"context"
	"errors"
	"fmt"

	"skillstracker/domain"
	"skillstracker/repository"
)

// issueToken gives a token its id and secret, stores it and returns it in clear,
// and its id.
func issueToken(ctx context.Context, owner *repository.Owner, token domain.StoredToken) (shown, id string, err error) {
	shown, token.ID, token.Secret, err = domain.NewToken()
	if err != nil {
		return "", "", fmt.Errorf("make token: %w", err)
	}
	if err := owner.CreateToken(ctx, token); err != nil {
		return "", "", plain(fmt.Errorf("store token: %w", err))
	}
	return shown, token.ID, nil
}

// plain makes of an error with a message for people an error that says that
// message, without codes.
func plain(err error) error {
	ours, ok := errors.AsType[*domain.Error](err)
	if !ok || ours.Kind == domain.KindInternal {
		return err
	}
	return &plainError{err: err, message: ours.Message}
}

type plainError struct {
	err     error
	message string
}

func (e *plainError) Error() string { return e.message }

func (e *plainError) Unwrap() error { return e.err }
