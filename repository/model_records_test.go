package repository_test

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"skillstracker/domain"
)

// reference is the key of a position vacancy.
type reference string

// everyReference is the section of which a complete file of position vacancies speaks.
type everyReference struct{}

// versionName is the section of which a complete file of targets speaks.
type versionName struct{ framework, version string }

// sectionOfRecord is that part of what is held of which a file says which records there
// are, nil for records that a file never ends by leaving them out.
func sectionOfRecord(key any) any {
	switch k := key.(type) {
	case domain.VacancyKey:
		return sectionOf(k)
	case reference:
		return everyReference{}
	case domain.TargetKey:
		return versionName{k.Framework, k.Version}
	}
	return nil
}

// sayRecords stores, removes and, for a complete file, ends position vacancies or
// targets.
func (w *world) sayRecords(u *said, e *effect) {
	if u.complete {
		for _, key := range slices.Concat(slices.Collect(maps.Keys(u.records)), u.drop) {
			e.reports[sectionOfRecord(key)] = true
		}
	}
	for key := range w.records {
		_, stated := u.records[key]
		if e.reports[sectionOfRecord(key)] && !stated && !slices.Contains(u.drop, key) {
			e.changed[key], e.back[key] = true, true
			e.counts.Ended++
			delete(w.records, key)
		}
	}
	for key, text := range u.records {
		held, known := w.records[key]
		e.store(key, known && held == text, known)
		w.records[key] = text
	}
	for _, key := range u.drop {
		e.changed[key], e.back[key] = true, true
		e.counts.Removed++
		delete(w.records, key)
	}
}

// recordLines writes the position vacancies and then the targets, in the order of their
// keys.
func (w *world) recordLines() []string {
	var lines []string
	keys := slices.SortedFunc(maps.Keys(w.records), func(a, b any) int {
		k, isTarget := a.(domain.TargetKey)
		l, other := b.(domain.TargetKey)
		switch {
		case isTarget && other:
			return cmp.Or(
				cmp.Compare(k.Framework, l.Framework), cmp.Compare(k.Competence, l.Competence), cmp.Compare(k.Domain, l.Domain),
				cmp.Compare(k.StaffGroup, l.StaffGroup), cmp.Compare(k.Band, l.Band), cmp.Compare(k.ValidFrom, l.ValidFrom),
			)
		case isTarget:
			return 1
		case other:
			return -1
		}
		return cmp.Compare(fmt.Sprint(a), fmt.Sprint(b))
	})
	for _, key := range keys {
		lines = append(lines, fmt.Sprint(key, " ", w.records[key]))
	}
	return lines
}

// postText is all that is said of a position vacancy.
func postText(r domain.PositionRow) string {
	closed := ""
	if r.ClosedOn != nil {
		closed = r.ClosedOn.String()
	}
	return fmt.Sprint(r.StaffGroup, r.JobRole, r.Band, r.AreaOfWork, r.Team, r.Posts, " ", r.FTE, " ", r.OpenedOn, " ", closed, " ", r.Status)
}

// aimText is the level of a target.
func aimText(r domain.TargetRow) string {
	if r.Level == nil {
		return "none"
	}
	return fmt.Sprint(*r.Level)
}

// readRecords adds what a file says of position vacancies and targets.
func (u *said) readRecords(file domain.UploadFile, left map[int]bool) {
	u.records = make(map[any]string)
	say := func(row int, action domain.Action, key any, text string) {
		switch {
		case left[row]:
		case action == domain.ActionRemove:
			u.drop = append(u.drop, key)
		default:
			u.records[key] = text
		}
	}
	for _, r := range file.Positions {
		say(r.Row, r.Action, reference(r.Reference), postText(r))
	}
	for _, r := range file.Targets {
		say(r.Row, r.Action, r.Key, aimText(r))
	}
}

// posts draws a file of position vacancies.
func (d *drawing) posts(held *world) domain.UploadFile {
	var rows []domain.PositionRow
	for n := range 5 {
		row := post(fmt.Sprint("V", n), func(r *domain.PositionRow) {
			r.Band, r.Posts = among(d, "5", "6"), among(d, 1, 1, 2)
			r.OpenedOn = modelDay(among(d, 1, 2, 3))
			if d.one(3) {
				r.Status, r.ClosedOn = "09", datePointer(modelDay(4))
			}
		})
		_, known := held.records[reference(row.Reference)]
		switch {
		case d.one(2):
		case known && d.one(5):
			rows = append(rows, post(row.Reference, takenBack))
		default:
			rows = append(rows, row)
		}
	}
	file := positions(d.organisation, rows...)
	file.Complete = d.one(3)
	return file
}

// aims draws a file of targets of one or two framework versions.
func (d *drawing) aims(held *world) domain.UploadFile {
	var rows []domain.TargetRow
	for _, version := range []domain.FrameworkVersion{d.version, d.other} {
		if d.one(2) {
			continue
		}
		for i := range 3 {
			for _, from := range []domain.Date{modelDay(1), modelDay(5)} {
				key := aim(version, version.Competences[i].Code, from).Key
				if i == 2 {
					key.Competence, key.Domain = domain.NotGiven, version.Competences[0].Domain
				}
				key.Band = among(d, domain.NotGiven, "5")
				row := domain.TargetRow{Key: key, FrameworkID: version.ID, Level: among(d, nil, aimAt(0), aimAt(1), aimAt(2))}
				_, known := held.records[key]
				switch {
				case d.one(2):
				case known && d.one(5):
					row.Action = domain.ActionRemove
					rows = append(rows, row)
				default:
					rows = append(rows, row)
				}
			}
		}
	}
	file := targets(d.organisation, rows...)
	file.Complete = d.one(3)
	return file
}
