package api

import (
	"strings"

	"skillstracker/domain"
	"skillstracker/domain/disclosure"
)

// valueType is the type of a column's values: in JSON, in CSV and as the metadata of
// the CSV names it.
type valueType string

const (
	textType   valueType = "string"
	wholeType  valueType = "integer"
	numberType valueType = "double"
	dayType    valueType = "date"
	flagType   valueType = "boolean"
)

// The units in which figures are given.
const (
	unitPeople        = "people"
	unitFTE           = "FTE"
	unitPosts         = "posts"
	unitFraction      = "fraction"
	unitLevel         = "level"
	unitDays          = "days"
	unitOrganisations = "organisations"
	unitCells         = "cells"
)

// value is what a row says in one column: an int, a float64, a text or a
// domain.Date, or nil with the reason.
type value struct {
	is     any
	status domain.Status
}

// figureColumn is a figure of a kind of totals: everything that is said of it
// anywhere, and how a row gives it.
type figureColumn[Row any] struct {
	name     string
	datatype valueType
	unit     string
	means    string
	// optional says that the figure can be absent: it has a status.
	optional bool
	of       func(Row) value
	// list gives the figure as a JSON array, for one that has several columns in the
	// CSV; of is nil then. Nil leaves the array out of the row.
	list func(Row) any
	// tableOnly leaves the figure out of the JSON, where an array has it.
	tableOnly bool
}

// fixedColumn says the same of every row, such as the framework. It is a column of
// the CSV only; the JSON says it once.
type fixedColumn struct {
	name     string
	datatype valueType
	means    string
	text     string
	// optional says that the text may be empty, depending on the question.
	optional bool
}

// totalsTable describes the rows of one kind of totals. JSON rows, the CSV, its
// metadata and the definitions and units of an answer are all made from it.
type totalsTable[Row any] struct {
	subject string // begins file names, such as vacancy-totals
	title   string
	about   string
	path    string // of the JSON answer; the CSV is beside it
	// metadataQuery is what the metadata of the CSV depends on, such as
	// framework=hdc&framework_version=2018; empty when it is always the same.
	metadataQuery string
	dimensions    []domain.Dimension
	group         func(Row) domain.Group
	coverage      func(Row) domain.Coverage
	fixed         []fixedColumn
	figures       []figureColumn[Row]
}

// shape is which dimensions the rows of an answer show.
type shape struct {
	filter domain.TotalsFilter
	names  codeNames
}

// shows says whether a row is broken down by a dimension: a subtotal is not by those
// over which it adds up.
func (s shape) shows(d domain.Dimension, group domain.Group) bool {
	if !s.filter.Has(d) {
		return false
	}
	for over := range strings.SplitSeq(group.Over, ",") {
		if over == string(d) {
			return false
		}
	}
	return true
}

// countValue is a number that is always known.
func countValue(n int) value { return value{is: n} }

// countOrNone is a number that was not given when it is nil.
func countOrNone(n *int) value {
	if n == nil {
		return value{status: domain.StatusNotAvailable}
	}
	return value{is: *n}
}

// fteOrNone is FTE that was not given when it is nil.
func fteOrNone(fte *domain.FTE) value {
	if fte == nil {
		return value{status: domain.StatusNotAvailable}
	}
	return value{is: fte.Float()}
}

// peopleValue is a number of people as the disclosure rule lets it be shown.
func peopleValue(people disclosure.Count) value {
	if people.Status != "" {
		return value{status: people.Status}
	}
	return value{is: people.Value}
}

// shareValue is a share as the disclosure rule lets it be shown.
func shareValue(share disclosure.Share) value { return numberValue(share.Value, share.Status) }

// numberValue is a number, or its reason to be absent.
func numberValue(number float64, status domain.Status) value {
	if status != "" {
		return value{status: status}
	}
	return value{is: number}
}

// dayOrNone is a day that is not available when it is nil.
func dayOrNone(day *domain.Date) value {
	if day == nil {
		return value{status: domain.StatusNotAvailable}
	}
	return value{is: *day}
}

// dayOr is a day, or the reason why it may not be shown.
func dayOr(day *domain.Date, status domain.Status) value {
	if status != "" {
		return value{status: status}
	}
	return dayOrNone(day)
}

// people is a column of numbers of people.
func people[Row any](name, means string, of func(Row) disclosure.Count) figureColumn[Row] {
	return figureColumn[Row]{name: name, datatype: wholeType, unit: unitPeople, means: means, optional: true, of: func(row Row) value { return peopleValue(of(row)) }}
}

// whole is a column of numbers that are always known.
func whole[Row any](name, unit, means string, of func(Row) int) figureColumn[Row] {
	return figureColumn[Row]{name: name, datatype: wholeType, unit: unit, means: means, of: func(row Row) value { return countValue(of(row)) }}
}

// optionalFigure is a column of values that can be absent.
func optionalFigure[Row any](name string, datatype valueType, unit, means string, of func(Row) value) figureColumn[Row] {
	return figureColumn[Row]{name: name, datatype: datatype, unit: unit, means: means, optional: true, of: of}
}

// coverageColumns say on how many organisations a row rests.
func coverageColumns[Row any](of func(Row) domain.Coverage, returned string) []figureColumn[Row] {
	return []figureColumn[Row]{
		whole("organisations_reporting", unitOrganisations, "Organisations of the row "+returned+".", func(row Row) int { return of(row).Reporting }),
		whole("organisations_expected", unitOrganisations, "Organisations of the row from which that was expected at the reference date. A missing return is never a zero.", func(row Row) int { return of(row).Expected }),
		whole("organisations_estimated", unitOrganisations, "Organisations of the row whose region and ICB are those of a later edition of the register, because none is held for the date.", func(row Row) int { return of(row).Estimated }),
	}
}

// staffInPostMeans explains staff in post wherever it is counted (DESIGN 3.9).
const staffInPostMeans = "People in post at the reference date in the organisations that have a staff list. Bank, honorary and non-executive contracts are left out; a staff list without contract types is taken to hold none of these."
