package localpg

import (
	"strings"
	"testing"
)

func TestPasswordsStayOffCommandLines(t *testing.T) {
	t.Parallel()
	for address, want := range map[string][2]string{
		"postgres://u:Secret4711@db:5432/skills?sslmode=verify-full":                {"postgres://u@db:5432/skills?sslmode=verify-full", "Secret4711"},
		"postgresql://u@/skills?host=%2Frun%2Fpg&password=Secret4711":               {"postgresql://u@/skills?host=%2Frun%2Fpg", "Secret4711"},
		"postgres://u:a%20b@db/skills?default_query_exec_mode=exec&sslmode=require": {"postgres://u@db/skills?sslmode=require", "a b"},
		"postgres://u@db/skills": {"postgres://u@db/skills", ""},
	} {
		plain, password, err := splitPassword(address)
		if err != nil || plain != want[0] || password != want[1] {
			t.Errorf("%s: got %s, %s, %v", address, plain, password, err)
		}
	}
	for _, address := range []string{"host=db password=Secret4711", "postgres://u:Secret4711@db/%zz", "postgres://u@db/skills?sslkey=a.key&sslpassword=Secret4711"} {
		if _, _, err := splitPassword(address); err == nil || strings.Contains(err.Error(), "4711") {
			t.Errorf("%s: %v", address, err)
		}
	}
}

func TestComplaintsQuoteNoRows(t *testing.T) {
	t.Parallel()
	said := complaintsOf("pg_restore", `pg_restore: while PROCESSING TOC:
pg_restore: from TOC entry 4711; 0 16500 TABLE DATA staff_member skills_owner
pg_restore: error: COPY failed for table "staff_member": ERROR:  duplicate key value violates unique constraint "staff_member_pkey"
DETAIL:  Key (organisation, id)=(RXA, canary) already exists.
CONTEXT:  COPY staff_member, line 7: "RXA canary"
`)
	if strings.Contains(said, "canary") || !strings.Contains(said, "duplicate key value") {
		t.Errorf("it says %q", said)
	}
	if said := complaintsOf("pg_dump", "Killed"); said != "it does not say why" {
		t.Errorf("it says %q", said)
	}
}
