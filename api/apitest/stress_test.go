package apitest_test

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"skillstracker/api/apitest"
	"skillstracker/domain"
	"skillstracker/repository"
)

// How many requests are made at random, and the seed that repeats a run.
const (
	stressVariable = "SKILLSTRACKER_STRESS_REQUESTS"
	seedVariable   = "SKILLSTRACKER_SEED"
)

// numberFrom reads a number from the environment.
func numberFrom(t *testing.T, variable string, otherwise int) int {
	t.Helper()
	text := os.Getenv(variable)
	if text == "" {
		return otherwise
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		t.Fatalf("%s is %q", variable, text)
	}
	return n
}

// seedOf is the seed of a run, which is printed to be used again.
func seedOf(t *testing.T) uint64 {
	t.Helper()
	seed := uint64(numberFrom(t, seedVariable, 1+rand.IntN(1<<31)))
	t.Logf("%s=%d repeats this", seedVariable, seed)
	return seed
}

// caller is somebody with a credential and what of three organisations they may never see.
type caller struct {
	name    string
	who     shown
	home    string
	barred  []string
	refused bool // nothing is answered at all
}

// stressCallers are HR and a manager of two organisations, a planner who has data of
// nobody, and two whose tokens ended.
func (w world) stressCallers(t *testing.T) []caller {
	t.Helper()
	everything := slices.Concat(canariesOf(ownCode), canariesOf(otherCode), canariesOf(predecessorCode))
	notOther := canariesOf(otherCode)
	notOwn := slices.Concat(canariesOf(ownCode), canariesOf(predecessorCode))
	return []caller{
		{"HR of RXA", w.accepted[domain.RoleHR], ownCode, notOther, false},
		{"HR of RXB", bearer(w.token(t, domain.RoleHR, domain.ScopeOrganisation, otherCode)), otherCode, notOwn, false},
		{"HR of RXA, signed in", w.sessions[domain.RoleHR], ownCode, notOther, false},
		{"manager of RXA", w.accepted[domain.RoleManager], ownCode, append(slices.Clone(notOther), personCanary(ownCode), personCanary(predecessorCode)), false},
		{"planner of RXC", bearer(w.token(t, domain.RolePlanner, domain.ScopeOrganisation, "RXC")), "RXC", everything, false},
		{"expired", w.expired, ownCode, everything, true},
		{"revoked", w.revoked, ownCode, everything, true},
	}
}

// stress is a run of random requests against one server.
type stress struct {
	world
	url        string
	client     *http.Client
	operations []apitest.Operation
	callers    []caller
	left       atomic.Int64
	answered   atomic.Int64
	cancelled  atomic.Int64
	counting   sync.Mutex
	statuses   map[int]int
	own        atomic.Int64 // answers with values of the caller's own organisation
}

// Random questions and uploads of callers of two organisations meet one server with few
// connections, and a third of them are given up at random moments: nobody ever gets a
// value of another organisation, nothing fails, and no connection keeps a scope.
func TestMixedRequestsOfTwoOrganisations(t *testing.T) {
	t.Parallel()
	const connections = 4
	w := newWorld(t, func(cfg *repository.Config) { cfg.MaxConnections = connections })
	w.crosswalk(t)
	server := httptest.NewServer(w.handler)
	t.Cleanup(server.Close)
	seed := seedOf(t)
	s := &stress{world: w, url: server.URL, callers: w.stressCallers(t), statuses: map[int]int{}}
	s.client = &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 16}, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	for _, operation := range w.contract.Operations() {
		if p, placed := places()[operation.ID]; placed && p.roles != "admin" {
			s.operations = append(s.operations, operation)
			if !strings.Contains(operation.ID, "Report") && !strings.Contains(operation.ID, "Xlsx") && operation.ID != "getTemplate" {
				s.operations = append(s.operations, operation, operation, operation)
			}
		}
	}
	wanted := numberFrom(t, stressVariable, 2000)
	s.left.Store(int64(wanted))
	var senders sync.WaitGroup
	for sender := range 8 {
		senders.Go(func() {
			random := rand.New(rand.NewPCG(seed, uint64(sender)))
			for s.left.Add(-1) >= 0 && !t.Failed() {
				s.request(t, random)
			}
		})
	}
	senders.Wait()
	s.noScopeIsLeft(t, connections)
	for line := range strings.Lines(w.log.String()) {
		if strings.Contains(line, `"status":5`) || strings.Contains(line, `"level":"ERROR"`) {
			t.Errorf("the log has %s", line)
		}
		for _, organisation := range []string{ownCode, otherCode, predecessorCode} {
			if strings.Contains(line, personCanary(organisation)) {
				t.Errorf("an employee number is in the log: %s", line)
			}
		}
	}
	t.Logf("%d requests: %d answered, %d given up; %v", wanted, s.answered.Load(), s.cancelled.Load(), s.statuses)
	if s.cancelled.Load() < int64(wanted)/10 || s.answered.Load() < int64(wanted)/3 || s.statuses[http.StatusOK] == 0 || s.statuses[http.StatusNotFound] == 0 || s.own.Load() == 0 {
		t.Error("the mix is not one")
	}
}

