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

// FTE is the FTE of a number of people as it may be shown. Value is 0 and has no
// meaning when Status is not empty.
type FTE struct {
	Value  domain.FTE
	Status domain.Status // empty when the FTE is shown
}

// FTE returns the FTE of a number of people as it may be shown. It is withheld
// when their number is, and else rounded as if it counted people: exact sums could
// be taken from one another until the FTE of one person is left, and the FTE of
// people who all work whole time is their exact number. FTE that would be rounded
// to nothing is withheld, because 0 is nobody's.
func (r Rule) FTE(fte domain.FTE, people int) FTE {
	switch {
	case r.off:
		return FTE{Value: fte}
	case people == 0:
		return FTE{}
	case r.Count(people).Status != "":
		return FTE{Status: domain.StatusConfidential}
	}
	step := domain.FTE(r.RoundTo) * domain.FTEUnit
	rounded := (fte + step/2) / step * step
	if rounded <= 0 {
		return FTE{Status: domain.StatusConfidential}
	}
	return FTE{Value: rounded}
}

// fteOf is FTE for figures that may not be known.
func (r Rule) fteOf(fte *domain.FTE, people *int) FTE {
	if fte == nil || people == nil {
		return FTE{Status: domain.StatusNotAvailable}
	}
	return r.FTE(*fte, *people)
}
