package api

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"strings"

	"skillstracker/api/report"
	"skillstracker/api/spec"
	"skillstracker/domain"
)

// Reporter writes reports. What it is given has passed the access and the
// disclosure rules; it only shows.
type Reporter interface {
	// Write writes a report in a format and a profile.
	Write(to io.Writer, book *report.Book, format report.Format, profile report.Profile) error
}

// Workbooks is the Reporter that writes files by package report.
type Workbooks struct{}

// Write writes a report.
func (Workbooks) Write(to io.Writer, book *report.Book, format report.Format, profile report.Profile) error {
	return book.Write(to, format, profile)
}

// GetReport answers with a report about one of the caller's organisations, or about an
// ICB, a region or the nation.
func (h *handlers) GetReport(ctx context.Context, request spec.GetReportRequestObject) (spec.GetReportResponseObject, error) {
	name, format, _ := strings.Cut(string(request.Report), ".")
	asked := reportRequest{
		name: name, asAt: dateFrom(request.Params.AsAt), framework: request.Params.Framework, version: request.Params.FrameworkVersion,
	}
	if request.Params.Basis != nil {
		asked.basis = domain.Basis(*request.Params.Basis)
	}
	profile := report.Accessible
	if request.Params.Profile != nil {
		profile = report.Profile(*request.Params.Profile)
	}
	faults := asked.place(request.Params.Organisation, request.Params.Icb, request.Params.Region)
	if profile != report.Accessible && report.Format(format) != report.XLSX {
		faults = append(faults, domain.FieldFault{Field: "profile", Message: "Charts are in the xlsx only. Leave profile out."})
	}
	if err := h.noteReport(ctx, string(request.Report), asked, faults); err != nil {
		return nil, err
	}
	return h.reportAnswer(ctx, asked, faults, report.Format(format), profile)
}

// noteReport notes that a report about an organisation is about to be made for its own
// HR, who sees figures of single people that nobody else is shown.
func (h *handlers) noteReport(ctx context.Context, file string, asked reportRequest, faults []domain.FieldFault) error {
	actor, err := actorFrom(ctx)
	if err != nil || len(faults) > 0 || asked.area.Kind != domain.ByOrganisation || !actor.SeesUnaltered(asked.area.Code) {
		return err
	}
	if asked.asAt != nil {
		file += " as_at=" + asked.asAt.String()
	}
	return h.noteRead(ctx, actor, domain.DataRead{Organisations: []string{asked.area.Code}, Operation: "getReport", Object: file})
}

// GetPeopleReport answers with the people of an organisation of HR's own. The read is
// noted before it happens.
func (h *handlers) GetPeopleReport(ctx context.Context, request spec.GetPeopleReportRequestObject) (spec.GetPeopleReportResponseObject, error) {
	asked := reportRequest{
		name: report.NamePeople, area: report.Area{Kind: domain.ByOrganisation, Code: request.Params.Organisation},
		asAt: dateFrom(request.Params.AsAt), framework: request.Params.Framework, version: request.Params.FrameworkVersion,
	}
	return h.reportAnswer(ctx, asked, nil, report.XLSX, report.Accessible)
}

// reportAnswer makes a report for the caller, when it is its turn, and writes it to a
// temporary file first, so that a failure is still a problem document, the length is
// known and no receiver, however slow, keeps others from their turn.
func (h *handlers) reportAnswer(ctx context.Context, asked reportRequest, faults []domain.FieldFault, format report.Format, profile report.Profile) (reportFile, error) {
	if len(faults) > 0 {
		return reportFile{}, domain.Invalid("report_question", "The report cannot be made as it was asked for.", faults...)
	}
	actor, err := actorFrom(ctx)
	if err != nil {
		return reportFile{}, err
	}
	var book *report.Book
	var file *tempFile
	var size int64
	var version [sha256.Size]byte
	err = h.inTurn(ctx, func() (err error) {
		if book, err = h.makeReport(ctx, actor, asked); err != nil {
			return err
		}
		if version, err = book.Version(); err != nil {
			return err
		}
		file, size, err = h.writtenFile(func(to io.Writer) error { return h.deps.Reports.Write(to, book, format, profile) })
		if err != nil {
			return fmt.Errorf("write report: %w", err)
		}
		return nil
	})
	if err != nil {
		return reportFile{}, err
	}
	return reportFile{
		fileAnswer: fileAnswer{body: file, size: size, kind: reportType(format), name: book.FileName(format, profile)},
		// Weak, because the bytes hold the time at which they were made.
		tag: fmt.Sprintf(`W/"%s-%s"`, hex.EncodeToString(version[:]), profile),
	}, nil
}

// reportFile is a report that was written whole.
type reportFile struct {
	fileAnswer
	tag string
}

// VisitGetReportResponse implements spec.GetReportResponseObject.
func (f reportFile) VisitGetReportResponse(w http.ResponseWriter) error {
	w.Header().Set("ETag", f.tag)
	return f.send(w)
}

// VisitGetPeopleReportResponse implements spec.GetPeopleReportResponseObject.
func (f reportFile) VisitGetPeopleReportResponse(w http.ResponseWriter) error {
	return f.VisitGetReportResponse(w)
}

// reportType returns the media type of a format.
func reportType(format report.Format) string {
	switch format {
	case report.XLSX:
		return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	case report.ODS:
		return "application/vnd.oasis.opendocument.spreadsheet"
	case report.ZIP:
		return "application/zip"
	}
	return "application/octet-stream"
}
