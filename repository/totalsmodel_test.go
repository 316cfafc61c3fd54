package repository_test

import (
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"skillstracker/domain"
)

// model is the register as a superuser reads it row by row. The tests of totals
// work the same figures out of it by plain loops.
type model struct {
	organisations []modelOrganisation
	people        []modelPerson
	cells         []modelCell
}

type modelOrganisation struct {
	code           string
	kind, sector   string
	successors     []modelSuccessor
	versions       []domain.OrganisationVersion // ascending
	opened, closed *domain.Date
	reportsFrom    map[string]domain.Date
	lists          []domain.Date
}

// modelSuccessor is who took over, and from when on.
type modelSuccessor struct {
	code string
	from domain.Date
}

type modelPerson struct {
	organisation string
	spells       []domain.Spell
	versions     []modelVersion // ascending
	assessments  []modelAssessment
}

type modelVersion struct {
	from        domain.Date
	group, band string
	inPost      bool
}

type modelAssessment struct {
	framework   int
	on          domain.Date
	kind        string
	levels      []domain.Level
	group, band string
}

type modelCell struct {
	organisation         string
	month                domain.Date
	group, band, digital string
	role, area           string
	received             domain.Date // the day of the change that added it
	measures             [7]sql.NullInt64
}

// each runs a query and lets read scan each of its rows.
func each(t *testing.T, db querier, query string, read func(scan func(...any)), args ...any) {
	t.Helper()
	rows, err := db.Query(query, args...)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		read(func(targets ...any) {
			if err := rows.Scan(targets...); err != nil {
				t.Fatal(err)
			}
		})
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
}

func dateOf(at sql.NullTime) *domain.Date {
	if !at.Valid {
		return nil
	}
	return datePointer(domain.DateOf(at.Time))
}

// held is the condition that a row of an alias is one of the register as it was known
// after a change, told by its number; 0 is now.
func held(alias string, number int64) string {
	if number == 0 {
		return alias + ".ended_by IS NULL"
	}
	numberOf := func(column string) string {
		return "(SELECT number FROM change WHERE id = " + alias + "." + column + ")"
	}
	return fmt.Sprintf("%s <= %d AND coalesce(%s > %d, true)", numberOf("added_by"), number, numberOf("ended_by"), number)
}

// readModel reads what is held now, or what was known at a time.
func readModel(t *testing.T, db querier, known *time.Time) model {
	t.Helper()
	var m model
	var number int64
	if known != nil {
		each(t, db, `SELECT coalesce(max(number), -1) FROM change WHERE made_at <= $1`, func(scan func(...any)) { scan(&number) }, *known)
	}
	each(t, db, `SELECT code, kind, coalesce(sector, '') FROM organisation o
		WHERE EXISTS (SELECT FROM organisation_version v WHERE v.code = o.code AND `+held("v", number)+`) ORDER BY code`, func(scan func(...any)) {
		o := modelOrganisation{reportsFrom: make(map[string]domain.Date)}
		scan(&o.code, &o.kind, &o.sector)
		m.organisations = append(m.organisations, o)
	})
	for i := range m.organisations {
		m.organisations[i].read(t, db, number)
	}
	m.readPeople(t, db, number)
	m.readCells(t, db, number)
	return m
}

func (m *model) readCells(t *testing.T, db querier, number int64) {
	t.Helper()
	// The digital mark of a cell: its role or its area says so, or nobody knows.
	each(t, db, `SELECT c.organisation, c.month, c.staff_group, c.band, r.digital OR a.digital, c.area_of_work,
			c.budgeted_fte * 100000, c.contracted_fte * 100000, c.bank_fte * 100000, c.agency_fte * 100000,
			c.reported_vacancies, c.advertised_posts, c.staff_headcount, c.job_role, h.made_at
		FROM vacancy_cell c, job_role r, area_of_work a, change h
		WHERE `+held("c", number)+` AND r.code = c.job_role AND a.code = c.area_of_work AND h.id = c.added_by`, func(scan func(...any)) {
		var c modelCell
		var month, received time.Time
		var digital bool
		var ftes [4]sql.NullFloat64
		scan(&c.organisation, &month, &c.group, &c.band, &digital, &c.area,
			&ftes[0], &ftes[1], &ftes[2], &ftes[3], &c.measures[4], &c.measures[5], &c.measures[6], &c.role, &received)
		for i, f := range ftes {
			c.measures[i] = sql.NullInt64{Int64: int64(f.Float64), Valid: f.Valid}
		}
		c.month, c.received, c.digital = domain.DateOf(month), domain.DateOf(received.UTC()), domain.DigitalNo
		if digital {
			c.digital = domain.DigitalYes
		} else if c.area == domain.NotGiven {
			c.digital = domain.DigitalNotStated
		}
		m.cells = append(m.cells, c)
	})
}

