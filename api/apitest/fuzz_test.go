package apitest_test

import (
	"encoding/base64"
	"fmt"
	"hash/crc32"
	"maps"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"testing"

	"skillstracker/domain"
)

// fuzzVariable says how many requests the fuzzer makes.
const fuzzVariable = "SKILLSTRACKER_FUZZ_REQUESTS"

// credentialed is how a request shows who sends it, and which values it may never get.
type credentialed struct {
	name   string
	who    shown
	barred []string
	again  func() shown // begins another session, when it is one
}

func (w world) credentials(t *testing.T) []credentialed {
	t.Helper()
	everything := slices.Concat(canariesOf(ownCode), canariesOf(otherCode), canariesOf(predecessorCode))
	persons := []string{personCanary(ownCode), personCanary(predecessorCode)}
	all := []credentialed{
		{"nobody", shown{}, everything, nil},
		{"expired", w.expired, everything, nil},
		{"revoked", w.revoked, everything, nil},
		{"mistyped", bearer("SKT_LIVE_X"), everything, nil},
		{"forged", bearer("skt_live_0123456789_0123456789ABCDEFGHIJKLMNOPQRSTUVXXXXXX"), everything, nil},
		{"of no id", shown{"Authorization", "Basic " + base64.StdEncoding.EncodeToString([]byte("excel:"+forgedToken("012345\x00\xff'!")))}, everything, nil},
		{"another scheme", shown{"Authorization", "Digest x"}, everything, nil},
		{"signed out", w.signOut, everything, nil},
		{"odd", bearer("\x01é"), everything, nil},
		{"HR of RXB", bearer(w.token(t, domain.RoleHR, domain.ScopeOrganisation, otherCode)), slices.Concat(canariesOf(ownCode), canariesOf(predecessorCode)), nil},
	}
	for _, role := range domain.Roles() {
		barred := slices.Clone(canariesOf(otherCode))
		if role != domain.RoleHR {
			barred = append(barred, persons...)
		}
		// Those who are let in are as many as those who are not.
		grant := domain.Grant{Kind: domain.ScopeOrganisation, Codes: []string{ownCode}}
		if role == domain.RoleAdmin {
			grant = domain.Grant{Kind: domain.ScopeAll}
		}
		again := func() shown { return w.session(t, role, grant, false) }
		all = append(all, credentialed{string(role), w.accepted[role], barred, nil}, credentialed{string(role) + ", signed in", w.sessions[role], barred, again})
	}
	return all
}

// forgedToken is a token of any ten characters as its id, with the checksum that belongs
// to it: everybody can work that out.
func forgedToken(id string) string {
	const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	body := "skt_live_" + id + "_" + digits[:32]
	sum := make([]byte, 6)
	for rest, i := crc32.ChecksumIEEE([]byte(body)), len(sum)-1; i >= 0; i-- {
		sum[i], rest = digits[rest%62], rest/62
	}
	return body + string(sum)
}

// Whatever is sent, by whomever, is answered as the contract says, without a failure and
// without a value of personal data to somebody who may not see it. What was sent about a
// person stands neither in the log nor in the audit trail nor in a file that is left.
func TestWhateverIsSentIsAnsweredByTheContract(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.crosswalk(t)
	wanted, seed := numberFrom(t, fuzzVariable, 2000), seedOf(t)
	f := &fuzzer{
		Rand: rand.New(rand.NewPCG(seed, 1)), operations: w.contract.Operations(),
		ids: slices.Concat(slices.Sorted(maps.Values(w.ids)), slices.Sorted(maps.Values(w.spare))),
	}
	credentials := w.credentials(t)
	statuses, met := map[int]int{}, map[string]map[int]bool{}
	for n := range wanted {
		request, operation := f.request()
		asking := f.IntN(len(credentials))
		who := credentials[asking]
		who.who.on(request)
		name := fmt.Sprintf("request %d: %s %.300q by %s (%s)", n, request.Method, request.RequestURI, who.name, operation.ID)
		answer := w.contract.Serve(t, w.handler, request.WithContext(t.Context()))
		said := plain(t, answer)
		statuses[answer.StatusCode]++
		if met[operation.ID] == nil {
			met[operation.ID] = map[int]bool{}
		}
		met[operation.ID][answer.StatusCode] = true
		if answer.StatusCode >= http.StatusInternalServerError {
			t.Errorf("%s: %d\n%s", name, answer.StatusCode, lastLine(w.alarms()))
		}
		for _, canary := range who.barred {
			if strings.Contains(said, canary) {
				t.Errorf("%s: the answer holds %s", name, canary)
			}
		}
		if t.Failed() {
			t.Fatal(name)
		}
		if who.again != nil && operation.ID == "signOut" {
			credentials[asking].who = who.again()
		}
	}
	w.nothingIsLeft(t)
	t.Logf("%d requests: %v", wanted, statuses)
	if len(met) != len(f.operations) || statuses[http.StatusOK] < wanted/20 {
		t.Errorf("%d of %d operations were met: %v", len(met), len(f.operations), statuses)
	}
}

// nothingIsLeft looks for values about people where nobody may leave them.
func (w world) nothingIsLeft(t *testing.T) {
	t.Helper()
	everything := slices.Concat(canariesOf(ownCode), canariesOf(otherCode), canariesOf(predecessorCode), []string{sentCanary})
	var events strings.Builder
	rows, err := w.database.Admin(t).QueryContext(t.Context(), `SELECT CAST(to_jsonb(e) AS text) FROM audit_event e`)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var event string
		if err := rows.Scan(&event); err != nil {
			t.Fatal(err)
		}
		events.WriteString(event)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	searched{"the log": w.log.String(), "the audit trail": events.String(), "the temporary folder": filesOf(t, w.temp)}.lacks(t, "afterwards", everything)
	if events.Len() == 0 || w.log.String() == "" {
		t.Error("the search would find nothing")
	}
}
