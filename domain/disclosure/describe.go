package disclosure

import "fmt"

// Describe returns the rule in sentences for cover sheets and notes.
func (r Rule) Describe() []string {
	if r.off {
		return []string{
			"Figures about people are exact: no disclosure control has been applied.",
			"This is management information for the organisation's own HR team. It is not for publication and must not be passed on.",
		}
	}
	below := r.Threshold - 1
	return []string{
		fmt.Sprintf("Figures about people have passed the disclosure rule %s.", r.Name()),
		fmt.Sprintf("Counts of 1 to %d people are withheld, 0 is shown as 0, and all other counts are rounded to the nearest %d. A withheld figure is marked [c] in worksheets and has the status c elsewhere.", below, r.RoundTo),
		"Each figure is added up exactly and then rounded by itself, so parts may not add up to their total.",
		"Shares are worked out from the rounded counts, so they are approximate and may not add up to 100 per cent.",
		fmt.Sprintf("FTE of 1 to %d people is withheld, and other FTE of people is rounded to the nearest %d, because exact sums could be taken from one another.", below, r.RoundTo),
		fmt.Sprintf("In a distribution over levels or over gaps, a class of 0 to %d people is withheld, so there [c] can also stand for nobody. The people of several classes together are withheld when they would be shown as 0 although one of the classes is withheld.", below),
		fmt.Sprintf("A distribution is withheld whole, its base included, when it is about fewer than %d people, when none of its classes could be shown, when a withheld class could only be one of fewer than %d numbers given the others, or when only one class could be shown of a group that may be of fewer than %d people. So a withheld distribution does not mean that everybody is at one level.", r.Threshold, r.Feasible, r.UniformBelow),
		fmt.Sprintf("In a row that is broken down by two or more of place, staff group, band and the like, a distribution is withheld when its base would be shown as less than %d. So are, in every row, gaps to needs, and gaps to targets that are not the same for everybody in the row.", r.FineBase),
		fmt.Sprintf("Mean and median levels, gaps and shares at target are worked out from the classes as they are shown, each withheld class counting as %d people, or less where the base leaves less. They are approximate, the more so the smaller the group and the more classes are withheld, and a mean can be drawn towards the middle of the scale.", r.WithheldLevelCountsAs),
		"Where everybody in a row has one target, gaps are worked out from the levels as they are shown; elsewhere they are a distribution of their own.",
		fmt.Sprintf("Starters, leavers and stayers of 0 to %d people are withheld. They are withheld together with opening and closing staff when opening staff are of 1 to %d people, when a withheld one could only be one of fewer than %d numbers given the others, or when no stayers could be shown of a group that may be of fewer than %d people.", below, below, r.Feasible, r.UniformBelow),
		"Dates of assessments are shown as month ends.",
		"The rule is made so that nobody's level can be worked out, be it from one row or by adding up and taking away many. It does not hide the size of every group: that can sometimes be worked out in that way.",
		"Counts of posts, vacancies, adverts and organisations are not about people and are not altered.",
	}
}
