package api

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"strconv"
	"time"

	openapi_types "github.com/oapi-codegen/runtime/types"

	"skillstracker/api/sheet"
	"skillstracker/api/spec"
	"skillstracker/domain"
)

// noStore keeps an answer about one person out of every cache.
const noStore = "private, no-store"

// GetPersonRecord answers with everything that is and was held about a person.
func (h *handlers) GetPersonRecord(ctx context.Context, request spec.GetPersonRecordRequestObject) (spec.GetPersonRecordResponseObject, error) {
	record, err := h.personRecord(ctx, request.Organisation, request.Body.EmployeeNumber)
	if err != nil {
		return nil, err
	}
	names, err := h.recordNames(ctx)
	if err != nil {
		return nil, err
	}
	body, err := specPerson(record, names)
	if err != nil {
		return nil, err
	}
	body.MadeAt = h.deps.Clock().UTC()
	name, keep := attachment(h.recordName(record.Organisation, sheet.JSON)), noStore
	return spec.GetPersonRecord200JSONResponse{
		Body: body, Headers: spec.GetPersonRecord200ResponseHeaders{ContentDisposition: &name, CacheControl: &keep},
	}, nil
}

// GetPersonRecordCsv answers with the same as a table of one row for each value.
func (h *handlers) GetPersonRecordCsv(ctx context.Context, request spec.GetPersonRecordCsvRequestObject) (spec.GetPersonRecordCsvResponseObject, error) {
	record, err := h.personRecord(ctx, request.Organisation, request.Body.EmployeeNumber)
	if err != nil {
		return nil, err
	}
	names, err := h.recordNames(ctx)
	if err != nil {
		return nil, err
	}
	var body bytes.Buffer
	writer := csv.NewWriter(&body)
	writer.UseCRLF = true
	if err := writer.WriteAll(recordTable(record, names)); err != nil {
		return nil, fmt.Errorf("write record of a person: %w", err)
	}
	name, keep := attachment(h.recordName(record.Organisation, sheet.CSV)), noStore
	return spec.GetPersonRecordCsv200TextcsvResponse{CSVTextcsvResponse: spec.CSVTextcsvResponse{
		Body: &body, ContentLength: int64(body.Len()), Headers: spec.CSVResponseHeaders{ContentDisposition: &name, CacheControl: &keep},
	}}, nil
}

func (h *handlers) personRecord(ctx context.Context, organisation, employeeNumber string) (domain.PersonRecord, error) {
	actor, number, err := h.rightsOf(ctx, employeeNumber)
	if err != nil {
		return domain.PersonRecord{}, err
	}
	record, err := h.deps.Rights.PersonRecord(ctx, actor, organisation, number)
	if err != nil {
		return domain.PersonRecord{}, fmt.Errorf("read record of a person: %w", err)
	}
	return record, nil
}

// recordNames are the names of the codes that a record holds, by the field.
type recordNames struct {
	codeNames
	contractTypes map[string]string
}

func (h *handlers) recordNames(ctx context.Context) (recordNames, error) {
	lists, err := h.lists.get(ctx)
	if err != nil {
		return recordNames{}, err
	}
	names := recordNames{codeNames: namesOf(lists, domain.FrameworkVersion{}), contractTypes: map[string]string{"": notGivenName}}
	for _, t := range lists.ContractTypes {
		names.contractTypes[t.Code] = t.Name
	}
	return names, nil
}

// recordName names the file of a record. It says how to handle it and not of whom it is.
func (h *handlers) recordName(organisation string, format sheet.Format) string {
	return h.fileName(fmt.Sprintf("OFFICIAL-SENSITIVE-%s-person-record-%s", organisation, h.today()), format)
}

