package domain_test

import (
	"regexp"
	"testing"
	"time"

	"skillstracker/domain"
)

func TestUserIDIsOfIssuerAndSubject(t *testing.T) {
	t.Parallel()
	id := domain.UserID("https://login.example", "a")
	if !regexp.MustCompile(`^u_[0-9A-Za-z]{16}$`).MatchString(id) || !domain.IsUserID(id) || domain.IsUserID("AbCdEfGhIj") {
		t.Errorf("id %q", id)
	}
	if domain.UserID("https://login.example", "a") != id {
		t.Error("the same person has two ids")
	}
	for _, other := range [][2]string{{"https://login.example", "b"}, {"https://login.examplea", ""}, {"https://login.exampl", "ea"}, {"https://login2.example", "a"}} {
		if domain.UserID(other[0], other[1]) == id {
			t.Errorf("%v has the id of another", other)
		}
	}
}

func TestSecretsAreRandomAndHashed(t *testing.T) {
	t.Parallel()
	seen := make(map[string]bool)
	for range 1000 {
		clear, hash, err := domain.NewSecret()
		if err != nil || seen[clear] || len(clear) != 43 || hash != domain.HashSecret(clear) {
			t.Fatalf("secret of %d characters, %v", len(clear), err)
		}
		seen[clear] = true
	}
}

func TestUseOfASessionIsNotedOnceAMinute(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, time.November, 22, 9, 30, 0, 0, time.UTC)
	for passed, want := range map[time.Duration]bool{0: false, time.Minute: false, time.Minute + 1: true} {
		if got := (domain.Session{LastUsedAt: now}).UseIsOld(now.Add(passed)); got != want {
			t.Errorf("after %s: %t", passed, got)
		}
	}
}
