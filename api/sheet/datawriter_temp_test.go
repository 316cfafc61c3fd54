package sheet_test

import (
	"os"
	"testing"

	"skillstracker/api/sheet"
	"skillstracker/domain"
)

// filesIn counts the files of a folder.
func filesIn(t *testing.T, folder string) int {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	return len(entries)
}

// spillWatch looks, while a workbook is written, where the library keeps its rows.
type spillWatch struct {
	t                *testing.T
	system, services string // folders
	most             int    // files in the service's folder
}

func watchSpills(t *testing.T) *spillWatch {
	t.Helper()
	w := &spillWatch{t: t, services: t.TempDir(), system: t.TempDir()}
	t.Setenv("TMPDIR", w.system)
	return w
}

func (w *spillWatch) Write(p []byte) (int, error) {
	w.look()
	return len(p), nil
}

func (w *spillWatch) look() {
	w.t.Helper()
	w.most = max(w.most, filesIn(w.t, w.services))
	if count := filesIn(w.t, w.system); count > 0 {
		w.t.Fatalf("%d files are in the system's folder", count)
	}
}

// ended expects that rows were kept on disk, and are not any more.
func (w *spillWatch) ended() {
	w.t.Helper()
	w.look()
	if w.most == 0 {
		w.t.Error("nothing was kept on disk: the workbook is too small for this test")
	}
	if count := filesIn(w.t, w.services); count > 0 {
		w.t.Errorf("%d files are left", count)
	}
}

// The library keeps the rows of a long sheet, which are about people, in a file.
func TestLongDataWorkbooksKeepRowsInTheFolderGiven(t *testing.T) {
	opts := dataOptions(t, domain.UploadStaff, "")
	for name, discard := range map[string]bool{"to its end": false, "given up": true} {
		t.Run(name, func(t *testing.T) {
			opts := opts // neither case limits the other
			w := watchSpills(t)
			opts.TempDir = w.services
			if discard {
				opts.Limits.MaxRows = 59_999
			}
			writer, err := sheet.NewDataWriter(w, sheet.XLSX, opts)
			if err != nil {
				t.Fatal(err)
			}
			row := oneRow(t, domain.UploadStaff).Staff[0]
			for i := range 60_000 {
				if err := writer.Staff(row); (err != nil) != (discard && i == 59_999) {
					t.Fatal(err)
				}
			}
			w.look()
			if err := writer.Close(); (err != nil) != discard {
				t.Fatal(err)
			}
			w.ended()
		})
	}
}

func TestLongFindingsWorkbooksKeepRowsInTheFolderGiven(t *testing.T) {
	data, upload := manyFaults(t)
	src := source(data)
	w := watchSpills(t)
	opts := sheet.FindingsOptions{Limits: sheet.DefaultLimits(), TempDir: w.services}
	if err := sheet.WriteFindings(t.Context(), w, &src, upload, upload.Findings, opts); err != nil {
		t.Fatal(err)
	}
	w.ended()
}