func specPerson(record domain.PersonRecord, names recordNames) (spec.PersonRecord, error) {
	answer := spec.PersonRecord{
		Organisation: record.Organisation, EmployeeNumber: record.EmployeeNumber, Person: record.Person,
		Restricted: record.RestrictedSince != nil, RestrictedSince: record.RestrictedSince,
	}
	answer.Employments = sized(answer.Employments, len(record.Employments))
	for i, held := range record.Employments {
		row := &answer.Employments[i]
		row.StartedOn, row.StartedOnEstimated = specDay(held.StartedOn), held.StartedOnEstimated
		row.LeftOn, row.LeftOnEstimated, row.History = specDayOrNil(held.LeftOn), held.LeftOnEstimated, specHistory(held.RowHistory)
	}
	answer.Positions = sized(answer.Positions, len(record.Positions))
	for i, held := range record.Positions {
		row := &answer.Positions[i]
		row.ValidFrom, row.StaffGroup, row.JobRole, row.Band = specDay(held.ValidFrom), domain.GivenOnly(held.StaffGroup), domain.GivenOnly(held.JobRole), domain.GivenOnly(held.Band)
		row.AreaOfWork, row.Team, row.ContractType = domain.GivenOnly(held.AreaOfWork), held.Team, domain.GivenOnly(held.ContractType)
		row.StaffGroupName, row.JobRoleName, row.BandName = names.staffGroups[row.StaffGroup], names.jobRoles[row.JobRole], names.bands[row.Band]
		row.AreaOfWorkName, row.ContractTypeName = names.areas[row.AreaOfWork], names.contractTypes[row.ContractType]
		row.Fte, row.Assignments, row.InPost, row.History = held.FTE.String(), held.Assignments, held.InPost, specHistory(held.RowHistory)
	}
	answer.Assessments = sized(answer.Assessments, len(record.Assessments))
	for i, held := range record.Assessments {
		row := &answer.Assessments[i]
		row.Framework, row.FrameworkVersion, row.FrameworkName = held.Framework.Framework, held.Framework.Version, held.Framework.Name
		row.AssessedOn, row.AssessorKind = specDay(held.AssessedOn), spec.PersonRecordAssessmentsAssessorKind(held.AssessorKind)
		row.StaffGroup, row.JobRole, row.Band = domain.GivenOnly(held.StaffGroup), domain.GivenOnly(held.JobRole), domain.GivenOnly(held.Band)
		row.StaffGroupName, row.JobRoleName, row.BandName = names.staffGroups[row.StaffGroup], names.jobRoles[row.JobRole], names.bands[row.Band]
		row.Team, row.History = held.Team, specHistory(held.RowHistory)
		row.Competences = sized(row.Competences, len(held.Framework.Competences))
		for k, competence := range held.Framework.Competences {
			answered := &row.Competences[k]
			answered.Code, answered.Name = competence.Code, competence.Name
			answered.Level, answered.LevelName = specLevel(levelAt(held.Levels, k)), levelName(held.Framework, levelAt(held.Levels, k))
			answered.Need = specLevel(levelAt(held.Needs, k))
		}
	}
	answer.Uploads = sized(answer.Uploads, len(record.Uploads))
	for i, held := range record.Uploads {
		row := &answer.Uploads[i]
		if err := row.Id.UnmarshalText([]byte(held.ID)); err != nil {
			return answer, fmt.Errorf("read id of upload: %w", err)
		}
		row.Kind, row.ReceivedAt, row.FileKeptUntil = spec.UploadKind(held.Kind), held.ReceivedAt, held.KeptUntil
	}
	return answer, nil
}

// sized makes a list of the type of another, whose elements the contract gives no name,
// so that they are filled in place.
func sized[T any](_ []T, n int) []T { return make([]T, n) }

func specDay(day domain.Date) openapi_types.Date { return openapi_types.Date{Time: day.Time()} }

func specDayOrNil(day *domain.Date) *openapi_types.Date {
	if day == nil {
		return nil
	}
	shown := specDay(*day)
	return &shown
}

func specHistory(row domain.RowHistory) spec.RowHistory {
	return spec.RowHistory{RecordedAt: row.RecordedAt, EndedAt: row.EndedAt}
}

// levelAt returns a level or a need by its place, or that there is none.
func levelAt(levels []domain.Level, place int) domain.Level {
	if place >= len(levels) {
		return domain.NotAssessed
	}
	return levels[place]
}

// specLevel writes a level as the contract has it: nothing for not assessed.
func specLevel(level domain.Level) *int {
	if level == domain.NotAssessed {
		return nil
	}
	shown := int(level)
	return &shown
}

// levelName is a level in words.
func levelName(framework domain.FrameworkVersion, level domain.Level) string {
	switch level {
	case domain.NotAssessed:
		return "Not assessed"
	case domain.NotApplicable:
		return "Not applicable"
	}
	for _, known := range framework.Levels {
		if known.Level == level {
			return known.Name
		}
	}
	return "Level " + strconv.Itoa(int(level))
}

