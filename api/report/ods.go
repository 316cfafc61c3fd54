package report

import (
	"errors"
	"io"
)

func (b *Book) writeODS(io.Writer) error { return errors.New("not built yet") }

func (b *Book) writeZIP(io.Writer) error { return errors.New("not built yet") }
