package report

import (
	"archive/zip"
	"bufio"
	"encoding/xml"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"time"
)

const (
	odsType = "application/vnd.oasis.opendocument.spreadsheet"
	// odfVersion is the edition of OASIS OpenDocument that every part declares.
	odfVersion = "1.3"
	xmlHead    = `<?xml version="1.0" encoding="UTF-8"?>` + "\n"

	odfNamespaces = ` xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"` +
		` xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"` +
		` xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"` +
		` xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"` +
		` xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0"` +
		` xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"` +
		` xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"` +
		` xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0"` +
		` xmlns:dc="http://purl.org/dc/elements/1.1/"` +
		` xmlns:xlink="http://www.w3.org/1999/xlink"` +
		` office:version="` + odfVersion + `"`
)

// writeODS writes the accessible profile as an OpenDocument spreadsheet: the same
// sheets, headings, tables and figures as the Excel workbook. Its first part is the
// media type, stored as it is, by which programs know the format (OpenDocument 1.3
// part 2, 3.3).
func (b *Book) writeODS(w io.Writer) error {
	archive := zip.NewWriter(w)
	if err := storeMediaType(archive); err != nil {
		return fmt.Errorf("write media type: %w", err)
	}
	layout, err := b.odsLayout()
	if err != nil {
		return err
	}
	for _, part := range []struct {
		name  string
		write func(*odsPart)
	}{
		{"META-INF/manifest.xml", odsManifest},
		{"meta.xml", b.odsMeta},
		{"styles.xml", layout.styles},
		{"content.xml", layout.content},
	} {
		to, err := archive.Create(part.name)
		if err != nil {
			return fmt.Errorf("create part %s: %w", part.name, err)
		}
		out := &odsPart{to: bufio.NewWriter(to)}
		out.put(xmlHead)
		part.write(out)
		if err := errors.Join(out.err, out.to.Flush()); err != nil {
			return fmt.Errorf("write part %s: %w", part.name, err)
		}
	}
	if err := archive.Close(); err != nil {
		return fmt.Errorf("complete archive: %w", err)
	}
	return nil
}

// storeMediaType writes the first part. Its size stands before its bytes, as programs
// that look at the first bytes of a file expect.
func storeMediaType(archive *zip.Writer) error {
	part, err := archive.CreateRaw(&zip.FileHeader{
		Name: "mimetype", Method: zip.Store, CRC32: crc32.ChecksumIEEE([]byte(odsType)),
		CompressedSize64: uint64(len(odsType)), UncompressedSize64: uint64(len(odsType)),
	})
	if err != nil {
		return err
	}
	_, err = io.WriteString(part, odsType)
	return err
}

// odsPart writes an XML part. What goes wrong is kept: nothing is written after it.
type odsPart struct {
	to  *bufio.Writer
	err error
}

// put writes markup as it is.
func (p *odsPart) put(markup ...string) {
	for _, each := range markup {
		if p.err == nil {
			_, p.err = p.to.WriteString(each)
		}
	}
}

// text writes a text as the content of an element or the value of an attribute.
func (p *odsPart) text(text string) {
	if p.err == nil {
		p.err = xml.EscapeText(p.to, []byte(text))
	}
}

// element writes an element that holds a text alone.
func (p *odsPart) element(name, text string) {
	p.put("<", name, ">")
	p.text(text)
	p.put("</", name, ">")
}

func odsManifest(p *odsPart) {
	p.put(`<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="`, odfVersion, `">`,
		`<manifest:file-entry manifest:full-path="/" manifest:version="`, odfVersion, `" manifest:media-type="`, odsType, `"/>`)
	for _, part := range []string{"meta.xml", "styles.xml", "content.xml"} {
		p.put(`<manifest:file-entry manifest:full-path="`, part, `" manifest:media-type="text/xml"/>`)
	}
	p.put(`</manifest:manifest>`)
}

// odsMeta writes the document's properties, the same as those of the Excel workbook.
func (b *Book) odsMeta(p *odsPart) {
	made := b.MadeAt.UTC().Format(time.RFC3339)
	p.put(`<office:document-meta`, odfNamespaces, `><office:meta>`)
	p.element("meta:generator", "skillstracker")
	p.element("dc:title", b.title(b.subject))
	p.element("dc:subject", b.subject)
	for _, keyword := range b.keywords {
		p.element("meta:keyword", keyword)
	}
	p.element("meta:initial-creator", plain(b.Publisher))
	p.element("dc:creator", plain(b.Publisher))
	p.element("meta:creation-date", made)
	p.element("dc:date", made)
	p.element("dc:language", "en-GB")
	p.put(`</office:meta></office:document-meta>`)
}
