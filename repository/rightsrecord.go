package repository

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"skillstracker/domain"
)

// PersonRecord returns everything that is and was held about a person. See
// domain.PeopleRights.
func (s *Store) PersonRecord(ctx context.Context, actor domain.Actor, organisation, employeeNumber string) (domain.PersonRecord, error) {
	record := domain.PersonRecord{Organisation: organisation, EmployeeNumber: employeeNumber}
	if !actor.Covers(organisation) {
		return domain.PersonRecord{}, errPersonNotFound
	}
	of := scope{read: []string{organisation}}
	var noted []int64
	err := s.inScope(ctx, of, true, func(t tx) (err error) {
		noted, err = peopleWith(ctx, t, organisation, employeeNumber)
		return err
	})
	if err != nil {
		return domain.PersonRecord{}, err
	}
	entry := auditEntry{organisation: organisation, operation: "getPersonRecord", object: personObject(noted), outcome: "done"}
	if err := s.noteEvent(ctx, actor, entry); err != nil {
		return domain.PersonRecord{}, err
	}
	err = s.inScope(ctx, of, true, func(t tx) error {
		people, err := peopleWith(ctx, t, organisation, employeeNumber)
		if err != nil {
			return err
		}
		record.Person = slices.Min(people)
		about := args{"organisation": organisation, "people": idArray(people)}
		if record.RestrictedSince, err = restrictedSince(ctx, t, about); err != nil {
			return err
		}
		if record.Employments, err = employmentsOf(ctx, t, about); err != nil {
			return err
		}
		if record.Positions, err = positionsOf(ctx, t, about); err != nil {
			return err
		}
		if record.Assessments, err = assessmentsOf(ctx, t, about); err != nil {
			return err
		}
		record.Uploads, err = uploadsAbout(ctx, t, about)
		return err
	})
	if err != nil {
		return domain.PersonRecord{}, err
	}
	return record, nil
}

// historyRow says when a row was taken in and ended. Queries call the row held and
// its changes recorded and ended.
type historyRow struct {
	RecordedAt time.Time
	EndedAt    *time.Time
}

const (
	historyColumns = `recorded.made_at AS recorded_at, ended.made_at AS ended_at`
	historyJoins   = ` held JOIN change recorded ON recorded.id = held.added_by LEFT JOIN change ended ON ended.id = held.ended_by
		WHERE held.organisation = @organisation AND held.staff_id = ANY (CAST(@people AS bigint[])) ORDER BY `
)

func (r historyRow) toDomain() domain.RowHistory {
	return domain.RowHistory{RecordedAt: r.RecordedAt.UTC(), EndedAt: inUTC(r.EndedAt)}
}

func employmentsOf(ctx context.Context, t tx, about args) ([]domain.EmploymentRecord, error) {
	type row struct {
		Spell   spellRow   `gorm:"embedded"`
		History historyRow `gorm:"embedded"`
	}
	rows, err := readRows[row](ctx, t, `SELECT held.staff_id, held.started_on, held.started_on_estimated, held.left_on, held.left_on_estimated, `+
		historyColumns+` FROM employment_spell`+historyJoins+`held.started_on, recorded.number`, about)
	if err != nil {
		return nil, err
	}
	records := make([]domain.EmploymentRecord, 0, len(rows))
	for _, r := range rows {
		records = append(records, domain.EmploymentRecord{
			StartedOn: domain.DateOf(r.Spell.StartedOn), StartedOnEstimated: r.Spell.StartedOnEstimated,
			LeftOn: dateOrNil(r.Spell.LeftOn), LeftOnEstimated: r.Spell.LeftOnEstimated, RowHistory: r.History.toDomain(),
		})
	}
	return records, nil
}

