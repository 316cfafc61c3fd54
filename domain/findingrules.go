package domain

import "slices"

// FindingRule is one published check: its code, what it does to the upload, its
// wording, how to mend the fault and an example of it.
type FindingRule struct {
	Code     FindingCode
	Severity Severity
	Message  string
	Mend     string
	// Example shows the fault and the mended form: "Wrong: ... Right: ...". What it
	// shows is synthetic.
	Example string
	// Kinds are the kinds of upload in which it can be found; none means all.
	Kinds []UploadKind
}

// FindingRules lists every check of uploads, in the order of the published page:
// the file as a whole, then its cells, then its records.
func FindingRules() []FindingRule {
	return slices.Concat(
		unreadableRules(), tableRules(), noteRules(), personalRules(),
		cellRules(), employeeRules(), referenceRules(), codeRules(), dateRules(), numberRules(), rangeRules(),
		positionRules(), targetRules(),
		rowRules(), registerRules(), planRules(),
	)
}

// The kinds of upload in which a check is made, for the lists of rules.
func ofStaff() []UploadKind       { return []UploadKind{UploadStaff} }
func ofAssessments() []UploadKind { return []UploadKind{UploadAssessments} }
func ofVacancies() []UploadKind   { return []UploadKind{UploadVacancies} }
func ofPeople() []UploadKind      { return []UploadKind{UploadStaff, UploadAssessments} }
func ofPosts() []UploadKind       { return []UploadKind{UploadStaff, UploadVacancies, UploadPositions} }

func ofTeams() []UploadKind  { return []UploadKind{UploadStaff, UploadAssessments, UploadPositions} }
func ofCounts() []UploadKind { return []UploadKind{UploadVacancies, UploadPositions} }
func ofLevels() []UploadKind { return []UploadKind{UploadAssessments, UploadTargets} }

// ofFacts are the kinds that state what was, as targets do not.
func ofFacts() []UploadKind {
	return []UploadKind{UploadStaff, UploadAssessments, UploadVacancies, UploadPositions}
}

// ofRecords are the kinds in which two rows with one key are the same record; in a
// staff list they are two assignments.
func ofRecords() []UploadKind {
	return []UploadKind{UploadAssessments, UploadVacancies, UploadPositions, UploadTargets}
}

// ofComplete are the kinds of which a file can be complete.
func ofComplete() []UploadKind {
	return []UploadKind{UploadStaff, UploadVacancies, UploadPositions, UploadTargets}
}
