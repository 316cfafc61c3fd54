package repository

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"

	"skillstracker/domain"
)

// LeastErasureKey is the least length of the key of erased numbers, in bytes.
const LeastErasureKey = 32

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
	if len(secret) < LeastErasureKey {
		return nil, fmt.Errorf("the key of erased numbers has %d bytes and needs %d", len(secret), LeastErasureKey)
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

// folded is what is kept of an erased number whatever the case of its letters. It is never
// the same as what is kept of a number as it was held.
func (k *erasureKey) folded(organisation, employeeNumber string) []byte {
	return k.sum(organisation + "\x01" + foldCase(employeeNumber))
}

// foldCase writes the letters a to z as capitals and leaves all else, as the database does
// where numbers are compared so.
func foldCase(number string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' {
			return r - 'a' + 'A'
		}
		return r
	}, number)
}

var errErasureKeyMissing = domain.Unavailable("erasure_key_missing",
	"Nobody can be erased while this service has no key for the numbers of erased people. Ask the operator to set SKILLSTRACKER_ERASURE_KEY.", 0, nil)

var errErasureKeyOther = domain.Unavailable("erasure_key_other",
	"The register holds the numbers of people who were erased with another key than the one this server has: they would be taken in again. Set SKILLSTRACKER_ERASURE_KEY to that key, or put erasure.key of the data directory back.", 0, nil)

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
			if err := s.mayCompare(r.KeyID); err != nil {
				return err
			}
		}
		return nil
	})
}

// skipErased takes the rows about erased people out of a file, which is then not kept,
// because it names them again, and says whether anybody of the organisation was erased.
// Where nobody was, nothing is worked out.
func (s *Store) skipErased(ctx context.Context, t tx, file *domain.UploadFile) (erasedAny bool, err error) {
	if file.Kind != domain.UploadStaff && file.Kind != domain.UploadAssessments {
		type row struct{ Held bool }
		held, err := readRow[row](ctx, t, `SELECT EXISTS (SELECT FROM erased_number WHERE organisation = ?) AS held`, file.Organisation)
		return held.Held, err
	}
	type row struct{ NumberHmac, KeyID []byte }
	rows, err := readRows[row](ctx, t, `SELECT number_hmac, key_id FROM erased_number WHERE organisation = ?`, file.Organisation)
	if err != nil || len(rows) == 0 {
		return false, err
	}
	erased := make(map[string]struct{}, len(rows))
	for _, r := range rows {
		if err := s.mayCompare(r.KeyID); err != nil {
			return true, err
		}
		erased[string(r.NumberHmac)] = struct{}{}
	}
	noted := func(number string) bool {
		_, asHeld := erased[string(s.erasure.number(file.Organisation, number))]
		_, inCapitals := erased[string(s.erasure.folded(file.Organisation, number))]
		return asHeld || inCapitals
	}
	// A payroll may change how many zeros it writes before all its numbers.
	file.SkipErased(func(number string) bool {
		if noted(number) {
			return true
		}
		bare := strings.TrimLeft(number, "0")
		if err != nil || bare == number || bare == "" || !noted(bare) {
			return false
		}
		var others bool
		others, err = zerosBefore(ctx, t, file.Organisation, bare)
		return err == nil && !others
	}, headingOf("employee_number", file.Mapping))
	if err != nil {
		return true, err
	}
	if file.Erased > 0 {
		file.Content = nil
	}
	return true, nil
}

// mayCompare says why numbers that were erased with a key are not known again, if so.
func (s *Store) mayCompare(keyID []byte) error {
	switch {
	case s.erasure == nil:
		return errErasureKeyMissing
	case !slices.Equal(keyID, s.erasure.id):
		return errErasureKeyOther
	}
	return nil
}

// sameErasureKey makes sure that the organisation's erased numbers have one key: servers
// that were started with different ones before anybody was erased may share a register.
func (s *Store) sameErasureKey(ctx context.Context, t tx, organisation string) error {
	type row struct{ KeyID []byte }
	held, err := readRows[row](ctx, t, `SELECT DISTINCT key_id FROM erased_number WHERE organisation = ?`, organisation)
	if err != nil {
		return err
	}
	for _, r := range held {
		if err := s.mayCompare(r.KeyID); err != nil {
			return err
		}
	}
	return nil
}

// zerosBefore says whether anybody has or had a number, or one that is it behind zeros.
func zerosBefore(ctx context.Context, t tx, organisation, bare string) (bool, error) {
	type row struct{ Held bool }
	others, err := readRow[row](ctx, t, `SELECT EXISTS (SELECT FROM staff_member WHERE organisation = ?
		AND ltrim(employee_number, '0') = ?) AS held`, organisation, bare)
	return others.Held, err
}

// noteErasedNumber remembers that a number was erased: as it was held and, unless somebody
// else's is that too, without leading zeros, which spreadsheet programs take away. Each is
// kept in capitals too, unless somebody else has it in another case.
func (s *Store) noteErasedNumber(ctx context.Context, t tx, organisation, employeeNumber string, change int64) error {
	forms := [][]byte{s.erasure.number(organisation, employeeNumber)}
	numbers := []string{employeeNumber}
	if bare := strings.TrimLeft(employeeNumber, "0"); bare != employeeNumber && bare != "" {
		others, err := zerosBefore(ctx, t, organisation, bare)
		if err != nil {
			return err
		}
		if !others {
			numbers, forms = append(numbers, bare), append(forms, s.erasure.number(organisation, bare))
		}
	}
	for _, number := range numbers {
		type row struct{ Held bool }
		others, err := readRow[row](ctx, t, `SELECT EXISTS (SELECT FROM staff_member WHERE organisation = ?
			AND translate(employee_number, 'abcdefghijklmnopqrstuvwxyz', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ') = ?) AS held`, organisation, foldCase(number))
		if err != nil {
			return err
		}
		if !others.Held {
			forms = append(forms, s.erasure.folded(organisation, number))
		}
	}
	for _, form := range forms {
		if _, err := t.exec(ctx, `INSERT INTO erased_number (organisation, number_hmac, key_id, added_by) VALUES (?, ?, ?, ?)
			ON CONFLICT ON CONSTRAINT erased_number_pkey DO NOTHING`,
			organisation, form, s.erasure.id, change); err != nil {
			return err
		}
	}
	return nil
}
