package demodata

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"skillstracker/domain"
)

// NationalVersion is the version of the generator of a whole nation. It changes
// whenever the same seed gives other rows than before.
const NationalVersion = 1

// FirstTrust is the ODS code of the first of the made-up trusts.
const FirstTrust = "ZT001"

// maxTrusts is how many codes of made-up trusts there are.
const maxTrusts = 999

// National says how large a made-up nation is: as large as the NHS in England, or
// smaller for tests. Its trusts are made up too, with codes that begin with ZT, which
// no real trust has; regions and ICBs are real ones.
type National struct {
	Seed   uint64
	Today  domain.Date // the day on which everything is sent
	Trusts int         // 1 to 999
	Staff  int         // people on the first staff lists together
	Months int         // month ends of vacancy returns, the last being the last one that has passed
}

// WholeNation is the size of the NHS in England: 200 trusts, 1.5 million staff, 60
// months of vacancies.
func WholeNation(today domain.Date) National {
	return National{Seed: Seed, Today: today, Trusts: 200, Staff: 1_500_000, Months: 60}
}

// Check returns an error that says what to change when the size cannot be made.
func (n National) Check() error {
	switch {
	case n.Trusts < 1 || n.Trusts > maxTrusts:
		return fmt.Errorf("the number of trusts is from 1 to %d", maxTrusts)
	case n.Staff < 20*n.Trusts || n.Staff > 25_000*n.Trusts:
		return fmt.Errorf("the number of staff is from 20 to 25000 for each trust, here %d to %d", 20*n.Trusts, 25_000*n.Trusts)
	case n.Months < 1 || n.Months > 120:
		return fmt.Errorf("the number of months is from 1 to 120")
	}
	return nil
}

// Dates returns the days that the data is about.
func (n National) Dates() Dates {
	last := (n.Today - 1).LastMonthEnd()
	dates := Dates{Today: n.Today, FirstList: last.AddMonths(-24).MonthEnd(), LastList: last}
	for back := n.Months - 1; back >= 0; back-- {
		dates.Months = append(dates.Months, last.AddMonths(-back).MonthEnd())
	}
	return dates
}

// NationalTrust is one trust of the nation.
type NationalTrust struct {
	Entry domain.OrganisationEntry
	Staff int // people on its first staff list

	nation National
	place  int
}

// MakeTrusts makes the trusts, spread over ICBs, of which at least one must be
// given, each with its code and region. Trusts are of very different sizes, and their
// staff add up to that of the nation.
func (n National) MakeTrusts(icbs []domain.Organisation) ([]NationalTrust, error) {
	if err := n.Check(); err != nil {
		return nil, err
	}
	if len(icbs) == 0 {
		return nil, fmt.Errorf("make trusts: the registry holds no ICB")
	}
	random := newRandom(n.Seed, domain.NationCode, streamPeople)
	weights, sum := make([]float64, n.Trusts), 0.0
	for i := range weights {
		weights[i] = min(max(math.Exp(random.NormFloat64()*0.5), 0.3), 2.6)
		sum += weights[i]
	}
	opened := domain.NewDate(2015, 4, 1)
	trusts := make([]NationalTrust, n.Trusts)
	left := n.Staff
	for i := range trusts {
		icb := icbs[i%len(icbs)]
		trusts[i] = NationalTrust{
			Entry: domain.OrganisationEntry{
				Code: fmt.Sprintf("ZT%03d", i+1), Name: fmt.Sprintf("Trust %03d (synthetic)", i+1), Kind: domain.KindTrust,
				Sector: sectorOf(i), Region: icb.Region, ICB: icb.Code, OpenedOn: &opened, Synthetic: true,
			},
			Staff: int(float64(n.Staff) * weights[i] / sum), nation: n, place: i,
		}
		left -= trusts[i].Staff
	}
	trusts[0].Staff += left
	return trusts, nil
}

// sectorOf shares the trusts among the sectors about as they are in England.
func sectorOf(place int) string {
	switch place % 20 {
	case 3, 7, 11, 15, 19:
		return "Mental Health"
	case 5, 13:
		return "Community"
	case 17:
		return "Ambulance"
	}
	return "Acute"
}

// nationalPerson is a made-up staff member who may have been promoted between the
// two staff lists, or is missing on the second one.
type nationalPerson struct {
	person
	earlierBand string
	missing     bool // has left, and is not on the complete list that follows
}

// nationalForce is everybody who worked for a trust between the two staff lists.
type nationalForce struct {
	trust  NationalTrust
	dates  Dates
	people []nationalPerson
}

func (t NationalTrust) force() (*nationalForce, error) {
	posts, err := postsOf(t.Entry)
	if err != nil {
		return nil, err
	}
	random := newRandom(t.nation.Seed, t.Entry.Code, streamPeople)
	force := &nationalForce{trust: t, dates: t.nation.Dates()}
	hire := func(started domain.Date) {
		p := force.newPerson(random, posts.draw(random), started)
		p.number = fmt.Sprintf("S%07d", len(force.people)+1)
		force.people = append(force.people, p)
	}
	for range t.Staff {
		hire(force.dates.FirstList - domain.Date(min(random.ExpFloat64()*6, 38)*365))
	}
	for day := force.dates.FirstList + 1; day <= force.dates.LastList; day++ {
		expected := float64(t.Staff) * monthlyLeavers / daysOfMonth
		joiners := int(expected)
		if chance(random, expected-float64(joiners)) {
			joiners++
		}
		for range joiners {
			hire(day)
		}
	}
	return force, nil
}

// monthlyLeavers is the share of people who leave in a month; as many join.
const (
	monthlyLeavers = 0.009
	daysOfMonth    = 30.4
)

func (f *nationalForce) newPerson(random *rand.Rand, of post, started domain.Date) nationalPerson {
	of.band = nearBand(random, of.band)
	p := nationalPerson{person: newPerson(random, of, started, f.dates), earlierBand: of.band}
	if chance(random, 0.05) {
		p.earlierBand = bandBeside(of.band, -1)
	}
	p.left = domain.Forever
	if left := max(started, f.dates.FirstList) + 1 + domain.Date(random.ExpFloat64()/monthlyLeavers*daysOfMonth); left < f.dates.LastList {
		p.left = left
		p.missing = chance(random, 0.03)
	}
	return p
}

// nearBand spreads the people of a post over its band and those beside it.
func nearBand(random *rand.Rand, band string) string {
	switch roll := random.Float64(); {
	case roll < 0.18:
		return bandBeside(band, -1)
	case roll < 0.34:
		return bandBeside(band, 1)
	}
	return band
}

// bandBeside returns the band so many steps above in the Agenda for Change, or the
// band itself where there is none.
func bandBeside(band string, steps int) string {
	bands := []string{"2", "3", "4", "5", "6", "7", "8a", "8b", "8c", "8d", "9"}
	place := slices.Index(bands, band)
	if place < 0 {
		return band
	}
	return bands[min(max(place+steps, 0), len(bands)-1)]
}
