package sheet

import (
	"strconv"

	"skillstracker/domain"
)

// positionCell is what a column holds of a position vacancy.
func positionCell(row *domain.PositionRow, column string) Cell {
	switch column {
	case fieldVacancyReference:
		return textValue(row.Reference)
	case fieldStaffGroup:
		return codeValue(row.StaffGroup)
	case fieldJobRole:
		return codeValue(row.JobRole)
	case fieldBand:
		return codeValue(row.Band)
	case fieldAreaOfWork:
		return codeValue(row.AreaOfWork)
	case fieldTeam:
		return textValue(row.Team)
	case fieldPosts:
		return Cell{Kind: Number, Text: strconv.Itoa(row.Posts)}
	case fieldFTE:
		return Cell{Kind: Number, Text: row.FTE.String()}
	case fieldOpenedOn:
		return dateValue(&row.OpenedOn)
	case fieldClosedOn:
		return dateValue(row.ClosedOn)
	case fieldStatus:
		return codeValue(row.Status)
	case fieldAction:
		return actionValue(row.Action)
	}
	return Cell{}
}

// targetCell is what a column holds of a target.
func targetCell(row *domain.TargetRow, column string) Cell {
	switch column {
	case fieldFramework:
		return textValue(row.Key.Framework)
	case fieldFrameworkVersion:
		return textValue(row.Key.Version)
	case fieldCompetence:
		return codeValue(row.Key.Competence)
	case fieldDomain:
		return codeValue(row.Key.Domain)
	case fieldLevel:
		if row.Level == nil {
			return Cell{}
		}
		return levelValue(*row.Level)
	case fieldJobRole:
		return codeValue(row.Key.JobRole)
	case fieldStaffGroup:
		return codeValue(row.Key.StaffGroup)
	case fieldBand:
		return codeValue(row.Key.Band)
	case fieldValidFrom:
		return dateValue(&row.Key.ValidFrom)
	case fieldAction:
		return actionValue(row.Action)
	}
	return Cell{}
}