// recordTable writes a record as rows of section, row, field, value and the name of a
// value that is a code, with the times at which the register took the row in and ended it.
func recordTable(record domain.PersonRecord, names recordNames) [][]string {
	table := [][]string{{"Section", "Row", "Field", "Value", "Name", "Recorded at", "Ended at"}}
	named := map[string]map[string]string{
		"Staff group": names.staffGroups, "Job role": names.jobRoles, "Band": names.bands,
		"Area of work": names.areas, "Contract type": names.contractTypes,
	}
	add := func(section string, row int, history domain.RowHistory, fields ...string) {
		recorded, ended := "", ""
		if !history.RecordedAt.IsZero() {
			recorded = momentText(&history.RecordedAt)
		}
		if history.EndedAt != nil {
			ended = momentText(history.EndedAt)
		}
		for i := 0; i+1 < len(fields); i += 2 {
			table = append(table, []string{section, strconv.Itoa(row), protectedText(fields[i]), protectedText(fields[i+1]), named[fields[i]][fields[i+1]], recorded, ended})
		}
	}
	add("Person", 1, domain.RowHistory{}, "Organisation", record.Organisation, "Employee number", record.EmployeeNumber, "Id in the audit trail", strconv.FormatInt(record.Person, 10),
		"Restricted", yesOrNo(record.RestrictedSince != nil), "Restricted since", momentText(record.RestrictedSince))
	for i, held := range record.Employments {
		add("Employment", i+1, held.RowHistory, "Started on", held.StartedOn.String(), "Started on is estimated", yesOrNo(held.StartedOnEstimated),
			"Left on", dayText(held.LeftOn), "Left on is estimated", yesOrNo(held.LeftOnEstimated))
	}
	for i, held := range record.Positions {
		add("Position", i+1, held.RowHistory, "Valid from", held.ValidFrom.String(), "Staff group", domain.GivenOnly(held.StaffGroup),
			"Job role", domain.GivenOnly(held.JobRole), "Band", domain.GivenOnly(held.Band), "Area of work", domain.GivenOnly(held.AreaOfWork),
			"Team", held.Team, "Contract type", domain.GivenOnly(held.ContractType), "FTE", held.FTE.String(),
			"Assignments", strconv.Itoa(held.Assignments), "In post", yesOrNo(held.InPost))
	}
	for i, held := range record.Assessments {
		add("Assessment", i+1, held.RowHistory, "Framework", held.Framework.Framework, "Framework version", held.Framework.Version, "Framework name", held.Framework.Name,
			"Assessed on", held.AssessedOn.String(), "Assessor kind", string(held.AssessorKind), "Staff group", domain.GivenOnly(held.StaffGroup),
			"Job role", domain.GivenOnly(held.JobRole), "Band", domain.GivenOnly(held.Band), "Team", held.Team)
		for k, competence := range held.Framework.Competences {
			label := competence.Code + " " + competence.Name
			add("Assessment", i+1, held.RowHistory, label, levelText(held.Framework, levelAt(held.Levels, k)))
			if held.Needs != nil {
				add("Assessment", i+1, held.RowHistory, label+": level that the job needs", levelText(held.Framework, levelAt(held.Needs, k)))
			}
		}
	}
	for i, held := range record.Uploads {
		add("Upload", i+1, domain.RowHistory{}, "Id", held.ID, "Kind", string(held.Kind), "Received at", momentText(&held.ReceivedAt),
			"File kept until", momentText(held.KeptUntil))
	}
	return table
}

// levelText is a level as a number with its name.
func levelText(framework domain.FrameworkVersion, level domain.Level) string {
	if level < 0 {
		return levelName(framework, level)
	}
	return fmt.Sprintf("%d (%s)", level, levelName(framework, level))
}

func yesOrNo(is bool) string {
	if is {
		return "yes"
	}
	return "no"
}

// dayText is a day, or nothing.
func dayText(day *domain.Date) string {
	if day == nil {
		return ""
	}
	return day.String()
}

// momentText is a time in UTC, or nothing.
func momentText(at *time.Time) string {
	if at == nil {
		return ""
	}
	return at.UTC().Format(time.RFC3339Nano)
}