func (o *modelOrganisation) read(t *testing.T, db querier, number int64) {
	t.Helper()
	each(t, db, `SELECT valid_from, name, coalesce(region, ''), coalesce(icb, '') FROM organisation_version v
		WHERE code = $1 AND `+held("v", number)+` ORDER BY valid_from`, func(scan func(...any)) {
		var from time.Time
		var v domain.OrganisationVersion
		scan(&from, &v.Name, &v.Region, &v.ICB)
		v.ValidFrom = domain.DateOf(from)
		o.versions = append(o.versions, v)
	}, o.code)
	each(t, db, `SELECT opened_on, closed_on FROM organisation_lifespan l WHERE code = $1 AND `+held("l", number), func(scan func(...any)) {
		var opened, closed sql.NullTime
		scan(&opened, &closed)
		o.opened, o.closed = dateOf(opened), dateOf(closed)
	}, o.code)
	each(t, db, `SELECT kind, reports_from FROM reporting_start s WHERE organisation = $1 AND `+held("s", number), func(scan func(...any)) {
		var kind string
		var from time.Time
		scan(&kind, &from)
		o.reportsFrom[kind] = domain.DateOf(from)
	}, o.code)
	each(t, db, `SELECT as_at FROM staff_list l WHERE organisation = $1 AND `+held("l", number), func(scan func(...any)) {
		var at time.Time
		scan(&at)
		o.lists = append(o.lists, domain.DateOf(at))
	}, o.code)
	each(t, db, `SELECT successor, effective_on FROM organisation_succession s WHERE predecessor = $1 AND `+held("s", number), func(scan func(...any)) {
		var from time.Time
		var next modelSuccessor
		scan(&next.code, &from)
		next.from = domain.DateOf(from)
		o.successors = append(o.successors, next)
	}, o.code)
}

func (m *model) readPeople(t *testing.T, db querier, number int64) {
	t.Helper()
	places := make(map[int]int)
	each(t, db, `SELECT organisation, id FROM staff_member s WHERE `+held("s", number), func(scan func(...any)) {
		var p modelPerson
		var id int
		scan(&p.organisation, &id)
		places[id] = len(m.people)
		m.people = append(m.people, p)
	})
	each(t, db, `SELECT staff_id, started_on, left_on FROM employment_spell s WHERE `+held("s", number), func(scan func(...any)) {
		var id int
		var started time.Time
		var left sql.NullTime
		scan(&id, &started, &left)
		p := &m.people[places[id]]
		p.spells = append(p.spells, domain.Spell{StartedOn: domain.DateOf(started), LeftOn: dateOf(left)})
	})
	each(t, db, `SELECT staff_id, valid_from, staff_group, band, in_post FROM staff_version v WHERE `+held("v", number)+` ORDER BY valid_from`, func(scan func(...any)) {
		var id int
		var from time.Time
		var v modelVersion
		scan(&id, &from, &v.group, &v.band, &v.inPost)
		v.from = domain.DateOf(from)
		p := &m.people[places[id]]
		p.versions = append(p.versions, v)
	})
	each(t, db, `SELECT staff_id, framework_version, assessed_on, assessor_kind, array_to_string(levels, ',', '-2'), staff_group, band
		FROM assessment a WHERE `+held("a", number), func(scan func(...any)) {
		var id int
		var on time.Time
		var levels string
		var a modelAssessment
		scan(&id, &a.framework, &on, &a.kind, &levels, &a.group, &a.band)
		a.on = domain.DateOf(on)
		for text := range strings.SplitSeq(levels, ",") {
			a.levels = append(a.levels, domain.Level(slices.Index([]string{"-2", "-1", "0", "1", "2", "3", "4"}, text)-2))
		}
		p := &m.people[places[id]]
		p.assessments = append(p.assessments, a)
	})
}
