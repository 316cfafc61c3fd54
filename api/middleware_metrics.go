package api

import (
	"github.com/labstack/echo/v4"
)

// countRequest counts every request with its status and the time that it took, those that
// are cut off in the middle of the answer included.
func (s *server) countRequest(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		operationID := notRouted
		if op, found := s.operation(c); found {
			operationID = op.id
		}
		started := s.clock()
		s.meters.running.Inc()
		defer func() {
			s.meters.running.Dec()
			s.meters.request(operationID, c.Response().Status, s.clock().Sub(started))
		}()
		return next(c)
	}
}
