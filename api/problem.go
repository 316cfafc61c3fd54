package api

import (
	"context"
	"errors"
	"fmt"
	"mime/multipart"
	"net/http"
	"os"

	"github.com/labstack/echo/v4"

	"skillstracker/api/signin"
	"skillstracker/api/spec"
	"skillstracker/domain"
)

// statusClientGone is what a request whose client hung up is counted as. Nobody
// receives it.
const statusClientGone = 499

// problem is what a caller is told about an error: a problem document before it
// is written (RFC 9457).
type problem struct {
	status     int
	title      string
	detail     string
	code       string
	fields     []domain.FieldFault
	retryAfter int // seconds, 0 when waiting does not help
	upload     *spec.Upload
	replayed   bool // the answer of an earlier request
	conflict   *domain.VoidConflictError
}

// malformedError says that parameters of a request do not fit the contract.
type malformedError struct{ faults []domain.FieldFault }

func (e *malformedError) Error() string {
	return fmt.Sprintf("invalid_parameters: %d parameters do not fit the contract", len(e.faults))
}

// rejectedError says that a file was rejected, with its findings.
type rejectedError struct {
	upload spec.Upload
	// replayed says that this was the answer before.
	replayed bool
}

func (e *rejectedError) Error() string { return "upload_rejected: the file was rejected" }

// The ways in which a body may fail to arrive.
var (
	errBodyCut  = errors.New("the connection ended before the body did")
	errBodyForm = errors.New("the multipart form is malformed")
)

// problemOf turns an error into a problem. It is the only place that chooses an
// error status code. An error that nobody classified tells the caller nothing.
func problemOf(err error) problem {
	if tooLarge, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return problem{
			status: http.StatusRequestEntityTooLarge, title: titleTooLarge, code: "body_too_large",
			detail: fmt.Sprintf("The body is larger than %s, which is the limit. Send the rows in several files, each with the header row.", megabytes(tooLarge.Limit)),
		}
	}
	if conflict, ok := errors.AsType[*domain.VoidConflictError](err); ok {
		return problem{
			status: http.StatusConflict, title: titleConflict, code: "upload_built_upon",
			detail: voidDetail(conflict), conflict: conflict,
		}
	}
	if ours, ok := errors.AsType[*domain.Error](err); ok {
		return problemOfKind(ours)
	}
	if rejected, ok := errors.AsType[*rejectedError](err); ok {
		return problem{
			status: http.StatusUnprocessableEntity, title: "The file was rejected", code: "upload_rejected",
			detail: rejectionDetail(rejected.upload), upload: &rejected.upload, replayed: rejected.replayed,
		}
	}
	if malformed, ok := errors.AsType[*malformedError](err); ok {
		return problem{
			status: http.StatusBadRequest, title: titleMalformed, code: "invalid_parameters", fields: malformed.faults,
			detail: "Parameters of the request are not as the contract says. Correct them and send the request again.",
		}
	}
	if _, ok := errors.AsType[*signin.LogoutError](err); ok {
		return problem{
			status: http.StatusBadRequest, title: titleMalformed, code: "logout_token_not_accepted",
			detail: "This is not a logout token of a configured identity provider that counts now. The log of this service says why.",
		}
	}
	if routing, ok := errors.AsType[*echo.HTTPError](err); ok {
		return problemOfRouting(routing)
	}
	return problemOfTransport(err)
}

// problemOfKind chooses the status of a kind.
func problemOfKind(err *domain.Error) problem {
	p := problem{detail: err.Message, code: err.Code, fields: err.Fields, retryAfter: err.RetryAfter}
	switch err.Kind {
	case domain.KindInvalid:
		p.status, p.title = http.StatusUnprocessableEntity, "The request cannot be carried out as it is"
	case domain.KindUnauthenticated:
		p.status, p.title = http.StatusUnauthorized, "A valid token is needed"
	case domain.KindForbidden:
		p.status, p.title = http.StatusForbidden, "Not allowed"
	case domain.KindNotFound:
		p.status, p.title = http.StatusNotFound, titleNotFound
	case domain.KindConflict:
		p.status, p.title = http.StatusConflict, titleConflict
	case domain.KindTooLarge:
		p.status, p.title = http.StatusRequestEntityTooLarge, titleTooLarge
	case domain.KindUnsupported:
		p.status, p.title = http.StatusUnsupportedMediaType, "This kind of file is not taken"
	case domain.KindRateLimited:
		p.status, p.title = http.StatusTooManyRequests, "Asked too often"
		p.retryAfter = max(p.retryAfter, 1)
	case domain.KindUnavailable:
		p.status, p.title = http.StatusServiceUnavailable, titleUnavailable
		p.retryAfter = max(p.retryAfter, 1)
	case domain.KindInternal:
		return internalProblem()
	default:
		return internalProblem()
	}
	return p
}

