package check

import (
	"fmt"
	"regexp"
	"strings"
)

// personHeading finds columns about single people.
var personHeading = regexp.MustCompile(`(?i)^(full |first |last |middle |given |family |sur|fore|staff |employee('s)? |person('s)? |member of staff )?names?$|^(fore|sur)names?$|` +
	`\b(employee|staff|assignment|payroll|personnel|person|staff member)[ _]?(number|ref|reference|id|identifier|name)\b|\b(employee|staff|assignment|payroll|personnel)[ _]no\.?$|` +
	`\be-?mail\b|\bnational[ _]insurance\b|\bni[ _](number|no)\b|\bnino\b|\bnhs[ _]number\b|\b(date[ _]of[ _]birth|dob)\b|\b(gmc|nmc|hcpc)[ _](number|no|pin)\b|\bhome[ _](address|phone|telephone)\b`)

// people looks for figures about too few people, and for figures beside a number of
// people that is withheld.
func (b *body) people(r *scan, c *cell, col *column) {
	switch {
	case c.kind == text && c.facts&factPersonal != 0 && r.s.role == roleTable:
		r.breach("PV-01", b.s, c.cellRef, "The cell holds an e-mail address or a National Insurance number.", "Take the column out of the workbook.")
	case r.kind == Report && col.role == baseColumn:
		b.withheld = c.text == "[c]"
	}
	if c.kind != figure || r.kind != Report {
		return
	}
	few := c.value > 0 && c.value < float64(r.opts.LeastBase)
	counts := col.role == peopleColumn || col.role == baseColumn ||
		(b.peopleRow && strings.Contains(col.heading, "(unit varies)") && !strings.Contains(strings.ToLower(col.heading), "change"))
	switch {
	case counts && few && c.value == float64(int(c.value)):
		r.breach("PV-02", b.s, c.cellRef, fmt.Sprintf("The cell shows a number of people below %d.", r.opts.LeastBase), "Write [c] instead, and explain it above the table.")
	case col.role == derivedColumn && b.withheld:
		r.breach("PV-02", b.s, c.cellRef, "The cell shows a figure about people whose number is withheld as [c] in the same row.", "Write [c] here too.")
	}
}
