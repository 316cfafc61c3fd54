package repository_test

import (
	"context"
	"io"
	"maps"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"skillstracker/domain"
	"skillstracker/repository"
)

// unaudited are the methods of Store that leave no event: those that only read what is
// open, or are called where the event is written before, and what says nothing about
// the register.
func unaudited() []string {
	return []string{
		// The API notes these before it calls them (domain.ReadAudit).
		"AssessmentRows", "Export", "People", "PositionRows", "StaffRows", "TargetRows", "UploadContent", "VacancyRows",
		// Neither rows about people nor a write.
		"AuditHeads", "CheckErasureKey", "Close", "DB", "HasAdministrator", "LastChange", "LastChangeAt", "LastUploads", "LinkIsGood", "Lists", "OpenPositions", "Organisation",
		"Organisations", "Ping", "PositionTotals", "PrivacyChanges", "PurgedBefore", "ReportingStarts", "Resolve", "SkillsTotals", "Successions", "SuccessorsOf", "Synthetic",
		"Targets", "Token", "Tokens", "Upload", "UploadFindings", "UploadSummaries", "Uploads", "Users", "VacancyTotals", "WorkforceTotals",
		// When a credential was last used, and what is on the way to a session.
		"BeginSignIn", "ExpireSignIns", "NoteUse", "Session", "TakeSignIn",
	}
}

