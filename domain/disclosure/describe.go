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
		fmt.Sprintf("FTE of 1 to %d people is withheld.", below),
		fmt.Sprintf("In a distribution over levels, a level held by 0 to %d people is withheld, so there [c] can also stand for nobody.", below),
		fmt.Sprintf("A distribution is withheld whole, its base included, when it is about fewer than %d people, when none of its levels could be shown, when a withheld level could only be one of fewer than %d numbers given the others, or when the rounded figures leave it possible that one level holds everybody in a group of fewer than %d. So a withheld distribution does not mean that everybody is at one level.", r.Threshold, r.Feasible, r.UniformBelow),
		fmt.Sprintf("Mean and median levels are worked out from the levels as they are shown, each withheld level counting as %d people. They are approximate, the more so the smaller the group and the more levels are withheld, and the mean can be drawn towards the middle of the scale.", r.WithheldLevelCountsAs),
		"The rule is made so that nobody's level can be worked out from a distribution. It does not hide the size of every group: that can sometimes be worked out by adding up and taking away published figures and, very rarely, so can the level of everybody in a small group.",
		"Counts of posts, vacancies, adverts and organisations are not about people and are not altered.",
	}
}
