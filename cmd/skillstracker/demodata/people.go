package demodata

import (
	"fmt"
	"math/rand/v2"

	"skillstracker/domain"
)

// Contract types of the National Workforce Data Set.
const (
	contractBank      = "01"
	contractFixedTerm = "02"
	contractPermanent = "05"
)

// person is one made-up staff member.
type person struct {
	number   string
	post     post
	team     string
	contract string
	fte      domain.FTE
	// earlierFTE is the FTE on the first staff list.
	earlierFTE domain.FTE
	started    domain.Date
	left       domain.Date // the last day in post; domain.Forever for those who stay
	// bankToo says that the person also works for the staff bank.
	bankToo bool
}

// inPost says whether the person counts as staff in post on a day.
func (p person) inPost(day domain.Date) bool {
	return p.contract != contractBank && p.started <= day && day <= p.left
}

// workforce is everybody who worked for an organisation between the two staff lists.
type workforce struct {
	seed         uint64
	organisation domain.OrganisationEntry
	dates        Dates
	people       []person
}

// headcount is how many people an organisation starts with. The showcase is a
// large one, so that its workbooks have something to show; the others are kept
// small so that the demonstration loads in seconds.
func headcount(random *rand.Rand, organisation domain.OrganisationEntry) int {
	switch {
	case organisation.Code == Showcase:
		return 1200
	case organisation.Kind == domain.KindSocialCare:
		return 150
	}
	return 320 + random.IntN(160)
}

func newWorkforce(seed uint64, today domain.Date, organisation domain.OrganisationEntry) (*workforce, error) {
	posts, err := postsOf(organisation)
	if err != nil {
		return nil, err
	}
	random := newRandom(seed, organisation.Code, streamPeople)
	force := &workforce{seed: seed, organisation: organisation, dates: DatesOf(today)}
	next := 1 + random.IntN(400)
	hire := func(started domain.Date) {
		p := newPerson(random, posts.draw(random), started, force.dates)
		p.number = fmt.Sprintf("S%07d", next)
		next += 1 + random.IntN(7)
		force.people = append(force.people, p)
	}
	start := headcount(random, organisation)
	for range start {
		// Most people have been there for a few years, some for a long time.
		years := random.ExpFloat64() * 6
		hire(force.dates.FirstList - domain.Date(min(years, 38)*365))
	}
	// A little under one in a hundred joins each month, a little more than leave.
	for day := force.dates.FirstList + 1; day <= force.dates.LastList; day++ {
		if chance(random, float64(start)*0.0095/30) {
			hire(day)
		}
	}
	return force, nil
}

func newPerson(random *rand.Rand, of post, started domain.Date, dates Dates) person {
	p := person{post: of, team: pick(random, of.teams), contract: contractPermanent, started: started, left: domain.Forever}
	switch roll := random.Float64(); {
	case roll < 0.02 && (of.staffGroup == "03" || of.staffGroup == "07"):
		p.contract = contractBank
	case roll < 0.08:
		p.contract = contractFixedTerm
	}
	p.fte = domain.FTEUnit
	if chance(random, 0.42) {
		p.fte = pick(random, []domain.FTE{40_000, 50_000, 53_333, 60_000, 64_000, 80_000, 80_000, 90_000})
	}
	p.earlierFTE = p.fte
	if chance(random, 0.04) {
		p.earlierFTE = pick(random, []domain.FTE{60_000, 80_000, domain.FTEUnit})
	}
	p.bankToo = p.contract == contractPermanent && of.band != "OTHER" &&
		(of.staffGroup == "03" || of.staffGroup == "07") && chance(random, 0.03)
	if months := random.ExpFloat64() / 0.0085; months < 18 {
		first := max(started, dates.FirstList) + 30
		if left := first + domain.Date(months*30.4); left < dates.LastList {
			p.left = left
		}
	}
	return p
}
