package sheet

import (
	"bytes"
	"errors"
	"fmt"
	"io"
)

// sniffed is how many bytes from the start decide what a file is.
const sniffed = 1024

// Advice that several refusals share.
const (
	mendSaveAs = "Open it in the program that made it, save it as .xlsx or as CSV (UTF-8) and send that file."
	mendUnpack = "Unpack it and send the CSV file or the workbook that is inside."
)

// Detect decides the format of a file: by its first bytes, and only where
// these leave it open by the content type and the file name. A file of another
// kind gives a *FileError that says which kind it is and what to do.
func Detect(src Source) (Format, error) {
	head := make([]byte, min(src.Size, sniffed))
	if err := readFull(src.File, head, 0); err != nil {
		return "", fmt.Errorf("read start of file: %w", err)
	}
	body := bytes.TrimSpace(withoutBOM(head))
	if (len(body) == 0 && src.Size <= sniffed) || (src.Size == 2 && utf16Order(head) != notUTF16) {
		return "", &FileError{
			Code:    CodeFileEmpty,
			Message: "The file is empty.",
			Mend:    "Check that the right file was chosen and that it was saved before it was sent.",
		}
	}
	switch {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return XLSX, nil
	case bytes.HasPrefix(head, []byte(compoundMagic)):
		return "", refuseCompound(src)
	}
	if what, mend, found := foreignMagic(head); found {
		return "", unsupported(what, mend)
	}
	if what, mend, found := markup(body); found {
		return "", unsupported(what, mend)
	}
	claim := claimOf(src)
	switch isJSON := looksJSON(head); {
	case isJSON && claim == claimsCSV:
		return "", unsupported("JSON that was sent as CSV", "Send it with the content type application/json.")
	case isJSON, claim == claimsJSON:
		return JSON, nil
	}
	if what, mend, found := claim.foreign(); found {
		return "", unsupported(what, mend)
	}
	if looksBinary(head) {
		return "", unsupported("binary data of an unknown kind", mendSaveAs)
	}
	return CSV, nil
}

// readFull fills the buffer from a place in the file. A file that ends before
// is an error, because its size was known.
func readFull(file io.ReaderAt, buffer []byte, at int64) error {
	n, err := file.ReadAt(buffer, at)
	switch {
	case n == len(buffer):
		return nil
	case err == nil || errors.Is(err, io.EOF):
		return errShortened
	}
	return err
}

func withoutBOM(text []byte) []byte {
	return bytes.TrimPrefix(text, []byte("\uFEFF"))
}

// foreignMagic knows the first bytes of the files that are sent by mistake.
func foreignMagic(head []byte) (what, mend string, found bool) {
	const picture = "Send the table itself, saved as .xlsx or CSV, not a picture of it."
	kinds := []struct{ magic, what, mend string }{
		{"%PDF-", "a PDF document", "Send the table that the document was made from, saved as .xlsx or CSV."},
		{"\x89PNG\r\n", "a picture (PNG)", picture},
		{"\xFF\xD8\xFF", "a picture (JPEG)", picture},
		{"GIF8", "a picture (GIF)", picture},
		{"II*\x00", "a picture (TIFF)", picture},
		{"MM\x00*", "a picture (TIFF)", picture},
		{"PK\x05\x06", "an empty ZIP archive", mendUnpack},
		{"PK\x07\x08", "a ZIP archive in several parts", mendUnpack},
		{"\x1F\x8B", "compressed (gzip)", mendUnpack},
		{"7z\xBC\xAF\x27\x1C", "a 7-Zip archive", mendUnpack},
		{"Rar!", "a RAR archive", mendUnpack},
		{"BZh", "compressed (bzip2)", mendUnpack},
		{"{\\rtf", "a rich-text document", mendSaveAs},
	}
	for _, kind := range kinds {
		if bytes.HasPrefix(head, []byte(kind.magic)) {
			return kind.what, kind.mend, true
		}
	}
	if len(head) > 12 && bytes.HasPrefix(head, []byte("RIFF")) && string(head[8:12]) == "WEBP" {
		return "a picture (WebP)", picture, true
	}
	return "", "", false
}
