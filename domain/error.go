package domain

import (
	"errors"
	"fmt"
)

// ErrorKind says what sort of failure an Error is. The API turns each kind into
// one status code, in one place.
type ErrorKind uint8

// The kinds of failure. The zero kind is internal, so that an error nobody
// classified never tells the caller more than it should.
const (
	KindInternal ErrorKind = iota
	KindInvalid
	KindUnauthenticated
	KindForbidden
	KindNotFound
	KindConflict
	KindTooLarge
	KindUnsupported
	KindRateLimited
	KindUnavailable
)

// String names the kind in lower-case words joined by underscores.
func (k ErrorKind) String() string {
	switch k {
	case KindInvalid:
		return "invalid"
	case KindUnauthenticated:
		return "unauthenticated"
	case KindForbidden:
		return "forbidden"
	case KindNotFound:
		return "not_found"
	case KindConflict:
		return "conflict"
	case KindTooLarge:
		return "too_large"
	case KindUnsupported:
		return "unsupported"
	case KindRateLimited:
		return "rate_limited"
	case KindUnavailable:
		return "unavailable"
	case KindInternal:
		return "internal"
	}
	return "internal"
}

// FieldFault is one fault of a request: the field it concerns (a parameter, a
// header or a property) and a sentence that says what to do.
type FieldFault struct {
	Field   string
	Message string
}

// Error is the one error type that crosses package borders with a meaning.
// Message is a sentence for the caller that says what is wrong and what to do
// next; it never holds a value from a file. Cause is for the log only.
type Error struct {
	Kind    ErrorKind
	Code    string // stable, snake_case, published
	Message string
	Fields  []FieldFault
	// RetryAfter is the number of seconds after which the same request may
	// succeed; 0 when waiting does not help.
	RetryAfter int
	Cause      error
}

// Error returns the code, the message and the cause, for logs.
func (e *Error) Error() string {
	if e.Cause != nil {
		return fmt.Sprintf("%s: %s: %v", e.Code, e.Message, e.Cause)
	}
	return e.Code + ": " + e.Message
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Cause }

// Invalid says that the request cannot be carried out as it is.
func Invalid(code, message string, fields ...FieldFault) *Error {
	return &Error{Kind: KindInvalid, Code: code, Message: message, Fields: fields}
}

// NotFound says that a thing does not exist for this caller. A thing that
// belongs to somebody else is not found either, so that nobody learns of it.
func NotFound(code, message string) *Error {
	return &Error{Kind: KindNotFound, Code: code, Message: message}
}

// Forbidden says that the caller's role does not allow the operation.
func Forbidden(code, message string) *Error {
	return &Error{Kind: KindForbidden, Code: code, Message: message}
}

// Conflict says that the request contradicts what is stored or under way.
func Conflict(code, message string) *Error {
	return &Error{Kind: KindConflict, Code: code, Message: message}
}

// RateLimited says that the caller asks too often; retryAfter is in seconds.
func RateLimited(message string, retryAfter int) *Error {
	return &Error{Kind: KindRateLimited, Code: "rate_limited", Message: message, RetryAfter: retryAfter}
}

// Unavailable says that the service cannot answer now; retryAfter is in seconds.
func Unavailable(code, message string, retryAfter int, cause error) *Error {
	return &Error{Kind: KindUnavailable, Code: code, Message: message, RetryAfter: retryAfter, Cause: cause}
}

// KindOf returns the kind of the first Error in err's chain, or KindInternal.
func KindOf(err error) ErrorKind {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Kind
	}
	return KindInternal
}
