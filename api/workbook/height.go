package workbook

import "math"

const maxHeight = 409 // points, the most that a row can have

// RowText is a text of a row as its height depends on it.
type RowText struct {
	Text   string
	Column float64 // width of its column; 0 when it is not wrapped
	Style  Style
}

// RowHeight returns the height in points that a row needs for its texts, 0 for the
// usual height of one line of body text. It is an estimate for programs that do not
// work it out themselves, in quarters of a point.
func RowHeight(texts ...RowText) float64 {
	points := 0.0
	for _, t := range texts {
		count, scale := 1, t.Style.size()/BodySize
		if t.Column > 0 {
			letters := scale
			if t.Style.bold() {
				letters *= boldFactor
			}
			count = lines(t.Text, t.Column, letters)
		}
		points = max(points, float64(count)*lineHeight*scale)
	}
	if points <= lineHeight {
		return 0
	}
	return min(math.Ceil(points*4)/4, maxHeight)
}
