package domain_test

import (
	"crypto/sha256"
	"hash/crc32"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"skillstracker/domain"
)

func newToken(t *testing.T) (clear, id string, secret [32]byte) {
	t.Helper()
	clear, id, secret, err := domain.NewToken()
	if err != nil {
		t.Fatal(err)
	}
	return clear, id, secret
}

func TestATokenIsTakenApartAsItWasMade(t *testing.T) {
	shape := regexp.MustCompile(`^skt_live_[0-9A-Za-z]{10}_[0-9A-Za-z]{38}$`)
	seen := make(map[string]bool)
	for range 200 {
		clear, id, secret := newToken(t)
		if !shape.MatchString(clear) || !strings.Contains(clear, "_"+id+"_") || seen[id] {
			t.Fatalf("the token has a wrong shape or an id that was there before: %s", clear)
		}
		seen[id] = true
		gotID, gotSecret, ok := domain.ParseToken(clear)
		if !ok || gotID != id || gotSecret != secret {
			t.Errorf("taken apart as %s, the same secret: %t, %t", gotID, gotSecret == secret, ok)
		}
		if hidden := clear[len(clear)-38 : len(clear)-6]; secret != sha256.Sum256([]byte(hidden)) {
			t.Error("what is stored is not the digest of the secret part")
		}
	}
}

// Any one character that is wrong, missing, twice or swapped is refused.
func TestEveryTypingMistakeIsRefused(t *testing.T) {
	clear, _, _ := newToken(t)
	const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_- é"
	var mistaken []string
	for i := range len(clear) {
		for _, r := range alphabet {
			if clear[i:i+1] != string(r) {
				mistaken = append(mistaken, clear[:i]+string(r)+clear[i+1:])
			}
		}
		mistaken = append(mistaken, clear[:i]+clear[i+1:], clear[:i]+clear[i:i+1]+clear[i:], clear[:i])
		if i > 0 && clear[i] != clear[i-1] {
			mistaken = append(mistaken, clear[:i-1]+clear[i:i+1]+clear[i-1:i]+clear[i+1:])
		}
	}
	for _, text := range append(mistaken, " "+clear, clear+" ", clear+"\n", strings.ToUpper(clear), strings.ToLower(clear), clear+clear) {
		if text == clear {
			continue
		}
		if id, secret, ok := domain.ParseToken(text); ok || id != "" || secret != [32]byte{} {
			t.Errorf("%q is taken for %q", text, clear)
		}
	}
}

// forged is a token of any id and secret with the checksum that belongs to them, which
// everybody can work out.
func forged(id, hidden string) string {
	const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	body := "skt_live_" + id + "_" + hidden
	sum := make([]byte, 6)
	for rest, i := crc32.ChecksumIEEE([]byte(body)), len(sum)-1; i >= 0; i-- {
		sum[i], rest = digits[rest%62], rest/62
	}
	return body + string(sum)
}

const (
	someID     = "0123456789"
	someSecret = "0123456789ABCDEFGHIJKLMNOPQRSTUV"
)

// A right checksum makes no token of characters that none has.
func TestATokenIsOfItsAlphabet(t *testing.T) {
	if id, _, ok := domain.ParseToken(forged(someID, someSecret)); !ok || id != someID {
		t.Fatalf("a whole token is taken for %q, %t", id, ok)
	}
	for odd := range 256 {
		taken := strings.ContainsRune("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", rune(odd))
		for place := range someSecret {
			text := string([]byte{byte(odd)})
			if place < len(someID) {
				if _, _, ok := domain.ParseToken(forged(someID[:place]+text+someID[place+1:], someSecret)); ok != taken {
					t.Errorf("byte %#x at %d of the id is taken: %t", odd, place, ok)
				}
			}
			if _, _, ok := domain.ParseToken(forged(someID, someSecret[:place]+text+someSecret[place+1:])); ok != taken {
				t.Errorf("byte %#x at %d of the secret is taken: %t", odd, place, ok)
			}
		}
	}
	for _, id := range []string{"=cmd|'/c!A", "012345678\x00", "\xff123456789", "0123_56789", "01234567é"} {
		if got, secret, ok := domain.ParseToken(forged(id, someSecret)); ok || got != "" || secret != [32]byte{} {
			t.Errorf("%q is taken for an id", id)
		}
	}
}

