package repository_test

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"slices"
	"testing"

	"skillstracker/domain"
	"skillstracker/repository"
	"skillstracker/repository/localpg"
)

func keepingFiles(c *repository.Config) { c.KeepFiles = repository.KeepFilesFor }

// withContent gives a file some bytes to keep; what they are is the same to the register.
func withContent(t *testing.T, file domain.UploadFile, size int64) domain.UploadFile {
	t.Helper()
	file.Content = &domain.KeptFile{Bytes: bytes.NewReader(synthetic(size)), Size: size}
	return file
}

// synthetic is content that no compression makes smaller, always the same.
func synthetic(size int64) []byte {
	content := make([]byte, size)
	source := rand.NewChaCha8([32]byte{})
	_, _ = source.Read(content)
	return content
}

// content reads a kept file and the sizes of its parts.
func (r register) content(t *testing.T, actor domain.Actor, id string) (content []byte, parts []int, err error) {
	t.Helper()
	err = r.UploadContent(t.Context(), actor, id, func(part []byte) error {
		content, parts = append(content, part...), append(parts, len(part))
		return nil
	})
	return content, parts, err
}

func TestASentFileIsKeptInParts(t *testing.T) {
	t.Parallel()
	r := newRegister(t, keepingFiles)
	const mebibyte = 1 << 20
	for _, c := range []struct {
		size  int64
		parts []int
	}{
		{1, []int{1}},
		{mebibyte, []int{mebibyte}},
		{mebibyte + 1, []int{mebibyte, 1}},
		{5*mebibyte + 7, []int{mebibyte, mebibyte, mebibyte, mebibyte, mebibyte, 7}},
	} {
		upload := r.store(t, withContent(t, monthOf("RXA", 1), c.size))
		content, parts, err := r.content(t, hr("RXA"), upload.ID)
		if err != nil || !bytes.Equal(content, synthetic(c.size)) || !slices.Equal(parts, c.parts) {
			t.Errorf("%d bytes: %d bytes came back in parts of %v, %v", c.size, len(content), parts, err)
		}
		if upload.KeptUntil == nil || upload.KeptUntil.Sub(upload.ReceivedAt) != repository.KeepFilesFor {
			t.Errorf("received at %s, kept until %v", upload.ReceivedAt, upload.KeptUntil)
		}
		if _, _, err := r.content(t, hr("RXB"), upload.ID); domain.KindOf(err) != domain.KindNotFound {
			t.Errorf("another organisation: %v", err)
		}
	}
}

func TestFilesThatAreNotKept(t *testing.T) {
	t.Parallel()
	r := newRegister(t, keepingFiles)
	refused := withContent(t, newFile(domain.UploadStaff, "RXA", 3), 100)
	refused.Refused = true
	refused.Faults.Add(domain.FindingPersonalDataColumn, domain.Cell{Column: "NI number"}, "")
	inPart := refused
	inPart.Faults, inPart.Mode = domain.NewFindings(), domain.ModeValidRows
	inPart.Faults.Add(domain.FindingPersonalDataValue, domain.Cell{Row: 4}, "")
	preview := withContent(t, monthOf("RXA", 1), 100)
	preview.CheckOnly = true
	for name, file := range map[string]domain.UploadFile{
		"refused": refused, "refused for one row": inPart, "without content": monthOf("RXA", 2), "a preview": preview,
	} {
		upload, err := r.StoreUpload(t.Context(), hr("RXA"), file)
		if err != nil {
			t.Fatal(err)
		}
		if upload.KeptUntil != nil || file.Refused && upload.State != domain.UploadRejected {
			t.Errorf("%s: %s, kept until %s", name, upload.State, upload.KeptUntil)
		}
		if upload.ID == "" {
			continue
		}
		_, _, err = r.content(t, hr("RXA"), upload.ID)
		if ours, ok := errors.AsType[*domain.Error](err); !ok || ours.Code != "file_not_kept" || ours.Kind != domain.KindNotFound {
			t.Errorf("%s: %v", name, err)
		}
	}
	if got := one(t, r.database.Admin(t), `SELECT count(*) FROM upload_file_part`); got != "0" {
		t.Errorf("%s parts are kept", got)
	}
	never := newRegister(t)
	if upload := never.store(t, withContent(t, monthOf("RXA", 1), 100)); upload.KeptUntil != nil {
		t.Errorf("kept until %s although nothing is to be kept", upload.KeptUntil)
	}
}

