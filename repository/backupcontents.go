package repository

import (
	"context"
	"database/sql"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
)

// Contents says what a database holds, so that a copy of it can be compared with it.
// Its JSON is part of the form of backups.
type Contents struct {
	SchemaVersion int64      `json:"schema_version"`
	ServerVersion string     `json:"server_version"` // such as 15.18
	ChangeNumber  int64      `json:"change_number"`  // of the newest change
	ChangedAt     *time.Time `json:"changed_at"`     // of the newest change; null when there is none
	// Owner is the role that owns the tables and that policies name.
	Owner string `json:"owner"`
	// Roles are those that tables, functions and policies name besides the owner. A
	// database must have them before a copy can be made in it.
	Roles  []string                 `json:"roles"`
	Tables map[string]TableContents `json:"tables"`
	// Protection is a check-sum of which policies, rights and triggers there are.
	Protection string       `json:"protection_sha256"`
	Totals     []OwnTotals  `json:"totals"` // by organisation
	AuditHeads []AuditChain `json:"audit_heads"`
}

// TableContents is a table's number of rows and a check-sum of them that does not
// depend on their order.
type TableContents struct {
	Rows     int64  `json:"rows"`
	Checksum string `json:"checksum"`
}

// OwnTotals are the totals of the facts that hold of an organisation.
type OwnTotals struct {
	Organisation string `json:"organisation"`
	Staff        int64  `json:"staff"`
	StaffFTE     string `json:"staff_fte"` // of all positions that hold, as a decimal number
	Assessments  int64  `json:"assessments"`
	Levels       int64  `json:"levels"` // sum of the levels reached
	Cells        int64  `json:"vacancy_cells"`
	BudgetedFTE  string `json:"budgeted_fte"`
	Contracted   string `json:"contracted_fte"`
	Positions    int64  `json:"position_vacancies"`
}

// AuditChain is the end of a chain of the audit trail.
type AuditChain struct {
	Chain    string `json:"chain"` // an ODS code, or - for the chain of the system
	Sequence int64  `json:"sequence"`
	Hash     string `json:"hash"` // in hexadecimal digits
}

// PassingTables are those whose rows are of no use after a while, and of danger in a
// backup: whoever was signed in when it was made would be so again.
func PassingTables() []string { return []string{"admin_link", "sign_in", "user_session"} }

// Compare lists how other contents differ, in words; it returns nothing when they are
// the same.
func (c Contents) Compare(other Contents) []string {
	var differences []string
	differ := func(what string, mine, others any) {
		if mine != others {
			differences = append(differences, fmt.Sprintf("%s: %v became %v", what, mine, others))
		}
	}
	differ("version of the schema", c.SchemaVersion, other.SchemaVersion)
	differ("number of the newest change", c.ChangeNumber, other.ChangeNumber)
	differ("owner", c.Owner, other.Owner)
	differ("policies, rights and triggers", c.Protection, other.Protection)
	for _, name := range namesOf(c.Tables, other.Tables) {
		mine, others := c.Tables[name], other.Tables[name]
		differ("rows of "+name, mine.Rows, others.Rows)
		if mine.Rows == others.Rows && mine.Checksum != others.Checksum {
			differences = append(differences, "rows of "+name+" have other values")
		}
	}
	differ("organisations with totals", len(c.Totals), len(other.Totals))
	for i := range min(len(c.Totals), len(other.Totals)) {
		differ("totals", c.Totals[i], other.Totals[i])
	}
	differ("chains of the audit trail", len(c.AuditHeads), len(other.AuditHeads))
	for i := range min(len(c.AuditHeads), len(other.AuditHeads)) {
		differ("end of a chain of the audit trail", c.AuditHeads[i], other.AuditHeads[i])
	}
	return differences
}