// Whatever is taken for a token has the shape of one.
func FuzzParseToken(f *testing.F) {
	f.Add(someID, someSecret)
	f.Add("=cmd|'/c!A", someSecret)
	f.Add("012345678\x00", "\xff123456789ABCDEFGHIJKLMNOPQRSTUV")
	shape := regexp.MustCompile(`^[0-9A-Za-z]{10}$`)
	f.Fuzz(func(t *testing.T, id, hidden string) {
		for _, text := range []string{forged(id, hidden), id + hidden, "skt_live_" + id + "_" + hidden} {
			if got, _, ok := domain.ParseToken(text); ok && (!shape.MatchString(got) || !utf8.ValidString(text)) {
				t.Errorf("%q is taken for %q", text, got)
			}
		}
	})
}

func TestATokenIsAcceptedUntilItEnds(t *testing.T) {
	now := time.Date(2026, time.October, 31, 12, 0, 0, 0, time.UTC)
	_, id, secret := newToken(t)
	_, _, other := newToken(t)
	valid := domain.StoredToken{ID: id, Secret: secret, ExpiresAt: now.Add(time.Second)}
	with := func(change func(*domain.StoredToken)) domain.StoredToken {
		token := valid
		change(&token)
		return token
	}
	before := now.Add(-time.Hour)
	for name, c := range map[string]struct {
		token  domain.StoredToken
		secret [32]byte
		want   bool
	}{
		"valid":             {valid, secret, true},
		"another secret":    {valid, other, false},
		"no secret":         {valid, [32]byte{}, false},
		"at its end":        {with(func(s *domain.StoredToken) { s.ExpiresAt = now }), secret, false},
		"after its end":     {with(func(s *domain.StoredToken) { s.ExpiresAt = before }), secret, false},
		"revoked":           {with(func(s *domain.StoredToken) { s.RevokedAt = &before }), secret, false},
		"used":              {with(func(s *domain.StoredToken) { s.LastUsedAt = &before }), secret, true},
		"without an end":    {with(func(s *domain.StoredToken) { s.ExpiresAt = time.Time{} }), secret, false},
		"an unknown secret": {domain.StoredToken{ExpiresAt: now.Add(time.Hour)}, secret, false},
	} {
		if got := c.token.Accepts(c.secret, now); got != c.want {
			t.Errorf("%s: accepted %t, want %t", name, got, c.want)
		}
	}
}

func TestUseIsNotedOnceAMinute(t *testing.T) {
	now := time.Date(2026, time.October, 31, 12, 0, 0, 0, time.UTC)
	for ago, old := range map[time.Duration]bool{0: false, time.Second: false, time.Minute: false, time.Minute + time.Second: true, -time.Hour: false} {
		used := now.Add(-ago)
		if got := (domain.StoredToken{LastUsedAt: &used}).UseIsOld(now); got != old {
			t.Errorf("a use %s ago is old: %t, want %t", ago, got, old)
		}
	}
	if !(domain.StoredToken{}).UseIsOld(now) {
		t.Error("the first use is not worth noting")
	}
}

func TestParseGrant(t *testing.T) {
	for name, c := range map[string]struct {
		kind  domain.ScopeKind
		codes []string
		valid bool
	}{
		"one organisation":        {domain.ScopeOrganisation, []string{"RRK"}, true},
		"two ICBs":                {domain.ScopeICB, []string{"QHL", "QUA"}, true},
		"a region":                {domain.ScopeRegion, []string{"Y60"}, true},
		"a new-style code":        {domain.ScopeOrganisation, []string{"G6V2S"}, true},
		"all":                     {domain.ScopeAll, nil, true},
		"all and one":             {domain.ScopeAll, []string{"RRK"}, false},
		"none":                    {domain.ScopeOrganisation, nil, false},
		"an empty code":           {domain.ScopeOrganisation, []string{""}, false},
		"a code in small letters": {domain.ScopeOrganisation, []string{"rrk"}, false},
		"two codes in one":        {domain.ScopeOrganisation, []string{"RRK,RXA"}, false},
		"a code too long":         {domain.ScopeICB, []string{"RRK", "ABCDEFGHIJ"}, false},
		"a code too short":        {domain.ScopeRegion, []string{"Y6"}, false},
	} {
		grant, err := domain.ParseGrant(c.kind, c.codes)
		if (err == nil) != c.valid {
			t.Errorf("%s: %+v, %v", name, grant, err)
		}
		if err != nil && (domain.KindOf(err) != domain.KindInvalid || grant.Kind != "" || grant.Codes != nil) {
			t.Errorf("%s: refused with %+v, %v", name, grant, err)
		}
		if err == nil && (grant.Kind != c.kind || !slices.Equal(grant.Codes, c.codes)) {
			t.Errorf("%s: %+v", name, grant)
		}
	}
}
