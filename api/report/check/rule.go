package check

// Level says how much a rule weighs.
type Level string

// The levels, as the guidance has them.
const (
	// Essential rules must hold for a workbook to pass the accessibility regulations.
	Essential Level = "E"
	// Desirable rules are best practice.
	Desirable Level = "D"
	// House rules are this project's own.
	House Level = "H"
)

// Profile says what a workbook is made for.
type Profile string

// The profiles. Accessible is the stricter one and the default.
const (
	// Accessible asks for every rule.
	Accessible Profile = "accessible"
	// Management waives the desirable rules that charts, colour scales and frozen
	// panes break, and lists what it waived.
	Management Profile = "management"
)

// Kind is what a workbook is. Some rules are not for all kinds.
type Kind string

// The kinds. A workbook that does not say what it is counts as a report.
const (
	// Report is a workbook for publication, or for managers.
	Report Kind = "report"
	// Template is a workbook that people fill in and send.
	Template Kind = "template"
	// Findings shows a file that was sent, with what is wrong with it.
	Findings Kind = "findings"
	// Data is an export of records for other programs.
	Data Kind = "data"
	// People is a report that names people, for HR only.
	People Kind = "people"
)

// Kinds returns all kinds.
func Kinds() []Kind { return []Kind{Report, Template, Findings, Data, People} }

// Rule is a rule of the catalogue.
type Rule struct {
	// ID is such as SH-09. It never changes its meaning.
	ID    string `json:"id"`
	Level Level  `json:"level"`
	// Area names the group of the rule, such as "Sheets".
	Area string `json:"area"`
	// Asks is a sentence that says what a workbook must be like.
	Asks string `json:"asks"`
	// Waiver says when the management profile waives the rule; empty for never.
	Waiver string `json:"waiver,omitempty"`
	// Exempt says for which kinds of workbook it is not asked, and why.
	Exempt []Exemption `json:"exempt,omitempty"`
}

// Exemption says where a rule is not asked.
type Exemption struct {
	Kinds []Kind `json:"kinds"`
	// Sheets names the sheets that are exempt; without any, the whole workbook is.
	Sheets []string `json:"sheets,omitempty"`
	Why    string   `json:"why"`
}

// Outcome is what became of a rule.
type Outcome string

// The outcomes.
const (
	Passed Outcome = "passed"
	Failed Outcome = "failed"
	// Waived is the outcome of a rule with breaches that the profile allows.
	Waived Outcome = "waived"
	// NotApplicable is the outcome of a rule that is not asked of this kind of
	// workbook, or about something that the workbook does not have.
	NotApplicable Outcome = "not_applicable"
	// NotChecked is the outcome of a rule for which something is missing that the
	// caller did not give.
	NotChecked Outcome = "not_checked"
)

// RuleResult is what became of a rule in one workbook.
type RuleResult struct {
	ID      string  `json:"id"`
	Level   Level   `json:"level"`
	Asks    string  `json:"asks"`
	Outcome Outcome `json:"outcome"`
	// Why says why a rule was not applicable, not checked or waived.
	Why string `json:"why,omitempty"`
	// Breaches is the number of breaches in the list of the report.
	Breaches int `json:"breaches"`
}

// Breach is a place at which a workbook does not keep a rule.
type Breach struct {
	Rule  string `json:"rule"`
	Level Level  `json:"level"`
	// Sheet is empty when the breach is about the whole workbook.
	Sheet string `json:"sheet"`
	// Cell is a cell such as B7, a row such as 7:7 or a column such as B:B; empty
	// when the breach is about the whole sheet.
	Cell string `json:"cell"`
	// More is the number of further places of the same column with the same breach.
	More int `json:"more"`
	// Message says what is wrong, Advice how to mend it.
	Message string `json:"message"`
	Advice  string `json:"advice"`
	Waived  bool   `json:"waived"`
}

// Result is what a check found.
type Result struct {
	File    string  `json:"file"`
	Kind    Kind    `json:"kind"`
	Profile Profile `json:"profile"`
	// The numbers of rules by their outcome.
	Passed        int `json:"passed"`
	Failed        int `json:"failed"`
	Waived        int `json:"waived"`
	NotApplicable int `json:"not_applicable"`
	NotChecked    int `json:"not_checked"`
	// Rules holds every rule of the catalogue, in its order.
	Rules []RuleResult `json:"rules"`
	// Breaches holds the breaches sheet by sheet, those of the whole workbook first.
	Breaches []Breach `json:"breaches"`
}

// OK says whether no rule failed.
func (r Result) OK() bool { return r.Failed == 0 }

// Unwaived returns the breaches that the profile does not allow.
func (r Result) Unwaived() []Breach {
	var list []Breach
	for _, b := range r.Breaches {
		if !b.Waived {
			list = append(list, b)
		}
	}
	return list
}
