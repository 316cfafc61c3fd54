package sheet

import (
	"bytes"
	"fmt"
)

// compoundMagic begins an OLE compound file: the container of the Office
// programs up to 2003, and of today's documents when a password protects them.
const compoundMagic = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"

// compoundEntry is the size of a directory entry. Entries lie on multiples of
// it from the start of the file, because sectors and the header do.
const compoundEntry = 128

// refuseCompound says which kind of compound file it is. It looks for the
// stream names that tell, in every place where a directory entry can be,
// rather than follow the directory's chain through an untrusted table.
func refuseCompound(src Source) error {
	isOldXLS, isWord := false, false
	buffer := make([]byte, 512*compoundEntry)
	for at := int64(0); at < src.Size; at += int64(len(buffer)) {
		block := buffer[:min(int64(len(buffer)), src.Size-at)]
		if err := readFull(src.File, block, at); err != nil {
			return fmt.Errorf("read compound file: %w", err)
		}
		for i := 0; i+64 <= len(block); i += compoundEntry {
			switch name := compoundName(block[i : i+64]); name {
			case "EncryptedPackage":
				return encrypted()
			case "Workbook", "Book":
				isOldXLS = true
			case "WordDocument":
				isWord = true
			}
		}
	}
	switch {
	case isOldXLS:
		return &FileError{
			Code:    CodeOldXLS,
			Message: "The file is a workbook in the format of Excel 97 to 2003 (.xls), which cannot be read.",
			Mend:    "Open it in Excel, choose File, Save As, Excel Workbook (.xlsx) without a password, and send the new file.",
		}
	case isWord:
		return unsupported("a Word document", mendSaveAs)
	}
	return unsupported("an older Office or Outlook file", mendSaveAs)
}

// compoundName reads the UTF-16 name of a directory entry if it is ASCII.
func compoundName(field []byte) string {
	var name bytes.Buffer
	for i := 0; i+1 < len(field); i += 2 {
		if field[i+1] != 0 || field[i] == 0 {
			break
		}
		name.WriteByte(field[i])
	}
	return name.String()
}
