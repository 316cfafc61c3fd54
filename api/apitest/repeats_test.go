package apitest_test

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/http"
	"sync"
	"testing"
	"time"

	"skillstracker/api/spec"
	"skillstracker/domain"
	"skillstracker/repository"
)

// formOf writes a form with one file.
func formOf(t *testing.T, name string, file []byte) (body []byte, contentType string) {
	t.Helper()
	var b bytes.Buffer
	form := multipart.NewWriter(&b)
	part, err := form.CreateFormFile("file", name)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := part.Write(file); err != nil {
		t.Fatal(err)
	}
	if err := form.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes(), form.FormDataContentType()
}

// The same request under one key from fifty clients at once stores one upload. Each
// client gets that upload, or is told to ask again and when.
func TestOneKeyFromFiftyClients(t *testing.T) {
	t.Parallel()
	s := newService(t, func(cfg *repository.Config) { cfg.BusyWait = 5 * time.Minute })
	hr := s.token(t, domain.RoleHR, domain.ScopeOrganisation, "RXA")
	ids, replays := make(map[string]int), 0
	var mutex sync.Mutex
	var clients sync.WaitGroup
	start := make(chan struct{})
	for range 50 {
		clients.Go(func() {
			<-start
			for {
				answer := s.send(t, hr, http.MethodPost, uploadsOf("staff"), staffCSV(30), "Idempotency-Key", "month-end-10")
				if answer.StatusCode == http.StatusConflict {
					if answer.Header.Get("Retry-After") == "" {
						t.Error("a conflict without Retry-After")
						return
					}
					continue
				}
				upload := decode[spec.Upload](t, s.want(t, http.StatusCreated, answer))
				mutex.Lock()
				ids[upload.Id.String()]++
				if answer.Header.Get("Idempotency-Replayed") == "true" {
					replays++
				}
				mutex.Unlock()
				return
			}
		})
	}
	close(start)
	clients.Wait()
	if len(ids) != 1 || replays != 49 {
		t.Errorf("uploads %v, %d answers given again", ids, replays)
	}
	if rows := s.rows(t, "upload", "change", "staff_member"); rows["upload"] != 1 || rows["staff_member"] != 30 {
		t.Errorf("stored: %v", rows)
	}
}

// history sends files one after the other and remembers what became of each.
type history struct {
	service
	*testing.T
	hr string
}

func newHistory(t *testing.T, options ...func(*repository.Config)) history {
	t.Helper()
	s := newService(t, options...)
	return history{service: s, T: t, hr: s.token(t, domain.RoleHR, domain.ScopeOrganisation, "RXA")}
}

// store sends a staff list of one person with an FTE and says whether the answer was
// one of before.
func (h history) store(fte string, headers ...string) (upload spec.Upload, again bool) {
	h.Helper()
	body := fmt.Appendf(nil, "employee_number,staff_group,fte,as_at\nS00001,03,%s,2026-10-31\n", fte)
	answer := h.send(h.T, h.hr, http.MethodPost, uploadsOf("staff"), body, headers...)
	upload = decode[spec.Upload](h.T, h.want(h.T, http.StatusCreated, answer))
	return upload, answer.Header.Get("Idempotency-Replayed") == "true"
}

// held expects the FTE that the register holds now, none for an empty text.
func (h history) held(fte string) {
	h.Helper()
	rows := decode[struct{ Rows []map[string]any }](h.T, h.want(h.T, http.StatusOK, h.get(h.T, h.hr, "/api/v1/organisations/RXA/staff.json?as_at=2026-10-31"))).Rows
	got := ""
	if len(rows) > 0 {
		got = fmt.Sprint(rows[0]["fte"])
	}
	if got != fte {
		h.Errorf("held is %q, want %q", got, fte)
	}
}

