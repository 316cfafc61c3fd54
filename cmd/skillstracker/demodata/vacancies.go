package demodata

import (
	"cmp"
	"maps"
	"math/rand/v2"
	"slices"

	"skillstracker/domain"
)

// cell is what a line of a vacancy return is about. The area of work is given for
// administrative posts only, so that digital posts can be told from the others.
type cell struct {
	staffGroup, jobRole, band, areaOfWork string
}

func cellOf(p post) cell {
	c := cell{staffGroup: p.staffGroup, jobRole: p.jobRole, band: p.band}
	if p.staffGroup == "08" || p.digital() {
		c.areaOfWork = p.areaOfWork
	}
	return c
}

func compareCells(a, b cell) int {
	return cmp.Or(cmp.Compare(a.staffGroup, b.staffGroup), cmp.Compare(a.jobRole, b.jobRole),
		cmp.Compare(a.band, b.band), cmp.Compare(a.areaOfWork, b.areaOfWork))
}

// strength is who is in post in one cell, month by month.
type strength struct {
	post   post // one of the cell's posts
	fte    []domain.FTE
	people []int
}

// strengths counts staff in post at each month end, by cell.
func (w *workforce) strengths() map[cell]*strength {
	found := make(map[cell]*strength)
	for _, p := range w.people {
		c := cellOf(p.post)
		s := found[c]
		if s == nil {
			s = &strength{post: p.post, fte: make([]domain.FTE, len(w.dates.Months)), people: make([]int, len(w.dates.Months))}
			found[c] = s
		}
		for i, month := range w.dates.Months {
			if p.inPost(month) {
				s.fte[i] += p.fte
				s.people[i]++
			}
		}
	}
	return found
}

// vacancyRate is the usual share of a staff group's budget that stands empty.
func vacancyRate(of post) float64 {
	if of.digital() {
		return 0.16
	}
	return map[string]float64{"01": 0.08, "03": 0.095, "04": 0.08, "05": 0.075, "06": 0.07, "07": 0.085, "08": 0.055, "09": 0.065, "10": 0.05}[of.staffGroup]
}

// vacancyFiles makes a return for each of the twelve months.
func (w *workforce) vacancyFiles() ([]File, error) {
	write := w.trustReturn
	if w.organisation.Kind == domain.KindSocialCare {
		write = w.careReturn
	}
	random := newRandom(w.seed, w.organisation.Code, streamVacancies)
	strengths := w.strengths()
	cells := slices.SortedFunc(maps.Keys(strengths), compareCells)
	tables := write(random, cells, strengths)
	files := make([]File, 0, len(tables))
	for i, t := range tables {
		name := "vacancies-" + w.dates.Months[i].String()
		file, err := t.file(w.organisation.Code, domain.UploadVacancies, name, formatCSV)
		if err != nil {
			return nil, err
		}
		files = append(files, file)
	}
	return files, nil
}

// trustReturn makes the returns of an NHS trust: FTE budgeted and contracted, the
// temporary staff who fill part of the gap, and the posts advertised.
func (w *workforce) trustReturn(random *rand.Rand, cells []cell, strengths map[cell]*strength) []table {
	tables := make([]table, len(w.dates.Months))
	for i := range tables {
		tables[i].header = []string{
			"as_at", "staff_group", "job_role_code", "band", "area_of_work",
			"budgeted_fte", "contracted_fte", "bank_fte", "agency_fte", "advertised_posts",
		}
	}
	employer := 0.65 + random.Float64()*0.45
	over := overEstablished(cells, strengths)
	for _, c := range cells {
		s := strengths[c]
		budget := budgetFor(random, s, vacancyRate(s.post)*employer)
		if c == over {
			budget = slices.Max(s.fte) - 140_000
		}
		for i, month := range w.dates.Months {
			gap := budget - s.fte[i]
			bank, agency := temporary(random, s.post, gap)
			tables[i].rows = append(tables[i].rows, []any{
				month, c.staffGroup, c.jobRole, c.band, c.areaOfWork,
				budget, s.fte[i], bank, agency, advertised(gap),
			})
		}
	}
	return tables
}

// overEstablished chooses the cell with more people than budget: the largest of
// the administrative ones that are not digital.
func overEstablished(cells []cell, strengths map[cell]*strength) cell {
	var largest cell
	var most domain.FTE
	for _, c := range cells {
		s := strengths[c]
		if fte := slices.Min(s.fte); c.staffGroup == "08" && !s.post.digital() && fte > most {
			largest, most = c, fte
		}
	}
	return largest
}

// budgetFor returns the establishment of a cell, in steps of a fifth of a post: what
// is filled, and the gap that the rate makes of it. A large cell is filled as on
// the average of the year; in a small one every post that was filled is budgeted.
func budgetFor(random *rand.Rand, s *strength, rate float64) domain.FTE {
	const step = 20_000
	var filled domain.FTE
	for _, fte := range s.fte {
		filled += fte
	}
	filled /= domain.FTE(len(s.fte))
	if filled < 3*domain.FTEUnit {
		filled = slices.Max(s.fte)
	}
	gap := filled.Float() * rate / (1 - rate) * (0.6 + random.Float64()*0.8)
	steps := int64(gap*float64(domain.FTEUnit)/step + random.Float64())
	// A cell that nobody filled in the year still stands for a post.
	return max(((filled+step-1)/step+domain.FTE(steps))*step, 3*step)
}

// temporary returns the bank and agency FTE that fill part of a gap. Groups that
// hardly use either leave both empty.
func temporary(random *rand.Rand, of post, gap domain.FTE) (bank, agency any) {
	switch of.staffGroup {
	case "01", "03", "04", "07":
	default:
		return nil, nil
	}
	if gap <= 0 {
		return domain.FTE(0), domain.FTE(0)
	}
	share := 0.4 + random.Float64()*0.3
	tenths := func(part float64) domain.FTE { return domain.FTE(gap.Float()*part*10+0.5) * 10_000 }
	return tenths(share), tenths(share * 0.25)
}

// advertised is how many posts are out to advert for a gap.
func advertised(gap domain.FTE) int {
	if gap <= 0 {
		return 0
	}
	return int((gap*6/10 + domain.FTEUnit - 1) / domain.FTEUnit)
}

// careReturn makes the returns of a social care provider: posts being recruited
// to and people in post. Some adverts are not known, which is an answer too.
func (w *workforce) careReturn(random *rand.Rand, cells []cell, strengths map[cell]*strength) []table {
	tables := make([]table, len(w.dates.Months))
	for i := range tables {
		tables[i].header = []string{
			"as_at", "staff_group", "job_role_code", "band", "area_of_work",
			"reported_vacancies", "advertised_posts", "staff_headcount",
		}
	}
	for _, c := range cells {
		s := strengths[c]
		for i, month := range w.dates.Months {
			vacancies := int(float64(s.people[i])*(0.06+random.Float64()*0.07) + random.Float64())
			advertised := any(vacancies)
			switch {
			case vacancies == 0:
				advertised = "None"
			case chance(random, 0.1):
				advertised = "Don't know"
			}
			tables[i].rows = append(tables[i].rows, []any{
				month, c.staffGroup, c.jobRole, c.band, c.areaOfWork, vacancies, advertised, s.people[i],
			})
		}
	}
	return tables
}
