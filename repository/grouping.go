package repository

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

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