func TestARejectedFileIsKept(t *testing.T) {
	t.Parallel()
	r := newRegister(t, keepingFiles)
	file := withContent(t, vacancies("RXA", withdrawnCell(date(2026, 9, 30), "03", "9")), 10)
	upload, err := r.StoreUpload(t.Context(), hr("RXA"), file)
	if err != nil || upload.State != domain.UploadRejected {
		t.Fatalf("%s, %v", upload.State, err)
	}
	if content, _, err := r.content(t, hr("RXA"), upload.ID); err != nil || len(content) != 10 {
		t.Errorf("%d bytes, %v", len(content), err)
	}
}

func TestAFileThatCannotBeReadToKeepItStoresNothing(t *testing.T) {
	t.Parallel()
	r := newRegister(t, keepingFiles)
	file := withContent(t, monthOf("RXA", 1), 100)
	file.Content.Size = 200
	before := contents(t, r)
	if upload, err := r.StoreUpload(t.Context(), hr("RXA"), file); domain.KindOf(err) == domain.KindNotFound || err == nil {
		t.Errorf("%s, %v", upload.State, err)
	}
	if grown, ended := wantGrown(t, before, contents(t, r)); len(grown)+len(ended) > 0 {
		t.Errorf("new rows in %v, rows ended in %v", grown, ended)
	}
}

func TestWhoeverTakesTheFileMayStop(t *testing.T) {
	t.Parallel()
	r := newRegister(t, keepingFiles)
	upload := r.store(t, withContent(t, monthOf("RXA", 1), 3<<20))
	enough, parts := errors.New("enough"), 0
	err := r.UploadContent(t.Context(), hr("RXA"), upload.ID, func([]byte) error {
		parts++
		return enough
	})
	if !errors.Is(err, enough) || parts != 1 {
		t.Errorf("after %d parts: %v", parts, err)
	}
}

// What has run out goes, of all organisations and in one call, and nothing else.
func TestOnlyWhatHasRunOutIsDeleted(t *testing.T) {
	t.Parallel()
	r := newRegister(t, keepingFiles)
	ids := make(map[string]string)
	for _, organisation := range []string{"RXA", "RXB"} {
		for _, name := range []string{"old", "new"} {
			file := withContent(t, monthOf(organisation, len(ids)+1), 1<<20+1)
			file.IdempotencyKey = name
			ids[organisation+" "+name] = r.store(t, file).ID
		}
	}
	db := r.database.Admin(t)
	noted := func() []string {
		return column(t, db, `SELECT concat_ws(' ', coalesce(organisation, 'none'), actor, role, object, outcome) FROM audit_event WHERE operation = 'expireFiles'`)
	}
	if files, keys, err := r.ExpireFiles(t.Context()); err != nil || files != 0 || keys != 0 || len(noted()) > 0 {
		t.Errorf("%d files and %d keys ran out at once, %v; noted %q", files, keys, err, noted())
	}
	run(t, db, `UPDATE idempotency_key SET kept_until = now() - interval '1 second' WHERE key = 'old'`,
		`UPDATE upload_file_part p SET kept_until = now() - interval '1 second' FROM idempotency_key k WHERE k.upload_id = p.upload_id AND k.key = 'old'`)
	if _, _, err := r.content(t, hr("RXA"), ids["RXA old"]); domain.KindOf(err) != domain.KindNotFound {
		t.Errorf("a file that has run out is handed out: %v", err)
	}
	if files, keys, err := r.ExpireFiles(t.Context()); err != nil || files != 2 || keys != 2 {
		t.Errorf("%d files and %d keys ran out, %v", files, keys, err)
	}
	if want := []string{"none service admin 2 files, 2 keys done"}; !slices.Equal(noted(), want) {
		t.Errorf("the audit trail has %q, want %q", noted(), want)
	}
	want := []string{"RXA new 2", "RXB new 2"}
	got := column(t, db, `SELECT concat_ws(' ', k.organisation, k.key, count(p.part)) FROM idempotency_key k
		FULL JOIN upload_file_part p ON p.upload_id = k.upload_id GROUP BY k.organisation, k.key ORDER BY 1`)
	if !slices.Equal(got, want) {
		t.Errorf("left are %v, want %v", got, want)
	}
	if _, _, err := r.content(t, hr("RXA"), ids["RXA new"]); err != nil {
		t.Error(err)
	}
}

