// Package report builds the workbooks that managers download: one for digital
// literacy and one for vacancies, each about one organisation at one month end.
//
// The rule is that a workbook shows and never works out. Its figures are rows of
// totals that have been added up elsewhere and, where they are about people, have
// passed the disclosure rule; the only arithmetic here is a fraction written as per
// cent and a change from one shown figure to another. So a workbook cannot differ
// from the totals that the service answers, and holds nothing that they withhold.
//
// Workbooks follow the United Kingdom government's rules for accessible
// spreadsheets ("Releasing statistics in spreadsheets", Government Analysis
// Function): a cover, a list of contents, notes, one marked-up table on each sheet
// from column A, headings tagged as headings, no filters, frozen panes, fills,
// merged cells or formulae, and shorthand such as [c] as the whole of a cell.
package report
