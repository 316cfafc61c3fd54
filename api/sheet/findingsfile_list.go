package sheet

import (
	"fmt"
	"strconv"

	xlsx "skillstracker/api/workbook"
	"skillstracker/domain"
)

// findingsList is the sheet Findings. The row numbers are those of Data.
func findingsList(sent *sentFile, upload domain.Upload, findings []domain.Finding, lim Limits) bookTable {
	rows := [][]Cell{textCells("Severity", "Code", "Sheet", "Row", "Column", "What is wrong", "How to mend it")}
	for i := range findings {
		rows = append(rows, findingCells(&findings[i], sent, upload))
	}
	if len(findings) == 0 {
		rows = append(rows, textCells("None", "None", "None", "None", "None", "Nothing was found.", "Nothing needs doing."))
	}
	return newBookTable(xlsx.Sheet{Name: sheetFindings, Table: "findings_list", Lines: lines(findingsLines(sent, upload, findings, lim)...)},
		rows, 12, 34, 20, 16, 28, xlsx.MaxWidth, xlsx.MaxWidth)
}

func findingCells(f *domain.Finding, sent *sentFile, upload domain.Upload) []Cell {
	sheet, column, row := f.Sheet, f.Column, "Whole file"
	if sheet == "" {
		sheet = "The " + upload.Format + " file"
	}
	switch {
	case f.Row > 0:
		number := f.Row
		if sent != nil {
			number += sent.shift
		}
		row = strconv.Itoa(number)
		if column == "" {
			column = "Whole row"
		}
	case column != "":
		row = "Whole column"
	default:
		column = "Whole file"
	}
	cells := textCells(severityWord(f.Severity), string(f.Code), sheet, row, column, f.Message, f.Mend)
	if f.Row > 0 {
		cells[3] = Cell{Kind: Number, Text: row}
	}
	return cells
}

// findingsLines is what stands above the list.
func findingsLines(sent *sentFile, upload domain.Upload, findings []domain.Finding, lim Limits) []string {
	received := fmt.Sprintf("The file was received on %s UTC", upload.ReceivedAt.UTC().Format("2 Jan 2006 at 15:04"))
	if upload.ID != "" {
		received = fmt.Sprintf("Upload %s was received on %s UTC", upload.ID, upload.ReceivedAt.UTC().Format("2 Jan 2006 at 15:04"))
	}
	counts := fmt.Sprintf("Errors: %s. Warnings: %s.", grouped(int64(upload.Errors)), grouped(int64(upload.Warnings)))
	if more := notListed(upload, findings); more > 0 {
		counts += fmt.Sprintf(" The first %s are listed; %s more were counted and not stored.", grouped(int64(len(findings))), grouped(int64(more)))
	}
	lines := []string{
		findingsTitle(upload),
		"This worksheet contains one table.",
		received + "; its state is " + stateWord(upload.State) + ".",
		counts,
		"Errors keep a row from being stored, or the whole file unless it is sent with mode=valid_rows. Warnings keep nothing from being stored.",
	}
	lines = append(lines, dataLines(sent, lim)...)
	// With a sheet of rows, the list itself begins behind the rows in which a reader of
	// the workbook looks for headings (headerRows): its texts name what is refused.
	return append(lines, "Codes are explained at /api/v1/finding-codes of the service.")
}

// dataLines explains the sheet Data, or why there is none.
func dataLines(sent *sentFile, lim Limits) []string {
	if sent == nil {
		return []string{"The rows of the file are not shown, because it is no longer kept or could not be read to its end."}
	}
	rows := "Row numbers are those of your file, which are also those of the sheet Data."
	if sent.shift > 0 {
		rows = fmt.Sprintf("Row numbers are those of the sheet Data, where record 1 of the file stands in row %d.", 1+sent.shift)
	}
	lines := []string{rows}
	if sent.findings >= 0 {
		lines = append(lines,
			"The sheet Data holds your rows. Faulty cells are bold, framed and shaded, and the column findings says what is wrong with each row.",
			"Mend the cells on the sheet Data and send this workbook in again. The column findings and this sheet are then passed over.")
	} else {
		lines = append(lines, "The sheet Data holds your rows. Mend them there and send this workbook in again.")
	}
	const mebibyte = 1 << 20
	if sent.size > lim.MaxUnzipped {
		lines = append(lines, fmt.Sprintf("Unzipped, this workbook is larger than the %s MiB that an upload may have: save the sheet Data as CSV UTF-8 and send that.",
			grouped(lim.MaxUnzipped/mebibyte)))
	}
	return lines
}

func stateWord(state domain.UploadState) string {
	switch state {
	case domain.UploadApplied:
		return "applied"
	case domain.UploadPartlyApplied:
		return "partly applied"
	case domain.UploadRejected:
		return "rejected"
	case domain.UploadVoided:
		return "voided"
	}
	return string(state)
}
