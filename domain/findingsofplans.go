package domain

// The codes of findings that compare position vacancies and targets with what is held.
const (
	FindingPositionReopened FindingCode = "position_reopened"
	FindingPositionOpenedOn FindingCode = "position_opening_changed"
	FindingTargetEndNotHeld FindingCode = "target_end_not_held"
)

// planRules are about position vacancies and targets and what is held of them.
func planRules() []FindingRule {
	const w = SeverityWarning
	return []FindingRule{
		{
			FindingPositionReopened, w, "The reference is held as filled or closed, and the file opens it again; from now on it counts as open since its opening date.",
			"Give a new recruitment a reference of its own. A second attempt at the same one has status 11.",
			"Wrong: a filled post sent again as open under its old reference. Right: the new recruitment under a new reference.", ofPositions(),
		},
		{
			FindingPositionOpenedOn, w, "The opening date is another than the one that is held under the reference.",
			"Check the date. Give a new recruitment a reference of its own.",
			"Wrong: a reference used again for the next recruitment. Right: a reference for each recruitment.", ofPositions(),
		},
		{
			FindingTargetEndNotHeld, w, "The row has no level and so ends a target, but none holds on the day before; it changes nothing that counts.",
			"Check the competence, the role, the staff group, the band and the day, or delete the row. Only the nation ends its targets.",
			"Wrong: an empty level for band 5 where the target was set for staff group 03 and band 5. Right: the same row with its staff group.", ofTargets(),
		},
	}
}

func ofPositions() []UploadKind { return []UploadKind{UploadPositions} }
func ofTargets() []UploadKind   { return []UploadKind{UploadTargets} }
