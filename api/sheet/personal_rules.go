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
			whole:   []string{"ni"},
			words:   []string{"nino", "ninumber"},
			phrases: []string{"ni number", "ni no", "ni num", "national insurance", "national insurance number", "national insurance no", "nat ins", "insurance number"},
		},
		{class: personalNHSNumber, phrases: []string{"nhs number", "nhs no", "nhs num"}},
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
			whole: []string{"mobile", "phone", "telephone", "tel", "landline", "contact details"},
			phrases: []string{
				"telephone number", "telephone no", "phone number", "phone no", "mobile number", "mobile no", "mobile phone", "tel no",
				"tel number", "contact number", "contact no", "home phone", "home telephone", "home tel", "home mobile", "personal mobile",
				"work phone", "work telephone", "work tel", "work mobile", "cell phone",
			},
		},
		{
			class: personalNationality,
			whole: []string{"citizenship", "passport", "visa"},
			words: []string{"nationality", "nationalities", "immigration"},
			phrases: []string{
				"country of birth", "place of birth", "country of origin", "birth country", "right to work", "immigration status",
				"passport number", "passport no", "passport expiry", "visa type", "visa status", "visa number", "visa expiry",
			},
		},
		{
			class: personalBirth,
			whole: []string{
				"age", "ages", "age band", "age bands", "age range", "age group", "age years", "age in years", "current age",
				"employee age", "staff age", "worker age", "person age",
			},
			words:   []string{"dob", "birth", "birthdate", "birthday", "birthdays", "dateofbirth", "born"},
			phrases: []string{"age at", "age on", "age as at", "age next", "d o b"},
		},
		{
			class: personalAddress,
			words: []string{"address", "addresses", "addr", "postcode", "postcodes", "zipcode"},
			phrases: []string{
				"home address", "work address", "address line", "post code", "zip code", "post town", "house number", "house name", "street name", "home town",
			},
			unless: workplaces,
		},
		{
			class: personalName,
			whole: []string{
				"name", "names", "title", "employee", "person", "employees name", "staff name", "staff names", "staff member", "member of staff",
				"line manager", "full names", "known as", "initial",
			},
			words: []string{
				"surname", "surnames", "forename", "forenames", "firstname", "lastname", "middlename", "fullname", "nickname",
				"initials", "salutation", "honorific",
			},
			phrases: []string{
				"first name", "second name", "middle name", "last name", "family name", "given name", "given names", "maiden name", "christian name",
				"preferred name", "previous name", "former name", "full name", "legal name", "birth name", "display name", "employee name",
				"staff member name", "person name", "persons name", "worker name", "colleague name", "contact name", "manager name", "managers name",
				"supervisor name", "assessor name", "assessors name", "appraiser name", "name of employee", "name of staff", "name of person", "name of worker",
				"name of manager", "name of assessor", "first initial", "middle initial", "delegate name", "learner name", "candidate name", "postholder name", "post holder name",
			},
		},
		{
			class:   personalEthnicity,
			whole:   []string{"race"},
			words:   []string{"ethnicity", "ethnicities", "ethnic", "racial", "bame"},
			phrases: []string{"ethnic origin", "ethnic group", "ethnic background", "ethnicity code"},
		},
		{
			class:   personalReligion,
			whole:   []string{"faith", "belief", "beliefs"},
			words:   []string{"religion", "religions", "religious"},
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
			words:   []string{"sexuality", "lgbt", "lgbtq"},
			phrases: []string{"sexual orientation", "sexual preference"},
		},
		{
			class:   personalGender,
			words:   []string{"gender", "genders", "sex", "transgender", "pronoun", "pronouns"},
			phrases: []string{"gender identity", "gender code", "legal sex"},
		},
		{
			class:   personalMarital,
			words:   []string{"marital"},
			phrases: []string{"marital status", "civil status", "civil partnership", "marriage status"},
		},
		{
			class:   personalPregnancy,
			whole:   []string{"pregnant", "pregnancy"},
			phrases: []string{"is pregnant", "pregnancy status", "pregnancy or maternity", "pregnancy and maternity"},
		},
		{
			class: personalBank,
			words: []string{"iban", "sortcode"},
			phrases: []string{
				"bank account", "bank details", "bank name", "bank sort", "bank branch", "sort code", "account number", "account no", "account name",
				"building society", "roll number",
			},
		},
		{
			class: personalHealth,
			words: []string{"diagnosis"},
			phrases: []string{
				"sickness reason", "sick reason", "absence reason", "illness reason", "reason for sickness", "reason for absence",
				"reason for illness", "reason of absence", "sickness absence reason", "sickness type", "sickness description", "medical condition",
				"health condition",
			},
		},
		{class: personalUnion, phrases: []string{"trade union", "union membership", "union member"}},
	}
}
