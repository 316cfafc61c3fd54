package main

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"skillstracker/api"
	"skillstracker/domain/disclosure"
)

// sources say where the value of a setting came from.
const (
	sourceDefault = "default"
	sourceFlag    = "flag"
)

// effective is a setting as it holds, in words.
type effective struct {
	option option
	text   string
	source string // sourceDefault, sourceFlag, or the name of the variable
}

// addSettings gives a command the flags of the settings of a scope.
func addSettings(flags *pflag.FlagSet, h host, taken scope) {
	for _, o := range options(h) {
		if o.scope == taken {
			flags.String(o.name, o.fallback, o.usage)
		}
	}
}

// loadSettings reads all settings: flags before variables before defaults. The
// error names every setting that is unknown or impossible, with what to do.
func loadSettings(h host, flags *pflag.FlagSet) (settings, []effective, error) {
	return loadExcept(h, flags)
}

// loadExcept reads all settings but the ignored ones, which keep their defaults.
func loadExcept(h host, flags *pflag.FlagSet, ignored ...string) (settings, []effective, error) {
	loaded := settings{Limits: api.DefaultLimits(), Disclosure: disclosure.Default()}
	table := options(h)
	faults := unknownVariables(h, table)
	values := make([]effective, 0, len(table))
	for _, o := range table {
		value := effective{option: o, text: o.fallback, source: sourceDefault}
		if !slices.Contains(ignored, o.name) {
			var err error
			if value, err = choose(h, flags, o); err != nil {
				faults = append(faults, err)
				continue
			}
		}
		if err := o.set(&loaded, value.text); err != nil {
			faults = append(faults, settingFault(value, err))
		}
		values = append(values, value)
	}
	if len(faults) == 0 {
		if err := loaded.check(); err != nil {
			faults = append(faults, err)
		}
	}
	if len(faults) > 0 {
		return settings{}, nil, &usageError{err: errors.Join(faults...)}
	}
	return loaded, values, nil
}

// choose finds the text of one setting.
func choose(h host, flags *pflag.FlagSet, o option) (effective, error) {
	value := effective{option: o, text: o.fallback, source: sourceDefault}
	variable := o.variable()
	if text := h.getenv(variable); text != "" {
		value.text, value.source = text, variable
	}
	if o.secret {
		return chooseSecret(h, value)
	}
	if flag := flags.Lookup(o.name); flag != nil && flag.Changed {
		value.text, value.source = flag.Value.String(), sourceFlag
	}
	return value, nil
}

// chooseSecret reads a secret from the file that its other variable names.
func chooseSecret(h host, value effective) (effective, error) {
	variable := value.option.variable()
	path := h.getenv(variable + fileSuffix)
	if path == "" {
		return value, nil
	}
	if value.source != sourceDefault {
		return effective{}, fmt.Errorf("both %s and %s are set: keep one of them", variable, variable+fileSuffix)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		return effective{}, fmt.Errorf("the file of %s cannot be read: %w", variable+fileSuffix, err)
	}
	value.text, value.source = strings.TrimSpace(string(content)), variable+fileSuffix
	if value.text == "" {
		return effective{}, fmt.Errorf("the file of %s is empty: write the value of %s into it", variable+fileSuffix, variable)
	}
	return value, nil
}

// settingFault makes a sentence of a setting that is impossible.
func settingFault(value effective, err error) error {
	name := value.source
	switch name {
	case sourceFlag:
		name = "--" + value.option.name
	case sourceDefault:
		name = value.option.variable()
	}
	if value.option.secret || value.option.unquoted {
		return fmt.Errorf("%s is %w", name, err)
	}
	return fmt.Errorf("%s is %q, which is %w", name, value.text, err)
}

// unknownVariables finds variables with our prefix that are not settings: a
// misspelt setting must not be passed over.
func unknownVariables(h host, table []option) []error {
	var known []string
	for _, o := range table {
		known = append(known, o.variable())
		if o.secret {
			known = append(known, o.variable()+fileSuffix)
		}
	}
	var faults []error
	for _, pair := range h.environ {
		name, _, _ := strings.Cut(pair, "=")
		if !strings.HasPrefix(name, variablePrefix) || slices.Contains(known, name) {
			continue
		}
		if near := nearest(name, known); near != "" {
			faults = append(faults, fmt.Errorf("%s is not a setting: did you mean %s?", name, near))
			continue
		}
		faults = append(faults, fmt.Errorf("%s is not a setting: remove it; \"skillstracker config --help\" lists the settings", name))
	}
	return faults
}

// nearest returns the known name that a misspelt one is most like, or nothing
// when none is near: at most three letters differ, and a third of those after the prefix.
func nearest(name string, known []string) string {
	best, least := "", min(4, (len(name)-len(variablePrefix))/3+1)
	for _, candidate := range known {
		if d := distance(name, candidate); d < least {
			best, least = candidate, d
		}
	}
	return best
}

// distance is the number of letters to add, leave out or change (Levenshtein).
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
