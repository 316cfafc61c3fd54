package workbook

import (
	"archive/zip"
	"fmt"
	"io"
)

// pack writes the parts of a package one after the other and counts their bytes.
type pack struct {
	zip  *zip.Writer
	part io.Writer // the one that is being written
	raw  int64     // bytes of all parts before compression
}

func newPack(w io.Writer, fast bool) *pack {
	chosen := level
	if fast {
		chosen = fastLevel
	}
	p := &pack{zip: zip.NewWriter(w)}
	p.zip.RegisterCompressor(zip.Deflate, newDeflater(chosen).part)
	return p
}

// begin begins a part, which ends the one before it.
func (p *pack) begin(name string) error {
	var err error
	if p.part, err = p.zip.Create(name); err != nil {
		return fmt.Errorf("begin part %s: %w", name, err)
	}
	return nil
}

// Write takes more of the part that was begun last.
func (p *pack) Write(data []byte) (int, error) {
	p.raw += int64(len(data))
	return p.part.Write(data)
}

// whole writes a part that is at hand.
func (p *pack) whole(name string, content []byte) error {
	if err := p.begin(name); err != nil {
		return err
	}
	if _, err := p.Write(content); err != nil {
		return fmt.Errorf("write part %s: %w", name, err)
	}
	return nil
}

// close completes the package.
func (p *pack) close() error {
	if err := p.zip.Close(); err != nil {
		return fmt.Errorf("complete package: %w", err)
	}
	return nil
}