// problemOfRouting is about requests that no handler took.
func problemOfRouting(err *echo.HTTPError) problem {
	switch err.Code {
	case http.StatusNotFound:
		return problem{
			status: http.StatusNotFound, title: titleNotFound, code: "path_not_found",
			detail: "There is nothing at this path. The command \"skillstracker openapi\" prints the contract, with every path.",
		}
	case http.StatusMethodNotAllowed:
		return problem{
			status: http.StatusMethodNotAllowed, title: "Method not allowed", code: "method_not_allowed",
			detail: "This path does not take this method. The header Allow names those that it takes.",
		}
	case http.StatusBadRequest:
		return problem{
			status: http.StatusBadRequest, title: titleMalformed, code: "invalid_parameters",
			detail: "A parameter of the request cannot be read. Check each against the contract.",
		}
	}
	return internalProblem()
}

// problemOfTransport is about bodies that did not arrive and time that ran out.
func problemOfTransport(err error) problem {
	switch {
	case errors.Is(err, context.Canceled):
		return problem{
			status: statusClientGone, title: "The request was given up", code: "request_cancelled",
			detail: "The connection ended before the answer. Nothing was stored unless an earlier answer said so.",
		}
	case errors.Is(err, context.DeadlineExceeded):
		return problem{
			status: http.StatusServiceUnavailable, title: titleUnavailable, code: "deadline_exceeded", retryAfter: 10,
			detail: "The answer took too long and was given up. Ask for less at a time, or try again later.",
		}
	case errors.Is(err, os.ErrDeadlineExceeded):
		return problem{
			status: http.StatusRequestTimeout, title: "The body did not arrive in time", code: "body_too_slow",
			detail: "The body did not arrive in the time allowed. Send the rows in several files, or use a faster connection.",
		}
	case errors.Is(err, errBodyCut):
		return problem{
			status: http.StatusBadRequest, title: titleMalformed, code: "body_incomplete",
			detail: "The connection ended before the whole body had arrived. Nothing was stored; send the file again.",
		}
	case errors.Is(err, errBodyForm), errors.Is(err, http.ErrMissingBoundary), errors.Is(err, http.ErrNotMultipart), errors.Is(err, multipart.ErrMessageTooLarge):
		return problem{
			status: http.StatusBadRequest, title: titleMalformed, code: "multipart_malformed",
			detail: "The body is not a whole multipart form. Send the file as the form field named file, or as the raw body with its own content type.",
		}
	}
	return internalProblem()
}

const (
	titleMalformed   = "The request is malformed"
	titleNotFound    = "Not found"
	titleConflict    = "The request conflicts with another one or with what is stored"
	titleTooLarge    = "Too large"
	titleUnavailable = "The service cannot answer now"
)

func internalProblem() problem {
	return problem{
		status: http.StatusInternalServerError, title: "Internal error", code: "internal",
		detail: "Something went wrong in the service. Try again later; if it happens again, report the request id to the operator.",
	}
}

// megabytes writes a number of bytes in MiB as users know it.
func megabytes(bytes int64) string {
	if bytes%(1<<20) == 0 || bytes > 10<<20 {
		return fmt.Sprintf("%d MiB", bytes>>20)
	}
	return fmt.Sprintf("%d bytes", bytes)
}

// rejectionDetail says in a sentence or two what is wrong with a file and where the
// findings are.
func rejectionDetail(upload spec.Upload) string {
	found := upload.Errors + upload.Warnings
	var where string
	switch {
	case found > domain.FindingLimit:
		where = fmt.Sprintf("Of its %d findings the first %d are stored, see %s", found, domain.FindingLimit, upload.Links.Findings)
	case found > len(upload.Findings):
		where = fmt.Sprintf("The answer lists the first %d of its %d findings, and %s all of them", len(upload.Findings), found, upload.Links.Findings)
	default:
		where = "All findings are listed, also at " + upload.Links.Findings
	}
	mend := "Mend them"
	if upload.Errors == 1 {
		mend = "Mend it"
	}
	return fmt.Sprintf("The file has %s, so nothing of it was stored. %s and send the file again. %s.", counted(upload.Errors, "error"), mend, where)
}

// counted writes a number with its noun.
func counted(number int, noun string) string {
	if number == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", number, noun)
}
