package main

import (
	"strings"
	"testing"
	"time"

	"skillstracker/domain"
)

func TestTokenWish(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
	for name, test := range map[string]struct {
		wish  tokenWish
		scope string
		until string
	}{
		"organisation":   {tokenWish{role: "hr", organisations: []string{"rrk "}}, "organisation RRK", "2027-02-20 10:00Z"},
		"two":            {tokenWish{role: "manager", organisations: []string{"RRK", "RR8"}}, "organisation RRK, RR8", "2027-02-20 10:00Z"},
		"icb":            {tokenWish{role: "planner", icb: []string{"QHL"}, expires: "2026-12-31"}, "icb QHL", "2027-01-01 00:00Z"},
		"region":         {tokenWish{role: "planner", areas: []string{"Y60"}, expires: "2026-11-22"}, "region Y60", "2026-11-23 00:00Z"},
		"all":            {tokenWish{role: "planner", all: true, expires: "2027-11-21"}, "all organisations", "2027-11-22 00:00Z"},
		"admin":          {tokenWish{role: "admin"}, "all organisations", "2027-02-20 10:00Z"},
		"auditor, said":  {tokenWish{role: "auditor", all: true}, "all organisations", "2027-02-20 10:00Z"},
		"auditor of one": {tokenWish{role: "auditor", organisations: []string{"RRK"}, label: "Audit desk 2"}, "organisation RRK", "2027-02-20 10:00Z"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			token, err := test.wish.token(now)
			if err != nil {
				t.Fatal(err)
			}
			if got := scopeText(token.Grant); got != test.scope {
				t.Errorf("the scope is %q, want %q", got, test.scope)
			}
			if got := minute(token.ExpiresAt); got != test.until {
				t.Errorf("it ends %s, want %s", got, test.until)
			}
			if token.Label != test.wish.label || token.Role != domain.Role(test.wish.role) || token.CreatedAt != now {
				t.Errorf("token %+v", token)
			}
			if token.ExpiresAt.Sub(now) > domain.MaxTokenLife*24*time.Hour {
				t.Error("the token lives too long for the database")
			}
		})
	}
}

func TestImpossibleTokenWish(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
	for name, test := range map[string]struct {
		wish tokenWish
		want string
	}{
		"no role":      {tokenWish{all: true}, "--role"},
		"unknown role": {tokenWish{role: "boss", all: true}, `--role is "boss"`},
		"no scope":     {tokenWish{role: "hr"}, "one scope"},
		"two scopes":   {tokenWish{role: "hr", organisations: []string{"RRK"}, all: true}, "one scope"},
		"two others":   {tokenWish{role: "planner", icb: []string{"QHL"}, areas: []string{"Y60"}}, "one scope"},
		"no code":      {tokenWish{role: "hr", organisations: []string{"R-K"}}, "ODS codes"},
		"narrow admin": {tokenWish{role: "admin", organisations: []string{"RRK"}}, "all organisations"},
		"no auditor":   {tokenWish{role: "auditor"}, "one scope"},
		"twice":        {tokenWish{role: "hr", organisations: []string{"RRK", "rrk"}}, "a code twice"},
		"odd label":    {tokenWish{role: "hr", all: true, label: "a\tb"}, "--label"},
		"long label":   {tokenWish{role: "hr", all: true, label: strings.Repeat("x", 41)}, "--label"},
		"past":         {tokenWish{role: "hr", all: true, expires: "2026-11-21"}, "choose a day from 2026-11-22 to 2027-11-21"},
		"too late":     {tokenWish{role: "hr", all: true, expires: "2027-11-22"}, "choose a day from 2026-11-22 to 2027-11-21"},
		"no day":       {tokenWish{role: "hr", all: true, expires: "next year"}, "write it like 2027-02-20"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := test.wish.token(now)
			if err == nil || !strings.Contains(err.Error(), test.want) || exitStatus(err) != exitUsage {
				t.Errorf("error %v, want %q in it", err, test.want)
			}
		})
	}
}
