// Package recount_test works every figure of totals out again, from the base rows of
// the database and by the words of the design alone: it shares no statement and no
// rule with the totals that it checks. It is simple on purpose.
package recount_test

import (
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"skillstracker/domain"
)

// base holds every live fact of the register in memory.
type base struct {
	organisations map[string]*organisation
	order         []string // codes in order
	digitalRole   map[string]bool
	digitalArea   map[string]bool
	outcome       map[string]string // of statuses of position vacancies
	targets       []target
	place         map[int]map[string]int // of a competence in the levels, by framework version
}

type organisation struct {
	code, kind, sector string
	opened, closed     *domain.Date
	versions           []version
	successors         []succession
	reportsFrom        map[string]domain.Date
	lists              []domain.Date
	cells              []cell
	positions          []positionVacancy
	people             map[int64]*person
}

type version struct {
	from              domain.Date
	name, region, icb string
}

type succession struct {
	to string
	on domain.Date
}

type cell struct {
	month                         domain.Date
	group, role, band, area       string
	budgeted, contracted          *int64
	bank, agency                  *int64
	reported, advertised, persons *int64
	received                      domain.Date
}

type positionVacancy struct {
	group, role, band, area, status string
	posts                           int
	fte                             domain.FTE
	opened                          domain.Date
	closed                          *domain.Date
	received                        domain.Date
}

type person struct {
	spells      []spell
	versions    []attributes
	assessments []assessment
}

type spell struct {
	from      domain.Date
	left      *domain.Date
	estimated bool
}

type attributes struct {
	from                          domain.Date
	group, role, band, area, team string
	fte                           domain.FTE
	inPost                        bool
}

type assessment struct {
	version                 int
	on                      domain.Date
	kind                    string
	levels, needs           []int // -2 is none
	group, role, band, team string
}

type target struct {
	owner, competence, domain, role, group, band string
	version                                      int
	from                                         domain.Date
	level                                        *int
}

// scan runs a query and calls row for each of its rows.
func scan(tb testing.TB, db *sql.DB, query string, row func(*sql.Rows) error) {
	tb.Helper()
	rows, err := db.QueryContext(tb.Context(), query)
	if err != nil {
		tb.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		if err := row(rows); err != nil {
			tb.Fatal(err)
		}
	}
	if err := rows.Err(); err != nil {
		tb.Fatal(err)
	}
}

func dayOf(t *time.Time) *domain.Date {
	if t == nil {
		return nil
	}
	d := domain.DateOf(*t)
	return &d
}

// readBase reads the facts that no change has ended. db is a superuser's.
func readBase(tb testing.TB, db *sql.DB) *base {
	tb.Helper()
	b := &base{
		organisations: map[string]*organisation{}, digitalRole: map[string]bool{}, digitalArea: map[string]bool{},
		outcome: map[string]string{}, place: map[int]map[string]int{},
	}
	b.readLists(tb, db)
	b.readOrganisations(tb, db)
	b.readReturns(tb, db)
	b.readPeople(tb, db)
	scan(tb, db, `SELECT organisation, competence, domain, job_role, staff_group, band, framework_version, valid_from, level
		FROM target WHERE ended_by IS NULL`, func(r *sql.Rows) error {
		var g target
		var from time.Time
		err := r.Scan(&g.owner, &g.competence, &g.domain, &g.role, &g.group, &g.band, &g.version, &from, &g.level)
		g.from = domain.DateOf(from)
		b.targets = append(b.targets, g)
		return err
	})
	return b
}

func (b *base) readLists(tb testing.TB, db *sql.DB) {
	tb.Helper()
	var code, text string
	var yes bool
	scan(tb, db, `SELECT code, digital FROM job_role`, func(r *sql.Rows) error {
		err := r.Scan(&code, &yes)
		b.digitalRole[code] = yes
		return err
	})
	scan(tb, db, `SELECT code, digital FROM area_of_work`, func(r *sql.Rows) error {
		err := r.Scan(&code, &yes)
		b.digitalArea[code] = yes
		return err
	})
	scan(tb, db, `SELECT code, outcome FROM position_vacancy_status`, func(r *sql.Rows) error {
		err := r.Scan(&code, &text)
		b.outcome[code] = text
		return err
	})
	scan(tb, db, `SELECT framework_version, code, ordinal - 1 FROM competence`, func(r *sql.Rows) error {
		var version, place int
		err := r.Scan(&version, &code, &place)
		if b.place[version] == nil {
			b.place[version] = map[string]int{}
		}
		b.place[version][code] = place
		return err
	})
}

