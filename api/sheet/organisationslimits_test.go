package sheet_test

import (
	"context"
	"errors"
	"io"
	"os"
	"strconv"
	"strings"
	"testing"
	"testing/iotest"

	"skillstracker/api/sheet"
	"skillstracker/domain"
)

func TestReadOrganisationsNeverShowsAValue(t *testing.T) {
	const canary = "zebra"
	content := organisationHeader + strings.Repeat(canary+"!,"+strings.Repeat(canary, 50)+","+canary+",,"+canary+"!,"+canary+"!,"+canary+","+canary+","+canary+"\n", 2)
	_, findings := readOrganisations(t, content)
	if len(findings) != 16 {
		t.Errorf("%d findings, want 8 for each of two rows", len(findings))
	}
	for _, f := range findings {
		if strings.Contains(f.Message+f.Mend+f.Column, canary) {
			t.Errorf("finding %s shows a value: %q", f.Code, f.Message)
		}
	}
}

func TestReadOrganisationsCountsWhatItDoesNotKeep(t *testing.T) {
	const rows = domain.FindingLimit + 500
	_, findings, err := sheet.ReadOrganisations(t.Context(), strings.NewReader(organisationHeader+strings.Repeat("!,x,icb,,,,,,\n", rows)))
	if err != nil {
		t.Fatal(err)
	}
	if len(findings.List()) != domain.FindingLimit || findings.Errors() != domain.FindingLimit+1 {
		t.Errorf("%d findings kept and %d counted, want %d and one more", len(findings.List()), findings.Errors(), domain.FindingLimit)
	}
}

// A file of another kind is not read to its end, however long it is.
func TestReadOrganisationsStopsWhereItHelpsNobody(t *testing.T) {
	for name, line := range map[string]string{"faulty rows": "!,x,icb,,,,,,\n", "quotes": "\"a\"b\n", "fields": "a\n"} {
		read := &countingReader{source: strings.NewReader(organisationHeader + strings.Repeat(line, sheet.OrganisationFileLimit/len(line)-10))}
		_, findings, err := sheet.ReadOrganisations(t.Context(), read)
		if err != nil || findings.Errors() != domain.FindingLimit+1 || read.bytes > 1<<20 {
			t.Errorf("%s: %d bytes were read, %d errors, %v", name, read.bytes, findings.Errors(), err)
		}
	}
	wide := organisationHeader[:len(organisationHeader)-1] + strings.Repeat(",x", 300) + "\n"
	_, findings, err := sheet.ReadOrganisations(t.Context(), strings.NewReader(wide))
	if err != nil || findings.Errors() != 1 || findings.Warnings() != 0 {
		t.Errorf("%d errors and %d warnings, %v", findings.Errors(), findings.Warnings(), err)
	}
}

// countingReader counts the bytes that were asked of it.
type countingReader struct {
	source io.Reader
	bytes  int
}

func (c *countingReader) Read(p []byte) (int, error) {
	n, err := c.source.Read(p)
	c.bytes += n
	return n, err
}

func TestReadOrganisationsStopsWhenTheCallerDoes(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if _, _, err := sheet.ReadOrganisations(ctx, strings.NewReader(organisationHeader)); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestReadOrganisationsRefusesALargeFile(t *testing.T) {
	var content strings.Builder
	content.WriteString("note," + organisationHeader)
	rows := 0
	for content.Len() < sheet.OrganisationFileLimit-2<<20 {
		content.WriteString(strings.Repeat("z", 1<<20) + ",A" + strconv.Itoa(rows) + "ZZ,x,icb,,,,,,\n")
		rows++
	}
	const last = ",RRK,x,icb,,,,,,\n"
	fitting := content.String() + strings.Repeat("z", sheet.OrganisationFileLimit-content.Len()-len(last)) + last
	entries, findings, err := sheet.ReadOrganisations(t.Context(), strings.NewReader(fitting))
	if err != nil || findings.Errors() > 0 || len(entries) != rows+1 {
		t.Errorf("%d bytes give %d entries and error %v", len(fitting), len(entries), err)
	}
	entries, _, err = sheet.ReadOrganisations(t.Context(), strings.NewReader(fitting+"\n"))
	if domain.KindOf(err) != domain.KindTooLarge || entries != nil {
		t.Errorf("%d bytes give %d entries and error %v", len(fitting)+1, len(entries), err)
	}
}

func TestReadOrganisationsReturnsTheErrorOfItsReader(t *testing.T) {
	broken := errors.New("disk gone")
	for _, begin := range []string{"", organisationHeader + "RRK,x,icb,,,,,,\nRR"} {
		entries, _, err := sheet.ReadOrganisations(t.Context(), io.MultiReader(strings.NewReader(begin), iotest.ErrReader(broken)))
		if !errors.Is(err, broken) || entries != nil {
			t.Errorf("after %d bytes: %d entries and error %v", len(begin), len(entries), err)
		}
	}
}

func TestOrganisationFindingRulesAreComplete(t *testing.T) {
	seen := make(map[domain.FindingCode]bool)
	for _, rule := range sheet.OrganisationFindingRules() {
		if seen[rule.Code] {
			t.Errorf("code %s is listed twice", rule.Code)
		}
		seen[rule.Code] = true
		if rule.Message == "" || rule.Mend == "" || (rule.Severity != domain.SeverityError && rule.Severity != domain.SeverityWarning) {
			t.Errorf("rule %+v is not complete", rule)
		}
	}
}

func FuzzReadOrganisations(f *testing.F) {
	f.Add([]byte(organisationHeader + "RRK,x,icb,,,,,,\n"))
	f.Add([]byte(trustRecord(27, "RVJ", "ST MARY'S, O'NEILL NHS TRUST", "W00", "Q99", "19990401", "20991231")))
	f.Add([]byte("\xEF\xBB\xBFcode,name\n\"a\"b\",\n\n\"c\n"))
	demo, err := os.ReadFile("../../cmd/skillstracker/demodata/organisations.csv")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(demo)
	f.Fuzz(func(t *testing.T, content []byte) {
		entries, findings, err := sheet.ReadOrganisations(t.Context(), strings.NewReader(string(content)))
		if err != nil {
			t.Fatalf("error %v from a reader that has none", err)
		}
		if (findings.Errors() == 0) != (len(entries) > 0) {
			t.Fatalf("%d entries beside %d errors", len(entries), findings.Errors())
		}
		codes := make(map[string]bool)
		for _, e := range entries {
			if !domain.ValidODSCode(e.Code) || codes[e.Code] || e.Name == "" || strings.TrimSpace(e.Name) != e.Name {
				t.Fatalf("entry cannot be stored: %+v", e)
			}
			codes[e.Code] = true
			if e.OpenedOn != nil && e.ClosedOn != nil && *e.ClosedOn < *e.OpenedOn {
				t.Fatalf("entry closes before it opens: %+v", e)
			}
		}
	})
}
