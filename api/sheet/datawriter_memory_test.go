package sheet_test

import (
	"runtime"
	"testing"
)

// peakHeap returns the most that was held while work ran, as seen at the moments at
// which it looks, beyond what was held before.
func peakHeap(tb testing.TB, work func(look func())) uint64 {
	tb.Helper()
	held := func() uint64 {
		var stats runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&stats)
		return stats.HeapAlloc
	}
	before, peak := held(), uint64(0)
	work(func() {
		if now := held(); now > before {
			peak = max(peak, now-before)
		}
	})
	return peak
}

// counter counts the bytes that are written and looks now and then.
type counter struct {
	written int
	next    int
	look    func()
}

func (c *counter) Write(p []byte) (int, error) {
	c.written += len(p)
	const step = 4 << 20
	if c.look != nil && c.written >= c.next {
		c.next = c.written + step
		c.look()
	}
	return len(p), nil
}
