package workbook_test

import (
	"runtime"
	"testing"
)

// heapWatch looks at the heap as bytes leave.
type heapWatch struct {
	next, written int
	peak          uint64
}

func (h *heapWatch) Write(p []byte) (int, error) {
	h.written += len(p)
	if h.written >= h.next {
		h.next = h.written + 256<<10
		h.peak = max(h.peak, heapInUse())
	}
	return len(p), nil
}

// heapInUse is what the heap takes, what is not yet collected included.
func heapInUse() uint64 {
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return stats.HeapInuse
}

// Memory does not grow with rows: that of 60,000 is that of 10,000 and within what is
// aimed at for a million, which the benchmark measures.
func TestMemoryIsFlat(t *testing.T) {
	var peaks [2]uint64
	for i, rows := range []int{10_000, 60_000} {
		runtime.GC()
		before := heapInUse()
		watch := &heapWatch{}
		if err := writeOurs(watch, rows); err != nil {
			t.Fatal(err)
		}
		peaks[i] = watch.peak - min(watch.peak, before)
		t.Logf("%d rows: %d KiB written, the heap grew by up to %d KiB", rows, watch.written>>10, peaks[i]>>10)
	}
	const most = 24 << 20
	if peaks[1] > most || peaks[1] > 2*peaks[0]+4<<20 {
		t.Errorf("the heap grew by %d KiB for 10,000 rows and %d KiB for 60,000", peaks[0]>>10, peaks[1]>>10)
	}
}
