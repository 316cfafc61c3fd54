package sheet

import "skillstracker/domain"

// warnUnusual warns of figures of one cell that hardly go together. Each pair is
// looked at only where both are known; unlike measures are compared, never added.
func (b *vacancyBinder) warnUnusual(r *rowReader, m *domain.VacancyMeasures) {
	const unit = int64(domain.FTEUnit)
	if budget := m.Budgeted; budget.State == domain.Known {
		// Part-time posts are less than 1 FTE each, so a budget of 0.6 is one post.
		posts := (budget.Value + unit - 1) / unit
		if m.Reported.State == domain.Known && m.Reported.Value > posts {
			r.fault(domain.FindingReportedAboveBudget, b.reported, "")
		}
		if m.Advertised.State == domain.Known && m.Advertised.Value > posts {
			r.fault(domain.FindingAdvertAboveBudget, b.advertised, "")
		}
		if temporary := knownValue(m.Bank) + knownValue(m.Agency); budget.Value > 0 && temporary > budget.Value {
			r.fault(domain.FindingTemporaryAboveBudget, b.budgeted, "")
		}
	}
	if m.Contracted.State == domain.Known && m.Headcount.State == domain.Known && m.Contracted.Value*2 > m.Headcount.Value*3*unit {
		r.fault(domain.FindingFTEAboveHeadcount, b.contracted, "")
	}
}

// knownValue is the value of a measure that is known, or 0.
func knownValue(m domain.Measure) int64 {
	if m.State == domain.Known {
		return m.Value
	}
	return 0
}
