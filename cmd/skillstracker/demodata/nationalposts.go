package demodata

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"

	"skillstracker/domain"
)

// The random numbers of the parts that only a nation has.
const (
	streamPositions stream = iota + 100
)

// returnsPerFile is how many months of vacancy returns are sent in one file.
const returnsPerFile = 12

// strengths counts staff in post at each month end, by cell. Of the months before the
// first staff list nothing is known: they are taken as slightly smaller than that one.
func (f *nationalForce) strengths(random *rand.Rand) map[cell]*strength {
	found := make(map[cell]*strength)
	for i := range f.people {
		p := &f.people[i]
		c := cellOf(p.post)
		s := found[c]
		if s == nil {
			s = &strength{post: p.post, fte: make([]domain.FTE, len(f.dates.Months)), people: make([]int, len(f.dates.Months))}
			found[c] = s
		}
		for i, month := range f.dates.Months {
			if p.inPost(max(month, f.dates.FirstList)) {
				s.fte[i] += p.fte
				s.people[i]++
			}
		}
	}
	for _, c := range slices.SortedFunc(maps.Keys(found), compareCells) {
		for i, month := range f.dates.Months {
			if months := int(f.dates.FirstList-month) / 30; months > 0 {
				share := (1 - 0.002*float64(months)) * (0.99 + random.Float64()*0.02)
				found[c].fte[i] = domain.FTE(found[c].fte[i].Float()*share*100) * (domain.FTEUnit / 100)
			}
		}
	}
	return found
}

// vacancyFiles are the returns, a year in each file. One trust in twenty-five does not
// report the last two months.
func (f *nationalForce) vacancyFiles(areas map[string]string) []NationalFile {
	random := newRandom(f.trust.nation.Seed, f.trust.Entry.Code, streamVacancies)
	strengths := f.strengths(random)
	months := len(f.dates.Months)
	if f.trust.place%25 == 24 {
		months = max(1, months-2)
	}
	rows := make([][]domain.VacancyRow, months)
	employer := 0.65 + random.Float64()*0.45
	for _, c := range slices.SortedFunc(maps.Keys(strengths), compareCells) {
		s := strengths[c]
		budget := budgetFor(random, s, vacancyRate(s.post)*employer)
		for i := range rows {
			gap := budget - s.fte[i]
			bank, agency := temporary(random, s.post, gap)
			rows[i] = append(rows[i], domain.VacancyRow{
				Key: domain.VacancyKey{
					Month: f.dates.Months[i], StaffGroup: c.staffGroup, JobRole: given(c.jobRole), Band: given(c.band),
					AreaOfWork: areaCode(areas, c.areaOfWork),
				},
				Measures: domain.VacancyMeasures{
					Budgeted: fteMeasure(budget), Contracted: fteMeasure(s.fte[i]), Bank: fteMeasure(bank), Agency: fteMeasure(agency),
					Advertised: domain.Measure{State: domain.Known, Value: int64(advertised(gap))},
				},
			})
		}
	}
	var files []NationalFile
	for first := 0; first < months; first += returnsPerFile {
		all := slices.Concat(rows[first:min(first+returnsPerFile, months)]...)
		for i := range all {
			all[i].Row = i + 2
		}
		name := "vacancies-from-" + f.dates.Months[first].String()
		file := f.trust.nation.file(f.trust.Entry.Code, domain.UploadVacancies, name, len(all))
		file.Vacancies = all
		files = append(files, file)
	}
	return files
}

// fteMeasure is a measure in FTE; what is no FTE is not stated.
func fteMeasure(value any) domain.Measure {
	if fte, ok := value.(domain.FTE); ok {
		return domain.Measure{State: domain.Known, Value: int64(fte)}
	}
	return domain.Measure{}
}

