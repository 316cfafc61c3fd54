package check

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"github.com/klauspost/compress/zip"
)

// Limits bound what a check reads of a file. Zero values stand for the defaults.
type Limits struct {
	Parts    int   // parts of the package
	Unzipped int64 // bytes of all parts together
	Part     int64 // bytes of a part that is not a sheet or the list of texts
	Texts    int64 // bytes of the list of texts, which is held in memory
}

func (l Limits) orDefaults() Limits {
	if l.Parts <= 0 {
		l.Parts = 5000
	}
	if l.Unzipped <= 0 {
		l.Unzipped = 4 << 30
	}
	if l.Part <= 0 {
		l.Part = 32 << 20
	}
	if l.Texts <= 0 {
		l.Texts = 512 << 20
	}
	return l
}

// FileError says why a file cannot be checked at all.
type FileError struct {
	Message string // what is wrong
	Advice  string // what to do
	// encrypted is set for a workbook with a password, which is a breach of a rule.
	encrypted bool
}

// Error returns both sentences.
func (e *FileError) Error() string { return e.Message + " " + e.Advice }

// archive is the package of a workbook.
type archive struct {
	limits Limits
	files  map[string]*zip.File // by name in lower case, without a leading slash
}

func openArchive(r io.ReaderAt, size int64, limits Limits) (*archive, error) {
	head := make([]byte, 8)
	n, err := r.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("read workbook: %w", err)
	}
	if bytes.HasPrefix(head[:n], []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")) {
		return nil, compound(r, size)
	}
	if !bytes.HasPrefix(head[:n], []byte("PK")) {
		return nil, &FileError{Message: "The file is not an Excel workbook (.xlsx).", Advice: notWorkbookAdvice}
	}
	z, err := zip.NewReader(r, size)
	if err != nil {
		return nil, &FileError{
			Message: "The workbook is damaged: its list of parts cannot be read, so it was cut off or changed on the way.",
			Advice:  "Get the file again, or open it in a spreadsheet program and save it anew.",
		}
	}
	if len(z.File) > limits.Parts {
		return nil, tooLarge(fmt.Sprintf("it has %d parts, and the limit is %d", len(z.File), limits.Parts))
	}
	a := &archive{limits: limits, files: make(map[string]*zip.File, len(z.File))}
	left := uint64(limits.Unzipped)
	for _, f := range z.File {
		if f.UncompressedSize64 > left {
			return nil, tooLarge(fmt.Sprintf("it unpacks to more than %d bytes, which is the limit", limits.Unzipped))
		}
		left -= f.UncompressedSize64
		name := partName(f.Name)
		if _, twice := a.files[name]; twice {
			return nil, &FileError{
				Message: fmt.Sprintf("The workbook is damaged: it has two parts named %s.", name),
				Advice:  "Open it in a spreadsheet program and save it anew.",
			}
		}
		a.files[name] = f
	}
	if !a.has("xl/workbook.xml") && a.officeDocument() == "" {
		return nil, a.otherFile()
	}
	return a, nil
}

const notWorkbookAdvice = "Give the name of a file that was saved as one."

// compound says what a file in the older container is: a workbook with a password,
// or one of the format before .xlsx.
func compound(r io.ReaderAt, size int64) error {
	const marker = "E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00"
	content, err := io.ReadAll(io.NewSectionReader(r, 0, min(size, 32<<20)))
	if err != nil {
		return fmt.Errorf("read workbook: %w", err)
	}
	if bytes.Contains(content, []byte(marker)) {
		return &FileError{
			Message:   "The workbook is encrypted, so nothing of it can be checked or read by assistive software without the password.",
			Advice:    "Save it without a password: File, Info, Protect Workbook, Encrypt with Password, and leave the password empty.",
			encrypted: true,
		}
	}
	return &FileError{
		Message: "The file is of the older Excel format (.xls), or of another program.",
		Advice:  "Open it in a spreadsheet program, save it as an Excel workbook (.xlsx), and check that.",
	}
}