func (b *base) readOrganisations(tb testing.TB, db *sql.DB) {
	tb.Helper()
	scan(tb, db, `SELECT o.code, o.kind, coalesce(o.sector, ''), l.opened_on, l.closed_on
		FROM organisation o LEFT JOIN organisation_lifespan l ON l.code = o.code AND l.ended_by IS NULL ORDER BY o.code COLLATE "C"`, func(r *sql.Rows) error {
		o := &organisation{reportsFrom: map[string]domain.Date{}, people: map[int64]*person{}}
		var opened, closed *time.Time
		err := r.Scan(&o.code, &o.kind, &o.sector, &opened, &closed)
		o.opened, o.closed = dayOf(opened), dayOf(closed)
		b.organisations[o.code] = o
		b.order = append(b.order, o.code)
		return err
	})
	scan(tb, db, `SELECT code, valid_from, name, coalesce(region, ''), coalesce(icb, '')
		FROM organisation_version WHERE ended_by IS NULL ORDER BY valid_from`, func(r *sql.Rows) error {
		var code string
		var v version
		var from time.Time
		err := r.Scan(&code, &from, &v.name, &v.region, &v.icb)
		v.from = domain.DateOf(from)
		b.organisations[code].versions = append(b.organisations[code].versions, v)
		return err
	})
	scan(tb, db, `SELECT predecessor, successor, effective_on FROM organisation_succession WHERE ended_by IS NULL`, func(r *sql.Rows) error {
		var from, to string
		var on time.Time
		err := r.Scan(&from, &to, &on)
		b.organisations[from].successors = append(b.organisations[from].successors, succession{to, domain.DateOf(on)})
		return err
	})
	scan(tb, db, `SELECT organisation, kind, reports_from FROM reporting_start WHERE ended_by IS NULL`, func(r *sql.Rows) error {
		var code, kind string
		var from time.Time
		err := r.Scan(&code, &kind, &from)
		b.organisations[code].reportsFrom[kind] = domain.DateOf(from)
		return err
	})
}

func (b *base) readReturns(tb testing.TB, db *sql.DB) {
	tb.Helper()
	scan(tb, db, `SELECT v.organisation, v.month, v.staff_group, v.job_role, v.band, v.area_of_work,
			(v.budgeted_fte * 100000)::bigint, (v.contracted_fte * 100000)::bigint, (v.bank_fte * 100000)::bigint, (v.agency_fte * 100000)::bigint,
			v.reported_vacancies, v.advertised_posts, v.staff_headcount, (c.made_at AT TIME ZONE 'UTC')::date
		FROM vacancy_cell v JOIN change c ON c.id = v.added_by WHERE v.ended_by IS NULL`, func(r *sql.Rows) error {
		var code string
		var c cell
		var month, received time.Time
		err := r.Scan(&code, &month, &c.group, &c.role, &c.band, &c.area, &c.budgeted, &c.contracted, &c.bank, &c.agency,
			&c.reported, &c.advertised, &c.persons, &received)
		c.month, c.received = domain.DateOf(month), domain.DateOf(received)
		b.organisations[code].cells = append(b.organisations[code].cells, c)
		return err
	})
	scan(tb, db, `SELECT p.organisation, p.staff_group, p.job_role, p.band, p.area_of_work, p.status, p.posts, (p.fte * 100000)::bigint,
			p.opened_on, p.closed_on, (c.made_at AT TIME ZONE 'UTC')::date
		FROM position_vacancy p JOIN change c ON c.id = p.added_by WHERE p.ended_by IS NULL`, func(r *sql.Rows) error {
		var code string
		var p positionVacancy
		var opened, received time.Time
		var closed *time.Time
		err := r.Scan(&code, &p.group, &p.role, &p.band, &p.area, &p.status, &p.posts, &p.fte, &opened, &closed, &received)
		p.opened, p.closed, p.received = domain.DateOf(opened), dayOf(closed), domain.DateOf(received)
		b.organisations[code].positions = append(b.organisations[code].positions, p)
		return err
	})
	scan(tb, db, `SELECT organisation, as_at FROM staff_list WHERE ended_by IS NULL`, func(r *sql.Rows) error {
		var code string
		var at time.Time
		err := r.Scan(&code, &at)
		b.organisations[code].lists = append(b.organisations[code].lists, domain.DateOf(at))
		return err
	})
}

