package domain

import (
	"cmp"
	"fmt"
	"strconv"
)

// TargetPlan is what a file of targets changes. Its records are known by TargetKey.
type TargetPlan struct {
	RecordPlan[TargetKey, TargetRow]
}

// PlanTargets decides what a file of targets changes. The rows have been checked cell
// by cell; one that already has an error is left out. held has every target that is
// held of the framework versions of the file, whatever its day. For a complete file,
// the targets of these versions that are absent from it end; otherwise they stay.
//
// Findings between rows and against the register are added to faults. Counts covers
// the rows that have no error; the caller adds rejected and blank rows.
func PlanTargets(rows []TargetRow, complete bool, held []TargetRow, faults *Findings) TargetPlan {
	named := make(map[int16]struct{})
	for i := range rows {
		named[rows[i].FrameworkID] = struct{}{}
	}
	versions := make(map[TargetKey]int16, len(held))
	covered := 0
	for i := range held {
		versions[held[i].Key] = held[i].FrameworkID
		if _, speaks := named[held[i].FrameworkID]; speaks {
			covered++
		}
	}
	plan := TargetPlan{planRecords(rows, complete, held, recordKind[TargetKey, TargetRow]{
		row: func(r *TargetRow) recordRow[TargetKey] {
			return recordRow[TargetKey]{row: r.Row, key: r.Key, read: r.keyWasRead(), remove: r.Action == ActionRemove}
		},
		same:    func(a, b *TargetRow) bool { return sameLevel(a.Level, b.Level) },
		compare: compareTargetKeys,
		covers: func(key TargetKey) bool {
			_, speaks := named[versions[key]]
			return speaks
		},
		about: "the same competence or domain, job role, staff group, band and day",
	}, faults)}
	plan.warnEndsNothing(held, faults)
	if ended := plan.Counts.Ended; endsMany(ended, covered) && !faults.OfFile() {
		faults.Add(FindingCompleteEnds, Cell{}, fmt.Sprintf("The complete file ends %d of the %d targets held of its framework versions.", ended, covered))
	}
	return plan
}

// keyWasRead says whether every part of the key could be read: a part that could not is
// empty, unlike one that is not given.
func (r *TargetRow) keyWasRead() bool {
	k := r.Key
	return r.FrameworkID != 0 && k.Competence != "" && k.Domain != "" && k.JobRole != "" && k.StaffGroup != "" && k.Band != "" && k.ValidFrom != 0
}

func sameLevel(a, b *Level) bool {
	if a == nil || b == nil {
		return a == b
	}
	return *a == *b
}

// warnEndsNothing warns of new ends of targets that do not hold on the day before, going
// by what is held after the file.
func (p *TargetPlan) warnEndsNothing(held []TargetRow, faults *Findings) {
	after := make(map[TargetKey][]TargetRow) // by key without its day
	timeless := func(key TargetKey) TargetKey {
		key.ValidFrom = 0
		return key
	}
	ended := make(map[TargetKey]struct{}, len(p.End))
	for _, key := range p.End {
		ended[key] = struct{}{}
	}
	for i := range held {
		if _, gone := ended[held[i].Key]; !gone {
			after[timeless(held[i].Key)] = append(after[timeless(held[i].Key)], held[i])
		}
	}
	for i := range p.Add {
		after[timeless(p.Add[i].Key)] = append(after[timeless(p.Add[i].Key)], p.Add[i])
	}
	for i := range p.Add {
		row := &p.Add[i]
		if row.Level != nil {
			continue
		}
		var before *TargetRow
		others := after[timeless(row.Key)]
		for j := range others {
			earlier := others[j].Key.ValidFrom < row.Key.ValidFrom
			if earlier && (before == nil || before.Key.ValidFrom < others[j].Key.ValidFrom) {
				before = &others[j]
			}
		}
		if before == nil || before.Level == nil {
			faults.Add(FindingTargetEndNotHeld, Cell{Row: row.Row}, "")
		}
	}
}

// compareTargetKeys orders targets by framework version, what they are of, for whom
// and from when.
func compareTargetKeys(a, b TargetKey) int {
	return cmp.Or(
		cmp.Compare(a.Framework, b.Framework), cmp.Compare(a.Version, b.Version),
		cmp.Compare(a.Competence, b.Competence), cmp.Compare(a.Domain, b.Domain), cmp.Compare(a.JobRole, b.JobRole),
		cmp.Compare(a.StaffGroup, b.StaffGroup), cmp.Compare(a.Band, b.Band), cmp.Compare(a.ValidFrom, b.ValidFrom),
	)
}

// Columns writes the key of a target as an upload has it.
func (k TargetKey) Columns() []ColumnValue {
	return []ColumnValue{
		{Column: "framework", Value: k.Framework},
		{Column: "framework_version", Value: k.Version},
		{Column: "competence_code", Value: GivenOnly(k.Competence)},
		{Column: "domain_code", Value: GivenOnly(k.Domain)},
		{Column: "job_role_code", Value: GivenOnly(k.JobRole)},
		{Column: "staff_group", Value: GivenOnly(k.StaffGroup)},
		{Column: "band", Value: GivenOnly(k.Band)},
		{Column: "valid_from", Value: k.ValidFrom.String()},
	}
}

// Examples writes out up to limit of the targets that the plan changes, removed and
// ended ones first. An empty level of a target that is held ends it.
func (p *TargetPlan) Examples(limit int) []RecordChange {
	return p.examples(limit, func(c *RowChange[TargetRow]) RecordChange {
		record := c.After
		if record == nil {
			record = c.Before
		}
		return RecordChange{
			Row: c.Row, Outcome: c.Outcome, Record: record.Key.Columns(),
			Fields: FieldsThatDiffer([]string{"level"}, levelTexts(c.Before), levelTexts(c.After)),
		}
	})
}

func levelTexts(r *TargetRow) []string {
	if r == nil || r.Level == nil {
		return []string{""}
	}
	return []string{strconv.Itoa(int(*r.Level))}
}
