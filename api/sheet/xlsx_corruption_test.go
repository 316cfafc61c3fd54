package sheet_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"skillstracker/api/sheet"
)

// corruption is one way in which a file comes to harm.
type corruption struct {
	name string
	do   func(data []byte, random *rand.Rand) []byte
}

// corruptions are what transfers, disks and editors do. None changes the slice
// that it is given.
func corruptions() []corruption {
	span := func(data []byte, random *rand.Rand) (from, to int) {
		from = random.IntN(len(data))
		return from, min(len(data), from+1+random.IntN(max(len(data)/4, 1)))
	}
	return []corruption{
		{"a bit flipped", func(data []byte, random *rand.Rand) []byte {
			bad := slices.Clone(data)
			bad[random.IntN(len(bad))] ^= 1 << random.IntN(8)
			return bad
		}},
		{"several bits flipped", func(data []byte, random *rand.Rand) []byte {
			bad := slices.Clone(data)
			for range 2 + random.IntN(20) {
				bad[random.IntN(len(bad))] ^= 1 << random.IntN(8)
			}
			return bad
		}},
		{"cut off", func(data []byte, random *rand.Rand) []byte {
			return slices.Clone(data[:random.IntN(len(data))])
		}},
		{"a range deleted", func(data []byte, random *rand.Rand) []byte {
			from, to := span(data, random)
			return slices.Concat(data[:from], data[to:])
		}},
		{"a range doubled", func(data []byte, random *rand.Rand) []byte {
			from, to := span(data, random)
			return slices.Concat(data[:to], data[from:])
		}},
		{"a range zeroed", func(data []byte, random *rand.Rand) []byte {
			bad := slices.Clone(data)
			from, to := span(data, random)
			clear(bad[from:to])
			return bad
		}},
	}
}

// TestXLSXRandomCorruptions harms a good workbook 200 times, half of them in
// its archive and half inside a part, which is then packed anew so that its
// checksum is right. None may be accepted with fewer rows than it has, and none
// that was harmed in its archive with other rows.
func TestXLSXRandomCorruptions(t *testing.T) {
	parts := corruptibleParts()
	good := zipped(t, parts)
	want := mustRead(t, good)
	if len(want) != 300 {
		t.Fatalf("the good workbook has %d rows", len(want))
	}
	outcomes := map[string]int{}
	for seed := range uint64(200) {
		random := rand.New(rand.NewPCG(seed, 17))
		harm := corruptions()[int(seed/2)%len(corruptions())]
		place := "the archive"
		var bad []byte
		if seed%2 == 0 {
			bad = harm.do(good, random)
		} else {
			// The sheet and the shared texts hold the rows, so they are harmed most.
			at := []int{6, 6, 6, 5, 5, 4, 3, 2, 1}[random.IntN(9)]
			place = parts[at].name
			harmed := slices.Clone(parts)
			harmed[at].text = string(harm.do([]byte(harmed[at].text), random))
			bad = zipped(t, harmed)
		}
		what := fmt.Sprintf("seed %d, %s in %s", seed, harm.name, place)
		got, err := readAll(bad, sheet.DefaultLimits())
		switch {
		case err != nil:
			checkFault(t, err)
			outcomes["refused"]++
		case len(got) < len(want):
			t.Errorf("%s: accepted with %d rows of %d", what, len(got), len(want))
		case seed%2 == 0 && !reflect.DeepEqual(got, want):
			t.Errorf("%s: accepted with other rows", what)
		default:
			outcomes["accepted with all rows"]++
		}
	}
	t.Logf("of 200 corruptions: %v", outcomes)
	if outcomes["refused"] < 150 {
		t.Errorf("only %d of 200 corruptions were noticed", outcomes["refused"])
	}
}

// corruptibleParts is a workbook of 300 rows with each kind of value, with and
// without references.
func corruptibleParts() []part {
	var rows, shared strings.Builder
	for i := range 300 {
		fmt.Fprintf(&rows, `<row r="%d"><c r="A%d" t="s"><v>%d</v></c><c r="B%d"><v>%d.5</v></c><c r="C%d" s="1"><v>%d</v></c><c t="inlineStr"><is><t>inline %d</t></is></c></row>`,
			i+1, i+1, i, i+1, i, i+1, 45000+i, i)
		fmt.Fprintf(&shared, "<si><t>synthetic text %d</t></si>", i*7919%1000)
	}
	return with(bookParts(sheetXML(rows.String())), "xl/sharedStrings.xml", stringsXML(shared.String()))
}
