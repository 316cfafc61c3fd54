// Package report builds the reports that people download: of the digital literacy, the
// vacancies and, for its HR alone, the people of one organisation, and of an ICB, a
// region or the nation, each at one month end; as Excel workbooks in two profiles, as
// OpenDocument spreadsheets and as archives of CSV files. It reads back the workbooks
// that it has made, to compare them with the register.
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
// from column A, headings tagged as headings, no filters, frozen panes, merged cells
// or formulae, and shorthand such as [c] as the whole of a cell. The accessible profile
// has no fills and no charts; the management profile has colour scales, and charts on
// sheets of their own. Package check knows each rule, and the tests hold every kind of
// report to them.
package report
