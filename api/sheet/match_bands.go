package sheet

import "skillstracker/domain"

// bandValues knows the bands as 8a, Band 8a, AfC 8a, AfC Band 8a, 05 and, as pay
// scales name them, Band 8 - Range A, and the groups outside Agenda for Change by
// code and by name.
func bandValues(bands []domain.Band) []Value {
	values := make([]Value, len(bands))
	for i, b := range bands {
		values[i] = Value{Code: b.Code, Name: b.Name, Synonyms: bandSynonyms(b.Code)}
	}
	return values
}

func bandSynonyms(code string) []string {
	switch code {
	case "MD":
		return []string{"M&D", "Med & Dent", "Med and Dental", "Medical", "Dental", "Consultant"}
	case "VSM":
		return []string{"Very Senior Managers", "Very Senior Manager (VSM)", "VSM pay"}
	case "OTHER":
		return []string{
			"Ad hoc", "Ad hoc salary", "Ad hoc pay", "Personal or ad hoc salary", "Local", "Local pay", "Local pay scale", "Other/local", "Non AfC", "Not AfC",
			"Spot salary", "Trust contract",
		}
	}
	if !isDigitByte(code[0]) {
		return nil
	}
	synonyms := numberedBand(code)
	if part := code[1:]; part != "" {
		for _, before := range bandPrefixes() {
			synonyms = append(synonyms, before+code[:1]+" Range "+part)
		}
	}
	return synonyms
}

// numberedBand lists the ways of writing a band of Agenda for Change.
func numberedBand(code string) []string {
	var written []string
	for _, before := range bandPrefixes() {
		written = append(written, before+code, before+"0"+code)
	}
	return written[1:] // the code alone is no synonym
}

func bandPrefixes() []string {
	return []string{
		"", "Band ", "B", "AfC ", "AfC Band ", "Agenda for Change ", "Agenda for Change Band ", "Review Body Band ", "Non Review Body Band ",
	}
}

func bandBook(bands []domain.Band) *codeBook {
	book := newCodeBook(domain.FindingBandUnknown, true, bandValues(bands))
	for _, written := range append(numberedBand("8"), "8") {
		book.special[keyOf(written)] = domain.FindingBandAmbiguous
	}
	return book
}
