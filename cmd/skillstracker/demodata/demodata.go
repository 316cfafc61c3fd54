// Package demodata makes up the people and figures of the demonstration: staff
// lists, targets, digital-literacy assessments, vacancy returns and position vacancies
// of organisations that really exist, and one that does not.
//
// The rule: everything here is synthetic and a pure function of a seed, a day and
// an organisation. The same three always give the same bytes, so that a
// demonstration that was cut off goes on where it stopped. Job roles, bands and
// areas of work are those of the National Workforce Data Set; shares and rates
// are plausible and nobody's.
package demodata

import (
	_ "embed"
	"fmt"
	"hash/fnv"
	"math/rand/v2"

	"skillstracker/domain"
)

//go:embed organisations.csv
var organisations []byte

// Version is the version of this generator. It changes whenever the same seed
// gives other bytes than before.
const Version = 2

// Seed is the seed of the demonstration.
const Seed = 20261031

// Showcase is the ODS code of the organisation whose HR user and manager the
// demonstration shows.
const Showcase = "RRK"

// Organisations returns the file of organisations that the demonstration imports,
// in the headed CSV form, and the day whose state it shows.
func Organisations() (file []byte, edition domain.Date) {
	return organisations, domain.NewDate(2025, 12, 31)
}

// File is one file as HR of an organisation would send it.
type File struct {
	Organisation string
	Kind         domain.UploadKind
	// Name is the file's name without a folder; its extension is csv or xlsx.
	Name string
	// Complete says that the file is to be sent as a complete one.
	Complete bool
	// Rows is the number of rows below the header.
	Rows    int
	Content []byte
}

// Dates are the days that the made-up data is about.
type Dates struct {
	// Today is the day on which the files are sent.
	Today domain.Date
	// FirstList and LastList are the days of the two staff lists, both month ends.
	FirstList, LastList domain.Date
	// Months are the twelve month ends of the vacancy returns; the last is LastList.
	Months []domain.Date
}

// DatesOf returns the days of data that is sent on a day: the newest month end is
// the last one that has passed.
func DatesOf(today domain.Date) Dates {
	last := (today - 1).LastMonthEnd()
	dates := Dates{Today: today, FirstList: last.AddMonths(-18).MonthEnd(), LastList: last}
	for back := 11; back >= 0; back-- {
		dates.Months = append(dates.Months, last.AddMonths(-back).MonthEnd())
	}
	return dates
}

// Files makes every file of an organisation, in the order in which they must be
// sent: staff lists, targets, assessments from the oldest round to the newest, vacancy
// returns from the oldest month to the newest, and position vacancies.
func Files(seed uint64, today domain.Date, organisation domain.OrganisationEntry) ([]File, error) {
	force, err := newWorkforce(seed, today, organisation)
	if err != nil {
		return nil, err
	}
	var files []File
	for _, part := range []func() ([]File, error){force.staffLists, force.targetFiles, force.assessmentFiles, force.vacancyFiles, force.positionFiles} {
		made, err := part()
		if err != nil {
			return nil, fmt.Errorf("make files of %s: %w", organisation.Code, err)
		}
		files = append(files, made...)
	}
	return files, nil
}

// stream names a sequence of random numbers. Each part of the data draws from its
// own, so that a change of one part leaves the others as they are.
type stream uint64

const (
	streamPeople stream = iota + 1
	streamSkills
	streamVacancies
	streamMistakes
)

// newRandom returns the random numbers of one part of one organisation's data.
func newRandom(seed uint64, organisation string, part stream) *rand.Rand {
	sum := fnv.New64a()
	_, _ = sum.Write([]byte(organisation))                       // a hash never fails to take bytes
	return rand.New(rand.NewPCG(seed, sum.Sum64()+uint64(part))) //nolint:gosec // made-up data must be the same for the same seed
}

// chance says yes in a given share of the cases.
func chance(random *rand.Rand, share float64) bool { return random.Float64() < share }

// pick returns one item of a list that is not empty.
func pick[T any](random *rand.Rand, list []T) T { return list[random.IntN(len(list))] }
