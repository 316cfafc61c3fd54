package repository

import (
	"database/sql/driver"
	"embed"
	"fmt"
	"regexp"
	"strings"
	"time"

	"skillstracker/domain"
)

//go:embed queries/*.sql queries/parts/*.sql
var queryFiles embed.FS

// args are the named arguments of a query file; a name stands after @ and before
// a blank, a comma or a bracket.
type args = map[string]any

// part is what a query file has in double braces: a name and, for some, what the text
// is to be about.
var part = regexp.MustCompile(`\{\{([a-z_]+)(?: ([^{}]+))?\}\}`)

// parts gives the text that stands in a query for a part. It returns false for a name
// that it does not know; the file queries/parts/<name>.sql then stands there, in which
// {{of}} is what the part is about.
type parts func(name, about string) (string, bool)

// plainParts knows no part, so that the files alone stand in a query.
func plainParts(string, string) (string, bool) { return "", false }

// compose returns the text of queries/<name>.sql with its parts put in, and theirs.
func compose(name string, known parts) string {
	return part.ReplaceAllStringFunc(query(name), func(found string) string {
		match := part.FindStringSubmatch(found)
		if text, ok := known(match[1], match[2]); ok {
			return text
		}
		return strings.TrimSpace(compose("parts/"+match[1], func(name, about string) (string, bool) {
			if name == "of" {
				return match[2], true
			}
			return known(name, about)
		}))
	})
}

// query returns the text of queries/<name>.sql without its comments, in which GORM
// would look for arguments. A missing file is a fault of the program that every
// test of the query finds.
func query(name string) string {
	text, err := queryFiles.ReadFile("queries/" + name + ".sql")
	if err != nil {
		return fmt.Sprintf("query %q is missing", name)
	}
	var b strings.Builder
	for line := range strings.Lines(string(text)) {
		if !strings.HasPrefix(strings.TrimSpace(line), "--") {
			b.WriteString(line)
		}
	}
	return b.String()
}

// live is the condition that a row of an alias is held: now, or at the time @known_at.
// Changes take their times in the order of their numbers.
func live(alias string, known bool) string {
	if !known {
		return alias + ".ended_by IS NULL"
	}
	const changes = "(SELECT made.id FROM change made WHERE made.made_at <= CAST(@known_at AS timestamptz))"
	return fmt.Sprintf("(%[1]s.added_by IN %[2]s AND (%[1]s.ended_by IS NULL OR %[1]s.ended_by NOT IN %[2]s))", alias, changes)
}

// textArray passes a list as one text[] parameter: GORM would otherwise spread a
// slice over as many placeholders.
type textArray []string

// Value writes the list as an array literal.
func (a textArray) Value() (driver.Value, error) {
	if a == nil {
		return nil, nil //nolint:nilnil // a nil value is SQL's NULL
	}
	var b strings.Builder
	b.WriteByte('{')
	for i, item := range a {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteByte('"')
		b.WriteString(strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(item))
		b.WriteByte('"')
	}
	b.WriteByte('}')
	return b.String(), nil
}

func day(d domain.Date) time.Time { return d.Time() }

func dayOrNull(d *domain.Date) *time.Time {
	if d == nil {
		return nil
	}
	t := d.Time()
	return &t
}

func dateOrNil(t *time.Time) *domain.Date {
	if t == nil {
		return nil
	}
	d := domain.DateOf(*t)
	return &d
}

func textOrNull(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

func textOf(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

func inUTC(t *time.Time) *time.Time {
	if t == nil {
		return nil
	}
	utc := t.UTC()
	return &utc
}
