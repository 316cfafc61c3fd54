package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"skillstracker/api/signin"
)

// setPublicURL keeps the address at which people reach the server; it may be empty.
func setPublicURL(to *string, text string) error {
	if text == "" {
		*to = ""
		return nil
	}
	address, err := signin.PublicURL(text)
	if err != nil {
		return fmt.Errorf("not possible: %w", err)
	}
	*to = address
	return nil
}

// checkSignIn refuses sign-in without the address that providers send people back to.
func (s *settings) checkSignIn() error {
	if s.SignInFile != "" && s.PublicURL == "" {
		return errors.New("SKILLSTRACKER_SIGN_IN_FILE is set but SKILLSTRACKER_PUBLIC_URL is not: set it to the address at which people reach this server, such as https://skills.example.nhs.uk")
	}
	return nil
}

// readSignIn reads the description of the identity providers, and their secrets, whose
// paths in it are relative to it.
func (s *settings) readSignIn() error {
	if s.SignInFile == "" {
		return nil
	}
	content, err := os.ReadFile(s.SignInFile)
	if err != nil {
		return usagef("the file of SKILLSTRACKER_SIGN_IN_FILE cannot be read: %v", err)
	}
	s.Providers, err = signin.Read(content, func(path string) (string, error) {
		if !filepath.IsAbs(path) {
			path = filepath.Join(filepath.Dir(s.SignInFile), path)
		}
		secret, err := os.ReadFile(path)
		return string(secret), err
	})
	if err != nil {
		return usagef("the file of SKILLSTRACKER_SIGN_IN_FILE is not as docs/sign-in.md says: %v", err)
	}
	return nil
}

// newSignIn returns what knows the identity providers, or nil when there are none.
func (s *settings) newSignIn(clock func() time.Time) *signin.Service {
	if len(s.Providers) == 0 {
		return nil
	}
	return signin.New(s.PublicURL, s.Providers, clock)
}

// formTargets are the origins to which a page with a form may lead.
func formTargets(people *signin.Service) []string {
	if people == nil {
		return nil
	}
	return people.Origins()
}
