package api

import (
	"context"
	"errors"
	"time"

	"skillstracker/api/report"
	"skillstracker/api/spec"
)

func (h *handlers) rollupReport(context.Context, reportQuestion, *time.Time) (*report.Book, error) {
	return nil, errors.New("not built yet")
}

func (h *handlers) peopleReport(context.Context, reportQuestion, *time.Time) (*report.Book, error) {
	return nil, errors.New("not built yet")
}

func (h *handlers) ExportPeople(context.Context, spec.ExportPeopleRequestObject) (spec.ExportPeopleResponseObject, error) {
	return nil, errors.New("not built yet")
}

func (h *handlers) ExportVacanciesCsv(context.Context, spec.ExportVacanciesCsvRequestObject) (spec.ExportVacanciesCsvResponseObject, error) {
	return nil, errors.New("not built yet")
}

func (h *handlers) ExportVacanciesXlsx(context.Context, spec.ExportVacanciesXlsxRequestObject) (spec.ExportVacanciesXlsxResponseObject, error) {
	return nil, errors.New("not built yet")
}