// positionFile holds the posts that were recruited to in the last two years: about one
// for each eight people a year.
func (f *nationalForce) positionFile(areas map[string]string) NationalFile {
	random := newRandom(f.trust.nation.Seed, f.trust.Entry.Code, streamPositions)
	rows := make([]domain.PositionRow, 0, f.trust.Staff/4+1)
	for i := range f.trust.Staff/4 + 1 {
		of := f.people[random.IntN(len(f.people))]
		row := domain.PositionRow{
			Row: i + 2, Reference: fmt.Sprintf("V%06d", i+1), StaffGroup: of.post.staffGroup, JobRole: given(of.post.jobRole),
			Band: given(of.post.band), AreaOfWork: areaCode(areas, of.post.areaOfWork), Team: of.team, Posts: 1,
			OpenedOn: f.dates.FirstList + domain.Date(random.IntN(int(f.dates.LastList-f.dates.FirstList))),
		}
		if chance(random, 0.08) {
			row.Posts = 2 + random.IntN(4)
		}
		row.FTE = of.fte * domain.FTE(row.Posts)
		row.Status, row.ClosedOn = f.endOf(random, row.OpenedOn)
		rows = append(rows, row)
	}
	file := f.trust.nation.file(f.trust.Entry.Code, domain.UploadPositions, "position-vacancies", len(rows))
	file.Positions = rows
	return file
}

// endOf draws how a recruitment stands: some two months after the start most have ended,
// and nearly all of these with the post filled.
func (f *nationalForce) endOf(random *rand.Rand, opened domain.Date) (status string, closed *domain.Date) {
	if chance(random, 0.04) {
		return pick(random, []string{"05", "06"}), nil
	}
	day := opened + domain.Date(10+random.ExpFloat64()*50)
	if day > f.dates.LastList {
		return pick(random, []string{"01", "01", "02", "03", "04", "11"}), nil
	}
	if chance(random, 0.05) {
		return domain.NotGiven, &day
	}
	return pick(random, []string{"09", "09", "09", "09", "09", "09", "08", "10"}), &day
}

// ownTargetsEvery is how many trusts there are for one that sets targets of its own.
const ownTargetsEvery = 10

// target is a target of the framework that all assessments are made by.
func target(framework domain.FrameworkVersion, competence string, from domain.Date, level domain.Level, who domain.TargetKey) domain.TargetRow {
	key := domain.TargetKey{
		Framework: framework.Framework, Version: framework.Version, Competence: competence, Domain: domain.NotGiven,
		JobRole: given(who.JobRole), StaffGroup: given(who.StaffGroup), Band: given(who.Band), ValidFrom: from,
	}
	return domain.TargetRow{Key: key, FrameworkID: framework.ID, Level: &level}
}

// Targets are the nation's targets: 2 for everybody, more for administrative and
// digital work, and less for estates.
func (n National) Targets(framework domain.FrameworkVersion) NationalFile {
	from := n.Dates().FirstList.AddMonths(-12)
	var rows []domain.TargetRow
	for _, competence := range framework.Competences {
		rows = append(
			rows,
			target(framework, competence.Code, from, 2, domain.TargetKey{}),
			target(framework, competence.Code, from, 3, domain.TargetKey{StaffGroup: "08"}),
			target(framework, competence.Code, from, 1, domain.TargetKey{StaffGroup: "09"}),
			target(framework, competence.Code, from, 3, domain.TargetKey{StaffGroup: "03", Band: "7"}),
		)
	}
	return n.targetFile(domain.NationCode, rows)
}

// targetFile are the targets of a trust: more for some nurses, from a later day on.
func (t NationalTrust) targetFile(framework domain.FrameworkVersion) NationalFile {
	from := t.nation.Dates().LastList.AddMonths(-12)
	var rows []domain.TargetRow
	for _, competence := range framework.Competences[:2] {
		rows = append(
			rows,
			target(framework, competence.Code, from, 3, domain.TargetKey{StaffGroup: "03"}),
			target(framework, competence.Code, from, 4, domain.TargetKey{JobRole: "03005", Band: "7"}),
		)
	}
	return t.nation.targetFile(t.Entry.Code, rows)
}

func (n National) targetFile(organisation string, rows []domain.TargetRow) NationalFile {
	for i := range rows {
		rows[i].Row = i + 2
	}
	file := n.file(organisation, domain.UploadTargets, "targets", len(rows))
	file.Targets = rows
	return file
}
