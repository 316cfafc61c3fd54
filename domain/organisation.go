package domain

import (
	"context"
	"regexp"
)

// OrganisationKind says what an organisation is.
type OrganisationKind string

// The kinds of organisation.
const (
	KindTrust      OrganisationKind = "nhs_trust"
	KindICB        OrganisationKind = "icb"
	KindRegion     OrganisationKind = "region"
	KindNation     OrganisationKind = "nation"
	KindSocialCare OrganisationKind = "social_care_provider"
	KindCareSite   OrganisationKind = "social_care_site"
	KindOther      OrganisationKind = "other"
)

// OrganisationKinds lists every kind.
func OrganisationKinds() []OrganisationKind {
	return []OrganisationKind{KindTrust, KindICB, KindRegion, KindNation, KindSocialCare, KindCareSite, KindOther}
}

// IsLevel says whether organisations of this kind are levels above those that send
// returns: they have no returns of their own.
func (k OrganisationKind) IsLevel() bool {
	return k == KindICB || k == KindRegion || k == KindNation
}

// IsSocialCare says whether organisations of this kind provide social care.
func (k OrganisationKind) IsSocialCare() bool { return k == KindSocialCare || k == KindCareSite }

// SectorSocialCare is the sector of social care where a file does not say.
const SectorSocialCare = "Adult social care"

// Nation is the level above the regions. It has no ODS code: NationCode is its code
// of the Office for National Statistics, under which the registry holds it.
const (
	Nation     = "England"
	NationCode = "E92000001"
)

var cqcID = regexp.MustCompile(`^[0-9]-[0-9]{8,12}$`)

// ValidCQCID says whether text has the shape of a provider or location id of the
// Care Quality Commission (domain.md 3.1).
func ValidCQCID(text string) bool { return cqcID.MatchString(text) }

var (
	newODSCode       = regexp.MustCompile(`^([A-Z][0-9]){2}[A-Z]$`)
	careProviderCode = regexp.MustCompile(`^[ACD][0-9A-Z]{3}$`)
	careSiteCode     = regexp.MustCompile(`^V[LMN][0-9A-Z]{3}$`)
)

// FitsKind says whether an ODS code has a shape that codes of the kind have: those
// of social care have one of two, the older for providers or for sites and the one
// that every new code has (domain.md 3.1). Of the other kinds no shape is asked,
// because their codes were given in too many.
func FitsKind(code string, kind OrganisationKind) bool {
	switch kind {
	case KindSocialCare:
		return careProviderCode.MatchString(code) || newODSCode.MatchString(code)
	case KindCareSite:
		return careSiteCode.MatchString(code) || newODSCode.MatchString(code)
	case KindTrust, KindICB, KindRegion, KindNation, KindOther:
	}
	return true
}

var odsCode = regexp.MustCompile(`^[0-9A-Z]{3,9}$`)

// ValidODSCode says whether text has the shape of an ODS code: 3 to 9 capital
// letters and digits (domain.md 3.1). Only a look-up says whether it is one.
func ValidODSCode(text string) bool { return odsCode.MatchString(text) }

// OrganisationEntry is what one edition of a reference file says of an organisation.
type OrganisationEntry struct {
	Code      string
	Name      string
	Kind      OrganisationKind
	Sector    string // empty when the file does not say
	Region    string // ODS code, empty when it has none (Wales)
	ICB       string // ODS code, empty when it has none
	OpenedOn  *Date
	ClosedOn  *Date  // may lie in the future
	CQCID     string // id of the Care Quality Commission, empty when it has none
	Parent    string // ODS code of the headquarters of a site, empty when it has none
	Synthetic bool
}

// OrganisationVersion is the name and membership of an organisation from one
// edition's date to the next version's.
type OrganisationVersion struct {
	ValidFrom Date
	Name      string
	Region    string
	ICB       string
}

