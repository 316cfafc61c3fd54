package main

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"skillstracker/api/spec"
	"skillstracker/repository/localpg"
)

// benchPeople is the number of assessments of each upload.
const benchPeople = 25_000

// BenchmarkUpload sends assessments to the program, run as a process of its own
// with its default settings on a private PostgreSQL, and compares that with other
// ways to store the same rows. In each round all of them store the assessments of
// one more day, in turns; "make bench" makes a table of the medians. All data is
// synthetic.
func BenchmarkUpload(b *testing.B) {
	u := newUploadBench(b)
	u.upload(b, http.StatusCreated, u.file(u.nextDay(), false)) // the first upload of a new server is not like the others
	for _, peer := range []struct {
		name string
		aim  float64
		run  func(day string) time.Duration
	}{
		{"psql_copy", 0.5, func(day string) time.Duration { return u.copyWithPsql(b, day) }},
		{"gorm_CreateInBatches", 2, func(day string) time.Duration { return u.createWithGORM(b, day) }},
	} {
		b.Run("25000_assessments_against_"+peer.name, func(b *testing.B) {
			var day string
			duel(b, peer.aim, func() { day = u.nextDay() },
				func() time.Duration { return u.first(b, day) }, func() time.Duration { return peer.run(day) })
		})
	}
	b.Run("25000_in_another_order_again_against_the_first_upload", func(b *testing.B) {
		var day string
		var first time.Duration
		duel(b, 1.5, func() {
			day = u.nextDay()
			first = u.first(b, day)
		}, func() time.Duration { return u.again(b, day) }, func() time.Duration { return first })
	})
}

// duel prepares each round, times two contestants in turns and reports their
// medians in seconds, the ratio, and the ratio aimed at.
func duel(b *testing.B, aim float64, prepare func(), ours, peer func() time.Duration) {
	b.Helper()
	var times [2][]time.Duration
	for b.Loop() {
		prepare()
		first := len(times[0]) % 2
		for _, who := range []int{first, 1 - first} {
			times[who] = append(times[who], []func() time.Duration{ours, peer}[who]())
		}
	}
	var medians [2]float64
	for who := range times {
		slices.Sort(times[who])
		medians[who] = times[who][len(times[who])/2].Seconds()
	}
	b.ReportMetric(medians[0], "ours_s")
	b.ReportMetric(medians[1], "peer_s")
	b.ReportMetric(medians[1]/medians[0], "ratio")
	b.ReportMetric(aim, "aim")
	b.ReportMetric(0, "ns/op")
}

// uploadBench is a server with staff, and the database behind its back.
type uploadBench struct {
	address, token string
	database       string // the address of the database as its superuser
	db             *sql.DB
	days           int
	folder         string
}

func newUploadBench(b *testing.B) *uploadBench {
	b.Helper()
	dir := newDataDir(b)
	u := &uploadBench{folder: b.TempDir()}
	_, u.address = serving(b, dir)
	organisations := filepath.Join(u.folder, "organisations.csv")
	if err := os.WriteFile(organisations, []byte(syntheticOrganisations), 0o600); err != nil {
		b.Fatal(err)
	}
	must(b, nil, "--data-dir", dir, "organisations", "import", organisations, "--as-of", "2025-12-31")
	u.token = strings.TrimSuffix(must(b, nil, "--data-dir", dir, "token", "create", "--role", "hr", "--organisation", "A9ZZ"), "\n")
	attached, running, err := localpg.Running(dir)
	if err != nil || !running {
		b.Fatalf("the database is not running: %v", err)
	}
	u.database = attached.URL(localpg.RoleAdmin, localpg.Database)
	if u.db, err = sql.Open("pgx", u.database); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := u.db.Close(); err != nil {
			b.Error(err)
		}
	})
	var people bytes.Buffer
	people.WriteString("employee_number,staff_group,fte,as_at\n")
	for i := range benchPeople {
		fmt.Fprintf(&people, "S%05d,07,1,2020-01-31\n", i)
	}
	u.send(b, "staff", http.StatusCreated, people.Bytes())
	u.makeTables(b)
	return u
}

// makeTables makes the tables of the others: the same columns, checks, indexes,
// foreign key and set-wise check of references as ours.
func (u *uploadBench) makeTables(b *testing.B) {
	b.Helper()
	statements := []string{`CREATE TABLE bench_change (LIKE change INCLUDING ALL)`, `CREATE TABLE bench_audit (LIKE audit_event INCLUDING ALL)`, `CREATE TABLE bench_file (organisation text, content bytea)`}
	for _, table := range []string{"bench_copy", "bench_gorm"} {
		statements = append(statements,
			`CREATE TABLE `+table+` (LIKE assessment INCLUDING ALL)`,
			`ALTER TABLE `+table+` ADD FOREIGN KEY (organisation, staff_id) REFERENCES staff_member (organisation, id)`,
			`CREATE TRIGGER `+table+`_references AFTER INSERT ON `+table+` REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION check_assessment_references()`)
	}
	for _, statement := range statements {
		if _, err := u.db.ExecContext(b.Context(), statement); err != nil {
			b.Fatal(err)
		}
	}
}

// framework and change are references that the rows of the others need.
func (u *uploadBench) framework(b *testing.B) (id int16) {
	b.Helper()
	if err := u.db.QueryRowContext(b.Context(), `SELECT id FROM framework_version WHERE framework = 'hdc' AND version = '2018'`).Scan(&id); err != nil {
		b.Fatal(err)
	}
	return id
}

