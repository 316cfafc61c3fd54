package apitest_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"skillstracker/domain"
	"skillstracker/repository"
)

// totalsEdition adds to the register what totals meet: a social care provider, a trust
// that closed, and a successor of it.
const totalsEdition = `code,name,kind,sector,region,icb,opened_on,closed_on,synthetic
RXA,Trust A (synthetic),nhs_trust,Acute,Y60,QHL,,,true
RXB,Trust B (synthetic),nhs_trust,Community,Y60,QHL,,,true
RXC,Trust C (synthetic),nhs_trust,Acute,Y56,QMJ,,,true
RXD,Trust D (synthetic),nhs_trust,Acute,Y56,QMJ,,2026-03-31,true
A1B2C,Care provider (synthetic),social_care_provider,Adult social care,Y60,QHL,,,true
QHL,ICB of Y60 (synthetic),icb,,Y60,,,,true
QMJ,ICB of Y56 (synthetic),icb,,Y56,,,,true
Y60,Region sixty (synthetic),region,,,,,,true
Y56,Region fifty-six (synthetic),region,,,,,,true
`

// totalled is a service in which four organisations have returns of every kind.
func totalled(t *testing.T, options ...func(*repository.Config)) service {
	t.Helper()
	s := newService(t, options...)
	admin := s.token(t, domain.RoleAdmin, domain.ScopeAll)
	s.want(t, http.StatusCreated, s.call(t, admin, http.MethodPost, "/api/v1/organisations/imports?as_of=2026-09-30", csvType, []byte(totalsEdition)))
	hr := s.token(t, domain.RoleHR, domain.ScopeOrganisation, "RXA", "RXB", "RXC", "RXD", "A1B2C")
	for organisation, files := range map[string]map[string]string{
		"RXA": {
			"vacancies":          "as_at,staff_group,band,area_of_work,budgeted_fte,contracted_fte,staff_headcount\n2026-03-31,08,6,Corporate > Informatics > Information Management,20,15,18\n2026-09-30,08,6,Corporate > Informatics > Information Management,26,20,23\n2026-09-30,03,5,,100,88.5,110\n2026-09-30,10,5,,0,2,3\n",
			"staff":              strings.ReplaceAll(string(staffCSV(90)), "31/10/2026", "30/09/2026"),
			"position_vacancies": "vacancy_reference,staff_group,band,posts,fte,opened_on,closed_on,status\nV1,03,5,2,1.8,2026-06-01,,01\nV2,03,5,1,1,2026-05-01,2026-08-09,09\n",
		},
		"RXB":   {"vacancies": "as_at,staff_group,band,budgeted_fte,contracted_fte\n2026-09-30,03,5,40,41.2\n2026-09-30,08,3,10.5,8\n"},
		"RXC":   {"vacancies": "as_at,staff_group,band,budgeted_fte,contracted_fte,bank_fte\n2026-09-30,03,6,70,60,4\n"},
		"RXD":   {"vacancies": "as_at,staff_group,band,budgeted_fte,contracted_fte\n2026-02-28,03,6,7,5\n"},
		"A1B2C": {"vacancies": "as_at,staff_group,reported_vacancies,staff_headcount\n2026-09-30,01,30,120\n"},
	} {
		for kind, file := range files {
			s.want(t, http.StatusCreated, s.upload(t, hr, organisation, kind, csvType, []byte(file)))
		}
	}
	return s
}

// totalsRows asks a question and returns its rows and notes.
func (s service) totalsRows(t *testing.T, token, question string) ([]map[string]any, string) {
	t.Helper()
	type totals struct {
		Meta struct{ Notes []string }
		Rows []map[string]any
	}
	answer := decode[totals](t, s.want(t, http.StatusOK, s.get(t, token, question)))
	return answer.Rows, strings.Join(answer.Meta.Notes, "\n")
}

