package repository

import (
	"context"
	"slices"
	"strconv"
	"time"

	"skillstracker/domain"
)

var _ domain.PeopleRights = (*Store)(nil)

// errPersonNotFound says the same of a number that is not held and of an organisation
// outside of the actor's scope.
var errPersonNotFound = domain.NotFound("person_not_found", "No staff member with this employee number is held of this organisation in your scope.")

// mayChangePerson says why the actor may not change what is held of an organisation's
// people, if so.
func mayChangePerson(actor domain.Actor, organisation string) error {
	if err := actor.RefuseReadOnlyPerson(organisation); err != nil {
		return err
	}
	if !actor.MayWrite(organisation) {
		return errPersonNotFound
	}
	return nil
}

// peopleWith returns the ids of everybody who has or had an employee number: one person,
// who has another id after the upload that had made them was withdrawn.
func peopleWith(ctx context.Context, t tx, organisation, employeeNumber string) ([]int64, error) {
	type row struct{ ID int64 }
	rows, err := readRows[row](ctx, t, `SELECT id FROM staff_member WHERE organisation = ? AND employee_number = ? ORDER BY id`, organisation, employeeNumber)
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 {
		return nil, errPersonNotFound
	}
	people := make([]int64, len(rows))
	for i, r := range rows {
		people[i] = r.ID
	}
	return people, nil
}

// personObject names a person in the audit trail, by the lowest of their ids: it stays the
// same when the upload that had made them is withdrawn and sent again.
func personObject(people []int64) string {
	return "person " + strconv.FormatInt(slices.Min(people), 10)
}

// idArray passes ids as one array parameter.
func idArray(ids []int64) textArray {
	array := make(textArray, len(ids))
	for i, id := range ids {
		array[i] = strconv.FormatInt(id, 10)
	}
	return array
}

// RestrictPerson keeps a person out of every figure or lets them in again. See
// domain.PeopleRights.
func (s *Store) RestrictPerson(ctx context.Context, actor domain.Actor, organisation, employeeNumber string, restricted bool) (domain.Restriction, error) {
	answer := domain.Restriction{Organisation: organisation, Restricted: restricted}
	if err := mayChangePerson(actor, organisation); err != nil {
		return answer, err
	}
	err := s.writeAlone(ctx, organisation, func(t tx) error {
		people, err := peopleWith(ctx, t, organisation, employeeNumber)
		if err != nil {
			return err
		}
		if err := restrict(ctx, t, actor, organisation, people, restricted); err != nil || !restricted {
			return err
		}
		answer.Since, err = restrictedSince(ctx, t, args{"organisation": organisation, "people": idArray(people)})
		return err
	})
	return answer, err
}

// restrictedSince returns since when people are restricted, nil when they are not.
func restrictedSince(ctx context.Context, t tx, about args) (*time.Time, error) {
	type row struct{ MadeAt *time.Time }
	since, err := readRow[row](ctx, t, `SELECT min(c.made_at) AS made_at FROM restriction r JOIN change c ON c.id = r.added_by
		WHERE r.organisation = @organisation AND r.staff_id = ANY (CAST(@people AS bigint[])) AND r.ended_by IS NULL`, about)
	return inUTC(since.MadeAt), err
}

// restrict writes a restriction or its end as a change of its own. What is so already
// leaves an event in the audit trail alone.
func restrict(ctx context.Context, t tx, actor domain.Actor, organisation string, people []int64, restricted bool) error {
	named := args{"organisation": organisation, "people": idArray(people)}
	type row struct{ Count int }
	now, err := readRow[row](ctx, t, `SELECT count(*) AS count FROM restriction
		WHERE organisation = @organisation AND staff_id = ANY (CAST(@people AS bigint[])) AND ended_by IS NULL`, named)
	if err != nil {
		return err
	}
	wanted := 0
	if restricted {
		wanted = len(people)
	}
	entry := auditEntry{organisation: organisation, operation: "restrictPerson", object: personObject(people), outcome: "unchanged"}
	if now.Count == wanted {
		return audit(ctx, t, actor, entry)
	}
	change, err := beginChange(ctx, t, "restriction", organisation, actor.ID, nil)
	if err != nil {
		return err
	}
	named["change"] = change
	statement := `UPDATE restriction SET ended_by = @change WHERE organisation = @organisation AND staff_id = ANY (CAST(@people AS bigint[])) AND ended_by IS NULL`
	entry.changeID, entry.outcome = &change, "lifted"
	if restricted {
		entry.outcome = "restricted"
		statement = `INSERT INTO restriction (organisation, staff_id, added_by)
			SELECT m.organisation, m.id, CAST(@change AS bigint) FROM staff_member m
			WHERE m.organisation = @organisation AND m.id = ANY (CAST(@people AS bigint[]))
			  AND NOT EXISTS (SELECT FROM restriction r WHERE r.organisation = m.organisation AND r.staff_id = m.id AND r.ended_by IS NULL)`
	}
	if _, err := t.exec(ctx, statement, named); err != nil {
		return err
	}
	if err := refreshPeople(ctx, t, organisation, people); err != nil {
		return err
	}
	if err := audit(ctx, t, actor, entry); err != nil {
		return err
	}
	return finishChange(ctx, t, change)
}

// carryRestrictions restricts the people whom an upload made and who had been restricted
// under the same number before the upload that had made them then was withdrawn.
func carryRestrictions(ctx context.Context, t tx, upload domain.Upload, change int64) error {
	if upload.Kind != domain.UploadStaff && !upload.CreateMissingStaff {
		return nil
	}
	_, err := t.exec(ctx, `INSERT INTO restriction (organisation, staff_id, added_by)
		SELECT DISTINCT made.organisation, made.id, CAST(@change AS bigint)
		FROM restriction r
		JOIN staff_member before ON before.organisation = r.organisation AND before.id = r.staff_id
		JOIN staff_member made ON made.organisation = before.organisation AND made.employee_number = before.employee_number AND made.ended_by IS NULL
		WHERE r.organisation = @organisation AND r.ended_by IS NULL AND made.added_by = CAST(@change AS bigint)`,
		args{"organisation": upload.Organisation, "change": change})
	return err
}
