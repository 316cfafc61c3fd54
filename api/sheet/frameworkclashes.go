package sheet

import (
	"fmt"
	"strings"

	"skillstracker/domain"
)

// FrameworkClashes returns the faults of a framework version that is to be published
// which would make files ambiguous: a heading of its competences that means another
// column of a file of assessments too, two competences with one heading, and a name
// by which files know another published framework. Headings and names are compared
// as those of files are: blind to case, spaces and punctuation.
func FrameworkClashes(version domain.FrameworkVersion, published []domain.FrameworkVersion) []domain.FrameworkFault {
	owners := make(map[string]string)
	for _, columns := range [][]Column{assessmentColumns(), LongColumns()} {
		for i := range columns {
			for _, heading := range columnHeadings(&columns[i]) {
				owners[keyOf(heading)] = "the column " + columns[i].Name
			}
		}
	}
	var faults []domain.FrameworkFault
	columns := CompetenceColumns(version)
	for i, c := range version.Competences {
		if strings.HasSuffix(strings.ToLower(c.Code), needSuffix) {
			faults = append(faults, domain.FrameworkFault{
				Part: domain.FrameworkCompetences, Index: i, Member: "code",
				Message: "A code may not end in _need, which makes the heading of a need of the code. Choose another code.",
			})
		}
		for _, column := range []struct {
			*Column
			owner string
		}{{&columns[2*i], "the competence " + c.Code}, {&columns[2*i+1], "the need of the competence " + c.Code}} {
			if clash, found := takeHeadings(owners, column.Column, column.owner, c.Name); found {
				clash.Index = i
				faults = append(faults, clash)
				break
			}
		}
	}
	return append(faults, frameworkNameClashes(version, published)...)
}

// takeHeadings gives a column its headings, and returns the first that means another one.
func takeHeadings(owners map[string]string, column *Column, owner, name string) (clash domain.FrameworkFault, found bool) {
	for _, heading := range columnHeadings(column) {
		other, taken := owners[keyOf(heading)]
		if !taken {
			owners[keyOf(heading)] = owner
			continue
		}
		if other == owner || found {
			continue
		}
		member := "code"
		if heading == name || heading == name+" need" {
			member = "name"
		}
		found = true
		clash = domain.FrameworkFault{
			Part: domain.FrameworkCompetences, Member: member,
			Message: fmt.Sprintf("In a file of assessments the heading %s would mean %s and %s. Choose another %s.", heading, owner, other, member),
		}
	}
	return clash, found
}

func columnHeadings(column *Column) []string {
	return append([]string{column.Name}, column.Synonyms...)
}

// frameworkNameClashes finds names under which a file could mean another version: a
// file may name a framework by its code or name, with the version or without.
func frameworkNameClashes(version domain.FrameworkVersion, published []domain.FrameworkVersion) (faults []domain.FrameworkFault) {
	fault := func(member, message string) {
		faults = append(faults, domain.FrameworkFault{Member: member, Message: message})
	}
	for i := range published {
		other := &published[i]
		title := fmt.Sprintf("%s %s", other.Framework, other.Version)
		if other.Framework == version.Framework {
			if keyOf(other.Name) == keyOf(version.Name) {
				fault("name", "The version "+title+" has this name. Put the version or the year into the name, so that files can tell them apart.")
			}
			continue
		}
		known := map[string]bool{}
		for _, name := range frameworkNames(other) {
			known[keyOf(name)] = true
		}
		switch {
		case known[keyOf(version.Framework)]:
			fault("framework", "Files know "+title+" by this code or one that differs only in signs. Choose another code.")
		case known[keyOf(version.Framework+version.Version)]:
			fault("version", "Files would take this framework and version for "+title+". Choose another code or version.")
		case known[keyOf(version.Name)], known[keyOf(frameworkTitle(&version))]:
			fault("name", "Files know "+title+" by this name. Choose another name.")
		}
	}
	return faults
}

// frameworkNames are the names by which frameworkFinder knows a version.
func frameworkNames(version *domain.FrameworkVersion) []string {
	return []string{version.Framework, frameworkTitle(version), version.Name, version.Framework + version.Version}
}
