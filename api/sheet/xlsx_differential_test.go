package sheet_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"skillstracker/api/sheet"
)

// oracle writes a workbook with excelize and says what must be read from it.
type oracle struct {
	name string
	make func(t *testing.T, file *excelize.File, random *rand.Rand)
}

func oracles() []oracle {
	return []oracle{
		{"single cells", func(t *testing.T, file *excelize.File, random *rand.Rand) {
			t.Helper()
			for range 400 {
				name, err := excelize.CoordinatesToCellName(1+random.IntN(20), 1+random.IntN(200))
				noError(t, err)
				noError(t, file.SetCellValue("Sheet1", name, randomValue(random)))
			}
		}},
		{"streamed", func(t *testing.T, file *excelize.File, random *rand.Rand) {
			t.Helper()
			writer, err := file.NewStreamWriter("Sheet1")
			noError(t, err)
			row := 0
			for range 150 {
				row += 1 + random.IntN(3)
				values := make([]any, random.IntN(12))
				for i := range values {
					values[i] = randomValue(random)
				}
				noError(t, writer.SetRow(fmt.Sprintf("A%d", row), values))
			}
			noError(t, writer.Flush())
		}},
		{"1904 dates", func(t *testing.T, file *excelize.File, random *rand.Rand) {
			t.Helper()
			yes := true
			noError(t, file.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &yes}))
			for row := range 100 {
				noError(t, file.SetCellValue("Sheet1", fmt.Sprintf("B%d", row+1), randomDay(random)))
			}
		}},
		{"number formats", func(t *testing.T, file *excelize.File, random *rand.Rand) {
			t.Helper()
			codes := []string{"dd/mm/yyyy", `yyyy"-"mm"-"dd`, "[$-809]d mmmm yyyy", "0.00", "00000", "[h]:mm:ss", "@", "#,##0.00", `0" days"`, "mmm-yy"}
			for column, code := range codes {
				style, err := file.NewStyle(&excelize.Style{CustomNumFmt: &code})
				noError(t, err)
				for row := range 30 {
					name, err := excelize.CoordinatesToCellName(column+1, row+1)
					noError(t, err)
					noError(t, file.SetCellValue("Sheet1", name, 40000+random.IntN(9000)))
					noError(t, file.SetCellStyle("Sheet1", name, name, style))
				}
			}
		}},
		{"rich texts, formulae, other sheets, merged cells", func(t *testing.T, file *excelize.File, random *rand.Rand) {
			t.Helper()
			_, err := file.NewSheet("Notes")
			noError(t, err)
			noError(t, file.SetCellValue("Notes", "A1", "not this one"))
			for row := range 40 {
				noError(t, file.SetCellRichText("Sheet1", fmt.Sprintf("A%d", row+1), []excelize.RichTextRun{
					{Text: "bold ", Font: &excelize.Font{Bold: true}}, {Text: randomText(random)},
				}))
				noError(t, file.SetCellBool("Sheet1", fmt.Sprintf("C%d", row+1), row%2 == 0))
				noError(t, file.SetCellFormula("Sheet1", fmt.Sprintf("D%d", row+1), fmt.Sprintf("B%d*2", row+1)))
			}
			noError(t, file.MergeCell("Sheet1", "F1", "G2"))
			noError(t, file.SetCellValue("Sheet1", "F1", "merged"))
			noError(t, file.SetRowHeight("Sheet1", 90, 30))
			noError(t, file.SetPanes("Sheet1", &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}))
		}},
	}
}

