package repository_test

import (
	"slices"
	"testing"

	"skillstracker/domain"
)

// textsOf are the messages of the findings with a code.
func textsOf(upload domain.Upload, code domain.FindingCode) []string {
	var texts []string
	for _, f := range upload.Findings {
		if f.Code == code {
			texts = append(texts, f.Message)
		}
	}
	return texts
}

// Dates that could not be read are an error of the file and no dates outside the
// organisation's life. Answers are not said to be withdrawn while such an error stands.
func TestDatesThatCouldNotBeReadAreNotCompared(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	opened := date(2025, 2, 1)
	importAll(t, r.Store, edition(opened, entry("RXD", "Trust D (synthetic)", open(&opened, datePointer(date(2026, 3, 31))))))
	r.store(t, people("RXD", date(2025, 6, 30), true, nurse("1"), nurse("2")))
	r.store(t, r.assessmentFile(t, "RXD", assessed("1", date(2025, 9, 1), all(1))))
	monthFirst := func(file domain.UploadFile) domain.UploadFile {
		file.Faults.Add(domain.FindingDateMonthDay, domain.Cell{Column: "Date"}, "")
		return file
	}
	const one = "The organisation was not open on the date of 1 assessment."
	const withdrawnOne = "1 answer that an earlier file had given is empty in this one and now counts as not assessed."
	empty := levels(1, 1, 1, 1, 1, no)
	for name, c := range map[string]struct {
		file              domain.UploadFile
		closed, withdrawn []string
	}{
		"unread dates":           {monthFirst(r.assessmentFile(t, "RXD", assessed("1", 0, all(1)), assessed("2", 0, all(1)))), nil, nil},
		"unread beside read":     {monthFirst(r.assessmentFile(t, "RXD", assessed("1", 0, all(1)), assessed("2", date(2026, 4, 1), all(1)))), []string{one}, nil},
		"one after the end":      {r.assessmentFile(t, "RXD", assessed("2", date(2026, 4, 1), all(1))), []string{one}, nil},
		"two outside":            {r.assessmentFile(t, "RXD", assessed("2", date(2026, 4, 1), all(1)), assessed("2", date(2024, 4, 1), all(1))), []string{"The organisation was not open on the dates of 2 assessments."}, nil},
		"one answer":             {r.assessmentFile(t, "RXD", assessed("1", date(2025, 9, 1), empty)), nil, []string{withdrawnOne}},
		"with an error of a row": {inPart(faulty(r.assessmentFile(t, "RXD", assessed("1", date(2025, 9, 1), empty), assessed("2", date(2025, 9, 1), all(1))), 3)), nil, []string{withdrawnOne}},
		"two answers": {
			r.assessmentFile(t, "RXD", assessed("1", date(2025, 9, 1), levels(1, 1, 1, 1, no, no))), nil,
			[]string{"2 answers that an earlier file had given are empty in this one and now count as not assessed."},
		},
		"with an error of the file": {monthFirst(r.assessmentFile(t, "RXD", assessed("1", date(2025, 9, 1), empty))), nil, nil},
	} {
		t.Run(name, func(t *testing.T) {
			upload := r.send(t, previewed(c.file))
			if got := textsOf(upload, domain.FindingOrganisationClosed); !slices.Equal(got, c.closed) {
				t.Errorf("closed: %q, want %q", got, c.closed)
			}
			if got := textsOf(upload, domain.FindingAnswersWithdrawn); !slices.Equal(got, c.withdrawn) {
				t.Errorf("withdrawn: %q, want %q", got, c.withdrawn)
			}
		})
	}
	months := vacancies("RXD", cell(0, "03", "5", establishment(1, 1)))
	if got := textsOf(r.send(t, previewed(monthFirst(months))), domain.FindingOrganisationClosed); len(got) > 0 {
		t.Errorf("an unread month is said to be %q", got)
	}
}

// The finding of lost zeros names the column as the file does.
func TestLostZerosNameTheColumn(t *testing.T) {
	t.Parallel()
	r := newRegister(t)
	r.store(t, people("RXA", date(2026, 6, 30), true, nurse("0001")))
	file := people("RXA", date(2026, 9, 30), false, nurse("1"))
	file.Mapping = []domain.MappedColumn{{Header: "Pay band", Field: "band"}, {Header: "Staff no", Field: "employee_number"}}
	upload := r.send(t, file)
	i := slices.IndexFunc(upload.Findings, func(f domain.Finding) bool { return f.Code == domain.FindingEmployeeZeros })
	if i < 0 || upload.Findings[i].Column != "Staff no" {
		t.Errorf("findings are %+v", upload.Findings)
	}
}
