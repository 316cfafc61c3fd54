// Package attack plays somebody who wants to know what a published figure about
// people hides, who knows the disclosure rule, asks every question that may be
// asked and puts all answers together by adding up and taking away. It is for tests
// alone: they fail when it finds something out.
//
// A number that the figures are about is a variable with the least and the greatest
// value it can still have. What must hold between numbers narrows them, again and
// again until nothing changes. Each value that is ruled out is truly impossible; a
// value that is left may still be impossible for a reason that only all numbers
// together would show.
package attack

import "math"

// Bounds are the least and the greatest number that is possible, both included.
type Bounds struct{ Low, High int32 }

// Unknown are the bounds of a number of which nothing is known.
func Unknown() Bounds { return Bounds{0, math.MaxInt32 / 4} }

// Network holds numbers and what must hold between them.
type Network struct {
	known []Bounds
	rules []relation
	of    [][]int32 // the relations of each number
	queue []int32
	waits []bool
}

// relation says that the numbers of plus less those of minus add up to at least low
// and at most high.
type relation struct {
	plus, minus []int32
	low, high   int
}

// NewNetwork returns a network of so many numbers, numbered from 0, of which
// nothing is known.
func NewNetwork(numbers int) *Network {
	n := &Network{known: make([]Bounds, numbers), of: make([][]int32, numbers)}
	for i := range n.known {
		n.known[i] = Unknown()
	}
	return n
}

// Known returns what is possible for a number.
func (n *Network) Known(number int32) Bounds { return n.known[number] }

// Learn adds that a number lies within bounds.
func (n *Network) Learn(number int32, b Bounds) {
	was := n.known[number]
	now := Bounds{max(was.Low, b.Low), min(was.High, b.High)}
	if now == was {
		return
	}
	n.known[number] = now
	for _, r := range n.of[number] {
		if !n.waits[r] {
			n.waits[r] = true
			n.queue = append(n.queue, r)
		}
	}
}

// Relate adds that the numbers of plus less those of minus add up to at least low
// and at most high.
func (n *Network) Relate(plus, minus []int32, low, high int) {
	r := int32(len(n.rules))
	n.rules = append(n.rules, relation{plus, minus, low, high})
	n.waits = append(n.waits, true)
	n.queue = append(n.queue, r)
	for _, numbers := range [][]int32{plus, minus} {
		for _, number := range numbers {
			n.of[number] = append(n.of[number], r)
		}
	}
}

// Sum adds that the parts add up to the total.
func (n *Network) Sum(total int32, parts []int32) { n.Relate(parts, []int32{total}, 0, 0) }

// AtMost adds that one number, or several together, are at most others together.
func (n *Network) AtMost(smaller, larger []int32) {
	n.Relate(larger, smaller, 0, math.MaxInt32)
}

// Narrow rules out everything that cannot be, until nothing changes. It returns
// false when the numbers contradict one another: then something that was said to
// hold does not.
func (n *Network) Narrow() bool {
	for len(n.queue) > 0 {
		r := n.queue[0]
		n.queue = n.queue[1:]
		n.waits[r] = false
		if !n.apply(n.rules[r]) {
			n.queue = n.queue[:0]
			clear(n.waits)
			return false
		}
	}
	return true
}

// apply narrows the numbers of one relation by one another.
func (n *Network) apply(r relation) bool {
	least, most := 0, 0
	for _, v := range r.plus {
		least, most = least+int(n.known[v].Low), most+int(n.known[v].High)
	}
	for _, v := range r.minus {
		least, most = least-int(n.known[v].High), most-int(n.known[v].Low)
	}
	if least > r.high || most < r.low {
		return false
	}
	for _, v := range r.plus {
		b := n.known[v]
		n.narrow(v, r.low-(most-int(b.High)), r.high-(least-int(b.Low)))
	}
	for _, v := range r.minus {
		b := n.known[v]
		n.narrow(v, least+int(b.High)-r.high, most+int(b.Low)-r.low)
	}
	return true
}

func (n *Network) narrow(number int32, low, high int) {
	b := n.known[number]
	if low <= int(b.Low) && high >= int(b.High) {
		return
	}
	n.Learn(number, Bounds{int32(max(low, int(b.Low))), int32(min(high, int(b.High)))})
}

// Suppose returns a copy to which something else can be added, so that the network
// itself stays as it is.
func (n *Network) Suppose() *Network {
	c := *n
	c.known = append([]Bounds(nil), n.known...)
	c.waits = make([]bool, len(n.rules))
	c.queue = nil
	return &c
}
