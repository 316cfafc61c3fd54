package api

import (
	"fmt"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"skillstracker/domain"
)

// Rates says how often something may be asked, in times a minute; a quarter of that, and
// at least 20, may come at once. 0 switches a limit off. Each server counts for itself.
type Rates struct {
	Requests int // of one caller, whatever they ask
	Heavy    int // of one caller: uploads, reports, exports and erasures
	Failures int // wrong credentials, and wrong links and messages of signing in and out, from one address
}

// DefaultRates are far above what people and reports do, and far below what would keep
// others from being served.
func DefaultRates() Rates { return Rates{Requests: 1200, Heavy: 120, Failures: 60} }

// unprovenFactor is by how much more requests may show no credential, or begin a
// sign-in, than may show a wrong one: Excel, Power BI and browsers ask once without a
// token before they send it, and a trust's people may all come from one address.
const unprovenFactor = 10

// rates are the counts of a server.
type rates struct {
	requests, heavy *buckets // by caller
	// failures are counted by address: of tokens and sessions, and of links and messages of
	// signing in and out, so that a program with an old token is in nobody's way there.
	failures, signIns *buckets
	unproven          *buckets // by address
	accepted          *accepted
}

func newRates(limits Rates) *rates {
	return &rates{
		requests: newBuckets(limits.Requests, maxCounted), heavy: newBuckets(limits.Heavy, maxCounted),
		failures: newBuckets(limits.Failures, maxCounted), signIns: newBuckets(limits.Failures, maxCounted),
		unproven: newBuckets(unprovenFactor*limits.Failures, maxCounted), accepted: newAccepted(maxCounted),
	}
}

// refuseAddress returns an error when too many wrong credentials came from an address,
// or, for a request that shows none, too many of those.
func (r *rates) refuseAddress(address string, shown bool, now time.Time) error {
	if shown {
		return tooOften("Too many credentials that are not accepted came from your address.", r.failures.wait(address, now))
	}
	return tooOften(tooManyUnproven, r.unproven.wait(address, now))
}

const tooManyUnproven = "Too many requests without a credential came from your address."

// takeUnproven counts a request that shows no credential, or returns an error when too
// many of those came from its address.
func (r *rates) takeUnproven(address string, now time.Time) error {
	return tooOften(tooManyUnproven, r.unproven.take(address, now))
}

// noteFailure counts a request whose credential was wrong or missing.
func (r *rates) noteFailure(address string, shown credential, now time.Time) {
	if !shown.found() {
		r.unproven.charge(address, now)
		return
	}
	r.accepted.forget(shown.hash)
	r.failures.charge(address, now)
}

// tooOften returns the refusal of what must wait, or nil.
func tooOften(what string, wait time.Duration) error {
	if wait <= 0 {
		return nil
	}
	seconds := int(wait.Seconds())
	return domain.RateLimited(fmt.Sprintf("%s Ask again in %s.", what, counted(seconds, "second")), seconds)
}

// limitRate refuses callers who ask too often, and addresses from which too many
// sign-ins are tried.
func (s *server) limitRate(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		op, found := s.operation(c)
		switch {
		case !found:
			return next(c)
		case signsIn(op.id):
			return s.limitSignIn(c, op, next)
		case op.id == "signOut":
			return s.limitSignOut(c, next)
		case op.permission == public:
			return next(c)
		}
		actor, err := actorFrom(c.Request().Context())
		if err != nil {
			return err
		}
		now := s.clock()
		if err := tooOften("You ask too often.", s.rates.requests.take(actor.ID, now)); err != nil {
			return err
		}
		if heavy(op.id) {
			if err := tooOften("You send too many files or ask for too many reports and exports.", s.rates.heavy.take(actor.ID, now)); err != nil {
				return err
			}
		}
		return next(c)
	}
}

// limitSignIn counts an attempt to sign in by the address that it comes from. Where one
// message is all that it takes, it counts again when it fails.
func (s *server) limitSignIn(c echo.Context, op operation, next echo.HandlerFunc) error {
	address, now := addressKey(c.RealIP()), s.clock()
	const what = "Too many sign-ins were tried from your address."
	byMessage := signsInByMessage(op.id)
	if byMessage {
		if err := tooOften(what, s.rates.signIns.wait(address, now)); err != nil {
			return err
		}
	}
	if err := tooOften(what, s.rates.unproven.take(address, now)); err != nil {
		return err
	}
	err := next(c)
	status := c.Response().Status
	if err != nil {
		status = problemOf(err).status
	}
	if byMessage && status >= http.StatusBadRequest && status < http.StatusInternalServerError {
		s.rates.signIns.charge(address, now)
	}
	return err
}

// limitSignOut counts a sign-out by the address that it comes from, unless its session
// was accepted not long ago: whoever makes cookies up must not keep the database busy.
func (s *server) limitSignOut(c echo.Context, next echo.HandlerFunc) error {
	now := s.clock()
	shown := cookieOf(c.Request())
	if !s.rates.accepted.knows(shown.hash, now) {
		if err := s.rates.takeUnproven(addressKey(c.RealIP()), now); err != nil {
			return err
		}
	}
	s.rates.accepted.forget(shown.hash)
	return next(c)
}

// signsIn says whether an operation is a step of signing in, or of a provider that signs
// somebody out. None of them asks for a credential.
func signsIn(operationID string) bool {
	return operationID == "getSignIn" || operationID == "finishSignIn" || signsInByMessage(operationID)
}

// signsInByMessage says whether an operation of signing in believes a secret or a token
// that may come from anywhere. A way back from a provider counts in the browser that began
// the sign-in alone, so that there is nothing to try out, and people behind one address
// whose provider fails must not lock each other out.
func signsInByMessage(operationID string) bool {
	switch operationID {
	case "backChannelLogout", "getFirstAdministrator", "useFirstAdministrator":
		return true
	}
	return false
}

// heavy says whether an operation takes much work: what reads or writes many rows.
func heavy(operationID string) bool {
	switch operationID {
	case "createUpload", "createNationalUpload", "voidUpload", "voidNationalUpload", "importOrganisations", "importSuccessions",
		"publishFramework", "publishCrosswalk",
		"getReport", "getPeopleReport", "exportPeople", "exportVacanciesCsv", "exportVacanciesXlsx", "exportAuditEvents",
		"getOrganisationData", "getUploadFile", "getNationalUploadFile",
		"getUploadFindingsCsv", "getUploadFindingsXlsx", "getNationalUploadFindingsCsv", "getNationalUploadFindingsXlsx",
		"getPersonRecord", "getPersonRecordCsv", "erasePerson", "restrictPerson":
		return true
	}
	return false
}
