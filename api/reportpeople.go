package api

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"skillstracker/api/report"
	"skillstracker/domain"
	"skillstracker/domain/disclosure"
)

// peopleReport reads the people of an organisation for its own HR and makes the report
// about them. Nothing is read before the read is noted in the audit trail.
func (h *handlers) peopleReport(ctx context.Context, q reportQuestion, known *time.Time) (*report.Book, error) {
	if !q.actor.SeesUnaltered(q.organisation.Code) {
		return nil, organisationNotFound()
	}
	if h.deps.Reads == nil {
		return nil, errors.New("make report: people are not read where the read cannot be noted")
	}
	if err := h.noteRead(ctx, q.actor, peopleRead(q)); err != nil {
		return nil, err
	}
	content := report.PeopleInput{
		About: h.about(q, disclosure.Unaltered(), known), Framework: q.framework,
		StaffGroups: q.lists.StaffGroups, JobRoles: q.lists.JobRoles, Bands: q.lists.Bands,
		Each: func(person func(domain.Person) error) error {
			return h.deps.Data.People(ctx, q.actor, domain.PeopleQuery{
				Organisation: q.organisation.Code, AsAt: q.asAt, Today: q.today, Framework: q.framework, KnownAt: q.knownAt,
			}, person)
		},
	}
	var err error
	if content.Receipt.Targets, err = h.targetsInWords(ctx, q); err != nil {
		return nil, err
	}
	return report.People(content)
}

// peopleRead says what is about to be read.
func peopleRead(q reportQuestion) domain.DataRead {
	object := []string{report.NamePeople + ".xlsx", "as_at=" + q.asAt.String(), "framework=" + q.framework.Framework, "framework_version=" + q.framework.Version}
	if q.knownAt != nil {
		object = append(object, fmt.Sprintf("known_at=%s", q.knownAt.UTC().Format(time.RFC3339Nano)))
	}
	return domain.DataRead{Organisations: []string{q.organisation.Code}, Operation: "getPeopleReport", Object: strings.Join(object, " ")}
}
