// Package sheet turns the files that people send (CSV, XLSX and JSON) into rows of
// typed cells, and rows into files.
//
// The rule of the reading half is that a file is read whole or refused: rows
// are handed out in one streaming pass with bounded memory, and the end of the
// rows is reported only after everything that was read has been proven
// complete and well-formed. A damaged, truncated or hostile file ends in a
// [FileError], never in fewer rows. No message of this package holds the
// value of a cell.
package sheet
