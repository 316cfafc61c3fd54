package sheet_test

import (
	"os"
	"testing"

	"skillstracker/api/sheet"
	"skillstracker/domain"
)

// diskWatch looks, while a workbook is written, into the folder for temporary files.
type diskWatch struct {
	t      *testing.T
	folder string
	bytes  int
}

func watchDisk(t *testing.T) *diskWatch {
	t.Helper()
	w := &diskWatch{t: t, folder: t.TempDir()}
	t.Setenv("TMPDIR", w.folder)
	return w
}

func (w *diskWatch) Write(p []byte) (int, error) {
	w.look()
	w.bytes += len(p)
	return len(p), nil
}

func (w *diskWatch) look() {
	w.t.Helper()
	entries, err := os.ReadDir(w.folder)
	if err != nil {
		w.t.Fatal(err)
	}
	if len(entries) > 0 {
		w.t.Fatalf("%d files are in the folder for temporary files", len(entries))
	}
}

// The rows of a long sheet are about people: they leave at once and are never kept on
// disk.
func TestLongDataWorkbooksKeepNothingOnDisk(t *testing.T) {
	for name, discard := range map[string]bool{"to its end": false, "given up": true} {
		t.Run(name, func(t *testing.T) {
			opts := dataOptions(t, domain.UploadStaff, "")
			w := watchDisk(t)
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
			if w.bytes < 64<<10 {
				t.Errorf("only %d bytes have left before the end", w.bytes)
			}
			if err := writer.Close(); (err != nil) != discard {
				t.Fatal(err)
			}
			w.look()
		})
	}
}

func TestLongFindingsWorkbooksKeepNothingOnDisk(t *testing.T) {
	data, upload := manyFaults(t)
	src := source(data)
	w := watchDisk(t)
	if err := sheet.WriteFindings(t.Context(), w, &src, upload, upload.Findings, findingsOptions(t)); err != nil {
		t.Fatal(err)
	}
	w.look()
}
