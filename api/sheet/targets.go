package sheet

import (
	"skillstracker/domain"
)

// targetBinder reads targets. Each row names its own framework version.
type targetBinder struct {
	books        *valueBooks
	finder       *frameworkFinder
	others       map[string]string
	frameworks   map[domain.FrameworkRef]*targetFramework // those that rows have named
	today        domain.Date
	rows         []domain.TargetRow
	organisation organisationColumnCheck

	framework, version, competence, domain, level, jobRole, staffGroup, band, action column
	validFrom                                                                        dateColumn
}

func newTargetBinder(t *table, opts Options, lists domain.Lists) *targetBinder {
	return &targetBinder{
		books:        newValueBooks(t, lists, true),
		finder:       newFrameworkFinder(t, lists.Frameworks, domain.FrameworkVersion{}),
		others:       competencesOf(lists.Frameworks),
		frameworks:   make(map[domain.FrameworkRef]*targetFramework),
		today:        opts.Today,
		organisation: newOrganisationCheck(t, opts),
		framework:    t.column(fieldFramework),
		version:      t.column(fieldFrameworkVersion),
		competence:   t.column(fieldCompetence),
		domain:       t.column(fieldDomain),
		level:        t.column(fieldLevel),
		jobRole:      t.column(fieldJobRole),
		staffGroup:   t.column(fieldStaffGroup),
		band:         t.column(fieldBand),
		action:       t.column(fieldAction),
		validFrom:    dateColumn{column: t.column(fieldValidFrom)},
	}
}

func (b *targetBinder) bind(r *rowReader) {
	row := domain.TargetRow{Row: r.number, Action: r.action(b.action, b.books.actions)}
	b.organisation.check(r)
	framework := b.frameworkOf(r)
	if framework != nil {
		row.FrameworkID, row.Key.Framework, row.Key.Version = framework.ID, framework.Framework, framework.Version
	}
	highest := b.subject(r, framework, &row.Key)
	row.Key.ValidFrom = b.day(r)
	b.people(r, &row.Key)
	if row.Action == domain.ActionStore && framework != nil {
		row.Level = framework.read(r, highest)
	}
	b.rows = append(b.rows, row)
}

// frameworkOf returns the framework version that a row names, or nil when it names no
// published one.
func (b *targetBinder) frameworkOf(r *rowReader) *targetFramework {
	_, named := r.required(b.framework)
	version, versioned := r.required(b.version)
	if !named || !versioned {
		return nil
	}
	found, known := b.finder.ofRow(r)
	if !known {
		if fault := mangledCode(version); fault != "" {
			r.fault(fault, b.version, "")
		} else {
			r.fault(domain.FindingFrameworkUnknown, b.framework, "")
		}
		return nil
	}
	ref := domain.FrameworkRef{Framework: found.Framework, Version: found.Version}
	if b.frameworks[ref] == nil {
		b.frameworks[ref] = newTargetFramework(found, b.others)
	}
	return b.frameworks[ref]
}

// day reads the first day on which a target holds; it is 0 when the row gives none
// that could be read.
func (b *targetBinder) day(r *rowReader) domain.Date {
	cell, valued := r.required(b.validFrom.column)
	if !valued {
		return 0
	}
	day, ok := r.day(&b.validFrom, cell)
	if ok && (day < b.today.AddMonths(-longAgo) || day > b.today.AddMonths(farAhead)) {
		r.fault(domain.FindingValidFromUnusual, b.validFrom.column, "")
	}
	return day
}

// people reads for whom a target is. A job role tells its staff group, so that the
// group is not held beside it. A role of no group with one would be a target for
// fewer people than the key can say.
func (b *targetBinder) people(r *rowReader, key *domain.TargetKey) {
	key.StaffGroup = r.code(b.staffGroup, b.books.staffGroups)
	key.JobRole = r.jobRole(b.jobRole, b.books, key.StaffGroup, key.ValidFrom)
	key.Band = r.code(b.band, b.books.bands)
	if key.JobRole == "" || key.JobRole == domain.NotGiven || key.StaffGroup == "" || key.StaffGroup == domain.NotGiven {
		return
	}
	if b.books.roles.group(key.JobRole) == "" {
		r.fault(domain.FindingJobRoleGroup, b.jobRole, "The job role belongs to no staff group; leave the staff group empty.")
		return
	}
	key.StaffGroup = domain.NotGiven
}

func (b *targetBinder) finish(file *domain.UploadFile) { file.Targets = b.rows }
