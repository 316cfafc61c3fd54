package workbook

import (
	"bytes"
	"fmt"
	"io"
	"runtime"
	"slices"

	"github.com/klauspost/compress/flate"
)

const (
	// blockBytes is how much is compressed at a time, without a view of what came
	// before. Smaller blocks make larger files, larger ones need more memory.
	blockBytes = 128 << 10
	// level is the trade between time and size: that of a file is to be at most 1.15
	// times that of zlib's default level.
	level = 5
	// fastLevel is for files that are sent while they are read: they leave in half the
	// time and are a fifth larger.
	fastLevel = 1
	// maxWorkers is how many blocks are compressed at a time, at most. One goroutine
	// encodes rows no faster than about five compress them.
	maxWorkers = 4
)

// deflater compresses the parts of a package one after the other, the blocks of a part
// at the same time. The blocks are joined in order, so that the result does not depend
// on how many processors there are. The output is written by the goroutine that writes
// the input; no goroutine outlives the compression of its block.
type deflater struct {
	workers int
	level   int
	// encoders holds as many as there are workers, nil for one that is not made yet:
	// each takes about 1 MiB.
	encoders chan *flate.Writer
	idle     []*block
}

func newDeflater(level int) *deflater {
	workers := min(runtime.GOMAXPROCS(0), maxWorkers)
	d := &deflater{workers: workers, level: level, encoders: make(chan *flate.Writer, workers)}
	for range workers {
		d.encoders <- nil
	}
	return d
}

// block is a piece of a part, before and after it is compressed.
type block struct {
	raw  []byte
	out  bytes.Buffer
	last bool
	done chan error
}

// part begins a part, of which the compressed bytes go to w. The part before it must
// be closed.
func (d *deflater) part(w io.Writer) (io.WriteCloser, error) {
	return &deflatedPart{deflater: d, to: w, filling: d.block()}, nil
}

// block returns an empty block.
func (d *deflater) block() *block {
	if last := len(d.idle) - 1; last >= 0 {
		b := d.idle[last]
		d.idle = d.idle[:last]
		return b
	}
	return &block{raw: make([]byte, 0, blockBytes), done: make(chan error, 1)}
}

// compress makes a block's bytes a piece of a deflate stream that ends at a byte.
func (d *deflater) compress(b *block) {
	encoder := <-d.encoders
	defer func() { d.encoders <- encoder }()
	b.out.Reset()
	var err error
	if encoder == nil {
		if encoder, err = flate.NewWriter(&b.out, d.level); err != nil {
			b.done <- fmt.Errorf("begin compression: %w", err)
			return
		}
	} else {
		encoder.Reset(&b.out)
	}
	if _, err = encoder.Write(b.raw); err == nil && b.last {
		err = encoder.Close()
	} else if err == nil {
		err = encoder.Flush()
	}
	b.done <- err
}

// deflatedPart is a part that is being compressed.
type deflatedPart struct {
	*deflater
	to      io.Writer
	filling *block
	running []*block // oldest first
	err     error    // the first one, with which the part is given up
}

// Write takes more of the part and hands on what is compressed.
func (p *deflatedPart) Write(data []byte) (int, error) {
	taken := 0
	for taken < len(data) && p.err == nil {
		n := min(len(data)-taken, blockBytes-len(p.filling.raw))
		p.filling.raw = append(p.filling.raw, data[taken:taken+n]...)
		if taken += n; len(p.filling.raw) == blockBytes {
			p.err = p.start()
		}
	}
	return taken, p.err
}

// start has the full block compressed and takes an empty one, waiting for the oldest
// when enough are under way.
func (p *deflatedPart) start() error {
	p.running = append(p.running, p.filling)
	go p.compress(p.filling)
	for len(p.running) > p.workers {
		if err := p.collect(); err != nil {
			return err
		}
	}
	p.filling = p.block()
	return nil
}

// collect waits for the oldest block and writes it.
func (p *deflatedPart) collect() error {
	b := p.running[0]
	p.running = slices.Delete(p.running, 0, 1)
	err := <-b.done
	if err == nil {
		_, err = p.to.Write(b.out.Bytes())
	}
	b.raw, b.last = b.raw[:0], false
	p.idle = append(p.idle, b)
	return err
}

// Close completes the part.
func (p *deflatedPart) Close() error {
	if p.err != nil {
		return p.err
	}
	p.filling.last = true
	p.running = append(p.running, p.filling)
	p.compress(p.filling)
	for len(p.running) > 0 && p.err == nil {
		p.err = p.collect()
	}
	return p.err
}
