package repository_test

import (
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"skillstracker/domain"
	"skillstracker/repository"
)

// openMethods give no organisation's rows, each for the reason given.
func openMethods() map[string]string {
	return map[string]string{
		"CheckErasureKey":     "whether a key is that of the whole register",
		"AuditHeads":          "the ends of all chains: numbers and hashes, for the log; no events",
		"Close":               "no rows",
		"CreateToken":         "tokens are of no organisation; who may make them is decided before",
		"RevokeToken":         "tokens are of no organisation; who may end them is decided before",
		"BeginSignIn":         "a sign-in by its secrets",
		"TakeSignIn":          "a sign-in by its secrets",
		"StartSession":        "one session; that the person has a role is decided in it",
		"Session":             "one session by its secret",
		"EndSession":          "one session by its secret",
		"EndProviderSessions": "sessions that their provider names, and their number only",
		"ExpireSignIns":       "what nobody can use any more, and its number only",
		"LinkIsGood":          "one link by its secret",
		"MakeAdminLink":       "a link that nobody else sees, while there is no administrator",
		"HasAdministrator":    "whether there is one",
		"Users":               "people who sign in are of no organisation; who may see them is decided before",
		"SetUser":             "people who sign in are of no organisation; who may give roles is decided before",
		"RemoveUser":          "people who sign in are of no organisation; who may take roles is decided before",
		"EndUserSessions":     "people who sign in are of no organisation; who may end sessions is decided before",
		"Tokens":              "tokens are of no organisation; who may see them is decided before",
		"DB":                  "carries no scope, tested below",
		"ExpireFiles":         "rows that have run out, of all organisations, and counts of them only",
		"ImportSuccessions":   "the registry is public; who may write it is decided before",
		"Successions":         "public registry",
		"SuccessorsOf":        "public registry",
		"PublishFramework":    "reference lists; who may write them is decided before",
		"PublishCrosswalk":    "reference lists; who may write them is decided before",
		"SetReportingStart":   "gives no rows; who may write them is decided before",
		"ImportOrganisations": "the registry is public; who may write it is decided before",
		"LastChange":          "one number about the whole register",
		"LastChangeAt":        "one time about the whole register",
		"Lists":               "reference lists",
		"NoteRefusal":         "gives no rows; the chain is that of the caller",
		"NoteUse":             "one token by its id",
		"Organisation":        "public registry",
		"Organisations":       "public registry",
		"Ping":                "no rows",
		"PositionTotals":      "aggregates; who may ask is decided before",
		"PrivacyChanges":      "when organisations last erased, restricted or purged, for commands; nothing about whom",
		"PurgedBefore":        "two days for aggregates; who may ask is decided before",
		"Resolve":             "public registry",
		"SkillsTotals":        "aggregates; who may ask is decided before",
		"Synthetic":           "one row about the whole database",
		"Token":               "one token by its id",
		"VacancyTotals":       "aggregates; who may ask is decided before",
		"WorkforceTotals":     "aggregates; who may ask is decided before",
	}
}

