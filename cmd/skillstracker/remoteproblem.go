package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"

	"skillstracker/api/spec"
)

// problem makes a sentence of an answer that is a problem document, with what to
// do next. The subject is what was asked for.
func (a answer) problem(r *remote, subject string) error {
	var p spec.Problem
	if err := json.Unmarshal(a.body, &p); err != nil || p.Title == "" {
		return fmt.Errorf("the server at %s answered %d %s without saying why: is it the address of the Skills Tracker? SKILLSTRACKER_URL names it",
			r.base, a.status, http.StatusText(a.status))
	}
	reason := []string{oneLine(p.Detail)}
	if p.Errors != nil {
		for _, fault := range *p.Errors {
			reason = append(reason, oneLine(fault.Field+": "+fault.Message))
		}
	}
	detail := strings.Join(reason, "\n  ")
	switch a.status {
	case http.StatusUnauthorized:
		return fmt.Errorf("the server at %s does not accept the token: it was revoked, has run out, or belongs to another server. Get a new one and put it into the file of SKILLSTRACKER_TOKEN_FILE. %s", r.base, detail)
	case http.StatusForbidden:
		return fmt.Errorf("the token does not allow this: %s. %s", subject, detail)
	case http.StatusNotFound:
		return fmt.Errorf("the server does not know what was asked for: %s. %s", subject, detail)
	case http.StatusRequestEntityTooLarge:
		return fmt.Errorf("the file is too large for the server. %s", detail)
	}
	return fmt.Errorf("the server answered %d, %s: %s (request %s)", a.status, lowerFirst(oneLine(p.Title)), detail, oneLine(p.RequestId))
}

// oneLine takes out of a server's text whatever could move a terminal's cursor.
func oneLine(text string) string {
	return strings.Join(strings.Fields(printable(text)), " ")
}
