package domain

import (
	"fmt"
	"regexp"
)

const crosswalkCodeLength = 50

var crosswalkCode = regexp.MustCompile(`^[a-z0-9]+([.-][a-z0-9]+)*$`)

// CheckCrosswalk returns every fault of a crosswalk that is to be published between
// two framework versions, with its place as in JSON.
func CheckCrosswalk(c Crosswalk, from, to FrameworkVersion) []FieldFault {
	var faults []FieldFault
	fault := func(field, message string) { faults = append(faults, FieldFault{Field: field, Message: message}) }
	if len(c.Code) > crosswalkCodeLength || !crosswalkCode.MatchString(c.Code) {
		fault("code", fmt.Sprintf("A code is of small letters and digits, with single points or hyphens between them, at most %d characters.", crosswalkCodeLength))
	}
	for _, text := range []struct {
		field, value string
		limit        int
	}{{"name", c.Name, frameworkNameLength}, {"source", c.Source, sourceLength}} {
		check := frameworkCheck{}
		check.text(FrameworkItself, 0, text.field, text.value, text.limit)
		faults = append(faults, FieldFaults(check.faults)...)
	}
	if from.ID == to.ID {
		fault("to", "A crosswalk leads from one framework version to another one.")
	}
	if len(c.Levels) == 0 {
		fault("levels", "A crosswalk translates at least one level.")
	}
	met := make(map[[3]string]int, len(c.Levels))
	for i, l := range c.Levels {
		place := func(member string) string { return fmt.Sprintf("levels[%d].%s", i, member) }
		for _, side := range []struct {
			version                       FrameworkVersion
			competence                    string
			level                         Level
			competenceMember, levelMember string
		}{
			{from, l.FromCompetence, l.FromLevel, "from_competence", "from_level"},
			{to, l.ToCompetence, l.ToLevel, "to_competence", "to_level"},
		} {
			at, known := side.version.CompetenceIndex(side.competence)
			if !known || side.version.Competences[at].Code != side.competence {
				fault(place(side.competenceMember), fmt.Sprintf("%s %s has no competence with this code; capitals count.", side.version.Framework, side.version.Version))
				continue
			}
			if highest := side.version.Competences[at].MaxLevel; side.level < 0 || side.level > highest {
				fault(place(side.levelMember), fmt.Sprintf("Levels of this competence go from 0 to %d.", highest))
			}
		}
		key := [3]string{l.FromCompetence, l.ToCompetence, fmt.Sprint(l.FromLevel)}
		if earlier, twice := met[key]; twice {
			fault(fmt.Sprintf("levels[%d]", i), fmt.Sprintf("levels[%d] translates the same level of the same competence to the same competence. Keep the right one.", earlier))
			continue
		}
		met[key] = i
	}
	return faults
}
