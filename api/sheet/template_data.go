package sheet

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	xlsx "skillstracker/api/workbook"
	"skillstracker/domain"
)

// data is the sheet that people fill in: the headings, formats and checks.
func (t *template) data() bookTable {
	return bookTable{Sheet: xlsx.Sheet{Name: sheetData, Table: "upload_data", Columns: t.form(), Skeleton: t.checks}}
}

// form is the columns of the template.
func (t *template) form() []xlsx.Column {
	columns := make([]xlsx.Column, len(t.columns))
	for i := range t.columns {
		columns[i] = formColumn(t.columns[i].Name)
	}
	return columns
}

// checks has the spreadsheet program explain and check what is typed.
func (t *template) checks(file *excelize.File, _ string) error {
	for i := range t.columns {
		if err := errors.Join(t.addMessage(file, i), t.addCheck(file, i)); err != nil {
			return fmt.Errorf("column %s: %w", t.columns[i].Name, err)
		}
	}
	return nil
}

// addMessage explains a column where its heading is selected.
func (t *template) addMessage(file *excelize.File, place int) error {
	message := excelize.NewDataValidation(true)
	message.SetSqref(cellName(place+1, 1))
	t.explain(message, place)
	return file.AddDataValidation(sheetData, message)
}

// The greatest number of UTF-16 units of an input message
// (ECMA-376 part 1, 18.3.1.32).
const (
	promptChars = 255
)

// explain sets the input message of a column, whose title says whether the column
// is compulsory.
func (t *template) explain(check *excelize.DataValidation, place int) {
	column := t.columns[place]
	title := "Optional"
	if column.Compulsory {
		title = "Compulsory"
	}
	text := column.Description
	if levels := t.levels(column.Name); fits(text+" "+levels, promptChars) {
		text += " " + levels
	} else if brief := "The levels are on the sheet Lists."; fits(text+" "+brief, promptChars) {
		text += " " + brief
	}
	check.SetInput(title, strings.TrimSpace(text))
}

func fits(text string, units int) bool { return xlsx.Units(text) <= units }

// levels names the levels that a column of a competence may hold.
func (t *template) levels(column string) string {
	list, listed := t.list(column)
	if !listed || !strings.HasPrefix(list.name, "level_") {
		return ""
	}
	names := make([]string, len(list.choices))
	for i, c := range list.choices {
		names[i] = c.code + " = " + c.name
		if c.name == "Level "+c.code {
			names[i] = c.code
		}
	}
	return "Levels: " + strings.Join(names, "; ") + "."
}

// addCheck has the spreadsheet program check the cells of a column. Where the parser
// understands more than the check allows, the check warns and lets the value stay.
func (t *template) addCheck(file *excelize.File, place int) error {
	column := t.columns[place].Name
	check := excelize.NewDataValidation(true)
	check.SetSqref(areaName(place+1, 2, place+1, max(t.lastRow(), 2)))
	t.explain(check, place)
	rule := t.check(column, cellName(place+1, 2))
	if rule.kind != 0 {
		if err := check.SetRange(rule.from, rule.to, rule.kind, rule.operator); err != nil {
			return fmt.Errorf("set check: %w", err)
		}
		if rule.to == "" {
			check.Formula2 = ""
		}
		style := excelize.DataValidationErrorStyleWarning
		if rule.stop {
			style = excelize.DataValidationErrorStyleStop
		}
		check.SetError(style, "Please check the value", rule.alert)
	}
	return file.AddDataValidation(sheetData, check)
}

// cellCheck is a check of the spreadsheet program, with its formulas.
type cellCheck struct {
	kind     excelize.DataValidationType
	operator excelize.DataValidationOperator
	from, to string
	alert    string
	stop     bool // a value that does not pass cannot be entered
}

