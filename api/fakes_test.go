package api_test

import (
	"compress/gzip"
	"context"
	"io"
	"sync"
	"time"

	"skillstracker/domain"
)

const uploadID = "3f2a1c5e-0b6d-4c8e-9f10-2a7b8c9d0e1f"

// fakeUploads stores nothing; a function left nil answers as if all were well.
type fakeUploads struct {
	store    func(ctx context.Context, actor domain.Actor, file domain.UploadFile) (domain.Upload, error)
	upload   func(id string) (domain.Upload, error)
	list     func(organisation string, page domain.Page) ([]domain.Upload, int, error)
	void     func(id string) (domain.Upload, error)
	content  func(id string, part func([]byte) error) error
	findings func(id string, page domain.Page) ([]domain.Finding, int, error)
	// files are those that were to be stored, and contents what was to be kept of each.
	files    []domain.UploadFile
	contents [][]byte
	filters  []domain.UploadFilter
	// summaries are the questions for the files behind a report.
	summaries []domain.UploadSummaryQuery
}

func (f *fakeUploads) StoreUpload(ctx context.Context, actor domain.Actor, file domain.UploadFile) (domain.Upload, error) {
	f.files = append(f.files, file)
	content, err := unpacked(file.Content)
	if err != nil {
		return domain.Upload{}, err
	}
	f.contents = append(f.contents, content)
	if f.store != nil {
		return f.store(ctx, actor, file)
	}
	stored := file.Upload
	stored.ID, stored.State = uploadID, domain.UploadApplied
	if file.Faults.Errors() > 0 {
		stored.State = domain.UploadRejected
	}
	stored.Findings, stored.Errors, stored.Warnings = file.Faults.List(), file.Faults.Errors(), file.Faults.Warnings()
	return stored, nil
}

// unpacked returns the bytes of a file that is to be kept, nil for none.
func unpacked(kept *domain.KeptFile) ([]byte, error) {
	if kept == nil {
		return nil, nil
	}
	reader, err := gzip.NewReader(io.NewSectionReader(kept.Bytes, 0, kept.Size))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(reader)
}

func (f *fakeUploads) VoidUpload(_ context.Context, _ domain.Actor, id string) (domain.Upload, error) {
	if f.void != nil {
		return f.void(id)
	}
	voided := sampleUpload(id)
	voided.State, voided.Voided = domain.UploadVoided, &domain.Void{At: now, Actor: "0000000000000001"}
	return voided, nil
}

func (f *fakeUploads) UploadContent(_ context.Context, _ domain.Actor, id string, part func([]byte) error) error {
	if f.content != nil {
		return f.content(id, part)
	}
	return domain.NotFound("file_not_kept", "The text of the store.")
}

func (f *fakeUploads) Upload(_ context.Context, actor domain.Actor, id string, _ int) (domain.Upload, error) {
	if f.upload != nil {
		return f.upload(id)
	}
	if actor.Covers(domain.NationCode) {
		return nationalUpload(id), nil
	}
	return sampleUpload(id), nil
}

func (f *fakeUploads) Uploads(_ context.Context, _ domain.Actor, organisation string, filter domain.UploadFilter, page domain.Page) ([]domain.Upload, int, error) {
	f.filters = append(f.filters, filter)
	if f.list != nil {
		return f.list(organisation, page)
	}
	return []domain.Upload{sampleUpload(uploadID)}, 1, nil
}

func (f *fakeUploads) UploadFindings(_ context.Context, _ domain.Actor, id string, page domain.Page) ([]domain.Finding, int, error) {
	if f.findings != nil {
		return f.findings(id, page)
	}
	return sampleUpload(id).Findings, 1, nil
}

func (f *fakeUploads) UploadSummaries(_ context.Context, _ domain.Actor, query domain.UploadSummaryQuery) ([]domain.UploadSummary, error) {
	f.summaries = append(f.summaries, query)
	return []domain.UploadSummary{
		{ID: uploadID, Kind: query.Kinds[0], State: domain.UploadApplied, ReceivedAt: now, Counts: domain.UploadCounts{RowsRead: 4711, New: 4711}},
	}, nil
}

func (f *fakeUploads) LastUploads(_ context.Context, _ domain.Actor, organisations []string, _ *time.Time) ([]domain.LastUpload, error) {
	last := make([]domain.LastUpload, len(organisations))
	for i, code := range organisations {
		last[i] = domain.LastUpload{Organisation: code, Kind: domain.UploadVacancies, ReceivedAt: now}
	}
	return last, nil
}

func sampleUpload(id string) domain.Upload {
	asAt := domain.NewDate(2026, time.October, 31)
	return domain.Upload{
		ID: id, Organisation: "RRK", Kind: domain.UploadStaff, State: domain.UploadApplied, Format: "xlsx", AsAt: &asAt,
		ReceivedAt: now, Counts: domain.UploadCounts{RowsRead: 3, New: 2, Blank: 1},
		Mapping:  []domain.MappedColumn{{Header: "Emp No", Field: "employee_number"}, {Header: "Shoe size"}},
		Findings: []domain.Finding{{Code: domain.FindingFTEHigh, Severity: domain.SeverityWarning, Sheet: "Data", Row: 4, Column: "FTE", Message: "Above 1.5.", Mend: "Check it."}},
		Warnings: 1, Mode: domain.ModeAll,
	}
}

