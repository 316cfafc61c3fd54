package domain

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// MaxCompetences is the greatest number of competences of a framework version: with
// a level and a need for each, a row of assessments stays within 256 columns.
const MaxCompetences = 100

// FrameworkPart is a part of a framework version, named as in JSON.
type FrameworkPart string

// The parts. FrameworkItself has one entry, the others a list.
const (
	FrameworkItself      FrameworkPart = ""
	FrameworkDomains     FrameworkPart = "domains"
	FrameworkCompetences FrameworkPart = "competences"
	FrameworkLevels      FrameworkPart = "levels"
)

// FrameworkFault is one fault of a framework version that is to be published: the
// entry of a part, from 0 (-1 for the part as a whole), and its member.
type FrameworkFault struct {
	Part    FrameworkPart
	Index   int
	Member  string // named as in JSON; empty for the entry as a whole
	Message string
}

// Field writes the place of the fault as in JSON, such as competences[3].max_level.
func (f FrameworkFault) Field() string {
	place := string(f.Part)
	if f.Part != FrameworkItself && f.Index >= 0 {
		place += "[" + strconv.Itoa(f.Index) + "]"
	}
	if place != "" && f.Member != "" {
		place += "."
	}
	return place + f.Member
}

// FieldFaults writes the faults with their places as in JSON.
func FieldFaults(faults []FrameworkFault) []FieldFault {
	written := make([]FieldFault, len(faults))
	for i, f := range faults {
		written[i] = FieldFault{Field: f.Field(), Message: f.Message}
	}
	return written
}

// CheckFramework returns every fault of a framework version that is to be published
// under the name of its framework. It says nothing of what is published already, nor
// of the headings of files.
func CheckFramework(name string, version FrameworkVersion) []FrameworkFault {
	c := frameworkCheck{version: version}
	c.itself(name)
	c.domains()
	c.competences()
	c.levels()
	return c.faults
}

var (
	frameworkCode = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	versionCode   = regexp.MustCompile(`^[A-Za-z0-9]+([._-][A-Za-z0-9]+)*$`)
	partCode      = regexp.MustCompile(`^[A-Za-z0-9]+([._-][A-Za-z0-9]+)*$`)
)

// Greatest numbers of characters, as the contract has them.
const (
	frameworkCodeLength = 50
	partCodeLength      = 20
	frameworkNameLength = 200
	bandNameLength      = 100
	sourceLength        = 1000
	licenceLength       = 500
	longestValidity     = 999 // months
	highestLevel        = 99
)

type frameworkCheck struct {
	version FrameworkVersion
	faults  []FrameworkFault
}

func (c *frameworkCheck) fault(part FrameworkPart, index int, member, message string) {
	c.faults = append(c.faults, FrameworkFault{Part: part, Index: index, Member: member, Message: message})
}

// text checks a text that must be there.
func (c *frameworkCheck) text(part FrameworkPart, index int, member, value string, limit int) {
	if value == "" {
		c.fault(part, index, member, "It is missing.")
		return
	}
	c.optional(part, index, member, value, limit)
}

func (c *frameworkCheck) optional(part FrameworkPart, index int, member, value string, limit int) {
	switch {
	case utf8.RuneCountInString(value) > limit:
		c.fault(part, index, member, fmt.Sprintf("It is longer than %d characters.", limit))
	case strings.TrimSpace(value) != value || strings.ContainsFunc(value, unicode.IsControl) || strings.ContainsRune(value, utf8.RuneError):
		c.fault(part, index, member, "It begins or ends with a space, or holds a line break or a character that is no text.")
	}
}

func (c *frameworkCheck) code(part FrameworkPart, index int, member, value string, shape *regexp.Regexp, limit int, form string) {
	switch {
	case value == "":
		c.fault(part, index, member, "It is missing.")
	case len(value) > limit || !shape.MatchString(value):
		c.fault(part, index, member, fmt.Sprintf("A code is %s, at most %d characters.", form, limit))
	}
}

const partCodeForm = "of letters and digits, with single points, hyphens or underscores between them, such as 1.10 or TEC"

func (c *frameworkCheck) itself(name string) {
	v := c.version
	c.code(FrameworkItself, 0, "framework", v.Framework, frameworkCode, frameworkCodeLength, "of small letters and digits, with single hyphens between them, such as eds-work")
	c.text(FrameworkItself, 0, "framework_name", name, frameworkNameLength)
	c.code(FrameworkItself, 0, "version", v.Version, versionCode, partCodeLength, partCodeForm)
	c.text(FrameworkItself, 0, "name", v.Name, frameworkNameLength)
	if v.Scoring != ScoringLevel && v.Scoring != ScoringTasks {
		c.fault(FrameworkItself, 0, "scoring", fmt.Sprintf("Use %s or %s.", ScoringLevel, ScoringTasks))
	}
	if v.ValidFrom < NewDate(1990, 1, 1) || v.ValidFrom >= NewDate(2100, 1, 1) {
		c.fault(FrameworkItself, 0, "valid_from", "Give a day from 1990 to 2099, written as YYYY-MM-DD.")
	}
	if v.ValidityMonths < 1 || v.ValidityMonths > longestValidity {
		c.fault(FrameworkItself, 0, "validity_months", fmt.Sprintf("Give a whole number of months from 1 to %d.", longestValidity))
	}
	c.text(FrameworkItself, 0, "source", v.Source, sourceLength)
	c.text(FrameworkItself, 0, "licence", v.Licence, licenceLength)
}

