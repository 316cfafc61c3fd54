package sheet_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"skillstracker/api/sheet"
	"skillstracker/domain"
)

const benchRows = 249_999

func benchStaff() []string {
	return []string{
		"employee_number", "staff_group", "job_role_code", "band", "area_of_work", "team", "fte", "contract_type", "as_at", "started_on", "left_on", "action",
	}
}

func benchRow(i int) []string {
	return []string{
		fmt.Sprintf("%08d", i), "Nursing and Midwifery Registered", "Staff Nurse", "Band 5", "Accident and Emergency", fmt.Sprintf("Ward %d", i%400),
		[]string{"1", "0.6", "0.53333"}[i%3], "Permanent", "2026-10-31", "01/04/2019", "", "",
	}
}

func BenchmarkParseStaffCSV(b *testing.B) {
	var text strings.Builder
	text.WriteString(strings.Join(benchStaff(), ",") + "\n")
	for i := range benchRows {
		text.WriteString(strings.Join(benchRow(i), ",") + "\n")
	}
	benchParse(b, domain.UploadStaff, []byte(text.String()))
}

func BenchmarkParseStaffXLSX(b *testing.B) {
	book := excelize.NewFile()
	stream, err := book.NewStreamWriter("Sheet1")
	if err != nil {
		b.Fatal(err)
	}
	for i := range benchRows + 1 {
		cells := benchStaff()
		if i > 0 {
			cells = benchRow(i)
		}
		row := make([]any, len(cells))
		for j, cell := range cells {
			if cell != "" {
				row[j] = cell
			}
		}
		if err := stream.SetRow(fmt.Sprintf("A%d", i+1), row); err != nil {
			b.Fatal(err)
		}
	}
	if err := stream.Flush(); err != nil {
		b.Fatal(err)
	}
	benchParse(b, domain.UploadStaff, saved(b, book))
}

func BenchmarkParseAssessmentsCSV(b *testing.B) {
	var text strings.Builder
	text.WriteString("employee_number,assessed_on,assessor_kind,CCP,TLS,IDM,CIS,TEC,DIW,CCP_need,TEC_need\n")
	for i := range benchRows {
		fmt.Fprintf(&text, "%08d,2026-%02d-%02d,self,%d,2,3,,N/A,1,4,3\n", i, i%10+1, i%28+1, i%5)
	}
	benchParse(b, domain.UploadAssessments, []byte(text.String()))
}

func benchParse(b *testing.B, kind domain.UploadKind, data []byte) {
	b.Helper()
	lists := realLists(b)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		file, err := sheet.Parse(b.Context(), source(data), options(b, kind), lists)
		if err != nil || file.Faults.Errors() > 0 || len(file.Staff)+len(file.Assessments.Rows) != benchRows {
			b.Fatalf("got %v, %v", err, found(file))
		}
	}
}
