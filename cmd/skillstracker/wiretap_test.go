package main

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgtype"
)

// wiretap stands between a server and PostgreSQL and keeps the statements that pass,
// with their values, so that another client can send the very same.
type wiretap struct {
	port   int
	socket string // of PostgreSQL

	mu   sync.Mutex
	said []statement
}

// statement is one statement as it was executed, values put in as literals.
type statement struct{ text string }

// newWiretap listens until the test ends.
func newWiretap(tb testing.TB, socket string) *wiretap {
	tb.Helper()
	var config net.ListenConfig
	listener, err := config.Listen(tb.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		tb.Fatal(err)
	}
	address, ok := listener.Addr().(*net.TCPAddr)
	if !ok {
		tb.Fatalf("listens on %s", listener.Addr())
	}
	w := &wiretap{port: address.Port, socket: socket}
	var passing sync.WaitGroup
	passing.Go(func() {
		for {
			client, err := listener.Accept()
			if err != nil {
				return
			}
			passing.Go(func() {
				if err := w.pass(client); err != nil {
					tb.Errorf("pass on to PostgreSQL: %v", err)
				}
			})
		}
	})
	tb.Cleanup(func() {
		if err := listener.Close(); err != nil {
			tb.Error(err)
		}
		passing.Wait()
	})
	return w
}

// since returns the statements from the n-th on.
func (w *wiretap) since(n int) []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	var texts []string
	for _, s := range w.said[n:] {
		texts = append(texts, s.text)
	}
	return texts
}

func (w *wiretap) count() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.said)
}

// session is what is known of one connection's prepared statements.
type session struct {
	mu        sync.Mutex
	texts     map[string]string
	types     map[string][]uint32
	described []string // names in the order in which they were asked about
	values    *pgtype.Map
}

// pass connects a client with PostgreSQL until either ends.
func (w *wiretap) pass(client net.Conn) error {
	server, err := net.Dial("unix", w.socket)
	if err != nil {
		return errors.Join(err, client.Close())
	}
	s := &session{texts: make(map[string]string), types: make(map[string][]uint32), values: pgtype.NewMap()}
	var answers sync.WaitGroup
	answers.Go(func() {
		copyMessages(client, server, false, func(kind byte, body []byte) {
			if kind == 't' {
				s.typesCame(body)
			}
		})
		_ = client.Close() // the other direction notices
	})
	copyMessages(server, client, true, func(kind byte, body []byte) {
		switch kind {
		case 'P':
			s.parsed(body)
		case 'D':
			s.asked(body)
		case 'B':
			w.bound(s, body)
		case 'Q':
			w.keep(cText(body))
		}
	})
	_ = server.Close()
	answers.Wait()
	return nil
}

// copyMessages passes messages on and shows each; the first one of a client has no kind.
// It ends with the connection.
func copyMessages(to io.Writer, from io.Reader, start bool, see func(kind byte, body []byte)) {
	for first := start; ; first = false {
		header := make([]byte, 5)
		if first {
			header = header[1:]
		}
		if _, err := io.ReadFull(from, header); err != nil {
			return
		}
		size := binary.BigEndian.Uint32(header[len(header)-4:])
		body := make([]byte, size-4)
		if _, err := io.ReadFull(from, body); err != nil {
			return
		}
		if !first {
			see(header[0], body)
		}
		if _, err := to.Write(append(header, body...)); err != nil {
			return
		}
	}
}

// cText reads a text that ends with a zero byte.
func cText(body []byte) string {
	text, _, _ := strings.Cut(string(body), "\x00")
	return text
}

func (s *session) parsed(body []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	name := cText(body)
	s.texts[name] = cText(body[len(name)+1:])
}

func (s *session) asked(body []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if body[0] == 'S' {
		s.described = append(s.described, cText(body[1:]))
	}
}

func (s *session) typesCame(body []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.described) == 0 {
		return
	}
	types := make([]uint32, binary.BigEndian.Uint16(body))
	for i := range types {
		types[i] = binary.BigEndian.Uint32(body[2+4*i:])
	}
	s.types[s.described[0]], s.described = types, s.described[1:]
}

// bound keeps a statement with its values.
func (w *wiretap) bound(s *session, body []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	body = body[len(cText(body))+1:]
	name := cText(body)
	body = body[len(name)+1:]
	formats := make([]int16, binary.BigEndian.Uint16(body))
	body = body[2:]
	for i := range formats {
		formats[i] = int16(binary.BigEndian.Uint16(body[2*i:]))
	}
	body = body[2*len(formats):]
	count := int(binary.BigEndian.Uint16(body))
	body = body[2:]
	text := s.texts[name]
	literals := make([]string, count)
	for i := range count {
		size := int32(binary.BigEndian.Uint32(body))
		body = body[4:]
		literals[i] = "NULL"
		if size >= 0 {
			format := int16(0)
			switch len(formats) {
			case 0:
			case 1:
				format = formats[0]
			default:
				format = formats[i]
			}
			literals[i] = s.literal(s.types[name], i, format, body[:size])
			body = body[size:]
		}
	}
	for i := count - 1; i >= 0; i-- {
		text = strings.ReplaceAll(text, fmt.Sprintf("$%d", i+1), literals[i])
	}
	w.keep(text)
}

func (w *wiretap) keep(text string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.said = append(w.said, statement{text})
}

// literal writes a value as SQL does.
func (s *session) literal(types []uint32, place int, format int16, value []byte) string {
	quoted := func(text string) string { return "'" + strings.ReplaceAll(text, "'", "''") + "'" }
	if format == pgtype.TextFormatCode || place >= len(types) {
		return quoted(string(value))
	}
	kind, known := s.values.TypeForOID(types[place])
	if !known {
		return quoted(string(value))
	}
	decoded, err := kind.Codec.DecodeValue(s.values, types[place], format, value)
	if err != nil {
		return quoted(err.Error())
	}
	return quoted(plainText(decoded))
}

// plainText writes a decoded value as PostgreSQL reads it.
func plainText(value any) string {
	switch v := value.(type) {
	case time.Time:
		return v.UTC().Format("2006-01-02 15:04:05.999999Z07")
	case []any:
		items := make([]string, len(v))
		for i, item := range v {
			items[i] = `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(plainText(item)) + `"`
		}
		return "{" + strings.Join(items, ",") + "}"
	}
	return fmt.Sprint(value)
}
