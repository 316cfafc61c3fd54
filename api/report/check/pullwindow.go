package check

import (
	"bytes"
	"errors"
	"io"
)

// more reads further bytes into the window and reports whether there were any.
func (p *puller) more() (bool, error) {
	if p.fail != nil {
		if errors.Is(p.fail, io.EOF) {
			return false, nil
		}
		return false, p.fail
	}
	if p.pos > 0 {
		p.end = copy(p.window, p.window[p.pos:p.end])
		p.pos = 0
	}
	if p.end == len(p.window) {
		if len(p.window) >= maxToken {
			return false, errHostile
		}
		p.window = append(p.window, make([]byte, len(p.window))...)
	}
	n, err := io.ReadAtLeast(p.src, p.window[p.end:], 1)
	p.end += n
	if n > 0 {
		return true, nil
	}
	p.fail = err
	return p.more()
}

// find returns the place of a mark at or behind from, both counted from pos.
func (p *puller) find(mark string, from int) (int, error) {
	for searched := from; ; {
		if p.pos+searched < p.end {
			if i := bytes.Index(p.window[p.pos+searched:p.end], []byte(mark)); i >= 0 {
				return searched + i, nil
			}
			searched = max(from, p.end-p.pos-len(mark)+1)
		}
		got, err := p.more()
		if err != nil {
			return 0, err
		}
		if !got {
			return 0, errCutOff
		}
	}
}

// has reports whether the input goes on with a text.
func (p *puller) has(text string) (bool, error) {
	for p.end-p.pos < len(text) {
		if got, err := p.more(); err != nil || !got {
			return false, err
		}
	}
	return string(p.window[p.pos:p.pos+len(text)]) == text, nil
}

// tagEnd returns the place of the ">" of a tag, which is not the one in a value.
func (p *puller) tagEnd() (int, error) {
	quote := byte(0)
	for i := 1; ; i++ {
		for p.pos+i >= p.end {
			got, err := p.more()
			if err != nil {
				return 0, err
			}
			if !got {
				return 0, errCutOff
			}
		}
		switch b := p.window[p.pos+i]; {
		case quote != 0:
			if b == quote {
				quote = 0
			}
		case b == '"' || b == '\'':
			quote = b
		case b == '>':
			return i, nil
		}
	}
}

func (p *puller) readTag(tag []byte) error {
	i := 0
	for i < len(tag) && !isSpace(tag[i]) {
		i++
	}
	p.raw = append(p.raw[:0], tag[:i]...)
	if len(p.raw) == 0 {
		return errMalformed
	}
	local := p.raw[bytes.IndexByte(p.raw, ':')+1:]
	known, ok := p.names[string(local)]
	if !ok {
		if len(p.names) >= maxNames {
			return errHostile
		}
		known = string(local)
		p.names[known] = known
	}
	p.name = known
	p.attrs = p.attrs[:0]
	for rest := trimLeft(tag[i:]); len(rest) > 0; rest = trimLeft(rest) {
		equals := bytes.IndexByte(rest, '=')
		if equals < 0 {
			return errMalformed
		}
		name, after := rest[:equals], trimLeft(rest[equals+1:])
		if len(after) < 2 || (after[0] != '"' && after[0] != '\'') {
			return errMalformed
		}
		end := bytes.IndexByte(after[1:], after[0])
		if end < 0 {
			return errMalformed
		}
		for len(name) > 0 && isSpace(name[len(name)-1]) {
			name = name[:len(name)-1]
		}
		p.attrs = append(p.attrs, attribute{name, after[1 : end+1]})
		rest = after[end+2:]
	}
	return nil
}

func isSpace(b byte) bool { return b == ' ' || b == '\n' || b == '\t' || b == '\r' }

func trimLeft(text []byte) []byte {
	for len(text) > 0 && isSpace(text[0]) {
		text = text[1:]
	}
	return text
}

func (p *puller) readChars() error {
	for {
		if i := bytes.IndexByte(p.window[p.pos:p.end], '<'); i >= 0 {
			p.chars = appendDecoded(p.chars[:0], p.window[p.pos:p.pos+i])
			p.pos += i
			return nil
		}
		got, err := p.more()
		if err != nil {
			return err
		}
		if !got {
			p.chars = p.chars[:0]
			p.pos = p.end
			return nil
		}
	}
}