func TestFilesThatAreSentAgain(t *testing.T) {
	t.Parallel()
	t.Run("A A", func(t *testing.T) {
		t.Parallel()
		h := newHistory(t)
		first, _ := h.store("1")
		second, again := h.store("1")
		if !again || second.Id != first.Id {
			t.Error("the same file at once was stored twice")
		}
	})
	t.Run("A B A", func(t *testing.T) {
		t.Parallel()
		h := newHistory(t)
		first, _ := h.store("1")
		h.store("0.5")
		third, again := h.store("1")
		if again || third.Id == first.Id {
			t.Error("the first answer was given for a file that changes something")
		}
		h.held("1")
	})
	t.Run("A void A", func(t *testing.T) {
		t.Parallel()
		h := newHistory(t)
		first, _ := h.store("1")
		h.want(t, http.StatusOK, h.void(t, h.hr, first))
		h.held("")
		second, again := h.store("1")
		if again || second.Id == first.Id || second.State != "applied" {
			t.Error("a withdrawn file was not stored again")
		}
		h.held("1")
	})
	t.Run("A void A under one key", func(t *testing.T) {
		t.Parallel()
		h := newHistory(t)
		first, _ := h.store("1", "Idempotency-Key", "k")
		h.want(t, http.StatusOK, h.void(t, h.hr, first))
		second, again := h.store("1", "Idempotency-Key", "k")
		if !again || second.Id != first.Id || second.State != "voided" {
			t.Errorf("under its key the upload is shown as it stands: %+v", second)
		}
		h.held("")
	})
	t.Run("one key, two files", func(t *testing.T) {
		t.Parallel()
		h := newHistory(t)
		h.store("1", "Idempotency-Key", "k")
		other := []byte("employee_number,staff_group,fte,as_at\nS00001,03,0.5,2026-10-31\n")
		for _, path := range []string{uploadsOf("staff"), uploadsOf("staff", "complete=true")} {
			p := decode[spec.Problem](t, h.want(t, http.StatusUnprocessableEntity, h.send(t, h.hr, http.MethodPost, path, other, "Idempotency-Key", "k")))
			if p.Code != "idempotency_key_reused" {
				t.Errorf("got %s: %s", p.Code, p.Detail)
			}
		}
		h.held("1")
	})
	t.Run("preview, then store", func(t *testing.T) {
		t.Parallel()
		h := newHistory(t)
		body := []byte("employee_number,staff_group,fte,as_at\nS00001,03,1,2026-10-31\n")
		h.want(t, http.StatusOK, h.send(t, h.hr, http.MethodPost, uploadsOf("staff", "check_only=true"), body, "Idempotency-Key", "k"))
		h.held("")
		if _, again := h.store("1", "Idempotency-Key", "k"); again {
			t.Error("a preview answered for the file")
		}
		h.held("1")
	})
	t.Run("rejected, mended elsewhere, same file", func(t *testing.T) {
		t.Parallel()
		h := newHistory(t)
		assessments := []byte("employee_number,assessed_on,CCP,TLS,IDM,CIS,TEC,DIW\nS00001,2026-10-05,1,2,3,4,1,2\n")
		send := func(headers ...string) *http.Response {
			return h.send(t, h.hr, http.MethodPost, uploadsOf("assessments"), assessments, headers...)
		}
		first := decode[spec.Problem](t, h.want(t, http.StatusUnprocessableEntity, send("Idempotency-Key", "k")))
		h.store("1")
		repeated := send("Idempotency-Key", "k")
		again := decode[spec.Problem](t, h.want(t, http.StatusUnprocessableEntity, repeated))
		if again.Upload == nil || again.Upload.Id != first.Upload.Id || repeated.Header.Get("Idempotency-Replayed") != "true" || len(again.Upload.Findings) != len(first.Upload.Findings) {
			t.Errorf("under its key the rejection is given again: %+v", again)
		}
		upload := decode[spec.Upload](t, h.want(t, http.StatusCreated, send()))
		if upload.Counts.New != 1 {
			t.Errorf("without its key the file is judged anew: %+v", upload)
		}
	})
}
