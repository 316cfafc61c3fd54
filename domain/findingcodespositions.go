package domain

// The codes of findings about the references of position vacancies, which are the
// employer's own text as employee numbers are.
const (
	FindingReferenceNumber     FindingCode = "vacancy_reference_numeric"
	FindingReferenceBad        FindingCode = "vacancy_reference_invalid"
	FindingReferenceLong       FindingCode = "vacancy_reference_too_long"
	FindingReferenceWords      FindingCode = "vacancy_reference_words"
	FindingReferenceScientific FindingCode = "vacancy_reference_scientific"
	FindingReferenceDigits     FindingCode = "vacancy_reference_digits_lost"
	FindingReferenceZeros      FindingCode = "vacancy_reference_zeros_lost"

	FindingPersonalDataReference FindingCode = "personal_data_vacancy_references"
)

// The codes of findings about position vacancies.
const (
	FindingStatusUnknown      FindingCode = "vacancy_status_unknown"
	FindingPostsRange         FindingCode = "posts_out_of_range"
	FindingPostsFTEZero       FindingCode = "posts_fte_zero"
	FindingPostsFTEHigh       FindingCode = "posts_fte_high"
	FindingClosedBeforeOpened FindingCode = "closed_before_opened"
	FindingClosedOnMissing    FindingCode = "closed_on_missing"
	FindingClosedOnOpen       FindingCode = "closed_on_of_open_vacancy"
	FindingOpenLong           FindingCode = "vacancy_open_long"
)

// The codes of findings about targets.
const (
	FindingDomainUnknown    FindingCode = "domain_unknown"
	FindingSubjectMissing   FindingCode = "competence_and_domain_missing"
	FindingSubjectTwice     FindingCode = "competence_and_domain_given"
	FindingValidFromUnusual FindingCode = "valid_from_unusual"
)
