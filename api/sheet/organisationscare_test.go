package sheet_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"skillstracker/domain"
)

const careHeader = "code,name,kind,region,icb,opened_on,closed_on,cqc_id,parent,synthetic\n"

func TestReadOrganisationsOfSocialCare(t *testing.T) {
	t.Parallel()
	entries, findings := readOrganisations(t, careHeader+
		"CZ9Z,Example Care (synthetic),social_care_provider,Y60,QHL,,,1-999999999,,true\n"+
		"vlz9z,\"Example Care, Home 1 (synthetic)\",Social Care Site,Y60,QHL,,,1-99999999999,cz9z,true\n"+
		"A1B2C,Example Care 2 (synthetic),social_care_provider,,,,,,,true\n")
	if len(findings) > 0 {
		t.Fatalf("findings %+v", findings)
	}
	want := []domain.OrganisationEntry{
		{Code: "CZ9Z", Name: "Example Care (synthetic)", Kind: domain.KindSocialCare, Region: "Y60", ICB: "QHL", CQCID: "1-999999999", Synthetic: true},
		{Code: "VLZ9Z", Name: "Example Care, Home 1 (synthetic)", Kind: domain.KindCareSite, Region: "Y60", ICB: "QHL", CQCID: "1-99999999999", Parent: "CZ9Z", Synthetic: true},
		{Code: "A1B2C", Name: "Example Care 2 (synthetic)", Kind: domain.KindSocialCare, Synthetic: true},
	}
	if diff := cmp.Diff(want, entries); diff != "" {
		t.Error(diff)
	}
}

func TestReadOrganisationsOfSocialCareNamesEveryFault(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ row, want string }{
		"a site's code for a provider": {"VLZ9Z,Care,social_care_provider,,,,,,,true", "organisation_code_not_of_kind code"},
		"a trust's code for a site":    {"RRK,Care,social_care_site,,,,,,,true", "organisation_code_not_of_kind code"},
		"a telephone number":           {"CZ9Z,Care,social_care_provider,,,,,01234567890,,true", "organisation_cqc_id_invalid cqc_id"},
		"a short id":                   {"CZ9Z,Care,social_care_provider,,,,,1-1234567,,true", "organisation_cqc_id_invalid cqc_id"},
		"a parent that is no code":     {"VLZ9Z,Care,social_care_site,,,,,,Care Ltd,true", "organisation_code_invalid parent"},
		"its own parent":               {"VLZ9Z,Care,social_care_site,,,,,,VLZ9Z,true", "organisation_parent_itself parent"},
		"an ICB with a parent":         {"QZ9,Board,icb,,,,,,CZ9Z,true", "organisation_parent_not_wanted parent"},
		"a second nation":              {"XZ9,Land,nation,,,,,,,true", "organisation_kind_unknown kind"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			entries, findings := readOrganisations(t, careHeader+c.row+"\n")
			var got []string
			for _, f := range findings {
				got = append(got, string(f.Code)+" "+f.Column)
			}
			if len(entries) > 0 || !slices.Equal(got, []string{c.want}) {
				t.Errorf("findings %s, want %s", strings.Join(got, ", "), c.want)
			}
		})
	}
}
