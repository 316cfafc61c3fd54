package repository

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"skillstracker/domain"
)

// totalsScope is as narrow as the question: the organisations that it names, what they
// share ("-", the registry's changes, and the nation's targets), or else every
// organisation's rows, of which nothing but aggregates leaves here. Today's
// organisations hold the facts of others too.
func totalsScope(filter domain.TotalsFilter) scope {
	if len(filter.Organisations) == 0 || filter.Basis == domain.BasisAsNow {
		return scope{aggregate: true}
	}
	return scope{read: append([]string{systemRows, domain.NationCode}, filter.Organisations...)}
}

// inTotals runs fn in a transaction that reads what a question is about, once all that
// was known at the question's time is committed.
func (s *Store) inTotals(ctx context.Context, filter domain.TotalsFilter, fn func(tx) error) error {
	if filter.KnownAt != nil {
		if err := s.settle(ctx, *filter.KnownAt); err != nil {
			return err
		}
	}
	return s.inScope(ctx, totalsScope(filter), true, func(t tx) error {
		if err := t.preferIndexes(ctx); err != nil {
			return err
		}
		// A national question adds up some hundred thousand rows; sorted on disk they
		// take a fifth longer.
		if _, err := t.exec(ctx, `SET LOCAL work_mem = '32MB'`); err != nil {
			return err
		}
		return fn(t)
	})
}

// groupArgs are the arguments that all totals share. The kind is that of the returns
// which are expected.
func groupArgs(filter domain.TotalsFilter, kind domain.UploadKind) args {
	months := make([]string, 0, len(filter.Months))
	for _, month := range filter.Months {
		months = append(months, month.String())
	}
	named := args{
		"months": textArray(months), "today": day(filter.Today), "as_now": filter.Basis == domain.BasisAsNow, "split": domain.UnassignedSplit, "return_kind": string(kind),
		"regions": listOrNull(filter.Regions), "icbs": listOrNull(filter.ICBs), "organisations": listOrNull(filter.Organisations),
		"sectors": listOrNull(filter.Sectors), "kinds": listOrNull(filter.Kinds), "staff_groups": listOrNull(filter.StaffGroups),
		"job_roles": listOrNull(filter.JobRoles), "bands": listOrNull(filter.Bands), "areas_of_work": listOrNull(filter.AreasOfWork),
		"digital": listOrNull(filter.Digital), "teams": listOrNull(filter.Teams), "assessor_kinds": listOrNull(filter.AssessorKinds),
	}
	for _, d := range []domain.Dimension{
		domain.ByRegion, domain.ByICB, domain.ByOrganisation, domain.BySector, domain.ByKind, domain.ByStaffGroup, domain.ByJobRole,
		domain.ByBand, domain.ByAreaOfWork, domain.ByDigital, domain.ByTeam, domain.ByAssessorKind, domain.ByCompetence, domain.ByDomain,
	} {
		named["by_"+string(d)] = filter.Has(d)
	}
	if filter.KnownAt != nil {
		named["known_at"] = *filter.KnownAt
	}
	return named
}

// totalsQuery composes the statement of a kind of totals from queries/<name>.sql and
// the parts of totalsParts.
func totalsQuery(name string, filter domain.TotalsFilter, more map[string]string) string {
	return compose(name, totalsParts(filter, more))
}

// totalsParts gives the parts that all totals share: {{members}} as the basis asks for
// them; {{live x}}, that the row x is held at the question's time; {{sets a, b}}, the
// grouping by columns that are named like dimensions; {{over a, b}}, the number that
// over reads. More parts are the caller's: name and file in queries/parts.
func totalsParts(filter domain.TotalsFilter, more map[string]string) parts {
	var known parts
	known = func(name, about string) (string, bool) {
		switch name {
		case "live":
			return live(about, filter.KnownAt != nil), true
		case "sets":
			return groupingSets(filter, strings.Split(about, ", ")), true
		case "over":
			return groupingOver(filter, strings.Split(about, ", ")), true
		case "standing":
			file := "standing_as_was"
			if filter.Basis == domain.BasisAsNow {
				file = "standing_as_now"
			}
			return compose("parts/"+file, known), true
		}
		if file, ok := more[name]; ok {
			return compose("parts/"+file, known), true
		}
		return "", false
	}
	return known
}

