package sheet

import (
	"strings"

	"skillstracker/domain"
)

// codeBook finds the code of a value by the value's key.
type codeBook struct {
	codes map[string]string

	// unknown is the finding for a value that is not in the book.
	unknown domain.FindingCode

	// optional says that a row may leave the value out or write a dash for it.
	optional bool
}

func newCodeBook(unknown domain.FindingCode, optional bool) *codeBook {
	return &codeBook{codes: make(map[string]string), unknown: unknown, optional: optional}
}

// add lets the names mean the code. A name that already means another code
// keeps its first meaning.
func (b *codeBook) add(code string, names ...string) {
	for _, name := range names {
		key := keyOf(name)
		if _, known := b.codes[key]; !known && key != "" {
			b.codes[key] = code
		}
	}
}

func (b *codeBook) find(text string) (code string, found bool) {
	var room [keySize]byte
	code, found = b.codes[string(appendKey(room[:0], text))]
	return code, found
}

// staffGroupBook knows the staff groups by code with and without its zero, by
// name, by the name that ESR shows, and by code and name together.
func staffGroupBook(groups []domain.StaffGroup, optional bool) *codeBook {
	book := newCodeBook(domain.FindingStaffGroupUnknown, optional)
	for _, g := range groups {
		book.add(g.Code, g.Code, strings.TrimLeft(g.Code, "0"), g.Name, g.ShortName, g.Code+" "+g.Name)
	}
	return book
}

// bandBook knows the bands as 8a, Band 8a, AfC 8a, AfC Band 8a and 05, and the
// groups outside Agenda for Change by code and by name.
func bandBook(bands []domain.Band) *codeBook {
	book := newCodeBook(domain.FindingBandUnknown, true)
	for _, b := range bands {
		book.add(b.Code, b.Code, b.Name)
		if b.Code[0] < '0' || b.Code[0] > '9' {
			continue
		}
		for _, before := range []string{"Band ", "AfC ", "AfC Band ", "Agenda for Change ", "Agenda for Change Band "} {
			book.add(b.Code, before+b.Code, before+"0"+b.Code)
		}
		book.add(b.Code, "0"+b.Code)
	}
	for _, b := range bands {
		switch b.Code {
		case "MD":
			book.add(b.Code, "M&D", "Medical", "Medical & Dental")
		case "VSM":
			book.add(b.Code, "Very Senior Managers", "Very Senior Manager (VSM)")
		}
	}
	return book
}

// contractBook knows the contract types by code with and without its zero, by
// name, and by the names that ESR shows.
func contractBook(types []domain.ContractType) *codeBook {
	book := newCodeBook(domain.FindingContractUnknown, true)
	for _, t := range types {
		book.add(t.Code, t.Code, strings.TrimLeft(t.Code, "0"), t.Name, t.Code+" "+t.Name)
	}
	for _, t := range types {
		switch t.Code {
		case "02":
			book.add(t.Code, "Fixed Term", "Temporary", "Fixed Term Temp")
		case "07":
			book.add(t.Code, "Non-Executive Director", "Non-Exec Director/Chair", "Non-Exec Director", "Chair")
		}
	}
	return book
}

// actionBook knows what a row may ask for, besides nothing.
func actionBook() *codeBook {
	book := newCodeBook(domain.FindingActionUnknown, true)
	book.add("remove", "remove", "delete")
	return book
}

// assessorBook knows who may have judged.
func assessorBook() *codeBook {
	book := newCodeBook(domain.FindingAssessorUnknown, true)
	book.add(string(domain.AssessorSelf), "self", "self assessment", "self assessed")
	book.add(string(domain.AssessorManager), "manager", "line manager", "manager assessment", "manager assessed")
	book.add(string(domain.AssessorOther), "assessor", "assessor assessment", "assessor assessed")
	return book
}
