package repository

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"time"

	"skillstracker/domain"
)

// The binary form of COPY, as the chapter COPY of the manual of PostgreSQL has it: a
// signature, four bytes of flags and the length of an extension; then for each row the
// number of its fields and each field behind its length, -1 for null; then -1 once more.
const (
	copySignature = "PGCOPY\n\xff\r\n\x00"
	copyHeader    = len(copySignature) + 8
	copyEnd       = -1
	copyNull      = -1
)

// auditFields is the number of columns of audit_chains.
const auditFields = 14

// maxAuditField is the greatest length of one field, in bytes: thousands of times that
// of what the service writes.
const maxAuditField = 16 << 20

// postgresEpoch is 2000-01-01, from which the database counts, in microseconds since 1970.
const postgresEpoch = 946_684_800_000_000

var errCopyForm = errors.New("the database sent something else than rows of events")

// eachAuditEvent reads the rows of audit_chains and hands them out one by one. An event
// is as it is until the next.
func eachAuditEvent(from *bufio.Reader, next func(*domain.AuditEvent) error) error {
	var header [copyHeader]byte
	if _, err := io.ReadFull(from, header[:]); err != nil {
		return fmt.Errorf("read events: %w", err)
	}
	if !bytes.HasPrefix(header[:], []byte(copySignature)) {
		return errCopyForm
	}
	r := auditReader{from: from}
	for {
		fields := r.fields()
		if fields == copyEnd {
			return nil
		}
		if r.err == nil && fields != auditFields {
			r.err = errCopyForm
		}
		r.event()
		if r.err != nil {
			return fmt.Errorf("read events: %w", r.err)
		}
		if err := next(&r.held); err != nil {
			return err
		}
	}
}

// auditReader reads fields until one cannot be read.
type auditReader struct {
	from   *bufio.Reader
	buffer []byte
	held   domain.AuditEvent
	err    error
}

// event reads the fields of an event in the order of audit_chains.
func (r *auditReader) event() {
	e := &r.held
	e.ID = r.whole()
	e.Chain = r.text(e.Chain)
	e.Sequence = r.whole()
	e.At = time.UnixMicro(r.whole() + postgresEpoch)
	e.Actor, e.Role, e.Operation = r.text(e.Actor), r.text(e.Role), r.text(e.Operation)
	e.Object, e.UploadID = r.option(), r.option()
	e.ChangeID = nil
	if field, held := r.field(); held {
		change := r.integer(field)
		e.ChangeID = &change
	}
	e.RequestID, e.Outcome = r.text(e.RequestID), r.text(e.Outcome)
	r.hash(&e.Previous)
	r.hash(&e.Hash)
	e.Chain = domain.AuditChainName(e.Chain)
}

// take reads so many bytes, which are as they are until the next call.
func (r *auditReader) take(n int) []byte {
	if cap(r.buffer) < n {
		r.buffer = make([]byte, max(n, 512))
	}
	taken := r.buffer[:n]
	if r.err == nil {
		_, r.err = io.ReadFull(r.from, taken)
	}
	if r.err != nil {
		clear(taken)
	}
	return taken
}

// fields reads the number of fields of the next row, copyEnd when there is none.
func (r *auditReader) fields() int {
	return int(int16(binary.BigEndian.Uint16(r.take(2))))
}

// field reads the next field; held is false when it is null.
func (r *auditReader) field() (field []byte, held bool) {
	length := int32(binary.BigEndian.Uint32(r.take(4)))
	switch {
	case length == copyNull || r.err != nil:
		return nil, false
	case length < 0 || length > maxAuditField:
		r.err = errCopyForm
		return nil, false
	}
	return r.take(int(length)), true
}

// whole reads a field that holds a whole number or a time.
func (r *auditReader) whole() int64 {
	field, _ := r.field()
	return r.integer(field)
}

func (r *auditReader) integer(field []byte) int64 {
	if len(field) != 8 {
		if r.err == nil {
			r.err = errCopyForm
		}
		return 0
	}
	return int64(binary.BigEndian.Uint64(field))
}

// text reads a field of text. Most events have the texts of the one before, which then
// need no memory of their own.
func (r *auditReader) text(before string) string {
	field, _ := r.field()
	if string(field) == before {
		return before
	}
	return string(field)
}

func (r *auditReader) option() *string {
	field, held := r.field()
	if !held {
		return nil
	}
	text := string(field)
	return &text
}

func (r *auditReader) hash(to *[32]byte) {
	field, _ := r.field()
	if len(field) != len(to) && r.err == nil {
		r.err = errCopyForm
	}
	copy(to[:], field)
}
