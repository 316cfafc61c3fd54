package sheet

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"mime"
	"path"
	"strings"
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
	if what, mend, found := claimed(src); found {
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

// markup recognises texts that are no table: web pages (which some systems
// save under the name of a spreadsheet), XML and JSON.
func markup(body []byte) (what, mend string, found bool) {
	lower := bytes.ToLower(body[:min(len(body), 64)])
	for _, tag := range []string{"<!doctype html", "<html", "<head", "<body", "<table", "<style", "<meta"} {
		if bytes.HasPrefix(lower, []byte(tag)) {
			return "a web page (HTML)", mendSaveAs, true
		}
	}
	if bytes.HasPrefix(lower, []byte("<?xml")) || bytes.HasPrefix(lower, []byte("<!--")) {
		return "an XML document", mendSaveAs, true
	}
	if len(body) == 0 {
		return "", "", false
	}
	next := bytes.TrimSpace(body[1:])
	var follows byte
	if len(next) > 0 {
		follows = next[0]
	}
	isObject := body[0] == '{' && (follows == '"' || follows == '}')
	isArray := body[0] == '[' && (follows == '{' || follows == '[' || follows == '"' || follows == ']')
	if isObject || isArray {
		return "JSON", "Send the rows as CSV or .xlsx.", true
	}
	return "", "", false
}

// claimed refuses text that its sender says is something else: a workbook that
// lost its first bytes is not a CSV file.
func claimed(src Source) (what, mend string, found bool) {
	kind, _, err := mime.ParseMediaType(src.ContentType)
	if err != nil {
		// An unreadable content type claims nothing; the bytes have spoken.
		kind = ""
	}
	kinds := map[string]string{
		"application/json": "said to be JSON",
		"application/pdf":  "said to be a PDF document",
		"text/html":        "said to be a web page (HTML)",
		"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "said to be an Excel workbook but is not one",
	}
	if what, ok := kinds[kind]; ok {
		return what, "Check that the right file was chosen and that it opens, and send it with the content type of what it is.", true
	}
	known := kind == "text/csv" || kind == "application/csv" || kind == "text/plain"
	switch strings.ToLower(path.Ext(src.Filename)) {
	case ".xlsx", ".xlsm", ".xlsb":
		if !known {
			return "named as an Excel workbook but is not one", mendSaveAs, true
		}
	}
	return "", "", false
}

// looksBinary tells whether the start of a file is no text: more than one
// control character in ten, and more than a few, that are not part of UTF-16.
func looksBinary(head []byte) bool {
	if utf16Order(head) != notUTF16 {
		return false
	}
	odd := 0
	for _, b := range head {
		if b < ' ' && !bytes.ContainsRune([]byte("\t\n\v\f\r\x1a"), rune(b)) {
			odd++
		}
	}
	return odd > 3 && odd*10 > len(head)
}