func namesOf(tables ...map[string]TableContents) []string {
	var names []string
	for _, some := range tables {
		for name := range some {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// readContents looks at everything as a role that sees everything.
func readContents(ctx context.Context, t *sql.Tx) (Contents, error) {
	var c Contents
	err := t.QueryRowContext(ctx, `SELECT (SELECT max(version_id) FROM goose_db_version WHERE is_applied),
		split_part(current_setting('server_version'), ' ', 1), last_number, nullif(last_at, '-infinity'),
		(SELECT r.rolname FROM pg_class t JOIN pg_roles r ON r.oid = t.relowner WHERE t.oid = 'public.change'::regclass) FROM change_clock`).
		Scan(&c.SchemaVersion, &c.ServerVersion, &c.ChangeNumber, &c.ChangedAt, &c.Owner)
	if err != nil {
		return c, fmt.Errorf("read state: %w", err)
	}
	if c.ChangedAt != nil {
		*c.ChangedAt = c.ChangedAt.UTC()
	}
	if c.Tables, err = readTables(ctx, t); err != nil {
		return c, err
	}
	if c.Roles, err = readTexts(ctx, t, query("backup_roles")); err != nil {
		return c, fmt.Errorf("read roles: %w", err)
	}
	if err := t.QueryRowContext(ctx, query("backup_protection")).Scan(&c.Protection); err != nil {
		return c, fmt.Errorf("read policies and rights: %w", err)
	}
	if c.Totals, err = readOwnTotals(ctx, t); err != nil {
		return c, err
	}
	c.AuditHeads, err = readAuditHeads(ctx, t)
	return c, err
}

func readTables(ctx context.Context, t *sql.Tx) (map[string]TableContents, error) {
	names, err := readTexts(ctx, t, `SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') ORDER BY 1`)
	if err != nil {
		return nil, fmt.Errorf("list tables: %w", err)
	}
	tables := make(map[string]TableContents, len(names))
	for _, name := range names {
		if slices.Contains(PassingTables(), name) {
			continue
		}
		var table TableContents
		statement := `SELECT count(*), CAST(coalesce(sum(CAST(hashtextextended(CAST(r AS text), 0) AS numeric)), 0) AS text) FROM ` +
			pgx.Identifier{"public", name}.Sanitize() + ` r`
		if err := t.QueryRowContext(ctx, statement).Scan(&table.Rows, &table.Checksum); err != nil {
			return nil, fmt.Errorf("count rows of %s: %w", name, err)
		}
		tables[name] = table
	}
	return tables, nil
}

func readTexts(ctx context.Context, t *sql.Tx, statement string, args ...any) ([]string, error) {
	rows, err := t.QueryContext(ctx, statement, args...)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	texts := []string{}
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			return nil, err
		}
		texts = append(texts, text)
	}
	return texts, rows.Err()
}

func readOwnTotals(ctx context.Context, t *sql.Tx) ([]OwnTotals, error) {
	rows, err := t.QueryContext(ctx, query("backup_totals"))
	if err != nil {
		return nil, fmt.Errorf("read totals: %w", err)
	}
	defer func() { _ = rows.Close() }()
	totals := []OwnTotals{}
	for rows.Next() {
		var o OwnTotals
		if err := rows.Scan(&o.Organisation, &o.Staff, &o.StaffFTE, &o.Assessments, &o.Levels, &o.Cells, &o.BudgetedFTE, &o.Contracted, &o.Positions); err != nil {
			return nil, fmt.Errorf("read totals: %w", err)
		}
		totals = append(totals, o)
	}
	return totals, rows.Err()
}

func readAuditHeads(ctx context.Context, t *sql.Tx) ([]AuditChain, error) {
	rows, err := t.QueryContext(ctx, `SELECT organisation, sequence, hash FROM audit_head ORDER BY organisation COLLATE "C"`)
	if err != nil {
		return nil, fmt.Errorf("read audit heads: %w", err)
	}
	defer func() { _ = rows.Close() }()
	heads := []AuditChain{}
	for rows.Next() {
		var head AuditChain
		var hash []byte
		if err := rows.Scan(&head.Chain, &head.Sequence, &hash); err != nil {
			return nil, fmt.Errorf("read audit heads: %w", err)
		}
		head.Hash = hex.EncodeToString(hash)
		heads = append(heads, head)
	}
	return heads, rows.Err()
}

// ShownDifferences puts at most ten differences into a sentence.
func ShownDifferences(differences []string) string {
	const most = 10
	text := strings.Join(differences[:min(len(differences), most)], "; ")
	if more := len(differences) - most; more > 0 {
		text += fmt.Sprintf("; and %d more", more)
	}
	return text
}
