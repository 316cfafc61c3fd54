package sheet

import (
	"slices"
	"strings"
	"unicode"
)

// personalClass is a class of personal data that the register refuses, in the
// words in which a finding names it.
type personalClass string

// The classes of refused personal data (domain.md 5.6).
const (
	personalNINumber    personalClass = "National Insurance number"
	personalNHSNumber   personalClass = "NHS number"
	personalBirth       personalClass = "date of birth or age"
	personalName        personalClass = "name of a person"
	personalAddress     personalClass = "address or postcode"
	personalEmail       personalClass = "e-mail address"
	personalTelephone   personalClass = "telephone number"
	personalEthnicity   personalClass = "ethnicity"
	personalReligion    personalClass = "religion or belief"
	personalDisability  personalClass = "disability"
	personalOrientation personalClass = "sexual orientation"
	personalGender      personalClass = "sex or gender"
	personalNationality personalClass = "nationality or immigration status"
	personalMarital     personalClass = "marital status"
	personalPregnancy   personalClass = "pregnancy"
	personalBank        personalClass = "bank details"
	personalHealth      personalClass = "reason for sickness or absence"
	personalUnion       personalClass = "trade union membership"
	personalConviction  personalClass = "criminal record"
	personalPicture     personalClass = "photograph"
	personalKin         personalClass = "next of kin or emergency contact"
)

// personalHeading tells whether a heading names refused personal data, and of
// which class. It is meant for headings that are no canonical column.
func personalHeading(rules []personalRule, text string) (personalClass, bool) {
	words := headingWords(text)
	if len(words) == 0 {
		return "", false
	}
	for i := range rules {
		if rules[i].fits(words) {
			return rules[i].class, true
		}
	}
	return "", false
}

// weakHeading tells headings that mean a person only at the head of a column of
// staff data: in a title row "Name" and "Title" are those of the list.
func weakHeading(text string) bool {
	switch keyOf(text) {
	case "name", "title":
		return true
	}
	return false
}

// headingWords splits a heading into its words in lower case, at everything
// that is no letter, before a capital that follows a small letter and before
// the last of several capitals that a small letter follows: DateOfBirth and
// NINumber have three and two words. Digits and apostrophes are left out.
func headingWords(text string) []string {
	var words []string
	var word []rune
	flush := func() {
		if len(word) > 0 {
			words = append(words, strings.ToLower(string(word)))
			word = word[:0]
		}
	}
	characters := []rune(text)
	for i, r := range characters {
		switch {
		case isApostrophe(r):
			continue
		case !unicode.IsLetter(r):
			flush()
			continue
		case unicode.IsUpper(r) && i > 0:
			afterSmall := unicode.IsLower(characters[i-1])
			beforeSmall := i+1 < len(characters) && unicode.IsLower(characters[i+1])
			if afterSmall || beforeSmall && unicode.IsUpper(characters[i-1]) {
				flush()
			}
		}
		word = append(word, r)
	}
	flush()
	return words
}

// personalRule recognises the headings of one class.
type personalRule struct {
	class personalClass

	// whole headings, phrases inside a heading, both as words with spaces
	// between them and compared without the spaces, and words.
	whole, phrases, words []string

	// unless are words that make the heading one about something else.
	unless []string
}

func (r *personalRule) fits(words []string) bool {
	for _, word := range words {
		if slices.Contains(r.unless, word) {
			return false
		}
	}
	joined := strings.Join(words, "")
	for _, word := range words {
		if slices.Contains(r.words, word) {
			return true
		}
	}
	if slices.Contains(r.words, joined) {
		return true
	}
	for _, whole := range r.whole {
		if strings.ReplaceAll(whole, " ", "") == joined {
			return true
		}
	}
	return slices.ContainsFunc(r.phrases, func(phrase string) bool { return hasPhrase(words, phrase) })
}

// hasPhrase tells whether consecutive words of a heading are the phrase, in the
// singular or the plural, whatever spaces are between its letters.
func hasPhrase(words []string, phrase string) bool {
	joined := strings.ReplaceAll(phrase, " ", "")
	for from := range words {
		rest := joined
		for _, word := range words[from:] {
			var found bool
			if word == rest+"s" {
				return true
			}
			if rest, found = strings.CutPrefix(rest, word); !found {
				break
			}
			if rest == "" {
				return true
			}
		}
	}
	return false
}
