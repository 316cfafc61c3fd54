package main

import (
	"net/http"
	"testing"

	"skillstracker/api/spec"
)

// TestImportOfTheNation sends targets of the nation to where they belong, and looks for
// their findings there.
func TestImportOfTheNation(t *testing.T) {
	t.Parallel()
	upload := storedUpload(spec.Rejected, spec.Counts{RowsRead: 200, Rejected: 150, NotStored: 50})
	upload.Errors, upload.Findings = 150, someFindings(2, 100)
	server := newFakeServer(t,
		answerWith(http.StatusUnprocessableEntity, spec.Problem{Title: "The file was rejected", Status: 422, Detail: "The file has 150 errors.", Upload: &upload}),
		answerWith(http.StatusOK, spec.FindingPage{Total: 150, Findings: someFindings(102, 20)}))
	c := new(clientRun).run(t, server.URL, "import", newFile(t, "a.csv", "x"), "--kind", "targets", "--nation", "--complete", "--findings", "120")
	c.want(t, exitRows, "Rejected as upload "+storedID, server.URL+"/api/v1/targets/uploads/"+storedID+"/findings.xlsx")
	asked := server.requests()
	if asked[0].URL.Path != "/api/v1/targets/uploads" || asked[0].URL.RawQuery != "complete=true" {
		t.Errorf("sent to %s", asked[0].URL)
	}
	if asked[1].URL.Path != "/api/v1/targets/uploads/"+storedID+"/findings" || asked[1].URL.RawQuery != "limit=20&offset=100" {
		t.Errorf("further findings are asked for at %s", asked[1].URL)
	}
	refusing := newFakeServer(t, answerWith(http.StatusForbidden, spec.Problem{Title: "Forbidden", Status: 403, Detail: "An administrator may do that."}))
	c = new(clientRun).run(t, refusing.URL, "import", newFile(t, "a.csv", "x"), "--kind", "targets", "--nation")
	c.want(t, exitFailed, "stderr:An administrator may do that.")
	if asked := refusing.requests()[0].URL; asked.String() != "/api/v1/targets/uploads" {
		t.Errorf("sent to %s", asked)
	}
}