// request sends one request and looks at whatever comes of it.
func (s *stress) request(t *testing.T, random *rand.Rand) {
	t.Helper()
	operation := s.operations[random.IntN(len(s.operations))]
	who := s.callers[random.IntN(len(s.callers))]
	organisation := who.home
	if random.IntN(3) == 0 {
		organisation = []string{ownCode, otherCode, predecessorCode, unknownCode}[random.IntN(4)]
	}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	if random.IntN(3) == 0 {
		timer := time.AfterFunc(time.Duration(random.Int64N(int64(12*time.Millisecond))), stop)
		defer timer.Stop()
	}
	question := s.question(t, operation, places()[operation.ID], organisation)
	request, err := http.NewRequestWithContext(ctx, question.Method, s.url+question.URL.String(), question.Body)
	if err != nil {
		t.Error(err)
		return
	}
	request.Header = question.Header
	who.who.on(request)
	answer, err := s.client.Do(request)
	if err != nil {
		s.givenUp(ctx, t, err)
		return
	}
	body, err := io.ReadAll(answer.Body)
	closing := answer.Body.Close()
	name := fmt.Sprintf("%s by %s about %s", operation.ID, who.name, organisation)
	answer.Body = io.NopCloser(strings.NewReader(string(body)))
	if err != nil || closing != nil {
		s.givenUp(ctx, t, err)
		s.lacks(t, name, string(body), who.barred)
		return
	}
	s.answered.Add(1)
	s.counting.Lock()
	s.statuses[answer.StatusCode]++
	s.counting.Unlock()
	s.contract.Check(t, question, answer)
	said := plain(t, answer)
	s.lacks(t, name, said, who.barred)
	if strings.Contains(said, personCanary(who.home)) {
		s.own.Add(1)
	}
	switch {
	case answer.StatusCode >= http.StatusInternalServerError:
		t.Errorf("%s: %d %s", name, answer.StatusCode, body)
	case who.refused != (answer.StatusCode == http.StatusUnauthorized):
		t.Errorf("%s: %d", name, answer.StatusCode)
	}
}

func (s *stress) givenUp(ctx context.Context, t *testing.T, err error) {
	t.Helper()
	if ctx.Err() == nil {
		t.Errorf("nobody gave up: %v", err)
	}
	s.cancelled.Add(1)
}

func (s *stress) lacks(t *testing.T, name, said string, barred []string) {
	t.Helper()
	for _, canary := range barred {
		if strings.Contains(said, canary) {
			t.Errorf("%s: the answer holds %s", name, canary)
		}
	}
}

// noScopeIsLeft takes every connection of the pool at once and asks it what it sees.
func (s *stress) noScopeIsLeft(t *testing.T, connections int) {
	t.Helper()
	var held []*sql.Conn
	for range connections {
		conn, err := s.store.DB().Conn(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		held = append(held, conn)
		var scope string
		var rows int
		if err := conn.QueryRowContext(t.Context(), `SELECT concat(current_setting('skills.organisations', true), current_setting('skills.write_organisation', true),
				current_setting('skills.aggregate', true), current_setting('skills.audit', true), current_setting('skills.expire', true)),
				(SELECT count(*) FROM staff_member) + (SELECT count(*) FROM upload) + (SELECT count(*) FROM audit_event)`).Scan(&scope, &rows); err != nil {
			t.Fatal(err)
		}
		if scope != "" || rows != 0 {
			t.Errorf("a connection has the scope %q and sees %d rows", scope, rows)
		}
	}
	for _, conn := range held {
		if err := conn.Close(); err != nil {
			t.Error(err)
		}
	}
}
