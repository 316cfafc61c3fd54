package main

import (
	"strings"
	"testing"
)

// A database of another machine is asked over TLS or not at all, whatever the word by
// which the driver would go on without it.
func TestDatabaseLinkInsistsOnTLS(t *testing.T) {
	t.Parallel()
	checked := 0
	for _, o := range options(host{cores: 1}) {
		if !strings.HasSuffix(o.name, "database-url") {
			continue
		}
		checked++
		for address, taken := range map[string]bool{
			"postgres://u:hushhush@db.example/x":                                         false,
			"postgres://u:hushhush@db.example/x?sslmode=prefer":                          false,
			"postgres://u:hushhush@db.example/x?sslmode=allow":                           false,
			"postgres://u:hushhush@db.example/x?sslmode=disable":                         false,
			"postgres://u:hushhush@10.0.0.7:6432/x?sslmode=disable":                      false,
			"postgres://u:hushhush@127.0.0.1:5432,db.example:5432/x":                     false,
			"postgres://u:hushhush@/x?host=db.example":                                   false,
			"host=db.example user=u password=hushhush":                                   false,
			"postgres://u:hushhush@db.example/x?sslmode=require":                         true,
			"postgres://u:hushhush@db.example/x?sslmode=verify-ca":                       true,
			"postgres://u:hushhush@db.example/x?sslmode=verify-full":                     true,
			"postgres://u:hushhush@db1.example,db2.example/x?sslmode=verify-full":        true,
			"postgres://u:hushhush@127.0.0.1/x":                                          true,
			"postgres://u:hushhush@localhost/x?sslmode=disable":                          true,
			"postgres://u:hushhush@[::1]/x":                                              true,
			"postgres:///x?host=/run/postgresql":                                         true,
			"host=/run/postgresql user=u":                                                true,
			"postgres://u:hushhush@/x?host=/run/postgresql,db.example&sslmode=require":   true,
			"postgres://u:hushhush@/x?host=/run/postgresql,db.example&sslmode=disable":   false,
			"postgres://u:hushhush@db.example/x?sslmode=require&sslnegotiation=postgres": true,
		} {
			_, _, err := load(t, nil, o.variable()+"="+address)
			if (err == nil) != taken {
				t.Errorf("%s=%s: %v", o.variable(), address, err)
			}
			if err == nil {
				continue
			}
			if text := err.Error(); !strings.Contains(text, o.variable()+" is of another machine and does not insist on TLS") || strings.Contains(text, "hushhush") || strings.Contains(text, "example/") {
				t.Errorf("%s: the error is %s", address, text)
			}
			if exitStatus(err) != exitUsage {
				t.Errorf("%s: exit status %d", address, exitStatus(err))
			}
			if _, _, err := load(t, nil, o.variable()+"="+address, "SKILLSTRACKER_ALLOW_PLAIN_DATABASE=yes"); err != nil {
				t.Errorf("%s, permitted: %v", address, err)
			}
		}
	}
	if checked < 2 {
		t.Errorf("%d database addresses were tried", checked)
	}
}