// dimensionOf returns the dimension that a column is named after, its alias left out.
func dimensionOf(column string) domain.Dimension {
	return domain.Dimension(column[strings.LastIndexByte(column, '.')+1:])
}

// groupingSets is what follows GROUP BY: the columns, those over which the question
// adds up in grouping sets.
func groupingSets(filter domain.TotalsFilter, columns []string) string {
	addedUp := filter.AddedUp()
	fixed := slices.DeleteFunc(slices.Clone(columns), func(c string) bool { return slices.Contains(addedUp, dimensionOf(c)) })
	if len(fixed) == len(columns) {
		return strings.Join(columns, ", ")
	}
	var sets []string
	for _, over := range filter.GroupingSets() {
		kept := slices.DeleteFunc(slices.Clone(columns), func(c string) bool {
			return slices.Contains(fixed, c) || slices.Contains(over, dimensionOf(c))
		})
		if set := "(" + strings.Join(kept, ", ") + ")"; !slices.Contains(sets, set) {
			sets = append(sets, set)
		}
	}
	return strings.Join(append(fixed, "GROUPING SETS ("+strings.Join(sets, ", ")+")"), ", ")
}

// groupingOver is an expression with bit i set in the rows that are a subtotal over the
// i-th dimension which the question adds up.
func groupingOver(filter domain.TotalsFilter, columns []string) string {
	var terms []string
	for i, d := range filter.AddedUp() {
		if place := slices.IndexFunc(columns, func(c string) bool { return dimensionOf(c) == d }); place >= 0 {
			terms = append(terms, fmt.Sprintf("grouping(%s) * %d", columns[place], 1<<i))
		}
	}
	return cmp.Or(strings.Join(terms, " + "), "0")
}

// overOf names the dimensions of a number that groupingOver made, as Group.Over.
func overOf(filter domain.TotalsFilter, over int) string {
	var names []string
	for i, d := range filter.AddedUp() {
		if over&(1<<i) != 0 {
			names = append(names, string(d))
		}
	}
	return strings.Join(names, ",")
}

// placeBits keeps of a row's over number what is about places.
func placeBits(filter domain.TotalsFilter, over int) int {
	bits := 0
	for i, d := range filter.AddedUp() {
		if isPlace(d) {
			bits |= over & (1 << i)
		}
	}
	return bits
}

func isPlace(d domain.Dimension) bool {
	return slices.Contains([]domain.Dimension{domain.ByNation, domain.ByRegion, domain.ByICB, domain.ByOrganisation, domain.BySector, domain.ByKind}, d)
}

// onlyPlaces says whether the rows with an over number are broken down by nothing but
// places and months: such a row is there even when it holds nothing.
func onlyPlaces(filter domain.TotalsFilter, over int) bool {
	return over&^placeBits(filter, over) == otherBits(filter) && emptyTells(filter)
}

// otherBits is the over number of the rows added up over everything but places.
func otherBits(filter domain.TotalsFilter) int {
	bits := 1<<len(filter.AddedUp()) - 1
	return bits &^ placeBits(filter, bits)
}

// emptyTells says whether some row of the answer is broken down by nothing but places
// and months.
func emptyTells(filter domain.TotalsFilter) bool {
	addedUp := filter.AddedUp()
	for _, d := range filter.GroupBy {
		if !isPlace(d) && d != domain.ByMonth && d != domain.ByQuarter && !slices.Contains(addedUp, d) {
			return false
		}
	}
	return true
}

// emptyRows returns a row for each place from which a return is expected and of which
// no row tells that onlyPlaces holds for.
func emptyRows(filter domain.TotalsFilter, covered map[place]coverage, told map[place]bool) []placeRow {
	if !emptyTells(filter) {
		return nil
	}
	var rows []placeRow
	for p, known := range covered {
		if known.Expected > 0 && !told[p] {
			rows = append(rows, placeRow{
				Over: p.over | otherBits(filter), Month: p.month.Time(),
				Region: p.region, ICB: p.icb, Organisation: p.organisation, Sector: p.sector, Kind: p.kind,
			})
		}
	}
	return rows
}

