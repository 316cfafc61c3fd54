package demodata

import (
	"crypto/sha256"
	"fmt"

	"skillstracker/domain"
)

// NationalFile is one file of a trust as the register takes it: its rows with codes
// matched. Nothing of it was ever written down, so that the digest and size of its
// bytes are those of its description.
type NationalFile struct {
	Name string // unique within the trust
	domain.UploadFile
}

// Files makes every file of a trust, in the order in which they must be stored:
// staff lists, assessments from the oldest round to the newest, vacancy returns year
// by year, position vacancies and, for some trusts, targets of their own. Lists are the
// reference lists of the register.
func (t NationalTrust) Files(lists domain.Lists) ([]NationalFile, error) {
	force, err := t.force()
	if err != nil {
		return nil, fmt.Errorf("make files of %s: %w", t.Entry.Code, err)
	}
	areas := make(map[string]string, len(lists.AreasOfWork))
	for _, area := range lists.AreasOfWork {
		areas[area.Path()] = area.Code
	}
	framework, ok := lists.Framework(domain.DefaultFramework, domain.DefaultFrameworkVersion)
	if !ok {
		return nil, fmt.Errorf("make files of %s: the framework %s is not published", t.Entry.Code, domain.DefaultFramework)
	}
	files := force.staffFiles(areas)
	files = append(files, force.assessmentFiles(framework)...)
	files = append(files, force.vacancyFiles(areas)...)
	files = append(files, force.positionFile(areas))
	if t.place%ownTargetsEvery == 0 {
		files = append(files, t.targetFile(framework))
	}
	return files, nil
}

// file wraps rows up as one upload.
func (n National) file(organisation string, kind domain.UploadKind, name string, rows int) NationalFile {
	text := fmt.Sprintf("synthetic %d %d %s %d %d %d %s %s", NationalVersion, n.Seed, n.Today, n.Trusts, n.Staff, n.Months, organisation, name)
	return NationalFile{Name: name, UploadFile: domain.UploadFile{
		Upload: domain.Upload{
			Organisation: organisation, Kind: kind, Format: formatCSV, SHA256: sha256.Sum256([]byte(text)), Bytes: int64(len(text)),
			Counts: domain.UploadCounts{RowsRead: rows},
		},
		Faults: domain.NewFindings(),
	}}
}

// areaCode is the code of an area of work, NotGiven for none.
func areaCode(areas map[string]string, path string) string {
	if code, known := areas[path]; known {
		return code
	}
	return domain.NotGiven
}

// given is the code, or NotGiven when it is empty.
func given(code string) string {
	if code == "" {
		return domain.NotGiven
	}
	return code
}

// staffFiles are the first staff list, and the complete one two years later.
func (f *nationalForce) staffFiles(areas map[string]string) []NationalFile {
	var first, last []domain.StaffRow
	for i := range f.people {
		p := &f.people[i]
		if p.started <= f.dates.FirstList {
			earlier := *p
			earlier.fte, earlier.left, earlier.post.band = p.earlierFTE, domain.Forever, p.earlierBand
			first = appendStaff(first, &earlier, f.dates.FirstList, areas)
		}
		if !p.missing || p.started > f.dates.FirstList {
			last = appendStaff(last, p, f.dates.LastList, areas)
		}
	}
	older, newer := f.staffFile(f.dates.FirstList, first), f.staffFile(f.dates.LastList, last)
	newer.Complete = true
	return []NationalFile{older, newer}
}

func (f *nationalForce) staffFile(asAt domain.Date, rows []domain.StaffRow) NationalFile {
	file := f.trust.nation.file(f.trust.Entry.Code, domain.UploadStaff, "staff-"+asAt.String(), len(rows))
	for i := range rows {
		rows[i].Row = i + 2
	}
	file.AsAt, file.Staff = &asAt, rows
	return file
}

func appendStaff(rows []domain.StaffRow, p *nationalPerson, asAt domain.Date, areas map[string]string) []domain.StaffRow {
	row := domain.StaffRow{
		EmployeeNumber: p.number, StaffGroup: p.post.staffGroup, JobRole: given(p.post.jobRole), Band: given(p.post.band),
		AreaOfWork: areaCode(areas, p.post.areaOfWork), Team: p.team, ContractType: p.contract, FTE: p.fte, AsAt: asAt, StartedOn: &p.started,
	}
	if p.left < domain.Forever {
		row.LeftOn = &p.left
	}
	rows = append(rows, row)
	if p.bankToo {
		row.ContractType, row.FTE = contractBank, 20_000
		rows = append(rows, row)
	}
	return rows
}

// assessmentFiles are the three rounds: at the beginning, after a year and now.
func (f *nationalForce) assessmentFiles(framework domain.FrameworkVersion) []NationalFile {
	random := newRandom(f.trust.nation.Seed, f.trust.Entry.Code, streamSkills)
	last := f.dates.LastList
	rounds := []round{
		{0, f.dates.FirstList + 1, last.AddMonths(-21)},
		{1, last.AddMonths(-13), last.AddMonths(-10)},
		{2, last.AddMonths(-4), last - 2},
	}
	rows := make([][]domain.AssessmentRow, len(rounds))
	for i := range f.people {
		p := &f.people[i]
		if p.contract == contractBank {
			continue
		}
		skill := newAbility(random, p.post)
		for _, r := range rounds {
			day := r.first + domain.Date(random.IntN(int(r.last-r.first)+1))
			share := min(profileOf(p.post).takesPart*1.25, 0.97)
			if chance(random, share) && p.inPost(day) {
				made := newAssessment(random, p.person, skill, day, r.number)
				rows[r.number] = append(rows[r.number], assessmentOf(&made, len(rows[r.number])+2, r.number == len(rounds)-1))
			}
		}
	}
	files := make([]NationalFile, 0, len(rounds))
	for _, r := range rounds {
		name := fmt.Sprintf("assessments-round-%d", r.number+1)
		file := f.trust.nation.file(f.trust.Entry.Code, domain.UploadAssessments, name, len(rows[r.number]))
		file.Assessments = domain.AssessmentFile{Framework: framework, Rows: rows[r.number]}
		if len(rows[r.number]) > 0 {
			files = append(files, file)
		}
	}
	return files
}

// assessmentOf is an assessment as the register takes it, with needs when they are asked.
func assessmentOf(made *assessment, row int, needs bool) domain.AssessmentRow {
	a := domain.AssessmentRow{
		Row: row, FileRows: 1, EmployeeNumber: made.person.number, AssessedOn: made.day, AssessorKind: domain.AssessorKind(made.kind),
		Levels: make([]domain.Level, 0, len(made.levels)), StaffGroup: domain.NotGiven, JobRole: domain.NotGiven, Band: domain.NotGiven,
	}
	for i := range made.levels {
		a.Levels = append(a.Levels, levelOf(made.levels[i]))
		if needs {
			a.Needs = append(a.Needs, levelOf(made.needs[i]))
		}
	}
	return a
}

// levelOf reads a cell of an assessment: a level, N/A, or nothing.
func levelOf(cell any) domain.Level {
	switch value := cell.(type) {
	case int:
		return domain.Level(value)
	case string:
		return domain.NotApplicable
	}
	return domain.NotAssessed
}
