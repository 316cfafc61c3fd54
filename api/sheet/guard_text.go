package sheet

import (
	"bytes"
	"mime"
	"path"
	"strings"
)

// markup recognises texts that are no table and no JSON: web pages (which some
// systems save under the name of a spreadsheet) and XML.
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
	return "", "", false
}

// looksJSON recognises an object by its brace, and a list by what follows the
// bracket, which a heading can begin with too. The zero bytes of UTF-16 do not
// count.
func looksJSON(head []byte) bool {
	if utf16Order(head) != notUTF16 {
		head = bytes.ReplaceAll(bytes.TrimLeft(head, "\xFE\xFF"), []byte{0}, nil)
	}
	body := bytes.TrimSpace(withoutBOM(head))
	if len(body) == 0 || body[0] != '[' {
		return len(body) > 0 && body[0] == '{'
	}
	next := bytes.TrimSpace(body[1:])
	return len(next) > 0 && strings.IndexByte(`{["]`, next[0]) >= 0
}

// claim is what the sender says a file is.
type claim uint8

const (
	claimsNothing claim = iota
	claimsCSV
	claimsPlainText
	claimsJSON
	claimsPDF
	claimsHTML
	claimsXLSX      // by its content type
	claimsXLSXNamed // by its name
)

// claimOf reads the content type, and where it says nothing the file name.
func claimOf(src Source) claim {
	kind, _, err := mime.ParseMediaType(src.ContentType)
	if err != nil {
		// An unreadable content type claims nothing; the bytes have spoken.
		kind = ""
	}
	switch kind {
	case "text/csv", "application/csv":
		return claimsCSV
	case "text/plain":
		return claimsPlainText
	case "application/json", "text/json":
		return claimsJSON
	case "application/pdf":
		return claimsPDF
	case "text/html":
		return claimsHTML
	case "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet":
		return claimsXLSX
	}
	switch strings.ToLower(path.Ext(src.Filename)) {
	case ".xlsx", ".xlsm", ".xlsb":
		return claimsXLSXNamed
	case ".json":
		return claimsJSON
	}
	return claimsNothing
}

// foreign refuses text that its sender says is something else: a workbook that
// lost its first bytes is not a CSV file.
func (c claim) foreign() (what, mend string, found bool) {
	const mendClaim = "Check that the right file was chosen and that it opens, and send it with the content type of what it is."
	switch c {
	case claimsPDF:
		return "said to be a PDF document", mendClaim, true
	case claimsHTML:
		return "said to be a web page (HTML)", mendClaim, true
	case claimsXLSX:
		return "said to be an Excel workbook but is not one", mendClaim, true
	case claimsXLSXNamed:
		return "named as an Excel workbook but is not one", mendSaveAs, true
	case claimsNothing, claimsCSV, claimsPlainText, claimsJSON:
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