// csvRows is totalsRows for the CSV.
func (s service) csvRows(t *testing.T, token, question string) []map[string]string {
	t.Helper()
	path, query, _ := strings.Cut(question, "?")
	records, err := csv.NewReader(bytes.NewReader(s.want(t, http.StatusOK, s.get(t, token, path+".csv?"+query)))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	rows := make([]map[string]string, len(records)-1)
	for i, record := range records[1:] {
		rows[i] = map[string]string{}
		for j, cell := range record {
			rows[i][records[0][j]] = cell
		}
	}
	return rows
}

const (
	vacancyQuestion   = "/api/v1/vacancies/totals?as_at=2026-09-30"
	positionQuestion  = "/api/v1/position-vacancies/totals?as_at=2026-09-30"
	workforceQuestion = "/api/v1/workforce/totals?as_at=2026-09-30"
	digitalQuestion   = "/api/v1/digital-workforce/totals?as_at=2026-09-30"
)

// Every dimension of every endpoint is answered by the register, and the CSV is the JSON.
func TestEveryDimensionIsAnswered(t *testing.T) {
	t.Parallel()
	s := totalled(t)
	manager := s.token(t, domain.RoleManager, domain.ScopeOrganisation, "RXA")
	for question, dimensions := range map[string]string{
		vacancyQuestion:   "nation region icb organisation sector kind staff_group job_role band area_of_work digital month quarter",
		positionQuestion:  "nation region icb organisation sector kind staff_group job_role band area_of_work digital month quarter",
		workforceQuestion: "nation region icb organisation sector kind staff_group job_role band area_of_work digital month quarter team",
		digitalQuestion:   "nation region icb organisation sector kind month quarter",
	} {
		for dimension := range strings.FieldsSeq(dimensions) {
			asked := question + "&organisation=RXA&group_by=" + dimension
			rows, _ := s.totalsRows(t, manager, asked)
			table := s.csvRows(t, manager, asked)
			if len(rows) == 0 || len(rows) != len(table) {
				t.Errorf("%s: %d rows, %d as CSV", asked, len(rows), len(table))
				continue
			}
			for i, row := range rows {
				if _, shown := row[dimension]; !shown {
					t.Errorf("%s: a row does not say its %s", asked, dimension)
				}
				for name, value := range row {
					if number, isNumber := value.(float64); isNumber && table[i][name] != strconv.FormatFloat(number, 'f', -1, 64) {
						t.Errorf("%s: %s is %v as JSON and %s as CSV", asked, name, number, table[i][name])
					}
				}
			}
		}
	}
}

// The rows of a group add up to its subtotal, and all of them to the nation's.
func TestSubtotalsAddUp(t *testing.T) {
	t.Parallel()
	s := totalled(t)
	planner := s.token(t, domain.RolePlanner, domain.ScopeAll)
	rows, _ := s.totalsRows(t, planner, vacancyQuestion+"&group_by=region,icb,staff_group,band&subtotals=true")
	sums, totals := map[string]float64{}, map[string]float64{}
	for _, row := range rows {
		over, _ := row["subtotal_over"].([]any)
		budgeted, stated := row["budgeted_fte"].(float64)
		if !stated {
			continue
		}
		switch key := fmt.Sprint(row["region"], " ", row["icb"]); fmt.Sprint(over) {
		case "[]":
			sums[key] += budgeted
			sums["all"] += budgeted
		case "[staff_group band]":
			totals[key] = budgeted
		case "[region icb staff_group band]":
			totals["all"] = budgeted
		}
	}
	if fmt.Sprint(sums) != fmt.Sprint(totals) || totals["all"] != 246.5 {
		t.Errorf("rows add up to %v, subtotals are %v", sums, totals)
	}
	alone, _ := s.totalsRows(t, planner, vacancyQuestion+"&group_by=nation")
	wantFigures(t, "nation", alone[0], map[string]any{"budgeted_fte": 246.5, "vacancy_fte": 26.8, "nation": "England"})
}
