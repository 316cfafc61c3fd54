package workbook

import (
	"bytes"
	"compress/flate"
	"errors"
	"io"
	"math/rand/v2"
	"runtime"
	"testing"

	klauspost "github.com/klauspost/compress/flate"
)

// deflated compresses content in writes of random lengths.
func deflated(t *testing.T, content []byte, workers int) []byte {
	t.Helper()
	d := newDeflater(level)
	d.workers, d.encoders = workers, make(chan *klauspost.Writer, workers)
	for range workers {
		d.encoders <- nil
	}
	var out bytes.Buffer
	part, err := d.part(&out)
	if err != nil {
		t.Fatal(err)
	}
	lengths := rand.New(rand.NewPCG(1, uint64(len(content))))
	for rest := content; len(rest) > 0; {
		n := min(len(rest), 1+lengths.IntN(3*blockBytes/2))
		if taken, err := part.Write(rest[:n]); err != nil || taken != n {
			t.Fatalf("%d of %d bytes were taken: %v", taken, n, err)
		}
		rest = rest[n:]
	}
	if err := part.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestDeflatedPartsAreReadAgain(t *testing.T) {
	t.Parallel()
	words := rand.New(rand.NewPCG(2, 3))
	for _, size := range []int{0, 1, blockBytes - 1, blockBytes, blockBytes + 1, 5*blockBytes + 17} {
		content := make([]byte, size)
		for i := range content {
			content[i] = "abcdefgh"[words.IntN(8)]
		}
		one := deflated(t, content, 1)
		if back, err := io.ReadAll(flate.NewReader(bytes.NewReader(one))); err != nil || !bytes.Equal(back, content) {
			t.Errorf("%d bytes come back as %d: %v", size, len(back), err)
		}
		if !bytes.Equal(one, deflated(t, content, 4)) {
			t.Errorf("%d bytes: the result depends on the number of workers", size)
		}
	}
}

// narrow takes so many bytes and fails.
type narrow int

func (n *narrow) Write(p []byte) (int, error) {
	if *n -= narrow(len(p)); *n < 0 {
		return 0, io.ErrShortWrite
	}
	return len(p), nil
}

func TestDeflatedPartReturnsErrors(t *testing.T) {
	t.Parallel()
	room := narrow(10)
	part, err := newDeflater(level).part(&room)
	if err != nil {
		t.Fatal(err)
	}
	noise := make([]byte, 20*blockBytes)
	if taken, err := part.Write(noise); !errors.Is(err, io.ErrShortWrite) || taken == len(noise) {
		t.Errorf("%d bytes were taken: %v", taken, err)
	}
	if _, err := part.Write(noise); !errors.Is(err, io.ErrShortWrite) {
		t.Errorf("after an error: %v", err)
	}
	if err := part.Close(); !errors.Is(err, io.ErrShortWrite) {
		t.Errorf("at the end: %v", err)
	}
}

// An export that is given up in the middle leaves no goroutine behind.
func TestGivenUpPartsLeaveNoGoroutine(t *testing.T) {
	before := runtime.NumGoroutine()
	part, err := newDeflater(level).part(io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := part.Write(make([]byte, 10*blockBytes)); err != nil {
		t.Fatal(err)
	}
	for range 1000 {
		if runtime.NumGoroutine() <= before {
			return
		}
		runtime.Gosched()
		runtime.GC()
	}
	t.Errorf("%d goroutines are left of %d", runtime.NumGoroutine(), before)
}
