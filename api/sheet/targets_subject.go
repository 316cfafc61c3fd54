package sheet

import (
	"fmt"

	"skillstracker/domain"
)

// checkSubject records that a file of targets has neither a column of competences nor
// one of domains.
func (t *table) checkSubject(faults *domain.Findings) {
	if !t.column(fieldCompetence).present() && !t.column(fieldDomain).present() {
		faults.Add(domain.FindingColumnMissing, domain.Cell{Sheet: t.sheet, Column: fieldCompetence},
			fmt.Sprintf("One of the columns %s and %s is compulsory, and both are missing.", fieldCompetence, fieldDomain))
	}
}

// targetFramework reads what targets of a framework version are of.
type targetFramework struct {
	domain.FrameworkVersion

	competences *competenceFinder
	domains     *codeBook
	scale       *levelScale
	// highest is the highest level that a target may have: for a competence that of
	// its scale, for a domain the lowest of its competences'.
	ofCompetence, ofDomain map[string]domain.Level
}

func newTargetFramework(framework domain.FrameworkVersion, others map[string]string) *targetFramework {
	f := &targetFramework{
		FrameworkVersion: framework,
		competences:      newCompetenceFinder(framework, others),
		domains:          domainBook(framework),
		scale:            newTargetScale(framework),
		ofCompetence:     make(map[string]domain.Level, len(framework.Competences)),
		ofDomain:         make(map[string]domain.Level, len(framework.Domains)),
	}
	for _, c := range framework.Competences {
		f.ofCompetence[c.Code] = c.MaxLevel
		lowest, known := f.ofDomain[c.Domain]
		if !known || c.MaxLevel < lowest {
			f.ofDomain[c.Domain] = c.MaxLevel
		}
	}
	return f
}

// read reads the level of a target; nil is an empty cell, which ends the target, or
// one with a fault.
func (f *targetFramework) read(r *rowReader, c levelColumn) *domain.Level {
	if level := f.scale.read(r, &c); level >= 0 {
		return &level
	}
	return nil
}

// subject reads of what a target is, and returns the column of levels with the highest
// level that it may have. What could not be read is empty. Of an unknown framework
// version, nil, nothing can be said but whether the row names one thing.
func (b *targetBinder) subject(r *rowReader, framework *targetFramework, key *domain.TargetKey) levelColumn {
	level := levelColumn{column: b.level}
	competence, hasCompetence := r.given(b.competence)
	area, hasDomain := r.given(b.domain)
	switch {
	case hasCompetence && hasDomain:
		r.fault(domain.FindingSubjectTwice, b.competence, "")
	case hasCompetence:
		key.Domain = domain.NotGiven
	case hasDomain:
		key.Competence = domain.NotGiven
	case competence.Kind == ErrorValue || area.Kind == ErrorValue:
	case b.competence.present():
		r.fault(domain.FindingSubjectMissing, b.competence, "")
	case b.domain.present():
		r.fault(domain.FindingSubjectMissing, b.domain, "")
	}
	if framework == nil {
		return level
	}
	level.highest = framework.MaxLevel()
	switch {
	case hasCompetence == hasDomain:
	case hasCompetence:
		key.Competence = framework.competences.read(r, b.competence, competence)
		if highest, known := framework.ofCompetence[key.Competence]; known {
			level.highest = highest
		}
	default:
		key.Domain = r.code(b.domain, framework.domains)
		if highest, known := framework.ofDomain[key.Domain]; known {
			level.highest, level.ofDomain = highest, true
		}
	}
	return level
}

// given returns a cell that holds a value other than the dash that some write for none.
func (r *rowReader) given(c column) (Cell, bool) {
	cell, valued := r.optional(c)
	return cell, valued && !isDash(cell.Text)
}
