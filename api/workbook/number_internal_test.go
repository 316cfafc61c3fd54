package workbook

import (
	"math"
	"math/rand/v2"
	"strconv"
	"testing"
	"time"
)

func TestAppendNumberIsTheShortest(t *testing.T) {
	t.Parallel()
	numbers := []float64{0, math.Copysign(0, -1), 1, -1, 0.1, -0.3, 0.6, 12.34, 1e15, 1e15 - 1, -999999999999999, 0.00001, 0.000001, 1.0 / 3, 123456.78901, 1e-7, 1e300, 5e-324, 4503599627370497.5, 9007199254740993, 99999999.99999}
	random := rand.New(rand.NewPCG(4, 5))
	for range 20_000 {
		numbers = append(numbers, float64(random.Int64N(1e12))/1e5, float64(random.IntN(10_000))/100, random.NormFloat64()*1e6, math.Float64frombits(random.Uint64()))
	}
	for _, number := range numbers {
		if math.IsNaN(number) || math.IsInf(number, 0) {
			continue
		}
		got, err := appendNumber(nil, number)
		if err != nil {
			t.Fatal(err)
		}
		if back, err := strconv.ParseFloat(string(got), 64); err != nil || back != number {
			t.Errorf("%v is written as %s", number, got)
		}
		if shortest := strconv.FormatFloat(number, 'g', -1, 64); len(got) > len(shortest) && len(got) > len(strconv.FormatFloat(number, 'f', -1, 64)) {
			t.Errorf("%s is longer than %s", got, shortest)
		}
	}
	for _, number := range []float64{math.NaN(), math.Inf(1), math.Inf(-1)} {
		if got, err := appendNumber(nil, number); err == nil {
			t.Errorf("%v is written as %s", number, got)
		}
	}
}

func TestSerial(t *testing.T) {
	t.Parallel()
	for day, want := range map[string]int{"1900-01-01": 1, "1900-02-28": 59, "1900-03-01": 61, "1970-01-01": 25_569, "2026-10-31": 46_326, "9999-12-31": 2_958_465} {
		days, err := daysOf([]byte(day))
		if err != nil {
			t.Fatal(err)
		}
		if got, err := serial(days); err != nil || got != want {
			t.Errorf("%s is day %d, %v; want %d", day, got, err, want)
		}
	}
	for _, days := range []int{-25_568, 2_932_897} {
		if got, err := serial(days); err == nil {
			t.Errorf("day %d is taken as %d", days, got)
		}
	}
}

func TestDaysOf(t *testing.T) {
	t.Parallel()
	for day := time.Date(1899, 12, 31, 0, 0, 0, 0, time.UTC); day.Year() < 2105; day = day.AddDate(0, 0, 1) {
		if got, err := daysOf([]byte(day.Format(time.DateOnly))); err != nil || int64(got) != day.Unix()/secondsPerDay {
			t.Fatalf("%s is day %d, %v", day.Format(time.DateOnly), got, err)
		}
	}
	for _, text := range []string{"", "2026-1-1", "2026/10/31", "2026-13-01", "2026-00-10", "2026-10-00", "2026-10-32", "2026-02-29", "20x6-10-31", "infinity00"} {
		if _, err := daysOf([]byte(text)); err == nil {
			t.Errorf("%q is taken for a day", text)
		}
	}
}

func TestDecimal(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"0": "0", "-0.8": "-0.8", "12.50000": "12.5", "1000000": "1000000", "3.00": "3",
		"": "", "-": "", ".5": "", "5.": "", "1.2.3": "", "1e5": "", "NaN": "", "<v>": "", "1 ": "", "+1": "",
	} {
		got, err := decimal([]byte(text))
		if string(got) != want || (err == nil) != (want != "") {
			t.Errorf("%q is written as %q, %v; want %q", text, got, err, want)
		}
	}
}
