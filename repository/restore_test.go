package repository_test

import (
	"strings"
	"testing"

	"skillstracker/domain"
	"skillstracker/repository/localpg"
	"skillstracker/repository/pgtest"
)

// A backup is restored over nothing that anybody would miss: what is there already is
// named, whatever it is. Nobody misses a register of which nothing was written.
func TestRestoreDestroysNothingOfOthers(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		database pgtest.Database
		maker    string // role
		others   [][3]string
	}{
		"nothing": {pgtest.NewEmpty(t), localpg.RoleOwner, [][3]string{
			{`CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'`, `DROP FUNCTION f`, "function f()"},
			{`CREATE TYPE mood AS ENUM ('calm')`, `DROP TYPE mood`, "type mood"},
			{`CREATE TYPE pair AS (a int, b int)`, `DROP TYPE pair`, "type pair"},
			{`CREATE SEQUENCE counter`, `DROP SEQUENCE counter`, "sequence counter"},
			{`CREATE COLLATION plain FROM "C"`, `DROP COLLATION plain`, "collation plain"},
			{`CREATE VIEW kept AS SELECT 1 AS n`, `DROP VIEW kept`, "view kept"},
			{`CREATE TABLE kept (n int)`, `DROP TABLE kept`, "table kept"},
		}},
		"a register": {pgtest.New(t), localpg.RoleAdmin, [][3]string{
			{`CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'`, `DROP FUNCTION f`, "function f()"},
			{`CREATE TABLE k1 (); CREATE TABLE k2 (); CREATE TABLE k3 (); CREATE TABLE k4 ()`, `DROP TABLE k1, k2, k3, k4`, "table k1, table k2, table k3 and more"},
		}},
	} {
		t.Run("beside "+name, func(t *testing.T) {
			t.Parallel()
			owner, maker := c.database.Owner(t), openAs(t, c.database, c.maker)
			for _, other := range c.others {
				run(t, maker, other[0])
				err := owner.RequireEmpty(t.Context())
				if domain.KindOf(err) != domain.KindConflict || !strings.Contains(err.Error(), "holds "+other[2]+", which") {
					t.Errorf("beside %s: %v", other[2], err)
				}
				run(t, maker, other[1])
				if err := owner.RequireEmpty(t.Context()); err != nil {
					t.Fatalf("without %s: %v", other[2], err)
				}
			}
		})
	}
}
