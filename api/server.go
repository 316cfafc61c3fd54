package api

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"time"

	"github.com/labstack/echo/v4"

	"skillstracker/api/signin"
	"skillstracker/api/spec"
	"skillstracker/api/web"
	"skillstracker/domain"
	"skillstracker/domain/disclosure"
)

// Deps is everything that the server needs. All but SignIn, Synthetic, Rule, KeepFiles, Rates
// and Limits must be set; zero Limits mean DefaultLimits, zero Rates that none holds.
type Deps struct {
	Uploads     domain.UploadStore
	Data        domain.DataReader
	Reads       domain.ReadAudit
	Registry    domain.Registry
	Totals      domain.TotalsReader
	Targets     domain.TargetReader
	Exports     domain.Exporter
	Credentials domain.Credentials
	Reports     Reporter
	Audit       domain.AuditTrail
	Tokens      domain.TokenKeeper
	Rights      domain.PeopleRights
	Sessions    domain.Sessions
	// SignIn knows the identity providers; nil where people cannot sign in.
	SignIn *signin.Service

	// Rule is the disclosure rule for figures about people; without thresholds it
	// means disclosure.Default.
	Rule disclosure.Rule
	// Ready returns an error while the service cannot answer questions.
	Ready func(ctx context.Context) error
	// Clock tells the time.
	Clock  func() time.Time
	Logger *slog.Logger

	// TempDir is the folder for files on their way in and out. Its files have no
	// name after they were opened, or are removed with the request.
	TempDir string
	// Version of the program.
	Version string
	// Synthetic says that the figures were made up, and makes every answer say so.
	Synthetic bool
	// KeepFiles is how long Uploads keeps sent files. With zero none is handed to it,
	// and otherwise those that were read to their end and not refused.
	KeepFiles time.Duration
	Limits    Limits
	// Rates bound how often one caller or one address may ask.
	Rates Rates
	// TrustedProxies are the networks of the proxies whose X-Forwarded-For tells a
	// caller's address.
	TrustedProxies []netip.Prefix

	// Pool tells how the connections to the database are used, for the metrics; without
	// it they are shown as 0.
	Pool func() PoolStatistics
	// PublicMetrics lets everybody read the metrics, and not administrators alone.
	PublicMetrics bool
	// HTTPS says that callers reach the service by https alone, which makes every answer
	// tell browsers to stay with it.
	HTTPS bool
	// FormTargets are the origins, such as https://login.example, to which a form of a
	// page may lead beside this service.
	FormTargets []string
}

// server is what the middleware shares.
type server struct {
	deps       Deps
	operations operations
	logger     *slog.Logger
	clock      func() time.Time
	rates      *rates
	meters     *meters
	pages      web.Pages
	refused    *refusedCallers
}

// operation returns the operation that a request was routed to.
func (s *server) operation(c echo.Context) (operation, bool) {
	op, found := s.operations[operationKey(c.Request().Method, c.Path())]
	return op, found
}

// New returns the handler of the whole contract. It returns an error when a part
// is missing or when an operation of the contract has no permission or no route.
func New(deps Deps) (http.Handler, error) {
	if deps.Limits == (Limits{}) {
		deps.Limits = DefaultLimits()
	}
	if deps.Rule == (disclosure.Rule{}) {
		deps.Rule = disclosure.Default()
	}
	if err := deps.check(); err != nil {
		return nil, err
	}
	described, err := readOperations(contractDocument, deps.Limits)
	if err != nil {
		return nil, err
	}
	if deps.PublicMetrics {
		described.open("getMetrics")
	}
	if deps.Pool == nil {
		deps.Pool = func() PoolStatistics { return PoolStatistics{} }
	}
	counted, err := newMeters(deps.Version, deps.Pool)
	if err != nil {
		return nil, err
	}
	pages, err := web.New()
	if err != nil {
		return nil, err
	}
	s := &server{deps: deps, operations: described, logger: deps.Logger, clock: deps.Clock, rates: newRates(deps.Rates), meters: counted, pages: pages, refused: newRefusedCallers()}

	e := echo.New()
	e.IPExtractor = clientAddress(deps.TrustedProxies)
	// The order is the order of the work, from the outside in.
	e.Use(
		nameRequest,
		s.countRequest,
		s.secureHeaders,
		s.showProblems,
		s.logRequest,
		recoverPanics,
		refuseOptions,
		s.noteRefusals,
		s.refuseOtherOrigins(),
		s.limitTime,
		s.limitBody,
		s.authenticate,
		s.limitRate,
		s.authorise,
		s.validate,
		s.refuseCompressed,
		s.checkDocument,
		s.checkForm,
	)
	carried := newHandlers(deps, pages)
	carried.meters = counted
	spec.RegisterHandlers(e, spec.NewStrictHandler(carried, []spec.StrictMiddlewareFunc{passUploadBody, passCookies, requireCSV, refuseWithoutPieces}))
	var routes []string
	for _, route := range e.Routes() {
		routes = append(routes, operationKey(route.Method, route.Path))
	}
	if err := described.agree(routes); err != nil {
		return nil, fmt.Errorf("compare routes with the contract: %w", err)
	}
	return headAsGet(e), nil
}

// check says which parts are missing.
func (d Deps) check() error {
	faults := []error{d.Rule.Validate(), d.Limits.check()}
	if d.KeepFiles < 0 {
		faults = append(faults, errors.New("make server: KeepFiles is below zero"))
	}
	for name, missing := range map[string]bool{
		"Uploads": d.Uploads == nil, "Data": d.Data == nil, "Reads": d.Reads == nil, "Registry": d.Registry == nil, "Totals": d.Totals == nil,
		"Targets": d.Targets == nil, "Exports": d.Exports == nil, "Credentials": d.Credentials == nil, "Audit": d.Audit == nil, "Tokens": d.Tokens == nil, "Rights": d.Rights == nil, "Sessions": d.Sessions == nil, "Reports": d.Reports == nil, "Ready": d.Ready == nil,
		"Clock": d.Clock == nil, "Logger": d.Logger == nil, "TempDir": d.TempDir == "",
	} {
		if missing {
			faults = append(faults, fmt.Errorf("make server: %s is not set", name))
		}
	}
	return errors.Join(faults...)
}
