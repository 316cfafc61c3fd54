package repository

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"regexp"
	"strings"
	"syscall"

	"github.com/jackc/pgx/v5/pgconn"
	"gorm.io/gorm"

	"skillstracker/domain"
)

// mapError turns an error of the driver into a domain error by SQLSTATE and
// constraint name. Domain errors and cancelled contexts pass as they are; what is
// not known stays internal, with its cause for the log.
func mapError(operation string, err error) error {
	if err == nil {
		return nil
	}
	if _, ok := errors.AsType[*domain.Error](err); ok {
		return err
	}
	if errors.Is(err, ErrNotAllSeen) {
		return fmt.Errorf("%s: %w", operation, err)
	}
	if errors.Is(err, context.Canceled) {
		return fmt.Errorf("%s: %w", operation, context.Canceled)
	}
	if errors.Is(err, gorm.ErrRecordNotFound) || errors.Is(err, sql.ErrNoRows) {
		return &domain.Error{Kind: domain.KindNotFound, Code: "not_found", Message: "There is no such thing.", Cause: err}
	}
	if pg, ok := errors.AsType[*pgconn.PgError](err); ok {
		return fmt.Errorf("%s: %w", operation, fromPostgres(pg))
	}
	var network net.Error
	if errors.Is(err, context.DeadlineExceeded) || errors.As(err, &network) || lostConnection(err) {
		return fmt.Errorf("%s: %w", operation, unavailable(err))
	}
	if _, ok := errors.AsType[*pgconn.ConnectError](err); ok {
		return fmt.Errorf("%s: %w", operation, unavailable(err))
	}
	return fmt.Errorf("%s: %w", operation, &domain.Error{Kind: domain.KindInternal, Code: "internal", Message: "Something went wrong here.", Cause: err})
}

// lostConnection says whether the server's end of the connection went away, as it
// does when the server restarts or is killed.
func lostConnection(err error) bool {
	if pg, ok := errors.AsType[*pgconn.PgError](err); ok {
		return pg.Code == "57P01" || pg.Code == "57P02"
	}
	for _, sign := range []error{
		sql.ErrConnDone, driver.ErrBadConn, io.EOF, io.ErrUnexpectedEOF, net.ErrClosed, syscall.EPIPE, syscall.ECONNRESET,
	} {
		if errors.Is(err, sign) {
			return true
		}
	}
	return false
}

func unavailable(cause error) *domain.Error {
	return domain.Unavailable("database_unavailable", "The database does not answer now. Try again in a moment.", 5, cause)
}

func fromPostgres(pg *pgconn.PgError) *domain.Error {
	// The detail and the parameters of a PgError can hold values of rows, and the
	// message of a data exception (class 22) quotes the value.
	message := pg.Message
	if strings.HasPrefix(pg.Code, "22") {
		message = "a value is not what the statement takes"
	}
	cause := fmt.Errorf("SQLSTATE %s, constraint %q, table %q: %s", pg.Code, pg.ConstraintName, pg.TableName, message)
	switch pg.Code {
	case "23505", "23503", "23514", "23502":
		rule, known := constraintRules()[pg.ConstraintName]
		if !known {
			rule = constraintRule{domain.KindInternal, "internal", "Something went wrong here."}
		}
		return &domain.Error{Kind: rule.kind, Code: rule.code, Message: rule.message, Cause: cause}
	case "55P03":
		return &domain.Error{
			Kind: domain.KindConflict, Code: "organisation_busy", RetryAfter: 5, Cause: cause,
			Message: "Another write is under way. Try again in a few seconds.",
		}
	case "57014", "25P03":
		return domain.Unavailable("statement_timeout", "The database took too long. Try again later, or ask for less at once.", 30, cause)
	case "40001", "40P01", "53300", "57P01", "57P02", "57P03", "53100", "53200":
		return domain.Unavailable("database_unavailable", "The database cannot do this now. Try again in a moment.", 5, cause)
	}
	if len(pg.Code) == 5 && pg.Code[:2] == "08" {
		return unavailable(cause)
	}
	return &domain.Error{Kind: domain.KindInternal, Code: "internal", Message: "Something went wrong here.", Cause: cause}
}

var urlPassword = regexp.MustCompile(`://[^@\s]*@`)

// redactURL keeps a password that stands in a connection string out of messages.
func redactURL(err error) error {
	return errors.New(urlPassword.ReplaceAllString(err.Error(), "://***@"))
}
