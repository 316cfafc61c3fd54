package api

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"

	"skillstracker/api/sheet"
	"skillstracker/domain"
)

// fileAnswer is a file that was written whole before its first byte is sent, so that
// whatever goes wrong before is still a problem document.
type fileAnswer struct {
	body *tempFile
	size int64
	kind string // content type
	name string
}

// send answers with the file and lets go of it.
func (f fileAnswer) send(w http.ResponseWriter) (err error) {
	defer func() { err = errors.Join(err, f.body.Close()) }()
	header := w.Header()
	header.Set("Content-Type", f.kind)
	header.Set("Content-Length", strconv.FormatInt(f.size, 10))
	header.Set("Content-Disposition", attachment(f.name))
	header.Set("Cache-Control", "private, no-store")
	w.WriteHeader(http.StatusOK)
	if _, err := io.Copy(w, f.body); err != nil {
		return fmt.Errorf("send file: %w", err)
	}
	return nil
}

// VisitGetTemplateResponse implements spec.GetTemplateResponseObject.
func (f fileAnswer) VisitGetTemplateResponse(w http.ResponseWriter) error { return f.send(w) }

// VisitGetOrganisationDataResponse implements spec.GetOrganisationDataResponseObject.
func (f fileAnswer) VisitGetOrganisationDataResponse(w http.ResponseWriter) error { return f.send(w) }

// VisitGetUploadFileResponse implements spec.GetUploadFileResponseObject.
func (f fileAnswer) VisitGetUploadFileResponse(w http.ResponseWriter) error { return f.send(w) }

// VisitGetUploadFindingsCsvResponse implements spec.GetUploadFindingsCsvResponseObject.
func (f fileAnswer) VisitGetUploadFindingsCsvResponse(w http.ResponseWriter) error { return f.send(w) }

// VisitGetUploadFindingsXlsxResponse implements spec.GetUploadFindingsXlsxResponseObject.
func (f fileAnswer) VisitGetUploadFindingsXlsxResponse(w http.ResponseWriter) error {
	return f.send(w)
}

// VisitGetNationalUploadFileResponse implements spec.GetNationalUploadFileResponseObject.
func (f fileAnswer) VisitGetNationalUploadFileResponse(w http.ResponseWriter) error { return f.send(w) }

// VisitGetNationalUploadFindingsCsvResponse implements spec.GetNationalUploadFindingsCsvResponseObject.
func (f fileAnswer) VisitGetNationalUploadFindingsCsvResponse(w http.ResponseWriter) error {
	return f.send(w)
}

// VisitGetNationalUploadFindingsXlsxResponse implements spec.GetNationalUploadFindingsXlsxResponseObject.
func (f fileAnswer) VisitGetNationalUploadFindingsXlsxResponse(w http.ResponseWriter) error {
	return f.send(w)
}

// VisitGetFrameworkTemplateResponse implements spec.GetFrameworkTemplateResponseObject.
func (f fileAnswer) VisitGetFrameworkTemplateResponse(w http.ResponseWriter) error { return f.send(w) }

// fileAnswer has a function write a file and answers with it.
func (h *handlers) fileAnswer(name string, format sheet.Format, write func(io.Writer) error) (fileAnswer, error) {
	file, size, err := h.writtenFile(write)
	if err != nil {
		return fileAnswer{}, err
	}
	return fileAnswer{body: file, size: size, kind: contentTypeOf(format), name: name}, nil
}

// writtenFile has a function write a temporary file and returns it at its beginning,
// with its size. The caller closes it.
func (h *handlers) writtenFile(write func(io.Writer) error) (*tempFile, int64, error) {
	file, err := newTempFile(h.deps.TempDir, reportTempPattern)
	if err != nil {
		return nil, 0, err
	}
	size, err := fill(file, write)
	if err != nil {
		return nil, 0, errors.Join(err, file.Close())
	}
	return file, size, nil
}

// fill has a function write a file and goes back to its beginning.
func fill(file *tempFile, write func(io.Writer) error) (int64, error) {
	buffered := bufio.NewWriterSize(file, 64<<10)
	if err := write(buffered); err != nil {
		return 0, err
	}
	if err := buffered.Flush(); err != nil {
		return 0, fmt.Errorf("write temporary file: %w", err)
	}
	size, err := file.Seek(0, io.SeekCurrent)
	if err != nil {
		return 0, fmt.Errorf("measure temporary file: %w", err)
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return 0, fmt.Errorf("rewind temporary file: %w", err)
	}
	return size, nil
}

// contentTypeOf returns the media type of a format.
func contentTypeOf(format sheet.Format) string {
	switch format {
	case sheet.XLSX:
		return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	case sheet.JSON:
		return "application/json"
	case sheet.CSV:
		return "text/csv"
	}
	return "application/octet-stream"
}

// kindAndFormat reads the last part of a path, such as staff.xlsx. Paths have hyphens
// where the names of kinds have underscores.
func kindAndFormat(name string) (domain.UploadKind, sheet.Format) {
	kind, format, _ := strings.Cut(name, ".")
	return domain.UploadKind(strings.ReplaceAll(kind, "-", "_")), sheet.Format(format)
}

// kindInPath writes a kind of file as the last part of a path has it.
func kindInPath(kind domain.UploadKind) string { return strings.ReplaceAll(string(kind), "_", "-") }

// fileName names a file of an answer, and says in its name when what it holds was
// made up.
func (h *handlers) fileName(subject string, format sheet.Format) string {
	if h.deps.Synthetic {
		subject += "-synthetic"
	}
	return subject + "." + string(format)
}
