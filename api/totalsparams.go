package api

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	openapi_types "github.com/oapi-codegen/runtime/types"

	"skillstracker/domain"
)

// totalsParams is the query of every totals endpoint, each of which knows some of
// these parameters.
type totalsParams struct {
	GroupBy          []domain.Dimension   `json:"group_by"`
	Region           []string             `json:"region"`
	ICB              []string             `json:"icb"`
	Organisation     []string             `json:"organisation"`
	Sector           []string             `json:"sector"`
	Kind             []string             `json:"kind"`
	StaffGroup       []string             `json:"staff_group"`
	JobRole          []string             `json:"job_role"`
	Band             []string             `json:"band"`
	AreaOfWork       []string             `json:"area_of_work"`
	Digital          []string             `json:"digital"`
	Team             []string             `json:"team"`
	Competence       []string             `json:"competence"`
	Domain           []string             `json:"domain"`
	AssessorKind     []string             `json:"assessor_kind"`
	Framework        *string              `json:"framework"`
	FrameworkVersion *string              `json:"framework_version"`
	Crosswalk        string               `json:"crosswalk"`
	Order            string               `json:"order"`
	Month            []openapi_types.Date `json:"month"`
	From             *openapi_types.Date  `json:"from"`
	To               *openapi_types.Date  `json:"to"`
	AsAt             *openapi_types.Date  `json:"as_at"`
	Baseline         *openapi_types.Date  `json:"baseline"`
	PeriodMonths     *int                 `json:"period_months"`
	TargetPosts      *int                 `json:"target_posts"`
	Basis            domain.Basis         `json:"basis"`
	Subtotals        bool                 `json:"subtotals"`
	KnownAt          *time.Time           `json:"known_at"`
	ByteOrderMark    bool                 `json:"bom"`
}

// readParams reads the parameters of any totals endpoint. The generated code has a
// type of its own for each; all name a parameter alike, so they are read by name, and
// a name that is not known here is an error rather than a filter passed over.
func readParams(generated any) (totalsParams, error) {
	var params totalsParams
	written, err := json.Marshal(generated)
	if err != nil {
		return params, fmt.Errorf("write parameters: %w", err)
	}
	reader := json.NewDecoder(bytes.NewReader(written))
	reader.DisallowUnknownFields()
	if err := reader.Decode(&params); err != nil {
		return params, fmt.Errorf("read parameters: %w", err)
	}
	return params, nil
}

// defaultPeriod is the number of months of a period when a question names none.
const defaultPeriod = 12

// filter is the question without its dates.
func (p totalsParams) filter() domain.TotalsFilter {
	filter := domain.TotalsFilter{
		GroupBy: p.GroupBy, Subtotals: p.Subtotals, Basis: p.Basis,
		Regions: once(p.Region), ICBs: once(p.ICB), Organisations: once(p.Organisation), Sectors: once(p.Sector), Kinds: once(p.Kind),
		StaffGroups: once(p.StaffGroup), JobRoles: once(p.JobRole), Bands: once(p.Band), AreasOfWork: once(p.AreaOfWork), Digital: once(p.Digital), Teams: once(p.Team),
		Competences: once(p.Competence), Domains: once(p.Domain), AssessorKinds: once(p.AssessorKind),
		PeriodMonths: orDefault(p.PeriodMonths, defaultPeriod), KnownAt: p.KnownAt,
	}
	if filter.Basis == "" {
		filter.Basis = domain.BasisAsWas
	}
	return filter
}

// once leaves out values that were given before, which do not make a choice of several.
func once(values []string) []string {
	var kept []string
	for _, value := range values {
		if !slices.Contains(kept, value) {
			kept = append(kept, value)
		}
	}
	return kept
}

// totalsQuestion is a question of a totals endpoint that has been understood: its
// codes exist and its dates are month ends.
type totalsQuestion struct {
	actor  domain.Actor
	lists  domain.Lists
	params totalsParams
	filter domain.TotalsFilter
	// dataAsAt is when the register had last changed before anything was read; nil when
	// it holds nothing.
	dataAsAt *time.Time
}

// begin reads what is asked and when it is about.
func (h *handlers) begin(ctx context.Context, generated any) (totalsQuestion, error) {
	actor, err := actorFrom(ctx)
	if err != nil {
		return totalsQuestion{}, err
	}
	q := totalsQuestion{actor: actor}
	if q.lists, err = h.lists.get(ctx); err != nil {
		return q, err
	}
	if q.params, err = readParams(generated); err != nil {
		return q, err
	}
	q.filter, q.filter.Today = q.params.filter(), h.today()
	if known := q.filter.KnownAt; known != nil {
		if known.After(h.deps.Clock()) {
			return q, domain.Invalid("known_at_in_future", "known_at lies in the future: nobody can say what the register will hold.",
				domain.FieldFault{Field: "known_at", Message: "Use a time that has passed, or leave it out."})
		}
		// Membership as_now is that of the day of which the question is (DESIGN 3.13).
		q.filter.Today = domain.DateOf(*known)
	}
	if err := q.params.period().settle(&q.filter, h.today()); err != nil {
		return q, err
	}
	if q.dataAsAt, err = h.deps.Totals.LastChangeAt(ctx, q.filter.KnownAt); err != nil {
		return q, fmt.Errorf("read time of the last change: %w", err)
	}
	return q, nil
}

// understood is begin for the kinds of totals that need nothing else, and checks the
// codes.
func (h *handlers) understood(ctx context.Context, generated any) (totalsQuestion, error) {
	q, err := h.begin(ctx, generated)
	if err != nil {
		return q, err
	}
	return q, h.checkCodes(ctx, q.lists, &q.filter)
}
