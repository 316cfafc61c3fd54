package sheet

import "skillstracker/domain"

// areaBook finds areas of work by their code, by their path and by a name that
// only one area has. Keys leave out punctuation, so that a path may be written
// with any separator; some names hold a stroke of their own.
type areaBook struct {
	exact map[string]string   // code by code or path
	names map[string][]string // codes by name, the tier of names that knows it
}

func newAreaBook(areas []domain.AreaOfWork) *areaBook {
	book := &areaBook{exact: make(map[string]string, 4*len(areas)), names: make(map[string][]string, 2*len(areas))}
	for _, a := range areas {
		for _, key := range []string{keyOf(a.Code), keyOf(a.Path()), keyOf(a.Code + " " + a.Path())} {
			if _, known := book.exact[key]; !known {
				book.exact[key] = a.Code
			}
		}
	}
	// Earlier tiers of names hide later ones: a name that is a tertiary area's
	// means that area, whatever else has the name.
	for _, name := range []func(domain.AreaOfWork) string{
		func(a domain.AreaOfWork) string { return a.Tertiary },
		func(a domain.AreaOfWork) string { return a.Secondary + " " + a.Tertiary },
		func(a domain.AreaOfWork) string { return a.Primary + " " + a.Tertiary },
		func(a domain.AreaOfWork) string { return a.Primary + " " + a.Secondary },
		func(a domain.AreaOfWork) string { return a.Secondary },
		func(a domain.AreaOfWork) string { return a.Primary },
	} {
		book.addNames(areas, name)
	}
	return book
}

// addNames adds one tier of names. A name that current and retired areas share
// means the current ones.
func (b *areaBook) addNames(areas []domain.AreaOfWork, name func(domain.AreaOfWork) string) {
	current, retired := make(map[string][]string), make(map[string][]string)
	for _, a := range areas {
		key := keyOf(name(a))
		if a.Retired == "" {
			current[key] = append(current[key], a.Code)
		} else {
			retired[key] = append(retired[key], a.Code)
		}
	}
	for _, tier := range []map[string][]string{current, retired} {
		for key, codes := range tier {
			if _, known := b.names[key]; !known && key != "" {
				b.names[key] = codes
			}
		}
	}
}

// find returns the code of an area, or several codes when the name is not one
// area's alone, or none.
func (b *areaBook) find(text string) (code string, several bool) {
	var room [2 * keySize]byte
	key := appendKey(room[:0], text)
	if code, known := b.exact[string(key)]; known {
		return code, false
	}
	codes := b.names[string(key)]
	switch len(codes) {
	case 0:
		return "", false
	case 1:
		return codes[0], false
	}
	return "", true
}