// fakeRegistry holds three trusts, two regions and one ICB.
type fakeRegistry struct {
	lists     func() (domain.Lists, error)
	importing func(edition domain.OrganisationImport) (domain.ImportSummary, error)
	asked     []domain.OrganisationFilter
	// successors says who took over from those that have closed.
	successors map[string][]string
	// change makes something else of an organisation.
	change func(*domain.Organisation)
}

func (f *fakeRegistry) held() []domain.Organisation {
	opened := domain.NewDate(1995, time.April, 1)
	trust := func(code, name string) domain.Organisation {
		return domain.Organisation{
			Code: code, Name: name, Kind: domain.KindTrust, Sector: "Acute", Region: "Y58", RegionName: "South West",
			ICB: "QUY", ICBName: "Bristol ICB", OpenedOn: &opened, Open: true,
			Versions: []domain.OrganisationVersion{{ValidFrom: opened, Name: name, Region: "Y58", ICB: "QUY"}},
		}
	}
	return []domain.Organisation{
		{Code: "QUY", Name: "Bristol ICB", Kind: domain.KindICB, Open: true},
		trust("RA7", "University Hospitals Bristol and Weston"), trust("RRK", "University Hospitals Birmingham"), trust("RYG", "Coventry <& Warwickshire>"),
		{Code: "Y56", Name: "London", Kind: domain.KindRegion, Open: true},
		{Code: "Y58", Name: "South West", Kind: domain.KindRegion, Open: true},
	}
}

func (f *fakeRegistry) Organisations(_ context.Context, filter domain.OrganisationFilter) ([]domain.Organisation, int, error) {
	f.asked = append(f.asked, filter)
	var found []domain.Organisation
	for _, o := range f.held() {
		if f.change != nil {
			f.change(&o)
		}
		if among(filter.Codes, o.Code) && among(filter.Regions, o.Region) && among(filter.ICBs, o.ICB) && among(filter.Kinds, o.Kind) && among(filter.Sectors, o.Sector) {
			found = append(found, o)
		}
	}
	total := len(found)
	return found[min(filter.Page.Offset, total):min(filter.Page.Offset+filter.Page.Limit, total)], total, nil
}

func among[T comparable](list []T, item T) bool {
	for _, each := range list {
		if each == item {
			return true
		}
	}
	return len(list) == 0
}

func (f *fakeRegistry) Organisation(_ context.Context, code string, _ domain.Date) (domain.Organisation, error) {
	if code == domain.NationCode {
		return domain.Organisation{Code: domain.NationCode, Name: domain.Nation, Kind: domain.KindNation, Open: true}, nil
	}
	for _, o := range f.held() {
		if o.Code == code {
			return o, nil
		}
	}
	return domain.Organisation{}, domain.NotFound("organisation_not_found", "No organisation has this code.")
}

func (f *fakeRegistry) ImportOrganisations(_ context.Context, _ domain.Actor, edition domain.OrganisationImport) (domain.ImportSummary, error) {
	if f.importing != nil {
		return f.importing(edition)
	}
	return domain.ImportSummary{Read: len(edition.Entries), New: len(edition.Entries)}, nil
}

func (f *fakeRegistry) Lists(context.Context) (domain.Lists, error) {
	if f.lists != nil {
		return f.lists()
	}
	return sampleLists(), nil
}

func sampleLists() domain.Lists {
	return domain.Lists{
		StaffGroups:   []domain.StaffGroup{{Code: "01", Name: "Add Prof Scientific and Technic"}, {Code: "10", Name: "Nursing and Midwifery Registered"}},
		Bands:         []domain.Band{{Code: "5", Name: "Band 5", Ordinal: 5}, {Code: "8a", Name: "Band 8a", Ordinal: 8}},
		JobRoles:      []domain.JobRole{{Code: "10001", Name: "Staff Nurse", StaffGroup: "10"}},
		AreasOfWork:   []domain.AreaOfWork{{Code: "A001", Primary: "Support", Secondary: "Informatics", Tertiary: "Data", Digital: true}},
		ContractTypes: []domain.ContractType{{Code: "02", Name: "Permanent", InPost: true}},
		Frameworks: []domain.FrameworkVersion{{
			ID: 1, Framework: "hdc", Version: "2018", Name: "Health and Care Digital Capabilities", Scoring: domain.ScoringLevel,
			ValidFrom: domain.NewDate(2018, time.January, 1), ValidityMonths: 12, Source: "HEE", Licence: "Names only.",
			Domains:     []domain.CompetenceArea{{Code: "CCP", Name: "Communication"}, {Code: "TEC", Name: "Technical proficiency"}},
			Competences: []domain.Competence{{Code: "CCP", Name: "Communication", Domain: "CCP", MaxLevel: 4}, {Code: "TEC", Name: "Technical proficiency", Domain: "TEC", MaxLevel: 3}},
			Levels:      []domain.ScaleLevel{{Level: 0, Name: "Not at level 1"}, {Level: 1, Name: "One"}, {Level: 2, Name: "Two"}, {Level: 3, Name: "Three"}, {Level: 4, Name: "Four"}},
		}},
		Crosswalks: []domain.Crosswalk{{
			Code: "hdc-2018-2026", Name: "Made up", Source: "Made up.", From: domain.FrameworkRef{ID: 1, Framework: "hdc", Version: "2018"},
			To:     domain.FrameworkRef{ID: 9, Framework: "hdc", Version: "2026"},
			Levels: []domain.CrosswalkLevel{{FromCompetence: "CCP", FromLevel: 1, ToCompetence: "CCP", ToLevel: 2}},
		}},
	}
}

