package sheet

// personalRules lists the headings that are refused. The order matters where a
// heading fits several: an e-mail address is no address, a country of birth no
// birth date. Headings that hold such a word and mean something else ("Team
// name", "Stage", "Bank FTE", "Learning Disability team") must fit none.
func personalRules() []personalRule {
	// The places where work is done have addresses that are nobody's.
	workplaces := []string{
		"base", "building", "hospital", "organisation", "organization", "practice", "provider", "site", "trust", "ward", "workplace",
	}
	return []personalRule{
		{
			class:   personalNINumber,
			whole:   []string{"ni", "nin", "nat ins", "national insurance"},
			words:   []string{"nino", "ninumber"},
			phrases: []string{"ni number", "ni no", "ni num", "national insurance", "national insurance number", "national insurance no", "nat ins no", "nat ins number", "insurance number"},
		},
		{class: personalNHSNumber, phrases: []string{"nhs number", "nhs no", "nhs num", "nhs id", "patient number"}},
		{
			class:   personalEmail,
			whole:   []string{"mail", "work mail"},
			words:   []string{"email", "emails"},
			phrases: []string{"e mail", "mail address", "email address", "email id"},
		},
		{
			class:   personalKin,
			phrases: []string{"next of kin", "emergency contact"},
		},
		{
			class: personalTelephone,
			whole: []string{"mobile", "phone", "telephone", "tel", "landline", "contact details", "fax", "whatsapp"},
			phrases: []string{
				"telephone number", "telephone no", "phone number", "phone no", "mobile number", "mobile no", "mobile phone", "tel no",
				"tel number", "contact number", "contact no", "home phone", "home telephone", "home tel", "home mobile", "personal mobile",
				"work phone", "work telephone", "work tel", "work mobile", "cell phone", "fax number", "phone home", "phone work", "phone mobile",
			},
		},
		{
			class: personalNationality,
			whole: []string{"citizenship", "passport", "visa"},
			words: []string{"nationality", "nationalities", "immigration"},
			phrases: []string{
				"country of birth", "place of birth", "country of origin", "birth country", "right to work", "immigration status",
				"passport number", "passport no", "passport expiry", "visa type", "visa status", "visa number", "visa expiry", "british citizenship", "year of entry", "date of entry to the uk", "work permit",
				"residence permit", "share code", "settled status", "driving licence",
			},
		},
		{
			class: personalBirth,
			whole: []string{
				"age", "ages", "age band", "age bands", "age range", "age group", "age years", "age in years", "current age",
				"employee age", "staff age", "worker age", "person age", "age now",
			},
			words:   []string{"dob", "birth", "birthdate", "birthday", "birthdays", "dateofbirth", "born"},
			phrases: []string{"age at", "age on", "age as at", "age next", "d o b"},
		},
		{
			class: personalAddress,
			words: []string{"address", "addresses", "addr", "postcode", "postcodes", "zipcode"},
			phrases: []string{
				"home address", "work address", "address line", "post code", "zip code", "post town", "house number", "house name", "street name", "home town",
				"street address", "home city", "home county", "home location", "place of residence",
			},
			whole:  []string{"street", "residence"},
			unless: workplaces,
		},
		{
			class: personalName,
			whole: []string{
				"name", "names", "title", "employee", "person", "employees name", "staff name", "staff names", "staff member", "member of staff",
				"line manager", "known as", "initial",
			},
			words: []string{
				"surname", "surnames", "forename", "forenames", "firstname", "lastname", "middlename", "fullname", "nickname",
				"initials", "salutation", "honorific", "othernames",
			},
			phrases: []string{
				"first name", "second name", "middle name", "last name", "family name", "given name", "given names", "maiden name", "christian name",
				"preferred name", "previous name", "former name", "full name", "legal name", "birth name", "display name", "employee name",
				"staff member name", "person name", "persons name", "worker name", "colleague name", "contact name", "manager name", "managers name",
				"supervisor name", "assessor name", "assessors name", "appraiser name", "name of employee", "name of staff", "name of person", "name of worker",
				"name of manager", "name of assessor", "first initial", "middle initial", "delegate name", "learner name", "candidate name", "postholder name", "post holder name",
				"other name", "known name", "birth surname", "person title", "employee title", "title and name", "nurse name", "doctor name",
				"clinician name", "consultant name", "spouse name", "partner name", "husband name", "wife name",
			},
		},
		{
			class:   personalEthnicity,
			whole:   []string{"race"},
			words:   []string{"ethnicity", "ethnicities", "ethnic", "racial", "bame", "bme"},
			phrases: []string{"ethnic origin", "ethnic group", "ethnic background", "ethnicity code"},
		},
		{
			class:   personalReligion,
			whole:   []string{"faith", "belief", "beliefs"},
			words:   []string{"religion", "religions", "religious", "denomination"},
			phrases: []string{"religion or belief", "religious belief", "religious beliefs", "faith group"},
		},
		{
			class:   personalDisability,
			words:   []string{"disability", "disabilities", "disabled"},
			phrases: []string{"disability status", "disability code"},
			unless: []string{
				"awareness", "course", "department", "learning", "nurse", "nursing", "service", "services", "team", "training", "ward",
			},
		},
		{
			class:   personalOrientation,
			whole:   []string{"orientation"},
			words:   []string{"sexuality", "lgbt", "lgbtq", "lgbtqia"},
			phrases: []string{"sexual orientation", "sexual preference"},
		},
		{
			class:   personalGender,
			whole:   []string{"m f", "male female", "male or female"},
			words:   []string{"gender", "genders", "sex", "transgender", "pronoun", "pronouns"},
			phrases: []string{"gender identity", "gender code", "legal sex", "gender reassignment"},
		},
		{
			class:   personalMarital,
			whole:   []string{"married", "marriage", "spouse"},
			words:   []string{"marital"},
			phrases: []string{"marital status", "civil status", "civil partnership", "civil partner", "marriage status"},
		},
		{
			class:   personalPregnancy,
			whole:   []string{"pregnant", "pregnancy"},
			phrases: []string{"is pregnant", "pregnancy status", "pregnancy or maternity", "pregnancy and maternity", "expected week of confinement"},
		},
		{
			class: personalBank,
			whole: []string{"bic", "swift"},
			words: []string{"iban", "sortcode"},
			phrases: []string{
				"bank account", "bank details", "bank name", "bank sort", "bank branch", "sort code", "account number", "account no", "account name",
				"building society", "roll number", "swift code", "bic code", "account holder", "card number", "iban number",
			},
		},
		{
			class: personalHealth,
			words: []string{"diagnosis"},
			phrases: []string{
				"sickness reason", "sick reason", "absence reason", "illness reason", "reason for sickness", "reason for absence",
				"reason for illness", "reason of absence", "sickness absence reason", "sickness type", "sickness description", "medical condition",
				"health condition", "reason for sick leave", "sickness absence category", "absence category", "fit note", "sick note", "medical history",
				"long term condition",
			},
		},
		{class: personalUnion, phrases: []string{"trade union", "union membership", "union member", "union name", "union subscription"}},
		{
			class:   personalConviction,
			whole:   []string{"convictions", "conviction"},
			phrases: []string{"criminal record", "criminal conviction", "unspent conviction", "dbs number", "dbs no", "dbs certificate", "dbs result"},
		},
		{class: personalPicture, whole: []string{"photo", "photograph", "picture"}, phrases: []string{"staff photo", "employee photo"}},
	}
}
