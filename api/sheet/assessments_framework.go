package sheet

import (
	"strings"

	"skillstracker/domain"
)

// frameworkFinder finds the framework version that a row names. What a row
// leaves out is that of the options.
type frameworkFinder struct {
	published []domain.FrameworkVersion
	fallback  domain.FrameworkVersion // of the options
	framework column
	version   column
	last      lastFramework
}

func newFrameworkFinder(t *table, published []domain.FrameworkVersion, fallback domain.FrameworkVersion) *frameworkFinder {
	return &frameworkFinder{
		published: published, fallback: fallback,
		framework: t.column(fieldFramework), version: t.column(fieldFrameworkVersion),
	}
}

// find returns the framework version that a name and a version mean.
//
// A name alone means the version of the options when it is of that framework,
// else the framework's only version. A version alone is one of the options'
// framework.
func (f *frameworkFinder) find(name, version string) (domain.FrameworkVersion, bool) {
	code := f.fallback.Framework
	if name != "" {
		key := keyOf(name)
		code = ""
		for i := range f.published {
			switch key {
			case keyOf(f.published[i].Framework), keyOf(frameworkTitle(&f.published[i])):
				code = f.published[i].Framework
			case keyOf(f.published[i].Name), keyOf(f.published[i].Framework + f.published[i].Version):
				// The name has the version in it.
				return f.published[i], version == "" || sameVersion(version, f.published[i].Version)
			}
		}
	}
	if version == "" && code == f.fallback.Framework {
		return f.fallback, true
	}
	var found domain.FrameworkVersion
	count := 0
	for i := range f.published {
		if f.published[i].Framework == code && (version == "" || sameVersion(version, f.published[i].Version)) {
			found = f.published[i]
			count++
		}
	}
	return found, count == 1
}

// frameworkTitle is the name of a framework version without the version.
func frameworkTitle(framework *domain.FrameworkVersion) string {
	return strings.TrimSuffix(framework.Name, framework.Version)
}

// sameVersion compares versions as text or, since a spreadsheet shows 3.0 as 3,
// as decimals.
func sameVersion(a, b string) bool {
	return strings.EqualFold(a, b) || isPlainDecimal(a) && isPlainDecimal(b) && plainVersion(a) == plainVersion(b)
}

func plainVersion(version string) string {
	if strings.Contains(version, ".") {
		version = strings.TrimSuffix(strings.TrimRight(version, "0"), ".")
	}
	return version
}

// names returns what a row gives as framework and version; a spreadsheet error
// gives nothing.
func (f *frameworkFinder) names(r *rowReader) (name, version string) {
	if cell := r.cell(f.framework); cell.Kind != ErrorValue {
		name = trim(cell.String())
	}
	if cell := r.cell(f.version); cell.Kind != ErrorValue {
		version = trim(cell.String())
	}
	return name, version
}

// ofRow returns the framework version that a row names, and whether it is a
// published one. A row that names none means that of the options.
func (f *frameworkFinder) ofRow(r *rowReader) (domain.FrameworkVersion, bool) {
	name, version := f.names(r)
	if name == "" && version == "" {
		return f.fallback, true
	}
	if !f.last.found || name != f.last.name || version != f.last.version {
		framework, known := f.find(name, version)
		f.last = lastFramework{name: strings.Clone(name), version: strings.Clone(version), framework: framework, known: known, found: true}
	}
	return f.last.framework, f.last.known
}

// lastFramework is what the row before named, which the next one mostly names too.
type lastFramework struct {
	name, version string
	framework     domain.FrameworkVersion
	known         bool
	found         bool
}