func TestStoreMethodsGiveNothingOfAnotherOrganisation(t *testing.T) {
	t.Parallel()
	r := newFilledRegister(t)
	before := contents(t, r)
	theirs := one(t, r.database.Admin(t), `SELECT id FROM upload WHERE organisation = 'RXA' AND state = 'rejected'`)
	const nobodys = "00000000-0000-4000-8000-000000000000"
	stranger := hr("RXB")
	page := domain.Page{Limit: 100}
	hdc := r.framework(t, "hdc", "2018")
	dataOf := func(organisation string) domain.DataQuery {
		return domain.DataQuery{Organisation: organisation, AsAt: date(2026, 9, 30), Framework: hdc}
	}
	closed := map[string]func(organisation, id string) (any, error){
		"Upload": func(_, id string) (any, error) {
			upload, err := r.Upload(t.Context(), stranger, id, 100)
			return upload, err
		},
		"UploadFindings": func(_, id string) (any, error) {
			findings, total, err := r.UploadFindings(t.Context(), stranger, id, page)
			return []any{findings, total}, err
		},
		"Uploads": func(organisation, _ string) (any, error) {
			uploads, total, err := r.Uploads(t.Context(), stranger, organisation, domain.UploadFilter{}, page)
			return []any{uploads, total}, err
		},
		"UploadContent": func(_, id string) (any, error) {
			var content []byte
			err := r.UploadContent(t.Context(), stranger, id, func(part []byte) error {
				content = append(content, part...)
				return nil
			})
			return content, err
		},
		"ReportingStarts": func(organisation, _ string) (any, error) {
			starts, err := r.ReportingStarts(t.Context(), stranger, organisation)
			return starts, err
		},
		"VoidUpload": func(_, id string) (any, error) {
			upload, err := r.VoidUpload(t.Context(), stranger, id)
			return upload, err
		},
		"People": func(organisation, _ string) (any, error) {
			var people []domain.Person
			err := r.People(t.Context(), stranger, domain.PeopleQuery{Organisation: organisation, AsAt: date(2026, 9, 30), Today: date(2026, 10, 1), Framework: hdc}, func(person domain.Person) error {
				people = append(people, person)
				return nil
			})
			return people, err
		},
		"AuditEvents": func(organisation, _ string) (any, error) {
			var events []domain.AuditEvent
			err := r.AuditEvents(t.Context(), stranger, domain.AuditFilter{Chain: organisation}, func(event domain.AuditEvent) error {
				events = append(events, event)
				return nil
			})
			return events, err
		},
		"PersonRecord": func(organisation, _ string) (any, error) {
			record, err := r.PersonRecord(t.Context(), stranger, organisation, number(1))
			return record, err
		},
		"ErasePerson": func(organisation, _ string) (any, error) {
			_, err := r.ErasePerson(t.Context(), stranger, organisation, number(1), date(2026, 10, 2), named())
			return nil, err
		},
		"RestrictPerson": func(organisation, _ string) (any, error) {
			_, err := r.RestrictPerson(t.Context(), stranger, organisation, number(1), true)
			return nil, err
		},
		"UploadSummaries": func(organisation, _ string) (any, error) {
			summaries, err := r.UploadSummaries(t.Context(), stranger, domain.UploadSummaryQuery{Organisation: organisation, Kinds: []domain.UploadKind{domain.UploadStaff}})
			return summaries, err
		},
		"NoteRead": func(organisation, _ string) (any, error) {
			return nil, r.NoteRead(t.Context(), stranger, domain.DataRead{Organisations: []string{organisation}, Operation: "readStaff"})
		},
		"StaffRows": func(organisation, _ string) (any, error) {
			var rows []domain.StaffRow
			err := r.StaffRows(t.Context(), stranger, dataOf(organisation), func(row domain.StaffRow) error {
				rows = append(rows, row)
				return nil
			})
			return rows, err
		},
		"Export": func(organisation, _ string) (any, error) {
			rows := 0
			err := r.Export(t.Context(), stranger, domain.ExportQuery{Kind: domain.ExportStaff, Organisations: []string{organisation}, AsAt: date(2026, 9, 30)}, func([][]byte) error {
				rows++
				return nil
			})
			return rows, err
		},
		"AssessmentRows": func(organisation, _ string) (any, error) {
			var rows []domain.AssessmentRow
			err := r.AssessmentRows(t.Context(), stranger, dataOf(organisation), func(row domain.AssessmentRow) error {
				rows = append(rows, row)
				return nil
			})
			return rows, err
		},
		"VacancyRows": func(organisation, _ string) (any, error) {
			var rows []domain.VacancyRow
			err := r.VacancyRows(t.Context(), stranger, dataOf(organisation), func(row domain.VacancyRow) error {
				rows = append(rows, row)
				return nil
			})
			return rows, err
		},
		"PositionRows": func(organisation, _ string) (any, error) {
			var rows []domain.PositionRow
			err := r.PositionRows(t.Context(), stranger, dataOf(organisation), func(row domain.PositionRow) error {
				rows = append(rows, row)
				return nil
			})
			return rows, err
		},
		"OpenPositions": func(organisation, _ string) (any, error) {
			open, err := r.OpenPositions(t.Context(), stranger, dataOf(organisation))
			return open, err
		},
		"LastUploads": func(organisation, _ string) (any, error) {
			last, err := r.LastUploads(t.Context(), stranger, []string{"RXB", organisation}, nil)
			return last, err
		},
		"TargetRows": func(organisation, _ string) (any, error) {
			var rows []domain.TargetRow
			err := r.TargetRows(t.Context(), stranger, dataOf(organisation), func(row domain.TargetRow) error {
				rows = append(rows, row)
				return nil
			})
			return rows, err
		},
		"Targets": func(organisation, _ string) (any, error) {
			targets, err := r.Targets(t.Context(), stranger, domain.TargetQuery{Organisation: organisation, AsAt: date(2026, 9, 30), Framework: hdc})
			return targets, err
		},
		"StoreUpload": func(organisation, _ string) (any, error) {
			upload, err := r.StoreUpload(t.Context(), stranger, staffList(organisation, date(2026, 9, 30), 1))
			return upload, err
		},
	}
	for name, call := range closed {
		got, err := call("RXA", theirs)
		if domain.KindOf(err) != domain.KindNotFound {
			t.Errorf("%s: %+v, %v", name, got, err)
			continue
		}
		unknown, reason := call("RZZ", nobodys)
		if reason == nil || err.Error() != reason.Error() || !reflect.DeepEqual(got, unknown) {
			t.Errorf("%s tells what is another's (%v) from what does not exist (%v)", name, err, reason)
		}
	}
	if diff := cmp.Diff(before, contents(t, r)); diff != "" {
		t.Errorf("the register changed:\n%s", diff)
	}
	var methods []string
	for i := range reflect.TypeOf(r.Store).NumMethod() {
		methods = append(methods, reflect.TypeOf(r.Store).Method(i).Name)
	}
	listed := slices.Concat(slices.Collect(maps.Keys(closed)), slices.Collect(maps.Keys(openMethods())))
	slices.Sort(listed)
	if diff := cmp.Diff(listed, methods); diff != "" {
		t.Errorf("methods of Store that this test lists and that there are (-listed +there):\n%s", diff)
	}
}

