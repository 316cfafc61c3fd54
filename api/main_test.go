package api_test

import (
	"os"
	"runtime/debug"
	"testing"
)

// garbagePercent is GOGC for these tests, whose heaps are small: at the usual 100 they
// spend a good part of their time on collecting garbage.
const garbagePercent = 400

func TestMain(m *testing.M) {
	debug.SetGCPercent(garbagePercent)
	os.Exit(m.Run())
}
