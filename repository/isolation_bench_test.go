package repository_test

import (
	"context"
	"slices"
	"strconv"
	"testing"
	"time"

	"skillstracker/repository"
	"skillstracker/repository/localpg"
	"skillstracker/repository/pgtest"
)

// The size of the register in which isolation is measured, which is synthetic.
const (
	benchOrganisations = 20
	benchStaff         = 2000 // of each organisation
	benchPairs         = 400  // statements of either side in one round
)

// BenchmarkIsolation runs the same SQL in two databases with the same rows: as every
// method of the store does, in a transaction with its scope and under the policies, and
// alone in a database that has no policies. Both go by the same driver and GORM, in
// turns. What is measured are medians.
func BenchmarkIsolation(b *testing.B) {
	ours, peer := isolationBench(b, true), isolationBench(b, false)
	const (
		lookUp = `SELECT id FROM staff_member WHERE organisation = 'B07' AND employee_number = 'S001234' AND ended_by IS NULL`
		month  = `SELECT sum(fte_hundredths) FROM bench_position WHERE organisation = 'B07' AND month = 7`
		total  = `SELECT sum(fte_hundredths) FROM bench_position WHERE organisation = 'B07'`
		insert = `INSERT INTO bench_position (organisation, month, fte_hundredths) VALUES ('B07', 0, 100)`
	)
	for _, c := range []struct {
		name   string
		scoped func(ctx context.Context) error
		alone  func(ctx context.Context) error
	}{
		{"look-up_of_a_person", reading(ours, lookUp), readingAlone(peer, lookUp)},
		{"total_of_200_rows", reading(ours, month), readingAlone(peer, month)},
		{"total_of_2000_rows", reading(ours, total), readingAlone(peer, total)},
		{"insert_of_a_row", func(ctx context.Context) error {
			return repository.RunScoped(ctx, ours, "B07", false, insert)
		}, func(ctx context.Context) error { return repository.RunAlone(ctx, peer, insert) }},
	} {
		b.Run(c.name, func(b *testing.B) {
			var with, without []time.Duration
			for b.Loop() {
				for range benchPairs {
					with = append(with, elapsed(b, c.scoped))
					without = append(without, elapsed(b, c.alone))
				}
			}
			slices.Sort(with)
			slices.Sort(without)
			scoped, alone := with[len(with)/2], without[len(without)/2]
			b.ReportMetric(float64(scoped.Microseconds())/1000, "scoped_ms")
			b.ReportMetric(float64(alone.Microseconds())/1000, "alone_ms")
			b.ReportMetric(float64((scoped-alone).Microseconds())/1000, "overhead_ms")
			b.ReportMetric(0, "ns/op")
		})
	}
}

func reading(store *repository.Store, statement string) func(context.Context) error {
	return func(ctx context.Context) error {
		_, err := repository.ReadScoped(ctx, store, "B07", statement)
		return err
	}
}

func readingAlone(store *repository.Store, statement string) func(context.Context) error {
	return func(ctx context.Context) error {
		_, err := repository.ReadAlone(ctx, store, statement)
		return err
	}
}

func elapsed(b *testing.B, fn func(context.Context) error) time.Duration {
	b.Helper()
	started := time.Now()
	if err := fn(b.Context()); err != nil {
		b.Fatal(err)
	}
	return time.Since(started)
}

// isolationBench fills a database, with policies or with none.
func isolationBench(b *testing.B, policies bool) *repository.Store {
	b.Helper()
	database := pgtest.New(b)
	db := database.Admin(b)
	statements := []string{
		`SET session_replication_role = replica`,
		`INSERT INTO staff_member (organisation, employee_number, added_by)
			SELECT 'B' || lpad(o::text, 2, '0'), 'S' || lpad(n::text, 6, '0'), 1 FROM generate_series(1, ` + strconv.Itoa(benchOrganisations) + `) o, generate_series(1, ` + strconv.Itoa(benchStaff) + `) n`,
		`CREATE TABLE bench_position (organisation text NOT NULL, month integer NOT NULL, id bigint GENERATED ALWAYS AS IDENTITY,
			fte_hundredths integer NOT NULL, PRIMARY KEY (organisation, month, id))`,
		`INSERT INTO bench_position (organisation, month, fte_hundredths)
			SELECT organisation, row_number() OVER (PARTITION BY organisation) % 10, 80 FROM staff_member`,
		`CALL protect_organisation_rows('bench_position')`,
		`GRANT SELECT, INSERT ON bench_position TO ` + localpg.RoleApp,
	}
	if !policies {
		statements = append(statements, `DO $$ DECLARE p record; BEGIN
			FOR p IN SELECT polname, CAST(polrelid AS regclass) AS protected FROM pg_policy LOOP
				EXECUTE format('DROP POLICY %I ON %s', p.polname, p.protected);
				EXECUTE format('ALTER TABLE %s NO FORCE ROW LEVEL SECURITY', p.protected);
				EXECUTE format('ALTER TABLE %s DISABLE ROW LEVEL SECURITY', p.protected);
			END LOOP; END $$`)
	}
	conn, err := db.Conn(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	for _, statement := range append(statements, `ANALYZE`) {
		if _, err := conn.ExecContext(b.Context(), statement); err != nil {
			b.Fatalf("%v in: %s", err, statement)
		}
	}
	return database.Store(b)
}
