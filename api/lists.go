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
		Framework: f.Framework, Version: f.Version, Name: f.Name, Scoring: spec.FrameworkScoring(f.Scoring),
		ValidFrom: specDate(f.ValidFrom), ValidityMonths: f.ValidityMonths, Source: f.Source, Licence: f.Licence,
	}
	for _, c := range f.Competences {
		answer.Competences = append(answer.Competences, struct {
			Code     string `json:"code"`
			Domain   string `json:"domain"`
			MaxLevel int    `json:"max_level"`
			Name     string `json:"name"`
		}{c.Code, c.Domain, int(c.MaxLevel), c.Name})
	}
	for _, l := range f.Levels {
		answer.Levels = append(answer.Levels, struct {
			Band  *string `json:"band,omitempty"`
			Level int     `json:"level"`
			Name  string  `json:"name"`
		}{textOf(l.Band), int(l.Level), l.Name})
	}
	return answer
}
