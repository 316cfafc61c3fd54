package demodata

import "skillstracker/domain"

// targetFiles makes an organisation's targets: level 2 for everybody, more for
// administrative staff and less for estates, from before the first assessment on.
func (w *workforce) targetFiles() ([]File, error) {
	from := w.dates.FirstList.AddMonths(-1).MonthEnd() + 1
	t := table{header: []string{"framework", "framework_version", "competence_code", "level", "staff_group", "valid_from"}}
	for _, competence := range competences() {
		for _, target := range []struct {
			staffGroup string
			level      int
		}{{"", 2}, {"08", 3}, {"09", 1}} {
			t.rows = append(t.rows, []any{domain.DefaultFramework, domain.DefaultFrameworkVersion, competence, target.level, target.staffGroup, from})
		}
	}
	file, err := t.file(w.organisation.Code, domain.UploadTargets, "targets-"+from.String(), formatCSV)
	return []File{file}, err
}
