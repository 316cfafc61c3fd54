package api_test

import "skillstracker/domain"

// The parts of access that a test does not set are not to be asked.
type (
	fakeAudit    struct{ domain.AuditTrail }
	fakeTokens   struct{ domain.TokenKeeper }
	fakeRights   struct{ domain.PeopleRights }
	fakeSessions struct{ domain.Sessions }
)
