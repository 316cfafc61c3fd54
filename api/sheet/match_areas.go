package sheet

import "skillstracker/domain"

// areaBook finds areas of work by their code, by their path and by a name that
// only one area has. Keys leave out punctuation, so that a path may be written
// with any separator; some names hold a stroke of their own.
type areaBook struct {
	exact map[string]*domain.AreaOfWork   // by code or path
	names map[string][]*domain.AreaOfWork // by name, the tier of names that knows it
}

func newAreaBook(areas []domain.AreaOfWork) *areaBook {
	book := &areaBook{
		exact: make(map[string]*domain.AreaOfWork, 4*len(areas)), names: make(map[string][]*domain.AreaOfWork, 2*len(areas)),
	}
	// Retired areas come behind all current ones, of which one may have the same path.
	for _, retired := range []bool{false, true} {
		book.addExact(areas, retired)
		// Earlier tiers of names hide later ones: a name that is a tertiary area's
		// means that area, whatever else has the name.
		for _, name := range []func(*domain.AreaOfWork) string{
			func(a *domain.AreaOfWork) string { return a.Tertiary },
			func(a *domain.AreaOfWork) string { return a.Secondary + " " + a.Tertiary },
			func(a *domain.AreaOfWork) string { return a.Primary + " " + a.Tertiary },
			func(a *domain.AreaOfWork) string { return a.Primary + " " + a.Secondary },
			func(a *domain.AreaOfWork) string { return a.Secondary },
			func(a *domain.AreaOfWork) string { return a.Primary },
		} {
			book.addNames(areas, retired, name)
		}
	}
	return book
}

// addExact adds the codes and paths of the current or the retired areas.
func (b *areaBook) addExact(areas []domain.AreaOfWork, retired bool) {
	for i := range areas {
		a := &areas[i]
		if (a.Retired != "") != retired {
			continue
		}
		for _, key := range []string{keyOf(a.Code), keyOf(a.Path()), keyOf(a.Code + " " + a.Path())} {
			if _, known := b.exact[key]; !known {
				b.exact[key] = a
			}
		}
	}
}

// addNames adds one tier of names of the current or the retired areas.
func (b *areaBook) addNames(areas []domain.AreaOfWork, retired bool, name func(*domain.AreaOfWork) string) {
	tier := make(map[string][]*domain.AreaOfWork)
	for i := range areas {
		if a := &areas[i]; (a.Retired != "") == retired {
			tier[keyOf(name(a))] = append(tier[keyOf(name(a))], a)
		}
	}
	for key, same := range tier {
		if _, known := b.names[key]; !known && key != "" {
			b.names[key] = same
		}
	}
}

// find returns an area, or says that several have the name, or returns none.
func (b *areaBook) find(text string) (area *domain.AreaOfWork, several bool) {
	var room [2 * keySize]byte
	key := appendKey(room[:0], text)
	if area, known := b.exact[string(key)]; known {
		return area, false
	}
	same := b.names[string(key)]
	switch len(same) {
	case 0:
		return nil, false
	case 1:
		return same[0], false
	}
	return nil, true
}
