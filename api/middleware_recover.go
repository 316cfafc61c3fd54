package api

import (
	"fmt"
	"runtime/debug"

	"github.com/labstack/echo/v4"
)

// recoverPanics turns a panic into an internal error with its stack, so that one
// request cannot end the service.
func recoverPanics(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) (err error) {
		defer func() {
			if reason := recover(); reason != nil {
				err = fmt.Errorf("panic: %v\n%s", reason, debug.Stack())
			}
		}()
		return next(c)
	}
}
