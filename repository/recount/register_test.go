package recount_test

import (
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"fmt"
	mathrand "math/rand/v2"
	"os"
	"testing"
	"time"

	"skillstracker/domain"
	"skillstracker/repository"
	"skillstracker/repository/pgtest"
)

func TestMain(m *testing.M) { os.Exit(pgtest.Main(m)) }

// register is a synthetic register of three organisations of 2,000 staff and some
// small ones that close, are taken over, are split, move and fail to report.
type register struct {
	*repository.Store
	db     *sql.DB // a superuser's
	lists  domain.Lists
	random *mathrand.Rand
	now    time.Time // of the last change
}

func date(year, month, day int) domain.Date { return domain.NewDate(year, time.Month(month), day) }

func pointer[T any](value T) *T { return &value }

func hr(organisation string) domain.Actor {
	return domain.Actor{ID: "hr", Role: domain.RoleHR, Organisations: []string{organisation}, RequestID: "test"}
}

// staffOf is the size of each organisation.
func staffOf(code string) int {
	switch code {
	case "RXA", "RXB", "RXC":
		return 2000
	}
	return 60
}

func newRegister(t *testing.T, random *mathrand.Rand) *register {
	t.Helper()
	database := pgtest.New(t)
	r := &register{Store: database.Store(t, func(c *repository.Config) { c.ErasureKey = make([]byte, 32) }), db: database.Admin(t), random: random}
	entry := func(code, region, icb string, kind domain.OrganisationKind, sector string, closed *domain.Date) domain.OrganisationEntry {
		return domain.OrganisationEntry{
			Code: code, Name: code + " (synthetic)", Kind: kind, Sector: sector, Region: region, ICB: icb, ClosedOn: closed, Synthetic: true,
		}
	}
	actor := domain.Actor{ID: "admin", Role: domain.RoleAdmin, RequestID: "test"}
	for _, edition := range []domain.OrganisationImport{
		{Edition: date(2025, 3, 1), Entries: []domain.OrganisationEntry{
			entry("RXA", "Y60", "QHL", domain.KindTrust, "Acute", nil),
			entry("RXB", "Y60", "QHL", domain.KindTrust, "Community", nil),
			entry("RXC", "Y60", "QUA", domain.KindTrust, "Acute", nil),
			entry("RXD", "Y56", "QKK", domain.KindSocialCare, "Adult social care", nil),
			entry("RXE", "Y56", "QKK", domain.KindTrust, "Acute", pointer(date(2026, 3, 31))),
			entry("RXF", "Y56", "QKK", domain.KindTrust, "Acute", nil),
			entry("RXG", "Y60", "QHL", domain.KindTrust, "Acute", pointer(date(2026, 5, 31))),
		}},
		{Edition: date(2026, 4, 1), Entries: []domain.OrganisationEntry{
			entry("RXB", "Y56", "QKK", domain.KindTrust, "Community", nil),
			entry("RXC", "", "", domain.KindTrust, "Acute", nil),
			entry("RXH", "Y60", "QUA", domain.KindTrust, "", nil),
		}},
	} {
		if _, err := r.ImportOrganisations(t.Context(), actor, edition); err != nil {
			t.Fatal(err)
		}
	}
	var err error
	if r.lists, err = r.Lists(t.Context()); err != nil {
		t.Fatal(err)
	}
	r.crosswalk(t, actor)
	r.succession(t, "RXE", "RXF", date(2026, 4, 1))
	r.succession(t, "RXG", "RXF", date(2026, 6, 1))
	r.succession(t, "RXG", "RXH", date(2026, 6, 1))
	for _, code := range []string{"RXA", "RXB", "RXC", "RXD", "RXE", "RXF", "RXG", "RXH"} {
		r.fill(t, code)
		r.rights(t, code)
	}
	if err := r.db.QueryRowContext(t.Context(), `SELECT last_at FROM change_clock`).Scan(&r.now); err != nil {
		t.Fatal(err)
	}
	return r
}

