package repository_test

import (
	"database/sql"
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
	code, kind     string
	versions       []domain.OrganisationVersion // ascending
	opened, closed *domain.Date
	reportsFrom    map[string]domain.Date
	lists          []domain.Date
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

func readModel(t *testing.T, db querier) model {
	t.Helper()
	var m model
	each(t, db, `SELECT code, kind FROM organisation ORDER BY code`, func(scan func(...any)) {
		o := modelOrganisation{reportsFrom: make(map[string]domain.Date)}
		scan(&o.code, &o.kind)
		m.organisations = append(m.organisations, o)
	})
	for i := range m.organisations {
		m.organisations[i].read(t, db)
	}
	m.readPeople(t, db)
	// The digital mark of a cell: its role or its area says so, or nobody knows.
	each(t, db, `SELECT c.organisation, c.month, c.staff_group, c.band, r.digital OR a.digital, c.area_of_work,
			c.budgeted_fte * 100000, c.contracted_fte * 100000, c.bank_fte * 100000, c.agency_fte * 100000,
			c.reported_vacancies, c.advertised_posts, c.staff_headcount
		FROM vacancy_cell c, job_role r, area_of_work a
		WHERE c.ended_by IS NULL AND r.code = c.job_role AND a.code = c.area_of_work`, func(scan func(...any)) {
		var c modelCell
		var month time.Time
		var digital bool
		var area string
		var ftes [4]sql.NullFloat64
		scan(&c.organisation, &month, &c.group, &c.band, &digital, &area,
			&ftes[0], &ftes[1], &ftes[2], &ftes[3], &c.measures[4], &c.measures[5], &c.measures[6])
		for i, f := range ftes {
			c.measures[i] = sql.NullInt64{Int64: int64(f.Float64), Valid: f.Valid}
		}
		c.month, c.digital = domain.DateOf(month), domain.DigitalNo
		if digital {
			c.digital = domain.DigitalYes
		} else if area == domain.NotGiven {
			c.digital = domain.DigitalNotStated
		}
		m.cells = append(m.cells, c)
	})
	return m
}

func (o *modelOrganisation) read(t *testing.T, db querier) {
	t.Helper()
	each(t, db, `SELECT valid_from, name, coalesce(region, ''), coalesce(icb, '') FROM organisation_version
		WHERE code = $1 AND ended_by IS NULL ORDER BY valid_from`, func(scan func(...any)) {
		var from time.Time
		var v domain.OrganisationVersion
		scan(&from, &v.Name, &v.Region, &v.ICB)
		v.ValidFrom = domain.DateOf(from)
		o.versions = append(o.versions, v)
	}, o.code)
	each(t, db, `SELECT opened_on, closed_on FROM organisation_lifespan WHERE code = $1 AND ended_by IS NULL`, func(scan func(...any)) {
		var opened, closed sql.NullTime
		scan(&opened, &closed)
		o.opened, o.closed = dateOf(opened), dateOf(closed)
	}, o.code)
	each(t, db, `SELECT kind, reports_from FROM reporting_start WHERE organisation = $1 AND ended_by IS NULL`, func(scan func(...any)) {
		var kind string
		var from time.Time
		scan(&kind, &from)
		o.reportsFrom[kind] = domain.DateOf(from)
	}, o.code)
	each(t, db, `SELECT as_at FROM staff_list WHERE organisation = $1 AND ended_by IS NULL`, func(scan func(...any)) {
		var at time.Time
		scan(&at)
		o.lists = append(o.lists, domain.DateOf(at))
	}, o.code)
}

func (m *model) readPeople(t *testing.T, db querier) {
	t.Helper()
	places := make(map[int]int)
	each(t, db, `SELECT organisation, id FROM staff_member WHERE ended_by IS NULL`, func(scan func(...any)) {
		var p modelPerson
		var id int
		scan(&p.organisation, &id)
		places[id] = len(m.people)
		m.people = append(m.people, p)
	})
	each(t, db, `SELECT staff_id, started_on, left_on FROM employment_spell WHERE ended_by IS NULL`, func(scan func(...any)) {
		var id int
		var started time.Time
		var left sql.NullTime
		scan(&id, &started, &left)
		p := &m.people[places[id]]
		p.spells = append(p.spells, domain.Spell{StartedOn: domain.DateOf(started), LeftOn: dateOf(left)})
	})
	each(t, db, `SELECT staff_id, valid_from, staff_group, band, in_post FROM staff_version WHERE ended_by IS NULL ORDER BY valid_from`, func(scan func(...any)) {
		var id int
		var from time.Time
		var v modelVersion
		scan(&id, &from, &v.group, &v.band, &v.inPost)
		v.from = domain.DateOf(from)
		p := &m.people[places[id]]
		p.versions = append(p.versions, v)
	})
	each(t, db, `SELECT staff_id, framework_version, assessed_on, assessor_kind, array_to_string(levels, ',', '-2'), staff_group, band
		FROM assessment WHERE ended_by IS NULL`, func(scan func(...any)) {
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
