package repository

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"strings"

	"skillstracker/domain"
)

// leastErasureKey is the least length of the key of erased numbers, in bytes.
const leastErasureKey = 32

// erasureKey makes of employee numbers what the register keeps of those that were
// erased. Without the key nobody can try out numbers until one fits.
type erasureKey struct {
	secret []byte
	id     []byte // tells keys apart, and says nothing about the secret
}

func newErasureKey(secret []byte) (*erasureKey, error) {
	if len(secret) == 0 {
		return nil, nil //nolint:nilnil // no key is a choice of the operator
	}
	if len(secret) < leastErasureKey {
		return nil, fmt.Errorf("the key of erased numbers has %d bytes and needs %d", len(secret), leastErasureKey)
	}
	key := &erasureKey{secret: slices.Clone(secret)}
	key.id = key.sum("key of erased numbers")[:8]
	return key, nil
}

func (k *erasureKey) sum(text string) []byte {
	mac := hmac.New(sha256.New, k.secret)
	mac.Write([]byte(text))
	return mac.Sum(nil)
}

// number is what is kept of an erased number. Numbers of two organisations that are the
// same are kept as two.
func (k *erasureKey) number(organisation, employeeNumber string) []byte {
	return k.sum(organisation + "\x00" + employeeNumber)
}

var errErasureKeyMissing = domain.Unavailable("erasure_key_missing",
	"Nobody can be erased while this service has no key for the numbers of erased people. Ask the operator to set SKILLSTRACKER_ERASURE_KEY.", 0, nil)

// CheckErasureKey makes sure that the numbers of people who were erased are known again:
// it returns an error when the register holds some and the store has another key than
// the one they were made with, or none.
func (s *Store) CheckErasureKey(ctx context.Context) error {
	return s.inScope(ctx, scope{aggregate: true}, true, func(t tx) error {
		type row struct{ KeyID []byte }
		held, err := readRows[row](ctx, t, `SELECT DISTINCT key_id FROM erased_number`)
		if err != nil || len(held) == 0 {
			return err
		}
		if s.erasure == nil {
			return domain.Unavailable("erasure_key_missing",
				"The register holds the numbers of people who were erased, and SKILLSTRACKER_ERASURE_KEY is not set: they would be taken in again. Set it to the key with which they were erased.", 0, nil)
		}
		for _, r := range held {
			if !slices.Equal(r.KeyID, s.erasure.id) {
				return domain.Unavailable("erasure_key_other",
					"The register holds the numbers of people who were erased with another key than the one this server has: they would be taken in again. Set SKILLSTRACKER_ERASURE_KEY to that key, or put erasure.key of the data directory back.", 0, nil)
			}
		}
		return nil
	})
}

// skipErased takes the rows about erased people out of a file, which is then not kept,
// because it names them again. Where nobody was erased, nothing is worked out.
func (s *Store) skipErased(ctx context.Context, t tx, file *domain.UploadFile) error {
	if file.Kind != domain.UploadStaff && file.Kind != domain.UploadAssessments {
		return nil
	}
	type row struct{ NumberHmac []byte }
	rows, err := readRows[row](ctx, t, `SELECT number_hmac FROM erased_number WHERE organisation = ?`, file.Organisation)
	if err != nil || len(rows) == 0 {
		return err
	}
	if s.erasure == nil {
		return errErasureKeyMissing
	}
	erased := make(map[string]struct{}, len(rows))
	for _, r := range rows {
		erased[string(r.NumberHmac)] = struct{}{}
	}
	file.SkipErased(func(number string) bool {
		_, gone := erased[string(s.erasure.number(file.Organisation, number))]
		return gone
	}, headingOf("employee_number", file.Mapping))
	if file.Erased > 0 {
		file.Content = nil
	}
	return nil
}

// noteErasedNumber remembers that a number was erased: as it was held and, unless that
// is somebody else's, without leading zeros, which spreadsheet programs take away.
func (s *Store) noteErasedNumber(ctx context.Context, t tx, organisation, employeeNumber string, change int64) error {
	numbers := []string{employeeNumber}
	if bare := strings.TrimLeft(employeeNumber, "0"); bare != employeeNumber && bare != "" {
		others, err := peopleWith(ctx, t, organisation, bare)
		if err != nil && !errors.Is(err, errPersonNotFound) {
			return err
		}
		if len(others) == 0 {
			numbers = append(numbers, bare)
		}
	}
	for _, number := range numbers {
		if _, err := t.exec(ctx, `INSERT INTO erased_number (organisation, number_hmac, key_id, added_by) VALUES (?, ?, ?, ?)
			ON CONFLICT ON CONSTRAINT erased_number_pkey DO NOTHING`,
			organisation, s.erasure.number(organisation, number), s.erasure.id, change); err != nil {
			return err
		}
	}
	return nil
}