func TestUploadsAreListedForTheirOwnOrganisationOnly(t *testing.T) {
	t.Parallel()
	r := newFilledRegister(t)
	both := hr("RXB", "RXA")
	for _, organisation := range []string{"RXA", "RXB"} {
		list, total, err := r.Uploads(t.Context(), both, organisation, domain.UploadFilter{}, domain.Page{Limit: 100})
		if err != nil {
			t.Fatal(err)
		}
		if total != filledUploads || len(list) != filledUploads {
			t.Errorf("%s has %d uploads of %d, want %d", organisation, len(list), total, filledUploads)
		}
		for _, upload := range list {
			if upload.Organisation != organisation {
				t.Errorf("an upload of %s is listed for %s", upload.Organisation, organisation)
			}
			if _, err := r.Upload(t.Context(), both, upload.ID, 1); err != nil {
				t.Errorf("%s: %v", upload.ID, err)
			}
		}
	}
	if list, total, err := r.Uploads(t.Context(), domain.Actor{ID: "none", Role: domain.RoleHR}, "RXA", domain.UploadFilter{}, domain.Page{Limit: 1}); domain.KindOf(err) != domain.KindNotFound {
		t.Errorf("an actor without organisations gets %d of %d uploads, %v", len(list), total, err)
	}
}

func TestPoolCarriesNoScope(t *testing.T) {
	t.Parallel()
	r := newFilledRegister(t)
	// Every connection of the pool has served a scoped transaction by now, or will
	// be new: none may keep the scope.
	for range 20 {
		if _, _, err := r.Uploads(t.Context(), hr("RXA"), "RXA", domain.UploadFilter{}, domain.Page{Limit: 1}); err != nil {
			t.Fatal(err)
		}
		if got := column(t, r.DB(), `SELECT id FROM upload UNION ALL SELECT id FROM upload`); len(got) > 0 {
			t.Fatalf("%d uploads are seen without a scope", len(got))
		}
	}
}

func TestATransactionThatOnlyReadsCannotWrite(t *testing.T) {
	t.Parallel()
	r := newFilledRegister(t)
	const write = `INSERT INTO staff_member (organisation, employee_number, added_by) SELECT 'RXA', 'new', max(id) FROM change`
	err := repository.RunScoped(t.Context(), r.Store, "RXA", true, write)
	if err == nil || !strings.Contains(err.Error(), "SQLSTATE 25006") {
		t.Errorf("reading: %v", err)
	}
	if err := repository.RunScoped(t.Context(), r.Store, "RXA", false, write); err != nil {
		t.Errorf("writing: %v", err)
	}
	for _, readOnly := range []bool{true, false} {
		if err := repository.RunScoped(t.Context(), r.Store, "RXA", readOnly, `SELECT 1 / count(*) FROM staff_member WHERE organisation = 'RXA'`); err != nil {
			t.Errorf("own rows, read only %t: %v", readOnly, err)
		}
		if err := repository.RunScoped(t.Context(), r.Store, "RXA", readOnly, `SELECT 1 / count(*) FROM staff_member WHERE organisation = 'RXB'`); err == nil {
			t.Errorf("another's rows are seen, read only %t", readOnly)
		}
	}
}