// crosswalk publishes a mapping of task counts to levels, two areas to one domain
// among them.
func (r *register) crosswalk(t *testing.T, actor domain.Actor) {
	t.Helper()
	mapping := domain.Crosswalk{
		Code: "eds-to-hdc", Name: "Synthetic mapping", Source: "Made up for the test.",
		From: domain.FrameworkRef{Framework: "eds-work", Version: "2019"}, To: domain.FrameworkRef{Framework: "hdc", Version: "2018"},
	}
	for _, pair := range [][2]string{{"COM", "CCP"}, {"HND", "IDM"}, {"PRB", "TEC"}, {"SAF", "TEC"}} {
		for tasks := domain.Level(0); tasks <= 18; tasks++ {
			mapping.Levels = append(mapping.Levels, domain.CrosswalkLevel{
				FromCompetence: pair[0], FromLevel: tasks, ToCompetence: pair[1], ToLevel: min(tasks/4, 4),
			})
		}
	}
	if _, err := r.PublishCrosswalk(t.Context(), actor, mapping); err != nil {
		t.Fatal(err)
	}
	var err error
	if r.lists, err = r.Lists(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// change makes a change of the registry or of an organisation, as a superuser.
func (r *register) change(t *testing.T, organisation string, rows func(tx *sql.Tx, change int64) error) {
	t.Helper()
	tx, err := r.db.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	var id int64
	if err := tx.QueryRowContext(t.Context(), `INSERT INTO change (kind, organisation, actor) VALUES ('seed', nullif($1, ''), 'test') RETURNING id`, organisation).Scan(&id); err != nil {
		t.Fatal(err)
	}
	if err := rows(tx, id); err != nil {
		t.Fatal(err)
	}
	if _, err := tx.ExecContext(t.Context(), `SELECT finish_change($1)`, id); err != nil {
		t.Fatal(err)
	}
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
}

func (r *register) succession(t *testing.T, from, to string, on domain.Date) {
	t.Helper()
	r.change(t, "", func(tx *sql.Tx, change int64) error {
		_, err := tx.ExecContext(t.Context(), `INSERT INTO organisation_succession (predecessor, successor, effective_on, added_by) VALUES ($1, $2, $3, $4)`,
			from, to, on.Time(), change)
		return err
	})
}

func one[T any](random *mathrand.Rand, values ...T) T { return values[random.IntN(len(values))] }

// store sends rows through the register's own way in.
func (r *register) store(t *testing.T, file domain.UploadFile, organisation string, kind domain.UploadKind, rows int) {
	t.Helper()
	if rows == 0 {
		return
	}
	file.Organisation, file.Kind, file.Format = organisation, kind, "csv"
	file.Bytes, file.SHA256, file.Counts.RowsRead = 1, sha256.Sum256([]byte(rand.Text())), rows
	file.Mode = domain.ModeAll
	file.Faults = domain.NewFindings()
	upload, err := r.StoreUpload(t.Context(), hr(organisation), file)
	if err != nil {
		t.Fatal(err)
	}
	if upload.State != domain.UploadApplied {
		t.Fatalf("%s of %s: %s %+v", kind, organisation, upload.State, upload.Findings[:min(3, len(upload.Findings))])
	}
}

// job is what a person is employed as.
type job struct{ group, role, band, area, team string }

func (r *register) job() job {
	j := job{
		group: one(r.random, "03", "03", "03", "08", "08", "09"), role: domain.NotGiven,
		band: one(r.random, domain.NotGiven, "2", "5", "5", "6", "7", "8a"), area: domain.NotGiven, team: one(r.random, "", "", "North", "South"),
	}
	if r.random.IntN(3) > 0 {
		j.role = one(r.random, r.roles(j.group)...)
	}
	if r.random.IntN(3) > 0 {
		area := one(r.random, r.lists.AreasOfWork...)
		for j.group == "08" && !area.Digital && r.random.IntN(6) > 0 {
			area = one(r.random, r.lists.AreasOfWork...)
		}
		j.area = area.Code
	}
	return j
}

// roles are three roles of a staff group.
func (r *register) roles(group string) []string {
	var found []string
	for _, role := range r.lists.JobRoles {
		if role.StaffGroup == group && role.Retired == "" && len(found) < 3 {
			found = append(found, role.Code)
		}
	}
	return found
}

// rights restricts some people of an organisation, lets one of them in again and erases
// some, one who is restricted among them.
func (r *register) rights(t *testing.T, code string) {
	t.Helper()
	held, gone := 0, 0
	for i := range max(10, staffOf(code)/50) {
		number := fmt.Sprintf("%s%05d", code, i*7)
		for _, restricted := range []bool{i%3 != 0, i%5 != 1}[:1+i%2] {
			if _, err := r.RestrictPerson(t.Context(), hr(code), code, number, restricted); err == nil {
				held++
			} else if domain.KindOf(err) != domain.KindNotFound {
				t.Fatal(err)
			}
		}
		if i%4 == 2 {
			if _, err := r.ErasePerson(t.Context(), hr(code), code, number, date(2026, 10, 20), nil); err == nil {
				gone++
			} else if domain.KindOf(err) != domain.KindNotFound {
				t.Fatal(err)
			}
		}
	}
	if staffOf(code) > 100 && (held < 30 || gone < 5) {
		t.Fatalf("%s: %d restrictions and %d erasures", code, held, gone)
	}
}

// fill gives an organisation its staff, assessments, returns, vacancies and targets.
func (r *register) fill(t *testing.T, code string) {
	t.Helper()
	jobs := make([]job, staffOf(code))
	for i := range jobs {
		jobs[i] = r.job()
	}
	if code != "RXD" { // no staff list
		r.staffLists(t, code, jobs)
	}
	r.assessments(t, code, jobs)
	r.returns(t, code)
	r.positions(t, code)
	r.targets(t, code, 8)
	if code == "RXA" {
		r.targets(t, domain.NationCode, 20)
	}
}

func (r *register) staffLists(t *testing.T, code string, jobs []job) {
	t.Helper()
	from := map[string]domain.Date{"RXC": date(2026, 2, 10), "RXH": date(2026, 6, 20)}[code]
	here, first := make([]bool, len(jobs)), true
	for n, day := range []domain.Date{date(2025, 5, 12), date(2025, 10, 31), date(2026, 2, 10), date(2026, 6, 20), date(2026, 10, 15)} {
		if day < from || r.closed(code) <= day {
			continue
		}
		var rows []domain.StaffRow
		for i := range jobs {
			if r.random.IntN(5) == 0 {
				jobs[i] = r.job()
			}
			if first || r.random.IntN(6) == 0 {
				here[i] = r.random.IntN(8) > 0
			}
			if !here[i] {
				continue
			}
			j := jobs[i]
			row := domain.StaffRow{
				Row: len(rows) + 2, EmployeeNumber: fmt.Sprintf("%s%05d", code, i), StaffGroup: j.group, JobRole: j.role, Band: j.band, AreaOfWork: j.area,
				Team: j.team, ContractType: one(r.random, domain.NotGiven, "05", "05", "05", "05", "05", "01"), AsAt: day,
				FTE: one(r.random, domain.FTEUnit, domain.FTEUnit, domain.FTEUnit/2, domain.FTEUnit*33333/100000),
			}
			if first && r.random.IntN(2) == 0 {
				row.StartedOn = pointer(day - domain.Date(r.random.IntN(900)))
			}
			if r.random.IntN(25) == 0 {
				row.LeftOn = pointer(day + domain.Date(r.random.IntN(80)))
			}
			rows = append(rows, row)
		}
		first = false
		file := domain.UploadFile{Staff: rows}
		file.AsAt, file.Complete = &day, n%2 == 1
		r.store(t, file, code, domain.UploadStaff, len(rows))
	}
}

func (r *register) closed(code string) domain.Date {
	switch code {
	case "RXE":
		return date(2026, 3, 31)
	case "RXG":
		return date(2026, 5, 31)
	}
	return date(2030, 1, 1)
}

func (r *register) numbers(t *testing.T, code string) []string {
	t.Helper()
	var known []string
	scan(t, r.db, `SELECT employee_number FROM staff_member WHERE ended_by IS NULL AND organisation = '`+code+`' ORDER BY 1`, func(rows *sql.Rows) error {
		var number string
		err := rows.Scan(&number)
		known = append(known, number)
		return err
	})
	return known
}

func (r *register) assessments(t *testing.T, code string, jobs []job) {
	t.Helper()
	known := r.numbers(t, code)
	create := len(known) == 0
	if create {
		for i := range jobs {
			known = append(known, fmt.Sprintf("%s%05d", code, i))
		}
	}
	for _, named := range [][2]string{{"hdc", "2018"}, {"eds-work", "2019"}} {
		framework, _ := r.lists.Framework(named[0], named[1])
		for _, round := range []domain.Date{date(2025, 6, 1), date(2025, 9, 20), date(2026, 3, 5), date(2026, 9, 10)} {
			var rows []domain.AssessmentRow
			share := 3
			if framework.Scoring == domain.ScoringTasks {
				share = 8
			}
			for i, number := range known {
				if r.random.IntN(share) != 0 {
					continue
				}
				rows = append(rows, r.assessment(framework, number, round+domain.Date(r.random.IntN(40)-10), jobs[i%len(jobs)], len(rows)+2))
			}
			file := domain.UploadFile{Assessments: domain.AssessmentFile{Framework: framework, Rows: rows}}
			file.CreateMissingStaff = create
			r.store(t, file, code, domain.UploadAssessments, len(rows))
		}
	}
}

func (r *register) assessment(framework domain.FrameworkVersion, number string, on domain.Date, sent job, line int) domain.AssessmentRow {
	row := domain.AssessmentRow{
		Row: line, FileRows: 1, EmployeeNumber: number, AssessedOn: on,
		AssessorKind: one(r.random, domain.AssessorSelf, domain.AssessorSelf, domain.AssessorManager, domain.AssessorOther),
		StaffGroup:   domain.NotGiven, JobRole: domain.NotGiven, Band: domain.NotGiven,
	}
	if r.random.IntN(2) == 0 {
		row.StaffGroup, row.JobRole, row.Band, row.Team = sent.group, sent.role, sent.band, sent.team
	}
	for _, c := range framework.Competences {
		level := domain.Level(r.random.IntN(int(c.MaxLevel) + 1))
		if framework.Scoring == domain.ScoringTasks && r.random.IntN(3) > 0 {
			level = max(level, c.Threshold)
		}
		switch r.random.IntN(14) {
		case 0:
			level = domain.NotAssessed
		case 1:
			level = domain.NotApplicable
		}
		row.Levels = append(row.Levels, level)
	}
	if r.random.IntN(3) == 0 {
		for _, c := range framework.Competences {
			row.Needs = append(row.Needs, one(r.random, domain.NotAssessed, domain.NotApplicable, domain.Level(r.random.IntN(int(c.MaxLevel)+1)), c.MaxLevel))
		}
	}
	row.Levels[0] = max(row.Levels[0], 0) // at least one answer
	return row
}

func (r *register) returns(t *testing.T, code string) {
	t.Helper()
	measure := func(unit int64) domain.Measure {
		switch r.random.IntN(9) {
		case 0:
			return domain.Measure{}
		case 1:
			return domain.Measure{State: domain.DontKnow}
		}
		return domain.Measure{State: domain.Known, Value: int64(r.random.IntN(40)) * unit}
	}
	var rows []domain.VacancyRow
	for month := date(2025, 4, 30); month <= date(2026, 10, 31) && month <= r.closed(code); month = month.AddMonths(1).MonthEnd() {
		if r.random.IntN(6) == 0 {
			continue
		}
		cells := map[domain.VacancyKey]bool{}
		for range 40 {
			j := r.job()
			k := domain.VacancyKey{Month: month, StaffGroup: j.group, JobRole: j.role, Band: j.band, AreaOfWork: j.area}
			if cells[k] {
				continue
			}
			cells[k] = true
			unit := int64(domain.FTEUnit) / 4
			row := domain.VacancyRow{Row: len(rows) + 2, Key: k}
			if code == "RXD" {
				row.Measures.Reported, row.Measures.Headcount = measure(1), measure(1)
			} else {
				row.Measures = domain.VacancyMeasures{
					Budgeted: measure(unit), Contracted: measure(unit), Bank: measure(unit), Agency: measure(unit),
					Reported: measure(1), Advertised: measure(1), Headcount: measure(1),
				}
			}
			if row.Measures.Budgeted.State != domain.Known {
				row.Measures.Headcount = domain.Measure{State: domain.Known, Value: 7}
			}
			rows = append(rows, row)
		}
	}
	r.store(t, domain.UploadFile{Vacancies: rows}, code, domain.UploadVacancies, len(rows))
}

func (r *register) positions(t *testing.T, code string) {
	t.Helper()
	r.change(t, code, func(tx *sql.Tx, change int64) error {
		for i := range 60 {
			j := r.job()
			opened := date(2025, 3, 1) + domain.Date(r.random.IntN(600))
			var closed *time.Time
			status := one(r.random, "01", "03", "12", "-", "05")
			if r.random.IntN(2) == 0 {
				closed, status = pointer((opened + domain.Date(r.random.IntN(200))).Time()), one(r.random, "09", "09", "10", "08", "-", "06")
			}
			posts := 1 + r.random.IntN(3)
			if _, err := tx.ExecContext(t.Context(), `INSERT INTO position_vacancy (organisation, vacancy_reference, staff_group, job_role, band,
					area_of_work, team, posts, fte, opened_on, closed_on, status, added_by)
				VALUES ($1, $2, $3, $4, $5, $6, '', $7, $8, $9, $10, $11, $12)`,
				code, fmt.Sprintf("V%d", i), j.group, j.role, j.band, j.area, posts, float64(posts)*0.5, opened.Time(), closed, status, change); err != nil {
				return err
			}
		}
		_, err := tx.ExecContext(t.Context(), `INSERT INTO reporting_start (organisation, kind, reports_from, added_by) VALUES ($1, 'position_vacancies', $2, $3)`,
			code, date(2025, 6, 1).Time(), change)
		return err
	})
}

func (r *register) targets(t *testing.T, owner string, n int) {
	t.Helper()
	r.change(t, owner, func(tx *sql.Tx, change int64) error {
		for range n {
			framework, _ := r.lists.Framework(one(r.random, "hdc", "hdc", "eds-work"), "")
			c := one(r.random, framework.Competences...)
			competence, area := c.Code, domain.NotGiven
			if r.random.IntN(3) == 0 {
				competence, area = domain.NotGiven, c.Domain
			}
			j := r.job()
			role, group, band := domain.NotGiven, domain.NotGiven, domain.NotGiven
			switch r.random.IntN(6) {
			case 0:
				role, band = j.role, j.band
			case 1:
				role = j.role
			case 2:
				group, band = j.group, j.band
			case 3:
				group = j.group
			case 4:
				band = j.band
			}
			level := pointer(r.random.IntN(int(c.MaxLevel) + 1))
			if r.random.IntN(8) == 0 {
				level = nil
			}
			if _, err := tx.ExecContext(t.Context(), `INSERT INTO target (organisation, framework_version, competence, domain, job_role, staff_group, band, valid_from, level, added_by)
				VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING`,
				owner, framework.ID, competence, area, role, group, band, (date(2025, 1, 1) + domain.Date(r.random.IntN(500))).Time(), level, change); err != nil {
				return err
			}
		}
		return nil
	})
}