func noError(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func randomText(random *rand.Rand) string {
	pieces := []string{"Ward", " ", "é", "–", "😀", "\n", "<", ">", "&", `"`, "'", "\t", "00123", "8a", "=1+1", "]]>", "_x000D_", ","}
	text := ""
	for range random.IntN(8) {
		text += pieces[random.IntN(len(pieces))]
	}
	return text
}

func randomDay(random *rand.Rand) time.Time {
	return time.Date(1905+random.IntN(290), time.Month(1+random.IntN(12)), 1+random.IntN(31), 0, 0, 0, 0, time.UTC)
}

func randomValue(random *rand.Rand) any {
	switch random.IntN(7) {
	case 0:
		return randomDay(random)
	case 1:
		return random.IntN(100_000) - 50_000
	case 2:
		return float64(random.IntN(100_000)) / 1000 * 1.1
	case 3:
		return random.IntN(2) == 0
	case 4:
		return random.Float64() * 1e18
	case 5:
		return nil
	}
	return randomText(random)
}

// TestXLSXAgreesWithExcelize reads workbooks that excelize wrote and compares
// every cell with what excelize itself reads from them.
func TestXLSXAgreesWithExcelize(t *testing.T) {
	for _, oracle := range oracles() {
		for seed := range uint64(4) {
			t.Run(fmt.Sprintf("%s %d", oracle.name, seed), func(t *testing.T) {
				file := excelize.NewFile()
				oracle.make(t, file, rand.New(rand.NewPCG(seed, 7)))
				var out bytes.Buffer
				noError(t, file.Write(&out))
				if compared := compare(t, out.Bytes(), "Sheet1"); compared < 80 {
					t.Errorf("only %d cells were compared", compared)
				}
			})
		}
	}
}

// compare reads one sheet twice and returns how many cells it compared.
func compare(t *testing.T, data []byte, name string) int {
	t.Helper()
	file, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{RawCellValue: true})
	noError(t, err)
	props, err := file.GetWorkbookProps()
	noError(t, err)
	date1904 := props.Date1904 != nil && *props.Date1904
	seen := map[string]sheet.Cell{}
	reader, err := sheet.Open(source(data), sheet.DefaultLimits())
	noError(t, err)
	noError(t, reader.Select(name))
	rows, err := drain(reader)
	noError(t, err)
	for _, row := range rows {
		for i, cell := range row.Cells {
			place, err := excelize.CoordinatesToCellName(i+1, row.Number)
			noError(t, err)
			seen[place] = cell
		}
	}
	all, err := file.GetRows(name, excelize.Options{RawCellValue: true})
	noError(t, err)
	compared := 0
	for r, row := range all {
		for c, want := range row {
			place, err := excelize.CoordinatesToCellName(c+1, r+1)
			noError(t, err)
			got := seen[place]
			delete(seen, place)
			compared++
			if got.Text != want && !sameBool(got, want) {
				t.Errorf("%s: got %+v, excelize reads %q", place, got, want)
			}
			if got.Kind == sheet.Date {
				compareDate(t, place, got, want, date1904)
			}
			kind, err := file.GetCellType(name, place)
			noError(t, err)
			isText := kind == excelize.CellTypeSharedString || kind == excelize.CellTypeInlineString || kind == excelize.CellTypeFormula
			if (got.Kind == sheet.Text) != (isText && want != "") {
				t.Errorf("%s: got kind %v, excelize has type %d", place, got.Kind, kind)
			}
		}
	}
	for place, cell := range seen {
		if cell.Kind != sheet.Empty {
			t.Errorf("%s: got %+v, excelize reads nothing", place, cell)
		}
	}
	return compared
}

// TestPublicWorkbook reads every sheet of a real publication, where it lies
// beside the repository.
func TestPublicWorkbook(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("..", "..", "..", "shared", "data", "nhsd_sickness_absence_monthly_template.xlsx"))
	if os.IsNotExist(err) {
		t.Skip("the public data files are not beside the repository")
	}
	noError(t, err)
	reader, err := sheet.Open(source(data), sheet.DefaultLimits())
	noError(t, err)
	compared := 0
	for _, info := range reader.Sheets() {
		compared += compare(t, data, info.Name)
	}
	if compared < 40_000 {
		t.Errorf("only %d cells were compared", compared)
	}
	others, ok := reader.(sheet.OthersReader)
	if !ok {
		t.Fatal("a workbook does not show its other sheets")
	}
	names := map[string]struct{}{}
	noError(t, others.EachOther(func(name string, _ sheet.Row) error {
		names[name] = struct{}{}
		return nil
	}))
	if rows, err := drain(reader); err != nil || len(rows) == 0 || len(names) != 5 {
		t.Errorf("%d rows, %d other sheets, %v", len(rows), len(names), err)
	}
}

func sameBool(got sheet.Cell, want string) bool {
	return got.Kind == sheet.Bool && (got.Text == "TRUE") == (want == "1" || want == "TRUE")
}

func compareDate(t *testing.T, name string, got sheet.Cell, raw string, date1904 bool) {
	t.Helper()
	serial, err := strconv.ParseFloat(raw, 64)
	noError(t, err)
	at, err := excelize.ExcelDateToTime(serial, date1904)
	noError(t, err)
	if want := at.Format(time.DateOnly); got.String() != want {
		t.Errorf("%s: got %s, excelize has %s", name, got, want)
	}
}