// A change that cannot be audited does not happen, and what is to be noted before it is
// read is not read: here no event can be written, as when the disk is full.
func TestNothingHappensThatCannotBeAudited(t *testing.T) {
	t.Parallel()
	r := newRegister(t, keepingFiles, func(cfg *repository.Config) {
		cfg.KeepFiles, cfg.KeepKeys, cfg.ErasureKey = time.Nanosecond, time.Nanosecond, make([]byte, 32)
	})
	stored := r.store(t, withContent(t, staffList("RXA", date(2026, 9, 30), 5), 1))
	from, to := r.publish(t, madeUp("1.0")), r.publish(t, madeUp("2.0"))
	token, session := newToken(t, domain.RoleHR, grantOf(domain.ScopeOrganisation, "RXA")), [32]byte{1}
	held := newToken(t, domain.RoleHR, grantOf(domain.ScopeOrganisation, "RXA"))
	user := domain.User{ID: domain.UserID("https://provider.invalid", "1"), Role: domain.RolePlanner, Grant: domain.Grant{Kind: domain.ScopeAll}, GrantedAt: madeAt(), GrantedBy: "admin"}
	begin := domain.NewSession{Secret: session, UserID: user.ID, Provider: "provider", SID: "s", At: madeAt()}
	for _, prepared := range []error{
		r.CreateToken(t.Context(), admin(), held), func() error { _, err := r.SetUser(t.Context(), admin(), user); return err }(),
		r.StartSession(t.Context(), begin, nil, "test"),
	} {
		if prepared != nil {
			t.Fatal(prepared)
		}
	}
	run(t, r.admin, `CREATE FUNCTION refuse_event() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''no space left'' USING ERRCODE = ''53100''; END'`,
		`CREATE TRIGGER a_refuses BEFORE INSERT ON audit_event FOR EACH ROW EXECUTE FUNCTION refuse_event()`)
	others := begin
	others.Secret = [32]byte{2}
	writes := map[string]func(context.Context) error{
		"StoreUpload": func(ctx context.Context) error {
			for _, file := range []domain.UploadFile{
				staffList("RXA", date(2026, 10, 31), 4), r.assessments(t, "RXA", date(2026, 9, 30), 2, 1),
				vacancies("RXA", withdrawnCell(date(2026, 9, 30), "03", "5")),
			} {
				if _, err := r.StoreUpload(ctx, hr("RXA"), file); domain.KindOf(err) != domain.KindUnavailable {
					return err
				}
			}
			preview := staffList("RXA", date(2026, 10, 31), 4)
			preview.CheckOnly = true
			_, err := r.StoreUpload(ctx, hr("RXA"), preview)
			return err
		},
		"VoidUpload": func(ctx context.Context) error { _, err := r.VoidUpload(ctx, hr("RXA"), stored.ID); return err },
		"ImportOrganisations": func(ctx context.Context) error {
			_, err := r.ImportOrganisations(ctx, admin(), edition(date(2026, 1, 1), entry("RXD", "Trust D (synthetic)")))
			return err
		},
		"ImportSuccessions": func(ctx context.Context) error {
			_, err := r.ImportSuccessions(ctx, admin(), []domain.Succession{{Predecessor: "RXB", Successor: "RXA", EffectiveOn: date(2026, 4, 1)}})
			return err
		},
		"SetReportingStart": func(ctx context.Context) error {
			return r.SetReportingStart(ctx, admin(), "RXB", domain.UploadStaff, datePointer(date(2026, 4, 1)))
		},
		"PublishFramework": func(ctx context.Context) error {
			_, err := r.PublishFramework(ctx, admin(), "Made up", madeUp("3.0"))
			return err
		},
		"PublishCrosswalk": func(ctx context.Context) error {
			_, err := r.PublishCrosswalk(ctx, admin(), crosswalk("made-up-1-2", from, to))
			return err
		},
		"ExpireFiles": func(ctx context.Context) error { _, _, err := r.ExpireFiles(ctx); return err },
		"CreateToken": func(ctx context.Context) error { return r.CreateToken(ctx, admin(), token) },
		"RevokeToken": func(ctx context.Context) error { return r.RevokeToken(ctx, admin(), held.ID, madeAt()) },
		"SetUser": func(ctx context.Context) error {
			changed := user
			changed.Role, changed.Grant = domain.RoleHR, grantOf(domain.ScopeOrganisation, "RXA")
			_, err := r.SetUser(ctx, admin(), changed)
			return err
		},
		"RemoveUser":      func(ctx context.Context) error { return r.RemoveUser(ctx, admin(), user.ID, madeAt()) },
		"EndUserSessions": func(ctx context.Context) error { return r.EndUserSessions(ctx, admin(), user.ID, madeAt()) },
		"StartSession":    func(ctx context.Context) error { return r.StartSession(ctx, others, nil, "test") },
		"EndSession":      func(ctx context.Context) error { return r.EndSession(ctx, session, madeAt(), "test") },
		"MakeAdminLink":   func(ctx context.Context) error { return r.MakeAdminLink(ctx, [32]byte{3}, madeAt()) },
		"EndProviderSessions": func(ctx context.Context) error {
			_, err := r.EndProviderSessions(ctx, domain.ProviderLogout{Provider: "provider", UserID: user.ID, BegunBy: madeAt().Add(time.Hour)}, madeAt(), "test")
			return err
		},
		"ErasePerson": func(ctx context.Context) error {
			_, err := r.ErasePerson(ctx, hr("RXA"), "RXA", number(1), date(2026, 10, 31), func(context.Context, domain.Upload, io.Reader, string) (domain.Mention, error) {
				return domain.Mention{Named: true}, nil
			})
			return err
		},
		"RestrictPerson": func(ctx context.Context) error {
			_, err := r.RestrictPerson(ctx, hr("RXA"), "RXA", number(2), true)
			return err
		},
		"PersonRecord": func(ctx context.Context) error {
			record, err := r.PersonRecord(ctx, hr("RXA"), "RXA", number(2))
			if !reflect.DeepEqual(record, domain.PersonRecord{}) {
				t.Errorf("a record was read: %+v", record)
			}
			return err
		},
		"NoteRead": func(ctx context.Context) error {
			return r.NoteRead(ctx, hr("RXA"), domain.DataRead{Organisations: []string{"RXA"}, Operation: "exportPeople"})
		},
		"NoteRefusal": func(ctx context.Context) error {
			return r.NoteRefusal(ctx, domain.Refusal{Operation: "getUpload", Code: "token_missing"})
		},
		"AuditEvents": func(ctx context.Context) error {
			return r.AuditEvents(ctx, auditorOfAll(), domain.AuditFilter{}, func(domain.AuditEvent) error {
				t.Error("an event was read")
				return nil
			})
		},
	}
	owner := r.database.Owner(t)
	commands := map[string]func(context.Context) error{
		"token create": func(ctx context.Context) error { return owner.CreateToken(ctx, token) },
		"token revoke": func(ctx context.Context) error { return owner.RevokeToken(ctx, held.ID, madeAt()) },
		"demo":         owner.MarkSynthetic,
		"rollups rebuild": func(ctx context.Context) error {
			return owner.RebuildRollups(ctx, func(int, int) error {
				t.Error("roll-ups were rebuilt")
				return nil
			})
		},
	}
	before := everything(t, r)
	for name, attempt := range joined(writes, commands) {
		if err := attempt(t.Context()); domain.KindOf(err) != domain.KindUnavailable {
			t.Errorf("%s: %v", name, err)
		}
		if diff := cmp.Diff(before, everything(t, r)); diff != "" {
			t.Fatalf("%s changed something:\n%s", name, diff)
		}
	}
	run(t, r.admin, `DROP TRIGGER a_refuses ON audit_event`)
	for name, attempt := range joined(writes, commands) {
		if name == "AuditEvents" || name == "PersonRecord" || name == "demo" || name == "rollups rebuild" {
			continue
		}
		if err := attempt(t.Context()); domain.KindOf(err) == domain.KindUnavailable {
			t.Errorf("%s would have failed anyway: %v", name, err)
		}
	}
	var methods []string
	for i := range reflect.TypeOf(r.Store).NumMethod() {
		methods = append(methods, reflect.TypeOf(r.Store).Method(i).Name)
	}
	listed := slices.Sorted(slices.Values(slices.Concat(slices.Collect(maps.Keys(writes)), unaudited())))
	if diff := cmp.Diff(listed, methods); diff != "" {
		t.Errorf("methods of Store that this test lists and that there are (-listed +there):\n%s", diff)
	}
}

func joined(all ...map[string]func(context.Context) error) func(func(string, func(context.Context) error) bool) {
	return func(yield func(string, func(context.Context) error) bool) {
		for _, some := range all {
			for name, attempt := range some {
				if !yield(name, attempt) {
					return
				}
			}
		}
	}
}

// everything is the text of every row of every table, but for the roll-ups' order.
func everything(t *testing.T, r register) map[string][]string {
	t.Helper()
	rows := make(map[string][]string)
	for _, table := range column(t, r.admin, `SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace`) {
		rows[table] = column(t, r.admin, `SELECT r::text FROM `+table+` r ORDER BY 1`)
	}
	return rows
}