// place is the part of a row that is about organisations. Over says of which of its
// columns it is a subtotal; they are empty.
type place struct {
	over                                    int
	month                                   domain.Date
	region, icb, organisation, sector, kind string
}

// placeRow holds the columns of the same names.
type placeRow struct {
	Over         int
	Month        time.Time
	Region       string
	ICB          string `gorm:"column:icb"`
	Organisation string
	Sector       string
	Kind         string
}

// place returns the place that a row of any over number is about.
func (r *placeRow) place(filter domain.TotalsFilter) place {
	return place{
		over: placeBits(filter, r.Over), month: domain.DateOf(r.Month),
		region: r.Region, icb: r.ICB, organisation: r.Organisation, sector: r.Sector, kind: r.Kind,
	}
}

// coverage is what is said of the organisations of a place, in columns of these names.
type coverage struct {
	RegionName       string
	ICBName          string `gorm:"column:icb_name"`
	OrganisationName string
	Reporting        int
	Expected         int
	Estimated        int
}

func (c coverage) toDomain() domain.Coverage {
	return domain.Coverage{Reporting: c.Reporting, Expected: c.Expected, Estimated: c.Estimated}
}

// group returns the place's part of a group. A subtotal has no name of what it adds up.
func (p place) group(c coverage) domain.Group {
	g := domain.Group{Region: p.region, ICB: p.icb, Organisation: p.organisation, Sector: p.sector, Kind: p.kind, Month: &p.month}
	if g.Region != "" {
		g.RegionName = c.RegionName
	}
	if g.ICB != "" {
		g.ICBName = c.ICBName
	}
	if g.Organisation != "" {
		g.Name = c.OrganisationName
	}
	return g
}

// groupOrder puts groups in the order of answers: by month, rows broken down by
// everything before the subtotals of each kind, then by the dimensions in the order in
// which lists of them are printed.
func groupOrder(filter domain.TotalsFilter, bands []domain.Band) func(a, b domain.Group) int {
	sets := make(map[string]int)
	for i, over := range filter.GroupingSets() {
		names := make([]string, 0, len(over))
		for _, d := range over {
			names = append(names, string(d))
		}
		sets[strings.Join(names, ",")] = i
	}
	ordinals := make(map[string]int, len(bands))
	for _, b := range bands {
		ordinals[b.Code] = b.Ordinal
	}
	competences, domains := map[string]int{"": -1}, map[string]int{"": -1}
	for i, c := range filter.Framework.Competences {
		competences[c.Code] = i
	}
	for i, d := range filter.Framework.Domains {
		domains[d.Code] = i
	}
	month := func(g domain.Group) domain.Date {
		if g.Month == nil {
			return 0
		}
		return *g.Month
	}
	return func(a, b domain.Group) int {
		return cmp.Or(
			cmp.Compare(month(a), month(b)), cmp.Compare(sets[a.Over], sets[b.Over]),
			cmp.Compare(a.Region, b.Region), cmp.Compare(a.ICB, b.ICB), cmp.Compare(a.Organisation, b.Organisation),
			cmp.Compare(a.Sector, b.Sector), cmp.Compare(a.Kind, b.Kind),
			cmp.Compare(a.StaffGroup, b.StaffGroup), cmp.Compare(a.JobRole, b.JobRole), cmp.Compare(ordinals[a.Band], ordinals[b.Band]),
			cmp.Compare(a.AreaOfWork, b.AreaOfWork), cmp.Compare(b.Digital, a.Digital), cmp.Compare(a.Team, b.Team),
			cmp.Compare(a.AssessorKind, b.AssessorKind),
			cmp.Compare(domains[a.Domain], domains[b.Domain]), cmp.Compare(competences[a.Competence], competences[b.Competence]),
		)
	}
}

// readBands reads the bands in their order, for groupOrder.
func readBands(ctx context.Context, t tx) ([]domain.Band, error) {
	return readRows[domain.Band](ctx, t, `SELECT code, name, ordinal FROM band`)
}
