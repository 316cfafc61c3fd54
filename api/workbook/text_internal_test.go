package workbook

import (
	"encoding/xml"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestAppendText(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                       "",
		"Café & <Ward> \"5\"":    "Café &amp; &lt;Ward&gt; \"5\"",
		"=1+1":                   "=1+1",
		"a\tb\nc":                "a\tb\nc",
		"a\rb\x00\x1f":           "a_x000D_b_x0000__x001F_",
		"_x0041_":                "_x005F_x0041_",
		"_x0041_x0042_":          "_x005F_x0041_x005F_x0042_",
		"_xabcd__x12G4__x12_":    "_x005F_xabcd__x12G4__x12_",
		"_x004":                  "_x004",
		"\uFFFE\uFFFF\U0001F600": "_xFFFE__xFFFF_\U0001F600",
		"\uFFFD":                 "\uFFFD",
	} {
		got, err := appendText([]byte("before "), text)
		if err != nil || string(got) != "before "+want {
			t.Errorf("%q is written as %q, %v; want %q", text, got, err, want)
		}
		fromBytes, err := appendText(nil, []byte(text))
		if err != nil || string(fromBytes) != want {
			t.Errorf("the bytes of %q are written as %q, %v", text, fromBytes, err)
		}
	}
	for _, bad := range []string{"\xff", "a\xc3", "\xed\xa0\x80"} {
		if _, err := appendText(nil, bad); err == nil {
			t.Errorf("%q was taken", bad)
		}
		if CheckText(bad) == nil {
			t.Errorf("%q passes the check", bad)
		}
	}
}

// FuzzAppendText reads what is written as spreadsheet programs read it.
func FuzzAppendText(f *testing.F) {
	for _, text := range []string{"_x005F_", "__x0041_", "_x_x0041_", "a\rb", " & ", "\uFFFE", "_x0041_x0042_x0043_"} {
		f.Add(text)
	}
	escape := regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`)
	f.Fuzz(func(t *testing.T, text string) {
		written, err := appendText(nil, text)
		if valid := utf8.ValidString(text); (err == nil) != valid {
			t.Fatalf("valid %v: %v", valid, err)
		}
		if err != nil {
			return
		}
		var element struct {
			Text string `xml:",chardata"`
		}
		if err := xml.Unmarshal([]byte("<t>"+string(written)+"</t>"), &element); err != nil {
			t.Fatalf("%q: %v", written, err)
		}
		read := escape.ReplaceAllStringFunc(element.Text, func(escaped string) string {
			unit, err := strconv.ParseUint(escaped[2:6], 16, 16)
			if err != nil {
				t.Fatal(err)
			}
			return string(rune(unit))
		})
		if read != text {
			t.Errorf("%q is written as %q and read as %q", text, written, read)
		}
	})
}

func TestCheckText(t *testing.T) {
	t.Parallel()
	for text, fits := range map[string]bool{
		strings.Repeat("é", MaxText): true, strings.Repeat("x", MaxText+1): false,
		strings.Repeat("\U0001F600", MaxText/2): true, strings.Repeat("\U0001F600", MaxText/2+1): false,
	} {
		if err := CheckText(text); (err == nil) != fits {
			t.Errorf("a text of %d units: %v", Units(text), err)
		}
	}
}
