package sheet

import "fmt"

// Limits bounds what one file may ask of the service. Every limit that is
// passed has its own [FileError], with the limit in it.
type Limits struct {
	// MaxBytes is the greatest size of the file as sent.
	MaxBytes int64

	// MaxRows is the greatest number of rows with at least one value that a
	// sheet may have besides the first, which holds the headings. In a JSON file
	// it is the number of such records.
	MaxRows int

	// MaxColumns is the last column that may hold a value, or the number of
	// different members of a JSON file.
	MaxColumns int

	// MaxUnzipped is the greatest size, in bytes, of all parts of a workbook
	// together after unzipping. The texts that its cells share are held in
	// memory and may take a third of it.
	MaxUnzipped int64

	// MaxCellChars is the greatest number of characters in one cell.
	MaxCellChars int
}

// DefaultLimits are the published limits: 32 MiB, 250,000 rows, 256 columns,
// 200 MiB unzipped, and the 32,767 characters that a spreadsheet's cell holds.
func DefaultLimits() Limits {
	return Limits{
		MaxBytes:     32 << 20,
		MaxRows:      250_000,
		MaxColumns:   256,
		MaxUnzipped:  200 << 20,
		MaxCellChars: 32_767,
	}
}

// sizeText writes a number of bytes in MiB as users know it.
func sizeText(bytes int64) string {
	if bytes%(1<<20) == 0 {
		return fmt.Sprintf("%d MiB", bytes>>20)
	}
	return fmt.Sprintf("%d bytes", bytes)
}
