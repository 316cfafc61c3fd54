// Package workbook writes the bytes of XLSX files, for reports of a few rows and for
// exports of any number of them.
//
// The rule is that excelize makes the skeleton of a workbook (styles, tables, widths,
// checks of input, links, charts, document properties) and never sees a row: the rows
// are encoded here, compressed in parallel and handed to the output as they come. So
// memory does not grow with rows, and the first bytes leave before the last row is
// there. The same calls give the same bytes.
//
// What a workbook cannot hold is an error or is written otherwise, and never lost: a
// text that is too long or is not UTF-8 and a number that is none are errors that name
// the cell; control characters are escaped as Excel escapes them; a text that looks
// like a formula stays text; a table with more rows than a worksheet has goes on in
// the next worksheet, which [Book.Written] lists.
package workbook