// otherFile says what a package without a workbook is.
func (a *archive) otherFile() error {
	switch {
	case a.has("content.xml") && a.has("mimetype"):
		return &FileError{
			Message: "The file is an OpenDocument file (.ods).",
			Advice:  "Check the Excel workbook (.xlsx) of the same tables; this command reads no other format.",
		}
	case a.has("word/document.xml"), a.has("ppt/presentation.xml"):
		return &FileError{Message: "The file is a document or a presentation, not a workbook.", Advice: notWorkbookAdvice}
	case a.has("xl/workbook.bin"):
		return &FileError{
			Message: "The file is a binary Excel workbook (.xlsb).",
			Advice:  "Open it in Excel, save it as an Excel workbook (.xlsx), and check that.",
		}
	}
	return &FileError{Message: "The file is an archive without a workbook in it.", Advice: notWorkbookAdvice}
}

func tooLarge(why string) error {
	return &FileError{
		Message: "The workbook is too large to be checked: " + why + ".",
		Advice:  "Check a workbook with fewer rows of the same form.",
	}
}

func partName(name string) string {
	return strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(name, `\`, "/"), "/"))
}

func (a *archive) has(part string) bool {
	_, held := a.files[partName(part)]
	return held
}

// read hands the XML of a part to a function and then reads it to its end, so that
// what was read is proven by its checksum. Parts larger than the limit are refused;
// a limit of 0 is none but that of all parts together.
func (a *archive) read(part string, limit int64, use func(*puller) error) (err error) {
	file, held := a.files[partName(part)]
	if !held {
		return &FileError{
			Message: fmt.Sprintf("The workbook is damaged: its part %s is missing.", part),
			Advice:  "Open it in a spreadsheet program and save it anew.",
		}
	}
	if limit > 0 && file.UncompressedSize64 > uint64(limit) {
		return tooLarge(fmt.Sprintf("its part %s has %d bytes, and the limit is %d", part, file.UncompressedSize64, limit))
	}
	src, err := file.Open()
	if err != nil {
		return damagedPart(part)
	}
	defer func() { err = errors.Join(err, src.Close()) }()
	// A part that unpacks to more than it declares is cut there, and fails its checksum.
	bounded := io.LimitReader(src, int64(file.UncompressedSize64)+1)
	p := newPuller(bounded, file.UncompressedSize64)
	if err := use(p); err != nil {
		if p.fail != nil && !errors.Is(p.fail, io.EOF) {
			return damagedPart(part)
		}
		return inPart(part, err)
	}
	if n, err := io.Copy(io.Discard, bounded); err != nil || n > int64(file.UncompressedSize64) {
		return damagedPart(part)
	}
	return nil
}

func damagedPart(part string) error {
	return &FileError{
		Message: fmt.Sprintf("The workbook is damaged: its part %s cannot be unpacked.", part),
		Advice:  "Get the file again, or open it in a spreadsheet program and save it anew.",
	}
}

// relationship leads from one part to another, or out of the file.
type relationship struct {
	kind     string // the last word of its type, such as worksheet
	target   string // a part, or what an outward one says
	external bool
}

// relationships returns those of a part by their id; none when it has no list.
func (a *archive) relationships(part string) (map[string]relationship, error) {
	list := map[string]relationship{}
	dir, base := path.Split(part)
	rels := dir + "_rels/" + base + ".rels"
	if !a.has(rels) {
		return list, nil
	}
	err := a.read(rels, a.limits.Part, func(p *puller) error {
		return p.each(func(string) error {
			return p.each(func(string) error {
				rel := relationship{target: p.attr("Target"), external: p.attr("TargetMode") == "External"}
				kind := p.attr("Type")
				rel.kind = kind[strings.LastIndexByte(kind, '/')+1:]
				if !rel.external {
					if strings.HasPrefix(rel.target, "/") {
						rel.target = strings.TrimPrefix(rel.target, "/")
					} else {
						rel.target = path.Join(dir, rel.target)
					}
				}
				list[p.attr("Id")] = rel
				return nil
			})
		})
	})
	return list, err
}

// officeDocument returns the part of the workbook that the package names; empty when
// it names none.
func (a *archive) officeDocument() string {
	rels, err := a.relationships("")
	if err != nil {
		return ""
	}
	for _, rel := range rels {
		if rel.kind == "officeDocument" && strings.HasPrefix(partName(rel.target), "xl/") && strings.HasSuffix(rel.target, ".xml") && a.has(rel.target) {
			return rel.target
		}
	}
	return ""
}
