package main

import (
	"fmt"
	"strings"

	"skillstracker/api/report/check"
)

// showCheck writes what a check found, for people: a headline, the breaches sheet by
// sheet, what was waived, and what was not checked.
func showCheck(h host, result check.Result) error {
	var out strings.Builder
	width := min(widthOf(h), 110)
	fmt.Fprintf(&out, "%s: %s, profile %s\n%s\n", printable(result.File), kindWord(result.Kind), result.Profile, checkHeadline(result))
	writeBreaches(&out, result.Breaches, false, width)
	if result.Waived > 0 {
		fmt.Fprintf(&out, "\nWaived by the profile %s:\n", result.Profile)
		writeBreaches(&out, result.Breaches, true, width)
	}
	writeOutcomes(&out, result, check.NotChecked, "Not checked", width)
	writeOutcomes(&out, result, check.NotApplicable, "Not asked of this workbook", width)
	return say(h, "%s", out.String())
}

func kindWord(kind check.Kind) string {
	switch kind {
	case check.Template:
		return "a template"
	case check.Findings:
		return "a workbook of findings"
	case check.Data:
		return "an export of records"
	case check.People:
		return "a report that names people"
	case check.Report:
	}
	return "a report"
}

// checkHeadline says in a sentence whether the workbook passes.
func checkHeadline(result check.Result) string {
	asked := result.Passed + result.Failed + result.Waived
	if result.OK() {
		text := fmt.Sprintf("Passes: all %d rules that were checked are kept.", asked)
		if result.Waived > 0 {
			text = fmt.Sprintf("Passes: of %d rules that were checked %d are kept and %d waived.", asked, result.Passed, result.Waived)
		}
		return text
	}
	var parts []string
	counted := map[string]bool{}
	for _, level := range []check.Level{check.Essential, check.Desirable, check.House} {
		n := 0
		for _, b := range result.Unwaived() {
			if b.Level == level && !counted[b.Rule] {
				counted[b.Rule] = true
				n++
			}
		}
		if n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, levelWord(level)))
		}
	}
	are := "are"
	if result.Failed == 1 {
		are = "is"
	}
	return fmt.Sprintf("Fails: of %s rules that were checked %d %s broken (%s).", grouped(float64(asked), 0), result.Failed, are, strings.Join(parts, ", "))
}

func levelWord(level check.Level) string {
	switch level {
	case check.Essential:
		return "essential"
	case check.Desirable:
		return "desirable"
	case check.House:
		return "house rule"
	}
	return string(level)
}

// writeBreaches writes the breaches that are waived, or those that are not, under the
// names of their sheets. Those that say the same are one with all their places.
func writeBreaches(out *strings.Builder, all []check.Breach, waived bool, width int) {
	sheet, first := "", true
	for i := 0; i < len(all); {
		b := all[i]
		places := []string{}
		next := i
		for ; next < len(all) && alike(all[next], b); next++ {
			if place := breachPlace(all[next]); place != "" {
				places = append(places, place)
			}
		}
		i = next
		if b.Waived != waived {
			continue
		}
		if first || b.Sheet != sheet {
			title := "The workbook"
			if b.Sheet != "" {
				title = "Sheet " + printable(b.Sheet)
			}
			fmt.Fprintf(out, "\n%s\n", title)
			sheet, first = b.Sheet, false
		}
		fmt.Fprintf(out, "%s\n", strings.TrimRight(fmt.Sprintf("  %s  %-10s  %s", b.Rule, levelWord(b.Level), placesText(places)), " "))
		writeWrapped(out, b.Message, width)
		if !waived {
			writeWrapped(out, "Mend: "+b.Advice, width)
		}
	}
}

func alike(a, b check.Breach) bool {
	return a.Rule == b.Rule && a.Sheet == b.Sheet && a.Level == b.Level && a.Message == b.Message && a.Waived == b.Waived
}

// breachPlace says where on its sheet a breach is.
func breachPlace(b check.Breach) string {
	if b.More == 0 {
		return b.Cell
	}
	if b.Cell == "" {
		return fmt.Sprintf("%d times", b.More+1)
	}
	return fmt.Sprintf("%s and %d more", b.Cell, b.More)
}

// placesText lists places, the first few of many.
func placesText(places []string) string {
	const most = 6
	if len(places) <= most {
		return strings.Join(places, ", ")
	}
	return fmt.Sprintf("%s, and in %d more places", strings.Join(places[:most], ", "), len(places)-most)
}

const checkIndent = "          "

func writeWrapped(out *strings.Builder, text string, width int) {
	for _, line := range wrap(printable(text), width-len(checkIndent)) {
		out.WriteString(checkIndent + line + "\n")
	}
}

// writeOutcomes lists the rules with an outcome, those with the same reason together.
func writeOutcomes(out *strings.Builder, result check.Result, outcome check.Outcome, title string, width int) {
	var reasons []string
	rules := map[string][]string{}
	for _, rule := range result.Rules {
		if rule.Outcome != outcome {
			continue
		}
		if rules[rule.Why] == nil {
			reasons = append(reasons, rule.Why)
		}
		rules[rule.Why] = append(rules[rule.Why], rule.ID)
	}
	for i, why := range reasons {
		if i == 0 {
			fmt.Fprintf(out, "\n%s:\n", title)
		}
		lines := wrap(strings.Join(rules[why], ", ")+": "+why+".", width-2)
		fmt.Fprintf(out, "  %s\n", strings.Join(lines, "\n  "))
	}
}
