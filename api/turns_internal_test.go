package api

import (
	"context"
	"errors"
	"io"
	"testing"
	"time"

	"skillstracker/api/report"
	"skillstracker/api/sheet"
	"skillstracker/api/web"
	"skillstracker/domain"
)

// noLists is a registry of which only the lists are asked.
type noLists struct{ domain.Registry }

func (noLists) Lists(context.Context) (domain.Lists, error) { return domain.Lists{}, nil }

// staffOfMany hands out a staff list in which nobody has waited.
type staffOfMany struct {
	domain.DataReader
	asked bool
}

func (s *staffOfMany) StaffRows(context.Context, domain.Actor, domain.DataQuery, func(domain.StaffRow) error) error {
	s.asked = true
	return nil
}

// Files that are read and workbooks of rows that are written wait for each other, and
// no longer than their requests.
func TestWaitingForOtherFilesEndsWithTheRequest(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	data := &staffOfMany{}
	limits := DefaultLimits()
	limits.Parses = 1
	h := newHandlers(Deps{Registry: noLists{}, Data: data, Clock: func() time.Time { return time.Time{} }, TempDir: folder, Limits: limits}, web.Pages{})
	options := sheet.DataOptions{Kind: domain.UploadStaff, Limits: limits.File}
	works := map[string]func(context.Context) error{
		"an upload": func(ctx context.Context) error {
			_, err := h.readUpload(ctx, nil, sheet.Source{}, uploadOptions{})
			return err
		},
		"findings": func(ctx context.Context) error {
			answer, err := h.findingsWorkbook(ctx, nil, domain.Upload{Kind: domain.UploadStaff})
			if err != nil {
				return err
			}
			return answer.body.Close()
		},
		"a report": func(ctx context.Context) error {
			asked := reportRequest{name: report.NameVacancies, area: report.Area{Kind: domain.ByOrganisation, Code: "RRK"}}
			answer, err := h.reportAnswer(context.WithValue(ctx, actorKey, domain.Actor{}), asked, nil, report.XLSX, report.Accessible)
			if err != nil {
				return err
			}
			return answer.body.Close()
		},
		"a data workbook": func(ctx context.Context) error {
			return h.writeData(ctx, io.Discard, sheet.XLSX, domain.Actor{}, domain.DataQuery{}, options)
		},
	}
	h.turns <- struct{}{}
	ctx, giveUp := context.WithCancel(t.Context())
	giveUp()
	for name, work := range works {
		if err := work(ctx); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: got %v", name, err)
		}
	}
	if data.asked {
		t.Error("the register was asked before it was the workbook's turn")
	}
	// CSV and JSON take no processor to speak of and wait for nobody.
	if err := h.writeData(t.Context(), io.Discard, sheet.CSV, domain.Actor{}, domain.DataQuery{}, options); err != nil || !data.asked {
		t.Errorf("CSV: %v", err)
	}
	<-h.turns
	// Who may have a report is asked when it is its turn, and the turn is given back.
	if err := works["a report"](t.Context()); domain.KindOf(err) != domain.KindNotFound || len(h.turns) > 0 {
		t.Errorf("a report: got %v, with %d turns taken", err, len(h.turns))
	}
	for _, name := range []string{"findings", "a data workbook"} {
		if err := works[name](t.Context()); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if len(h.turns) > 0 {
			t.Errorf("%s: the turn was not given back", name)
		}
	}
}
