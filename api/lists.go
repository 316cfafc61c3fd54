package api

import (
	"context"

	"skillstracker/api/spec"
	"skillstracker/domain"
)

// GetReferenceLists shows the lists against which files and queries are checked.
func (h *handlers) GetReferenceLists(ctx context.Context, _ spec.GetReferenceListsRequestObject) (spec.GetReferenceListsResponseObject, error) {
	lists, err := h.lists.read(ctx)
	if err != nil {
		return nil, err
	}
	answer := spec.GetReferenceLists200JSONResponse{
		StaffGroups: listed(lists.StaffGroups, func(g domain.StaffGroup) spec.ListEntry {
			return spec.ListEntry{Code: g.Code, Name: g.Name}
		}),
		Bands: listed(lists.Bands, func(b domain.Band) spec.ListEntry {
			return spec.ListEntry{Code: b.Code, Name: b.Name}
		}),
		JobRoles: listed(lists.JobRoles, func(r domain.JobRole) spec.ListEntry {
			return spec.ListEntry{Code: r.Code, Name: r.Name, StaffGroup: textOf(r.StaffGroup), Retired: textOf(r.Retired), Digital: &r.Digital}
		}),
		AreasOfWork: listed(lists.AreasOfWork, func(a domain.AreaOfWork) spec.ListEntry {
			return spec.ListEntry{Code: a.Code, Name: a.Path(), Retired: textOf(a.Retired), Digital: &a.Digital}
		}),
		ContractTypes: listed(lists.ContractTypes, func(t domain.ContractType) spec.ListEntry {
			return spec.ListEntry{Code: t.Code, Name: t.Name, InPost: &t.InPost}
		}),
		PositionStatuses: listed(lists.PositionStatuses, func(p domain.PositionStatus) spec.ListEntry {
			return spec.ListEntry{Code: p.Code, Name: p.Name}
		}),
		Frameworks: listed(lists.Frameworks, specFramework),
	}
	return answer, nil
}

func listed[From, To any](entries []From, write func(From) To) []To {
	written := make([]To, len(entries))
	for i, entry := range entries {
		written[i] = write(entry)
	}
	return written
}

func specFramework(f domain.FrameworkVersion) spec.Framework {
	answer := spec.Framework{
		Framework: f.Framework, Version: f.Version, Name: f.Name, Scoring: spec.Scoring(f.Scoring),
		ValidFrom: specDate(f.ValidFrom), ValidityMonths: f.ValidityMonths, Source: f.Source, Licence: f.Licence,
	}
	for _, d := range f.Domains {
		answer.Domains = append(answer.Domains, spec.CompetenceArea{Code: d.Code, Name: d.Name})
	}
	for _, c := range f.Competences {
		written := spec.Competence{Code: c.Code, Name: c.Name, Domain: c.Domain, MaxLevel: int(c.MaxLevel)}
		if c.Threshold > 0 {
			threshold := int(c.Threshold)
			written.Threshold = &threshold
		}
		answer.Competences = append(answer.Competences, written)
	}
	for _, l := range f.Levels {
		answer.Levels = append(answer.Levels, spec.ScaleLevel{Band: textOf(l.Band), Level: int(l.Level), Name: l.Name})
	}
	return answer
}
