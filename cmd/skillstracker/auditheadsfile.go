package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"strconv"
	"strings"

	"skillstracker/domain"
)

// maxHeadLine is the greatest length of a line of a log, in bytes.
const maxHeadLine = 1 << 20

// plainHead is a line of a chain, a sequence and a hash; loggedHead is the same in the
// text form of the log.
var (
	plainHead  = regexp.MustCompile(`^([0-9A-Z]{3,9}|system)\s+([0-9]+)\s+([0-9a-f]{64})$`)
	loggedHead = regexp.MustCompile(`\bmsg="audit head" chain=([0-9A-Z]{3,9}|system) sequence=([0-9]+) hash=([0-9a-f]{64})\b`)
)

// readHeads reads the heads that were noted in a file: a log of the server, in JSON or
// as text, or lines of a chain, a sequence and a hash. Other lines of a log are passed
// over. A file without any head is a mistake: nothing would be compared.
func readHeads(path string) (heads []domain.AuditHead, err error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("read heads: %w", err)
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	heads, err = headsIn(file)
	if err != nil {
		return nil, fmt.Errorf("read heads from %s: %w", path, err)
	}
	if len(heads) == 0 {
		return nil, usagef("%s holds no head: give a log of the server, or lines of a chain, a sequence and a hash", path)
	}
	return heads, nil
}

func headsIn(file io.Reader) ([]domain.AuditHead, error) {
	var heads []domain.AuditHead
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, maxHeadLine)
	for number := 1; lines.Scan(); number++ {
		line := strings.TrimSpace(lines.Text())
		head, found, err := headIn(line)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", number, err)
		}
		if found {
			heads = append(heads, head)
		}
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("read lines: %w", err)
	}
	return heads, nil
}

// headIn reads the head of a line, if there is one.
func headIn(line string) (domain.AuditHead, bool, error) {
	if strings.HasPrefix(line, "{") {
		return headInJSON(line)
	}
	fields := plainHead.FindStringSubmatch(line)
	if fields == nil {
		fields = loggedHead.FindStringSubmatch(line)
	}
	if fields == nil {
		return domain.AuditHead{}, false, nil
	}
	sequence, err := strconv.ParseInt(fields[2], 10, 64)
	if err != nil {
		return domain.AuditHead{}, false, errHead
	}
	return headOf(fields[1], sequence, fields[3])
}

var errHead = errors.New("the head has no chain, no sequence from 1 or no hash of 64 hexadecimal digits")

// headInJSON reads a line of a log. One that is cut off, as the last of a log may be, is
// passed over unless it is about a head.
func headInJSON(line string) (domain.AuditHead, bool, error) {
	var logged struct {
		Msg      string `json:"msg"`
		Chain    string `json:"chain"`
		Sequence int64  `json:"sequence"`
		Hash     string `json:"hash"`
	}
	if err := json.Unmarshal([]byte(line), &logged); err != nil {
		if strings.Contains(line, `"msg":"`+headMessage+`"`) {
			return domain.AuditHead{}, false, errHead
		}
		return domain.AuditHead{}, false, nil
	}
	if logged.Msg != headMessage {
		return domain.AuditHead{}, false, nil
	}
	return headOf(logged.Chain, logged.Sequence, logged.Hash)
}

func headOf(chain string, sequence int64, hash string) (domain.AuditHead, bool, error) {
	read, whole := domain.ParseAuditHash(hash)
	if chain == "" || sequence < 1 || !whole {
		return domain.AuditHead{}, false, errHead
	}
	return domain.AuditHead{Chain: chain, Sequence: sequence, Hash: read}, true, nil
}
