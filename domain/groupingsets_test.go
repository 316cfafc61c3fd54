package domain_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"skillstracker/domain"
)

func TestGroupingSets(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		by   string
		want string
	}{
		{"", "-"},
		{"month nation competence domain quarter", "-"},
		{"organisation", "- organisation"},
		{"region icb organisation", "- organisation icb,organisation region,icb,organisation"},
		{"organisation region", "- organisation organisation,region"},
		{"region month", "- region"},
		{"region icb band", "- icb region,icb band icb,band region,icb,band"},
		{"band digital", "- band digital band,digital"},
		{"kind icb sector", "- icb kind kind,icb sector icb,sector kind,sector kind,icb,sector"},
		{"team assessor_kind competence", "- team assessor_kind team,assessor_kind"},
	} {
		t.Run(c.by, func(t *testing.T) {
			t.Parallel()
			f := domain.TotalsFilter{Subtotals: true}
			for name := range strings.FieldsSeq(c.by) {
				f.GroupBy = append(f.GroupBy, domain.Dimension(name))
			}
			var got []string
			for _, set := range f.GroupingSets() {
				text := strings.ReplaceAll(strings.Trim(fmt.Sprint(set), "[]"), " ", ",")
				if text == "" {
					text = "-"
				}
				got = append(got, text)
			}
			if diff := cmp.Diff(strings.Fields(c.want), got); diff != "" {
				t.Errorf("grouping sets (-want +got):\n%s", diff)
			}
			f.Subtotals = false
			if sets := f.GroupingSets(); len(sets) != 1 || len(sets[0]) > 0 {
				t.Errorf("without subtotals: %v", sets)
			}
		})
	}
}
