package attack

// Group is a group of people: for each dimension the number of a value, or 0 for
// all of them together.
type Group [maxDimensions]uint8

const maxDimensions = 8

// Total says that the groups of some values of a dimension add up to the group of
// another one: organisations to their ICB, ICBs to the nation.
type Total struct {
	Value uint8
	Parts []uint8
}

// Dimension is something that people can be broken down by. Values are numbered
// from 1; 0 is everybody.
type Dimension struct {
	Name   string
	Values int
	Totals []Total
	// Assessed says that only people with a current assessment have a value, such as
	// who judged: other figures do not add up over it.
	Assessed bool
}

// Plain returns a dimension of so many values that add up to everybody.
func Plain(name string, values int) Dimension {
	total := Total{}
	for v := range values {
		total.Parts = append(total.Parts, uint8(v+1))
	}
	return Dimension{Name: name, Values: values, Totals: []Total{total}}
}

// Survey is all that can be asked about a population: the same figures for every
// group that may be asked for.
type Survey struct {
	*Network
	Dimensions []Dimension
	Groups     []Group // that may be asked for
	figures    int
	place      map[Group]int
}

// NewSurvey returns a survey of so many figures for every group that is broken down
// by at most so many dimensions and that may be asked for.
func NewSurvey(dimensions []Dimension, atMost, figures int, may func(Group) bool) *Survey {
	s := &Survey{Dimensions: dimensions, figures: figures, place: map[Group]int{}}
	var choose func(d, left int, g Group)
	choose = func(d, left int, g Group) {
		if d == len(dimensions) {
			if may(g) {
				s.place[g] = len(s.Groups)
				s.Groups = append(s.Groups, g)
			}
			return
		}
		choose(d+1, left, g)
		for v := 1; v <= dimensions[d].Values && left > 0; v++ {
			g[d] = uint8(v)
			choose(d+1, left-1, g)
		}
	}
	choose(0, atMost, Group{})
	s.Network = NewNetwork(len(s.Groups) * figures)
	return s
}

// Has says whether a group may be asked for.
func (s *Survey) Has(g Group) bool {
	_, found := s.place[g]
	return found
}

// Number returns the number in the network of one figure of a group that may be
// asked for.
func (s *Survey) Number(g Group, figure int) int32 { return int32(s.place[g]*s.figures + figure) }

// Parts returns the ways in which a group is the sum of others.
func (s *Survey) Parts(g Group) [][]Group {
	var ways [][]Group
	for d, dimension := range s.Dimensions {
		for _, total := range dimension.Totals {
			if total.Value != g[d] {
				continue
			}
			parts := make([]Group, 0, len(total.Parts))
			for _, value := range total.Parts {
				part := g
				part[d] = value
				if s.Has(part) {
					parts = append(parts, part)
				}
			}
			if len(parts) == len(total.Parts) && len(parts) > 0 {
				ways = append(ways, parts)
			}
		}
	}
	return ways
}

// AddUp adds that a figure of a group is the sum of those of its parts; ofAssessed says
// that it is about people with a current assessment.
func (s *Survey) AddUp(figure int, ofAssessed bool) {
	for _, g := range s.Groups {
		for _, parts := range s.Parts(g) {
			if ofAssessed || !s.brokenByAssessment(g, parts[0]) {
				numbers := make([]int32, len(parts))
				for i, part := range parts {
					numbers[i] = s.Number(part, figure)
				}
				s.Sum(s.Number(g, figure), numbers)
			}
		}
	}
}

// brokenByAssessment says whether a part of a group is one by a dimension that only
// people with a current assessment have.
func (s *Survey) brokenByAssessment(g, part Group) bool {
	for d, dimension := range s.Dimensions {
		if dimension.Assessed && g[d] != part[d] {
			return true
		}
	}
	return false
}

// Broken returns by how many dimensions a group is broken down.
func (g Group) Broken() int {
	n := 0
	for _, value := range g {
		if value > 0 {
			n++
		}
	}
	return n
}