func (c *frameworkCheck) domains() {
	if n := len(c.version.Domains); n < 1 || n > MaxCompetences {
		c.fault(FrameworkDomains, -1, "", fmt.Sprintf("A framework has from 1 to %d domains.", MaxCompetences))
	}
	codes, names := seen{}, seen{}
	for i, d := range c.version.Domains {
		c.code(FrameworkDomains, i, "code", d.Code, partCode, partCodeLength, partCodeForm)
		c.text(FrameworkDomains, i, "name", d.Name, frameworkNameLength)
		if codes.again(d.Code) {
			c.fault(FrameworkDomains, i, "code", "Another domain has this code. Codes that differ only in capitals are one.")
		}
		if names.again(d.Name) {
			c.fault(FrameworkDomains, i, "name", "Another domain has this name.")
		}
		if !slices.ContainsFunc(c.version.Competences, func(k Competence) bool { return k.Domain == d.Code }) {
			c.fault(FrameworkDomains, i, "code", "No competence belongs to this domain. Add one, or leave the domain out.")
		}
	}
}

func (c *frameworkCheck) competences() {
	if n := len(c.version.Competences); n < 1 || n > MaxCompetences {
		c.fault(FrameworkCompetences, -1, "", fmt.Sprintf("A framework version has from 1 to %d competences.", MaxCompetences))
	}
	codes := seen{}
	for i, k := range c.version.Competences {
		c.code(FrameworkCompetences, i, "code", k.Code, partCode, partCodeLength, partCodeForm)
		c.text(FrameworkCompetences, i, "name", k.Name, frameworkNameLength)
		if codes.again(k.Code) {
			c.fault(FrameworkCompetences, i, "code", "Another competence has this code. Codes that differ only in capitals are one, and a spreadsheet shows the number 1.10 as 1.1 unless the cell is text.")
		}
		if !slices.ContainsFunc(c.version.Domains, func(d CompetenceArea) bool { return d.Code == k.Domain }) {
			c.fault(FrameworkCompetences, i, "domain", "There is no domain with this code. Add it to the domains, or correct the code; capitals count.")
		}
		if k.MaxLevel < 1 || k.MaxLevel > highestLevel {
			c.fault(FrameworkCompetences, i, "max_level", fmt.Sprintf("Give the highest level, a whole number from 1 to %d.", highestLevel))
		}
		c.threshold(i, k)
	}
}

func (c *frameworkCheck) threshold(i int, k Competence) {
	switch {
	case c.version.Scoring == ScoringTasks && (k.Threshold < 1 || k.Threshold > k.MaxLevel):
		c.fault(FrameworkCompetences, i, "threshold", "A task checklist has for each competence the number of tasks that must be done, from 1 to its highest level.")
	case c.version.Scoring == ScoringLevel && k.Threshold != 0:
		c.fault(FrameworkCompetences, i, "threshold", fmt.Sprintf("Only a framework of scoring %s has thresholds. Leave it empty.", ScoringTasks))
	}
}

// levels checks that the scale is one of whole numbers from 0 up to the highest level
// of any competence, without gaps.
func (c *frameworkCheck) levels() {
	names := seen{}
	for i, l := range c.version.Levels {
		if l.Level != Level(i) {
			c.fault(FrameworkLevels, i, "level", fmt.Sprintf("Level %d belongs here: levels begin at 0, the one of who is not at level 1, and go on in order without gaps.", i))
		}
		c.text(FrameworkLevels, i, "name", l.Name, frameworkNameLength)
		c.optional(FrameworkLevels, i, "band", l.Band, bandNameLength)
		if names.again(l.Name) {
			c.fault(FrameworkLevels, i, "name", "Another level has this name.")
		}
	}
	highest := Level(len(c.version.Levels) - 1)
	if highest > highestLevel {
		c.fault(FrameworkLevels, -1, "", fmt.Sprintf("The highest level is %d at most.", highestLevel))
	}
	for i, k := range c.version.Competences {
		if k.MaxLevel > highest && k.MaxLevel <= highestLevel {
			c.fault(FrameworkCompetences, i, "max_level", fmt.Sprintf("The scale has no level %d. Add the missing levels, or correct the highest level.", k.MaxLevel))
		}
	}
	if top := c.version.MaxLevel(); top >= 1 && highest > top {
		c.fault(FrameworkLevels, int(top)+1, "level", fmt.Sprintf("No competence has a level above %d. Leave out the levels above it, or correct the highest levels.", top))
	}
}

// seen tells texts that were met before, blind to capitals.
type seen map[string]bool

func (s seen) again(text string) bool {
	key := strings.ToLower(text)
	met := text != "" && s[key]
	s[key] = true
	return met
}

// SameVersion says whether two texts name one version of a framework: blind to
// capitals, and as decimals, because a spreadsheet shows 3.0 as 3.
func SameVersion(a, b string) bool {
	return strings.EqualFold(a, b) || plainVersion(a) == plainVersion(b)
}

var decimalVersion = regexp.MustCompile(`^[0-9]+\.[0-9]+$`)

func plainVersion(version string) string {
	if decimalVersion.MatchString(version) {
		version = strings.TrimSuffix(strings.TrimRight(version, "0"), ".")
	}
	return strings.ToLower(version)
}