// The policies alone keep what has not run out, whatever a statement says.
func TestNothingThatIsStillKeptCanBeDeleted(t *testing.T) {
	t.Parallel()
	r := newFilledRegister(t)
	for _, table := range expiringTables() {
		for _, settings := range []string{
			`SELECT set_config('skills.aggregate', 'on', true)`,
			`SELECT set_config('skills.expire', 'on', true)`,
			`SELECT set_config('skills.organisations', 'RXA', true), set_config('skills.write_organisation', 'RXA', true)`,
			`SELECT 1`,
		} {
			tx, err := openAs(t, r.database, localpg.RoleApp).BeginTx(t.Context(), nil)
			if err != nil {
				t.Fatal(err)
			}
			run(t, tx, settings)
			result, err := tx.Exec(`DELETE FROM ` + table)
			if err != nil {
				t.Fatal(err)
			}
			if n, err := result.RowsAffected(); err != nil || n != 0 {
				t.Errorf("%s: %d rows deleted, %v", table, n, err)
			}
			if err := tx.Rollback(); err != nil {
				t.Error(err)
			}
		}
	}
	if got := one(t, r.database.Admin(t), `SELECT min(kept_until) > now() + interval '6 days' FROM idempotency_key`); got != "true" {
		t.Error("keys are not kept for seven days")
	}
}

// What has run out is seen and deleted to expire it only, except that an
// organisation makes room for a key of its own.
func TestWhoSeesAndDeletesWhatHasRunOut(t *testing.T) {
	t.Parallel()
	r := newFilledRegister(t)
	db := r.database.Admin(t)
	for _, table := range expiringTables() {
		tx, err := db.BeginTx(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		run(t, tx, `UPDATE `+table+` SET kept_until = now() - interval '1 second'`)
		p := &prober{t: t, tx: tx}
		rows, room := p.look(table), 0
		if protectionOf(table).reused {
			room = rows.own
		}
		for _, c := range []struct {
			scope         scopeSetting
			seen, deleted int
		}{
			{scopeSetting{}, 0, 0},
			{scopeSetting{aggregate: "on"}, 0, 0},
			{scopeSetting{read: "RXA,RXB"}, rows.total, 0},
			{scopeSetting{read: "RXA", write: "RXA"}, rows.own, room},
			{scopeSetting{read: "RXA,RXB", write: "RXA"}, rows.total, room},
			{scopeSetting{expire: "on"}, rows.total, rows.total},
		} {
			if seen := p.sees(localpg.RoleApp, c.scope, table); seen != c.seen {
				t.Errorf("%s: scope %+v sees %d rows, want %d", table, c.scope, seen, c.seen)
			}
			if deleted, state := p.does(localpg.RoleApp, c.scope, `DELETE FROM `+table); deleted != int64(c.deleted) || state != "" {
				t.Errorf("%s: scope %+v deletes %d rows (SQLSTATE %q), want %d", table, c.scope, deleted, state, c.deleted)
			}
		}
		if err := tx.Rollback(); err != nil {
			t.Error(err)
		}
	}
}