func (u *uploadBench) change(b *testing.B) (id int64) {
	b.Helper()
	if err := u.db.QueryRowContext(b.Context(), `SELECT max(id) FROM change`).Scan(&id); err != nil {
		b.Fatal(err)
	}
	return id
}

// nextDay is a day on which nobody was assessed yet.
func (u *uploadBench) nextDay() string {
	u.days++
	return time.Date(2020, time.February, u.days, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
}

// levels are the six levels of one person.
func levels(person int) [6]int {
	var all [6]int
	for i := range all {
		all[i] = (person + i) % 5
	}
	return all
}

// file is an upload about one day, in the order of employee numbers or mixed.
func (u *uploadBench) file(day string, mixed bool) []byte {
	order := make([]int, benchPeople)
	for i := range order {
		order[i] = i
	}
	if mixed {
		rand.New(rand.NewPCG(1, 2)).Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
	}
	var out bytes.Buffer
	out.WriteString("employee_number,assessed_on,assessor_kind,CCP,TLS,IDM,CIS,TEC,DIW\n")
	for _, person := range order {
		l := levels(person)
		fmt.Fprintf(&out, "S%05d,%s,self,%d,%d,%d,%d,%d,%d\n", person, day, l[0], l[1], l[2], l[3], l[4], l[5])
	}
	return out.Bytes()
}

func (u *uploadBench) send(b *testing.B, kind string, want int, body []byte) (spec.Upload, time.Duration) {
	b.Helper()
	request, err := http.NewRequestWithContext(context.WithoutCancel(b.Context()), http.MethodPost, "http://"+u.address+"/api/v1/organisations/A9ZZ/uploads?kind="+kind, bytes.NewReader(body))
	if err != nil {
		b.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+u.token)
	request.Header.Set("Content-Type", "text/csv")
	request.Header.Set("Idempotency-Key", strconv.Itoa(int(rand.Uint32())))
	began := time.Now()
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		b.Fatal(err)
	}
	content, err := io.ReadAll(response.Body)
	took := time.Since(began)
	if err != nil || response.Body.Close() != nil || response.StatusCode != want {
		b.Fatalf("status %d, %v: %.1000s", response.StatusCode, err, content)
	}
	var upload spec.Upload
	if err := json.Unmarshal(content, &upload); err != nil {
		b.Fatal(err)
	}
	return upload, took
}

func (u *uploadBench) upload(b *testing.B, want int, body []byte) (spec.Counts, time.Duration) {
	b.Helper()
	upload, took := u.send(b, "assessments", want, body)
	return upload.Counts, took
}

// first stores the assessments of a day.
func (u *uploadBench) first(b *testing.B, day string) time.Duration {
	b.Helper()
	counts, took := u.upload(b, http.StatusCreated, u.file(day, false))
	if counts.New != benchPeople {
		b.Fatalf("counts are %+v", counts)
	}
	return took
}

// again sends the same assessments in another order.
func (u *uploadBench) again(b *testing.B, day string) time.Duration {
	b.Helper()
	counts, took := u.upload(b, http.StatusCreated, u.file(day, true))
	if counts.Unchanged != benchPeople {
		b.Fatalf("counts are %+v", counts)
	}
	return took
}

// copyWithPsql copies rows whose references are resolved, and takes the time that
// psql measures, without its start.
func (u *uploadBench) copyWithPsql(b *testing.B, day string) time.Duration {
	b.Helper()
	ids, framework, change := u.staff(b), u.framework(b), u.change(b)
	var out bytes.Buffer
	for person := range benchPeople {
		l := levels(person)
		fmt.Fprintf(&out, "A9ZZ\t%d\t%d\t%s\tself\t{%d,%d,%d,%d,%d,%d}\t\\N\t-\t-\t-\t\t%d\t\\N\n",
			ids[fmt.Sprintf("S%05d", person)], framework, day, l[0], l[1], l[2], l[3], l[4], l[5], change)
	}
	path := filepath.Join(u.folder, "resolved.tsv")
	if err := os.WriteFile(path, out.Bytes(), 0o600); err != nil {
		b.Fatal(err)
	}
	said, err := exec.CommandContext(b.Context(), "psql", u.database, "-X", "-v", "ON_ERROR_STOP=1",
		"-c", `\timing on`, "-c", `\copy bench_copy from '`+path+`'`).CombinedOutput()
	found := regexp.MustCompile(`COPY 25000\s+Time: ([\d.]+) ms`).FindSubmatch(said)
	if err != nil || found == nil {
		b.Fatalf("psql: %v\n%s", err, said)
	}
	milliseconds, err := strconv.ParseFloat(string(found[1]), 64)
	if err != nil {
		b.Fatal(err)
	}
	return time.Duration(milliseconds * float64(time.Millisecond))
}

// staff maps employee numbers to ids.
func (u *uploadBench) staff(b *testing.B) map[string]int64 {
	b.Helper()
	rows, err := u.db.QueryContext(b.Context(), `SELECT employee_number, id FROM staff_member`)
	if err != nil {
		b.Fatal(err)
	}
	ids := make(map[string]int64, benchPeople)
	for rows.Next() {
		var number string
		var id int64
		if err := rows.Scan(&number, &id); err != nil {
			b.Fatal(err)
		}
		ids[number] = id
	}
	if err := rows.Err(); err != nil || len(ids) != benchPeople {
		b.Fatalf("%d staff members: %v", len(ids), err)
	}
	return ids
}