// Organisation is anything with an ODS code, as it stands at a date.
type Organisation struct {
	Code       string
	Name       string
	Kind       OrganisationKind
	Sector     string
	Region     string
	RegionName string
	ICB        string
	ICBName    string
	OpenedOn   *Date
	ClosedOn   *Date
	Open       bool // on the date asked for
	CQCID      string
	Parent     string
	Synthetic  bool
	// Estimated is set when the date lies before the first edition, whose
	// membership then applies (DESIGN 3.13).
	Estimated bool
	Versions  []OrganisationVersion // filled when one organisation is asked for
	// Predecessors and Successors are filled when one organisation is asked for.
	Predecessors, Successors []Succession
}

// Succession says that an organisation took over from another, wholly or in part.
type Succession struct {
	Row         int // row of the file it came in; 0 otherwise
	Predecessor string
	Successor   string
	EffectiveOn Date // first day on which the successor stands in its place; 0 when a removal names none
	Action      Action
}

// OrganisationFilter narrows a list of organisations. Empty fields do not narrow.
type OrganisationFilter struct {
	Kinds   []OrganisationKind
	Regions []string
	ICBs    []string
	Sectors []string
	Codes   []string
	CQCIDs  []string
	Parents []string
	OpenOn  *Date
	AsAt    Date
	Query   string // part of a code or a name
	Page    Page
}

// OrganisationImport is one edition of a reference file.
type OrganisationImport struct {
	Edition Date // the day whose state the file shows
	Entries []OrganisationEntry
}

// ImportSummary says what an import did. Read = New + Changed + Unchanged + Removed.
type ImportSummary struct {
	Read      int `json:"read"`
	New       int `json:"new"`
	Changed   int `json:"changed"`
	Unchanged int `json:"unchanged"`
	Removed   int `json:"removed"` // successions only
	// UnknownParents holds codes of regions, ICBs and headquarters that the file
	// names and the registry does not hold; they are kept, without a name.
	UnknownParents []string `json:"unknown_parents"`
}

// Registry keeps organisations and the reference lists.
type Registry interface {
	// Organisations lists the organisations as they stood at filter.AsAt, in the
	// order of their codes, and the total without paging.
	Organisations(ctx context.Context, filter OrganisationFilter) ([]Organisation, int, error)
	// Organisation returns one organisation as at a date with its history, or a
	// not-found error.
	Organisation(ctx context.Context, code string, asAt Date) (Organisation, error)
	// ImportOrganisations stores an edition. Editions may come in any order; one
	// that is already stored changes nothing.
	ImportOrganisations(ctx context.Context, actor Actor, edition OrganisationImport) (ImportSummary, error)
	// Successions lists what is held, in the order of predecessor and successor.
	// Codes narrows to those that name one of them; empty does not narrow.
	Successions(ctx context.Context, codes []string) ([]Succession, error)
	// SuccessorsOf returns, for each of the codes that is closed on a day and has
	// successions in effect on it, where its chain of successions ends
	// (FollowSuccessions). A code that stands for itself is not in the answer.
	SuccessorsOf(ctx context.Context, codes []string, on Date) (map[string][]string, error)
	// ImportSuccessions stores successions; absence from a file changes nothing. It
	// refuses codes that the registry does not hold and chains that lead back.
	ImportSuccessions(ctx context.Context, actor Actor, file []Succession) (ImportSummary, error)
	// ReportingStarts returns from when each kind of return is expected of an
	// organisation in the actor's scope. Another one is not found.
	ReportingStarts(ctx context.Context, actor Actor, organisation string) (map[UploadKind]Date, error)
	// SetReportingStart sets the day from which a kind of return is expected of an
	// organisation; nil withdraws the expectation.
	SetReportingStart(ctx context.Context, actor Actor, organisation string, kind UploadKind, from *Date) error
	// PublishFramework stores a framework version, immutable from then on, and
	// returns it as stored. One that is there already is a conflict.
	PublishFramework(ctx context.Context, actor Actor, name string, version FrameworkVersion) (FrameworkVersion, error)
	// PublishCrosswalk stores a crosswalk, immutable from then on.
	PublishCrosswalk(ctx context.Context, actor Actor, crosswalk Crosswalk) (Crosswalk, error)
	// Lists returns the reference lists and the published framework versions.
	Lists(ctx context.Context) (Lists, error)
}