func (b *base) readPeople(tb testing.TB, db *sql.DB) {
	tb.Helper()
	scan(tb, db, `SELECT organisation, id FROM staff_member WHERE ended_by IS NULL`, func(r *sql.Rows) error {
		var code string
		var id int64
		err := r.Scan(&code, &id)
		b.organisations[code].people[id] = &person{}
		return err
	})
	scan(tb, db, `SELECT organisation, staff_id, started_on, left_on, left_on_estimated FROM employment_spell
		WHERE ended_by IS NULL ORDER BY started_on`, func(r *sql.Rows) error {
		var code string
		var id int64
		var s spell
		var from time.Time
		var left *time.Time
		err := r.Scan(&code, &id, &from, &left, &s.estimated)
		s.from, s.left = domain.DateOf(from), dayOf(left)
		p := b.organisations[code].people[id]
		p.spells = append(p.spells, s)
		return err
	})
	scan(tb, db, `SELECT organisation, staff_id, valid_from, staff_group, job_role, band, area_of_work, team, (fte * 100000)::bigint, in_post
		FROM staff_version WHERE ended_by IS NULL ORDER BY valid_from`, func(r *sql.Rows) error {
		var code string
		var id int64
		var v attributes
		var from time.Time
		err := r.Scan(&code, &id, &from, &v.group, &v.role, &v.band, &v.area, &v.team, &v.fte, &v.inPost)
		v.from = domain.DateOf(from)
		p := b.organisations[code].people[id]
		p.versions = append(p.versions, v)
		return err
	})
	scan(tb, db, `SELECT organisation, staff_id, framework_version, assessed_on, assessor_kind, array_to_string(levels, ',', '-2'),
			coalesce(array_to_string(needs, ',', '-2'), ''), staff_group, job_role, band, team
		FROM assessment WHERE ended_by IS NULL`, func(r *sql.Rows) error {
		var code, levels, needs string
		var id int64
		var a assessment
		var on time.Time
		err := r.Scan(&code, &id, &a.version, &on, &a.kind, &levels, &needs, &a.group, &a.role, &a.band, &a.team)
		a.on, a.levels, a.needs = domain.DateOf(on), numbers(levels), numbers(needs)
		p := b.organisations[code].people[id]
		p.assessments = append(p.assessments, a)
		return err
	})
	scan(tb, db, `SELECT organisation, staff_id FROM restriction WHERE ended_by IS NULL`, func(r *sql.Rows) error {
		var code string
		var id int64
		err := r.Scan(&code, &id)
		delete(b.organisations[code].people, id)
		return err
	})
}

func numbers(list string) []int {
	if list == "" {
		return nil
	}
	var found []int
	for part := range strings.SplitSeq(list, ",") {
		var n int
		if _, err := fmt.Sscan(part, &n); err == nil {
			found = append(found, n)
		}
	}
	return found
}

// digital says whether a post is a digital one by its area of work or its role.
func (b *base) digital(role, area string) string {
	switch {
	case b.digitalArea[area] || b.digitalRole[role]:
		return domain.DigitalYes
	case area == domain.NotGiven:
		return domain.DigitalNotStated
	}
	return domain.DigitalNo
}

func contains[T comparable](list []T, value T) bool {
	return len(list) == 0 || slices.Contains(list, value)
}