// check returns the check of a column, of which cell is the first cell. Formulas
// are written as XML has them.
func (t *template) check(column, cell string) cellCheck {
	if list, listed := t.list(column); listed {
		return cellCheck{
			kind: excelize.DataValidationTypeList, from: list.cells,
			alert: "The value is not on the list. Codes, full names and usual abbreviations are understood too.",
		}
	}
	const firstDay, anyDay = "DATE(1901,1,1)", "DATE(2200,12,31)"
	day := cellCheck{
		kind: excelize.DataValidationTypeDate, operator: excelize.DataValidationOperatorBetween, from: firstDay, to: "TODAY()",
		alert: "Enter a day that is not in the future, such as 2026-10-31 or 31/10/2026.",
	}
	switch column {
	case fieldEmployeeNumber:
		return longest(employeeNumberChars)
	case fieldVacancyReference:
		return longest(referenceChars)
	case fieldTeam:
		return longest(teamChars)
	case fieldAsAt:
		if t.kind == domain.UploadVacancies {
			return cellCheck{
				kind: excelize.DataValidationTypeCustom, from: fmt.Sprintf("IF(ISNUMBER(%[1]s),AND(DAY(%[1]s+1)=1,%[1]s&lt;=TODAY()),FALSE)", cell),
				alert: "Enter the last day of a month that is not in the future, such as 2026-10-31.",
			}
		}
		return day
	case fieldAssessedOn, fieldOpenedOn, fieldClosedOn:
		return day
	case fieldStartedOn, fieldLeftOn, fieldValidFrom:
		day.to, day.alert = anyDay, "Enter a day such as 2026-10-31 or 31/10/2026."
		return day
	case fieldPosts:
		return cellCheck{
			kind: excelize.DataValidationTypeWhole, operator: excelize.DataValidationOperatorBetween, from: "1", to: strconv.Itoa(mostPosts),
			alert: "Enter how many posts are recruited to, from 1 to " + strconv.Itoa(mostPosts) + "; an empty cell means one.",
		}
	case fieldFTE:
		if t.kind == domain.UploadPositions {
			return cellCheck{
				kind: excelize.DataValidationTypeDecimal, operator: excelize.DataValidationOperatorGreaterThan, from: "0",
				alert: "Enter the full-time equivalent of all posts of the row together, such as 1.6, and not hours.",
			}
		}
		return cellCheck{
			kind: excelize.DataValidationTypeDecimal, operator: excelize.DataValidationOperatorBetween, from: "0", to: fteHigh.String(),
			alert: "Enter full-time equivalent, such as 0.8, and not hours. Few assignments have more than " + fteHigh.String() + ".",
		}
	case fieldBudgetedFTE, fieldContractedFTE, fieldBankFTE, fieldAgencyFTE:
		return measureCheck(cell, cell+"&gt;=0", "Enter a number that is not negative")
	case fieldReportedVacancies, fieldAdvertisedPosts, fieldStaffHeadcount:
		return measureCheck(cell, fmt.Sprintf("AND(%[1]s&gt;=0,%[1]s=INT(%[1]s))", cell), "Enter a whole number that is not negative")
	}
	return cellCheck{}
}

// longest lets nobody enter a text that is longer than the register takes.
func longest(chars int) cellCheck {
	return cellCheck{
		kind: excelize.DataValidationTypeTextLength, operator: excelize.DataValidationOperatorLessThanOrEqual, from: strconv.Itoa(chars),
		alert: "The value is longer than the " + strconv.Itoa(chars) + " characters that this column allows.", stop: true,
	}
}

// measureCheck takes a number that passes, or one of the words for none.
func measureCheck(cell, passes, alert string) cellCheck {
	return cellCheck{
		kind:  excelize.DataValidationTypeCustom,
		from:  fmt.Sprintf(`IF(ISNUMBER(%[1]s),%[2]s,OR(%[1]s="%[3]s",%[1]s="%[4]s"))`, cell, passes, wordNone, wordDontKnow),
		alert: alert + ", " + wordNone + " for none at all, or " + wordDontKnow + ".",
	}
}
