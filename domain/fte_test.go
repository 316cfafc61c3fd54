package domain_test

import (
	"math"
	"math/big"
	"strings"
	"testing"

	"skillstracker/domain"
)

func TestParseFTE(t *testing.T) {
	for text, want := range map[string]domain.FTE{
		"0": 0, "1": 100_000, "01": 100_000, "1.0": 100_000, "1.": 100_000, ".5": 50_000, "0.6": 60_000, " 0.6 ": 60_000, "+0.6": 60_000,
		"-0.6": -60_000, "-0": 0, "0.00001": 1, "0.123450": 12_345, "2.533330000": 253_333, "9999999.99999": 999_999_999_999,
		"-9999999.99999": -999_999_999_999, "00000000012.5": 1_250_000,
		// Noise of binary floats, as spreadsheets write it.
		"0.53332999999999997": 53_333, "0.30000000000000004": 30_000, "0.99999999999999989": 100_000, "37.500000000000007": 3_750_000,
		"0.6000049999999999": 60_000, "0.6000050000000001": 60_001, "9999999.99998999999": 999_999_999_999, "-0.30000000000000004": -30_000,
	} {
		got, err := domain.ParseFTE(text)
		if err != nil || got != want {
			t.Errorf("%q is %d, %v, want %d", text, got, err, want)
		}
	}
	for _, text := range []string{
		"", " ", ".", "-", "+", "-.", "1,5", "1.5.2", "1e2", "0x10", "1 000", "--1", "+-1", "NaN", "Inf", "½", "٣", "1.5 FTE", "1_000",
		"0.123456", "1.000001", "10000000", "9999999.999995", "99999999999999999999", "9999999.99999999999",
	} {
		if got, err := domain.ParseFTE(text); err == nil {
			t.Errorf("%q is taken as %s", text, got)
		} else if trimmed := strings.TrimSpace(text); len(trimmed) > 1 && strings.Contains(err.Error(), trimmed) {
			t.Errorf("the error %q repeats the value", err)
		}
	}
}

func TestFTEIsWrittenWithTheDecimalsItNeeds(t *testing.T) {
	for value, want := range map[domain.FTE]string{
		0: "0", 1: "0.00001", 60_000: "0.6", 100_000: "1", -253_333: "-2.53333", -1: "-0.00001", 999_999_999_999: "9999999.99999",
		math.MaxInt64: "92233720368547.75807",
	} {
		if got := value.String(); got != want {
			t.Errorf("%d is written %s, want %s", int64(value), got, want)
		}
	}
	if got := domain.FTE(53_333).Float(); got != 0.53333 {
		t.Errorf("the float is %v", got)
	}
}

func TestRatio(t *testing.T) {
	for _, c := range []struct {
		a, b  domain.FTE
		want  float64
		known bool
	}{{1, 4, 0.25, true}, {-50_000, 100_000, -0.5, true}, {0, 3, 0, true}, {0, 0, 0, false}, {5, 0, 0, false}} {
		if got, known := domain.Ratio(c.a, c.b); got != c.want || known != c.known {
			t.Errorf("%s / %s is %v, %t, want %v, %t", c.a, c.b, got, known, c.want, c.known)
		}
	}
}

// Whatever is taken is within the column's range, comes back from its own text,
// and is the number that was written to within half a hundred-thousandth.
func FuzzParseFTE(f *testing.F) {
	for _, seed := range []string{"", "0", "1", "-2.53333", "0.53332999999999997", "9999999.99999", "1e5", "+.5", "00.10", "1.999995", "9999999.999994999", "8700000.0000249997"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		value, err := domain.ParseFTE(text)
		if err != nil {
			if value != 0 {
				t.Errorf("%q is refused and gives %s", text, value)
			}
			return
		}
		if value > 999_999_999_999 || value < -999_999_999_999 {
			t.Errorf("%q is %d", text, value)
		}
		again, err := domain.ParseFTE(value.String())
		if err != nil || again != value {
			t.Errorf("%q is %s, which is read as %s, %v", text, value, again, err)
		}
		exact, isNumber := new(big.Rat).SetString(strings.TrimSpace(text))
		if !isNumber {
			t.Fatalf("%q is taken as %s and is no number", text, value)
		}
		difference := exact.Sub(exact, big.NewRat(int64(value), 100_000))
		if difference.Abs(difference).Cmp(big.NewRat(1, 200_000)) > 0 {
			t.Errorf("%q is taken as %s", text, value)
		}
	})
}
