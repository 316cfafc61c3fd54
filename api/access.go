package api

import (
	"fmt"
	"strings"

	"github.com/labstack/echo/v4"

	"skillstracker/domain"
)

// public marks an operation that asks for no credential: those that say whether and as
// what the service runs, and those by which people sign in and out.
const public domain.Permission = ""

// operationPermission returns the permission that an operation of the contract
// asks for. An operation that is not placed here is not found, and a server with
// such an operation does not start.
func operationPermission(operationID string) (domain.Permission, bool) {
	switch operationID {
	case "getHealth", "getReadiness", "getVersion",
		"getSignIn", "finishSignIn", "signOut", "backChannelLogout", "getFirstAdministrator", "useFirstAdministrator":
		return public, true
	case "getCaller", "getHome":
		return domain.PermCallerRead, true
	case "listTokens", "createToken", "revokeToken":
		return domain.PermTokens, true
	case "listUsers", "setUser", "removeUser", "endUserSessions":
		return domain.PermUsers, true
	case "listAuditEvents", "exportAuditEvents":
		return domain.PermAuditRead, true
	case "getPersonRecord", "getPersonRecordCsv", "erasePerson", "restrictPerson":
		return domain.PermPeopleRights, true
	case "getMetrics":
		return domain.PermOperationMetrics, true
	case "listOrganisations", "getOrganisation", "getReferenceLists", "listFindingCodes", "listUploadColumns", "getTemplate",
		"listFrameworks", "getFramework", "getFrameworkTemplate", "listCrosswalks", "getCrosswalk", "listSuccessions", "listTargets":
		return domain.PermRegistryRead, true
	case "importOrganisations", "importSuccessions", "setReportingStart", "publishFramework", "publishCrosswalk":
		return domain.PermRegistryWrite, true
	case "createUpload", "voidUpload":
		return domain.PermUploadWrite, true
	case "listUploads", "getUpload", "listUploadFindings", "getUploadFindingsCsv", "getUploadFindingsXlsx",
		"getUploadFile", "getOrganisationData":
		return domain.PermUploadRead, true
	case "getPeopleReport", "exportPeople":
		return domain.PermPeopleRead, true
	case "createNationalUpload", "listNationalUploads", "getNationalUpload", "voidNationalUpload", "listNationalUploadFindings",
		"getNationalUploadFile", "getNationalUploadFindingsCsv", "getNationalUploadFindingsXlsx":
		return domain.PermNationalTargets, true
	case "getVacancyTotals", "getVacancyTotalsCsv", "getVacancyTotalsCsvMetadata",
		"getPositionTotals", "getPositionTotalsCsv", "getPositionTotalsCsvMetadata",
		"getDigitalLiteracyTotals", "getDigitalLiteracyTotalsCsv", "getDigitalLiteracyTotalsCsvMetadata",
		"getWorkforceTotals", "getWorkforceTotalsCsv", "getWorkforceTotalsCsvMetadata",
		"getDigitalWorkforceTotals", "getDigitalWorkforceTotalsCsv", "getDigitalWorkforceTotalsCsvMetadata":
		return domain.PermTotalsRead, true
	case "getReport", "exportVacanciesCsv", "exportVacanciesXlsx":
		return domain.PermReportRead, true
	}
	return public, false
}

// authorise refuses callers whose role does not hold the operation's permission.
func (s *server) authorise(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		op, found := s.operation(c)
		if !found || op.permission == public {
			return next(c)
		}
		actor, err := actorFrom(c.Request().Context())
		if err != nil {
			return err
		}
		if !domain.May(actor.Role, op.permission) {
			return domain.Forbidden("role_not_allowed", fmt.Sprintf(
				"A token of role %s may not do this. Use a token of role %s.", actor.Role, rolesWith(op.permission),
			))
		}
		return next(c)
	}
}

// rolesWith names the roles that hold a permission.
func rolesWith(permission domain.Permission) string {
	var names []string
	for _, role := range domain.Roles() {
		if domain.May(role, permission) {
			names = append(names, string(role))
		}
	}
	return strings.Join(names, " or ")
}
