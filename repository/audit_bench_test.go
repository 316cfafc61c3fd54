package repository_test

import (
	"fmt"
	"runtime"
	"slices"
	"testing"
	"time"

	"skillstracker/repository/pgtest"
)

// benchChains and benchEvents make a million events, those of a nation of two hundred
// organisations.
const (
	benchChains = 200
	benchEvents = 5000
)

// BenchmarkAudit verifies a million made-up events, and then finds one changed byte.
func BenchmarkAudit(b *testing.B) {
	database := pgtest.New(b)
	db := database.Admin(b)
	fillAudit(b, db, benchChains, benchEvents)
	if _, err := db.ExecContext(b.Context(), `VACUUM (ANALYZE) audit_event`); err != nil {
		b.Fatal(err)
	}
	owner := database.Owner(b)
	b.Run(fmt.Sprintf("%d_events_against_the_aim", benchChains*benchEvents), func(b *testing.B) {
		var times []float64
		var peak uint64
		for b.Loop() {
			started := time.Now()
			chains, err := owner.VerifyAudit(b.Context(), nil, func(int64, int64) error {
				var memory runtime.MemStats
				runtime.ReadMemStats(&memory)
				peak = max(peak, memory.HeapInuse)
				return nil
			})
			times = append(times, time.Since(started).Seconds())
			if err != nil || len(chains) != benchChains {
				b.Fatalf("%d chains, %v", len(chains), err)
			}
		}
		slices.Sort(times)
		b.ReportMetric(times[len(times)/2], "ours_s")
		b.ReportMetric(5, "aim_s")
		b.ReportMetric(float64(peak)/(1<<20), "ours_heap_MiB")
	})
	// One bit of one byte of one event.
	tamper(b, db, `UPDATE audit_event SET request_id = overlay(request_id PLACING 'q' FROM 1) WHERE organisation = 'T00077' AND sequence = 4321`)
	var id string
	if err := db.QueryRowContext(b.Context(), `SELECT id FROM audit_event WHERE organisation = 'T00077' AND sequence = 4321`).Scan(&id); err != nil {
		b.Fatal(err)
	}
	if _, broken := verifyAudit(b, database); len(broken) != 1 || broken[0] != "chain T00077, sequence 4321, event "+id+": changed" {
		b.Fatalf("the changed byte was not found: %q", broken)
	}
}