func positionsOf(ctx context.Context, t tx, about args) ([]domain.PositionRecord, error) {
	type row struct {
		Version staffVersionRow `gorm:"embedded"`
		History historyRow      `gorm:"embedded"`
	}
	rows, err := readRows[row](ctx, t, `SELECT held.staff_id, held.valid_from, held.staff_group, held.job_role, held.band, held.area_of_work, held.team,
			held.contract_type, CAST(held.fte * 100000 AS bigint) AS fte, held.assignments, held.in_post, `+
		historyColumns+` FROM staff_version`+historyJoins+`held.valid_from, recorded.number`, about)
	if err != nil {
		return nil, err
	}
	records := make([]domain.PositionRecord, 0, len(rows))
	for _, r := range rows {
		v := r.Version
		records = append(records, domain.PositionRecord{
			ValidFrom: domain.DateOf(v.ValidFrom), StaffGroup: v.StaffGroup, JobRole: v.JobRole, Band: v.Band, AreaOfWork: v.AreaOfWork,
			Team: v.Team, ContractType: v.ContractType, FTE: domain.FTE(v.FTE), Assignments: v.Assignments, InPost: v.InPost,
			RowHistory: r.History.toDomain(),
		})
	}
	return records, nil
}

func assessmentsOf(ctx context.Context, t tx, about args) ([]domain.AssessmentRecord, error) {
	type row struct {
		FrameworkVersion                int16
		AssessedOn                      time.Time
		AssessorKind                    string
		Levels                          string
		Needs                           *string
		StaffGroup, JobRole, Band, Team string
		History                         historyRow `gorm:"embedded"`
	}
	rows, err := readRows[row](ctx, t, `SELECT held.framework_version, held.assessed_on, held.assessor_kind,
			array_to_string(held.levels, ',', '') AS levels, array_to_string(held.needs, ',', '') AS needs,
			held.staff_group, held.job_role, held.band, held.team, `+
		historyColumns+` FROM assessment`+historyJoins+`held.framework_version, held.assessed_on, held.assessor_kind, recorded.number`, about)
	if err != nil {
		return nil, err
	}
	frameworks := make(map[int16]domain.FrameworkVersion)
	records := make([]domain.AssessmentRecord, 0, len(rows))
	for _, r := range rows {
		framework, known := frameworks[r.FrameworkVersion]
		if !known {
			if framework, err = readFramework(ctx, t, r.FrameworkVersion); err != nil {
				return nil, err
			}
			frameworks[r.FrameworkVersion] = framework
		}
		record := domain.AssessmentRecord{
			Framework: framework, AssessedOn: domain.DateOf(r.AssessedOn), AssessorKind: domain.AssessorKind(r.AssessorKind),
			StaffGroup: r.StaffGroup, JobRole: r.JobRole, Band: r.Band, Team: r.Team, RowHistory: r.History.toDomain(),
		}
		if record.Levels, err = levelsOf(r.Levels); err != nil {
			return nil, err
		}
		if r.Needs != nil {
			if record.Needs, err = levelsOf(*r.Needs); err != nil {
				return nil, err
			}
		}
		records = append(records, record)
	}
	return records, nil
}

func uploadsAbout(ctx context.Context, t tx, about args) ([]domain.PersonUpload, error) {
	type row struct {
		ID         string
		Kind       string
		ReceivedAt time.Time
		KeptUntil  *time.Time
	}
	rows, err := readRows[row](ctx, t, query("person_uploads"), about)
	if err != nil {
		return nil, err
	}
	uploads := make([]domain.PersonUpload, 0, len(rows))
	for _, r := range rows {
		uploads = append(uploads, domain.PersonUpload{ID: r.ID, Kind: domain.UploadKind(r.Kind), ReceivedAt: r.ReceivedAt.UTC(), KeptUntil: inUTC(r.KeptUntil)})
	}
	return uploads, nil
}

// levelsOf reads levels that are joined by commas, an empty one for not assessed.
func levelsOf(joined string) ([]domain.Level, error) {
	texts := strings.Split(joined, ",")
	levels := make([]domain.Level, len(texts))
	for i, text := range texts {
		levels[i] = domain.NotAssessed
		if text == "" {
			continue
		}
		level, err := strconv.ParseInt(text, 10, 16)
		if err != nil {
			return nil, fmt.Errorf("read level: %w", err)
		}
		levels[i] = domain.Level(level)
	}
	return levels, nil
}