// fakeTotals answers each question with the rows it was given, and remembers it.
type fakeTotals struct {
	changing  bool // the register changes between any two questions
	changes   int
	vacancies func(filter domain.TotalsFilter) ([]domain.VacancyTotal, error)
	skills    func(filter domain.TotalsFilter) ([]domain.SkillsTotal, error)
	workforce func(filter domain.TotalsFilter) ([]domain.WorkforceTotal, error)
	positions func(filter domain.TotalsFilter) ([]domain.PositionTotal, error)
	purged    *domain.PurgeHorizon
	// asking guards asked: some reports ask several questions at once.
	asking sync.Mutex
	asked  []domain.TotalsFilter
}

func (f *fakeTotals) note(filter domain.TotalsFilter) {
	f.asking.Lock()
	defer f.asking.Unlock()
	f.asked = append(f.asked, filter)
}

// LastChange implements domain.TotalsReader.
func (f *fakeTotals) LastChange(context.Context) (int64, error) {
	f.changes++
	if f.changing {
		return int64(f.changes), nil
	}
	return 0, nil
}

// LastChangeAt implements domain.TotalsReader.
func (f *fakeTotals) LastChangeAt(_ context.Context, knownAt *time.Time) (*time.Time, error) {
	at := now.Add(-time.Hour)
	switch {
	case knownAt != nil:
		at = knownAt.Add(-time.Minute)
	case f.changing:
		at = at.Add(time.Duration(f.changes) * time.Second)
	}
	return &at, nil
}

// PurgedBefore implements domain.TotalsReader.
func (f *fakeTotals) PurgedBefore(context.Context, []string) (*domain.PurgeHorizon, error) {
	return f.purged, nil
}

func (f *fakeTotals) VacancyTotals(_ context.Context, _ domain.Actor, filter domain.TotalsFilter) ([]domain.VacancyTotal, error) {
	f.note(filter)
	if f.vacancies == nil {
		return nil, nil
	}
	return f.vacancies(filter)
}

func (f *fakeTotals) SkillsTotals(_ context.Context, _ domain.Actor, filter domain.TotalsFilter) ([]domain.SkillsTotal, error) {
	f.note(filter)
	if f.skills == nil {
		return nil, nil
	}
	return f.skills(filter)
}

func (f *fakeTotals) WorkforceTotals(_ context.Context, _ domain.Actor, filter domain.TotalsFilter) ([]domain.WorkforceTotal, error) {
	f.note(filter)
	if f.workforce == nil {
		return nil, nil
	}
	return f.workforce(filter)
}

func (f *fakeTotals) PositionTotals(_ context.Context, _ domain.Actor, filter domain.TotalsFilter) ([]domain.PositionTotal, error) {
	f.note(filter)
	if f.positions == nil {
		return nil, nil
	}
	return f.positions(filter)
}

func (f *fakeRegistry) Successions(context.Context, []string) ([]domain.Succession, error) {
	return nil, nil
}

func (f *fakeRegistry) SuccessorsOf(_ context.Context, codes []string, _ domain.Date) (map[string][]string, error) {
	found := map[string][]string{}
	for _, code := range codes {
		if successors, closed := f.successors[code]; closed {
			found[code] = successors
		}
	}
	return found, nil
}

func (f *fakeRegistry) ReportingStarts(_ context.Context, _ domain.Actor, _ string) (map[domain.UploadKind]domain.Date, error) {
	return map[domain.UploadKind]domain.Date{domain.UploadStaff: domain.NewDate(2026, time.April, 1)}, nil
}

func (f *fakeRegistry) ImportSuccessions(_ context.Context, _ domain.Actor, file []domain.Succession) (domain.ImportSummary, error) {
	return domain.ImportSummary{Read: len(file), New: len(file)}, nil
}

func (f *fakeRegistry) SetReportingStart(context.Context, domain.Actor, string, domain.UploadKind, *domain.Date) error {
	return nil
}

func (f *fakeRegistry) PublishFramework(_ context.Context, _ domain.Actor, _ string, version domain.FrameworkVersion) (domain.FrameworkVersion, error) {
	return version, nil
}

func (f *fakeRegistry) PublishCrosswalk(_ context.Context, _ domain.Actor, crosswalk domain.Crosswalk) (domain.Crosswalk, error) {
	return crosswalk, nil
}
