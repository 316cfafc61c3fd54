// Package check holds workbooks to the rules of accessible spreadsheets: those of
// the United Kingdom's Government Analysis Function ("Releasing statistics in
// spreadsheets" and its checklist), essential or desirable, and the house rules of
// this project.
//
// The rule is that it reads what is in the file and not what a library makes of it:
// the raw parts of the package, of anybody's workbook, without trusting any of them.
// Cells are streamed, so memory does not grow with the rows of a sheet. A breach
// names a sheet and a cell, says what is wrong and how to mend it; it never holds the
// value of a cell in the body of a table, which may be about a person.
package check
