package disclosure

import "skillstracker/domain"

// Count is a number of people as it may be shown. Value is 0 and has no meaning
// when Status is not empty.
type Count struct {
	Value  int
	Status domain.Status // empty when the count is shown
}

// Share is a fraction from 0 to 1 as it may be shown. Value is 0 and has no
// meaning when Status is not empty.
type Share struct {
	Value  float64
	Status domain.Status // empty when the share is shown
}

// Count returns a number of people as it may be shown: 0 as it is, a number
// below the threshold withheld, every other rounded.
func (r Rule) Count(people int) Count {
	switch {
	case r.off || people == 0:
		return Count{Value: people}
	case people < r.Threshold || r.RoundTo < 1:
		return Count{Status: domain.StatusConfidential}
	}
	return Count{Value: r.round(people)}
}

// countOf is Count for a number that may not be known.
func (r Rule) countOf(people *int) Count {
	if people == nil {
		return Count{Status: domain.StatusNotAvailable}
	}
	return r.Count(*people)
}

func (r Rule) round(people int) int {
	return (people + r.RoundTo/2) / r.RoundTo * r.RoundTo
}

// Share returns part divided by whole. It is not available when either is not,
// withheld when either is withheld, and not applicable when the whole is 0. As
// both have been rounded before, the share tells nothing that they do not; and as
// rounding keeps order, a part of a whole gives at most 1.
func (Rule) Share(part, whole Count) Share {
	for _, status := range []domain.Status{domain.StatusNotAvailable, domain.StatusConfidential, domain.StatusNotApplicable} {
		if part.Status == status || whole.Status == status {
			return Share{Status: status}
		}
	}
	if whole.Value == 0 {
		return Share{Status: domain.StatusNotApplicable}
	}
	return Share{Value: float64(part.Value) / float64(whole.Value)}
}

// FTE returns the FTE of a number of people as it may be shown: exact, or
// withheld with 0 and the status when the people are fewer than the threshold
// but not none.
func (r Rule) FTE(fte domain.FTE, people int) (domain.FTE, domain.Status) {
	if status := r.Count(people).Status; status != "" {
		return 0, status
	}
	return fte, ""
}
