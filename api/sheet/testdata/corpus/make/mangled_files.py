"""Workbooks that a script changed after a program wrote them: shapes that other
programs write, damage of the way, and hostile shapes."""

import re
import struct
import xml.etree.ElementTree as tree
import zipfile

from tables import THEN, out

SHEET = "xl/worksheets/sheet1.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = {
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main": "http://purl.oclc.org/ooxml/spreadsheetml/main",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "http://purl.oclc.org/ooxml/officeDocument/relationships",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "http://purl.oclc.org/ooxml/drawingml/main",
}


def parts(source):
    with zipfile.ZipFile(out(source)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def save(name, made):
    with zipfile.ZipFile(out(name), "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in made.items():
            archive.writestr(zipfile.ZipInfo(part, THEN.timetuple()[:6]), content, zipfile.ZIP_DEFLATED)


def change(source, name, edit, part=SHEET):
    """Saves a workbook of which one part is edited as text."""
    made = parts(source)
    before = made[part].decode("utf-8")
    after = edit(before)
    assert after != before, name
    made[part] = after.encode("utf-8")
    save(name, made)


def shapes():
    # As the Open XML libraries write: every element with a prefix, and every
    # letter beyond ASCII as a numeric entity.
    made = parts("xlsxwriter-staff.xlsx")
    tree.register_namespace("x", MAIN)
    tree.register_namespace("rel", "http://schemas.openxmlformats.org/officeDocument/2006/relationships")
    for name, content in made.items():
        if name.startswith("xl/") and name.endswith(".xml") and "theme" not in name:
            made[name] = b'<?xml version="1.0" encoding="us-ascii"?>' + tree.tostring(tree.fromstring(content), encoding="us-ascii").split(b"?>", 1)[-1].strip()
    assert b"<x:c " in made[SHEET] and b"Caf&#233;" in made["xl/sharedStrings.xml"]
    save("rewritten-staff-prefixes-and-entities.xlsx", made)

    # Strict Open XML, as Excel saves it when asked: other namespaces, ISO dates.
    made = parts("sheetjs-staff-iso-dates.xlsx")
    for name, content in made.items():
        if name.endswith((".xml", ".rels")):
            for loose, strict in STRICT.items():
                content = content.replace(loose.encode(), strict.encode())
            made[name] = content
    assert b't="d"' in made[SHEET] and b"purl.oclc.org" in made[SHEET]
    save("rewritten-staff-strict.xlsx", made)

    change("xlsxwriter-staff.xlsx", "rewritten-staff-no-references.xlsx", no_references)
    change("xlsxwriter-staff.xlsx", "rewritten-staff-indented.xlsx", lambda t: re.sub(r">\s*<(/?)(row|c|v|sheetData)\b", r">\r\n  <\1\2", t))
    made = parts("xlsxwriter-staff.xlsx")
    save("rewritten-staff-backslashes.xlsx", {name.replace("/", "\\") if name.startswith("xl/") else name: content for name, content in made.items()})


def no_references(text):
    """Cells and rows without their places, empty cells written out in between."""
    filled = re.sub(r'<row r="(\d+)"[^>]*>(.*?)</row>', lambda row: "<row>" + in_turn(row[2]) + "</row>", text)
    return filled


def in_turn(cells):
    written, column = "", 0
    for match in re.finditer(r'<c r="([A-Z])\d+"(.*?)(?:/>|>(.*?)</c>)', cells):
        here = ord(match[1]) - ord("A")
        written += "<c/>" * (here - column) + f"<c{match[2]}>{match[3] or ''}</c>"
        column = here + 1
    return written


def damage():
    source = "xlsxwriter-staff.xlsx"
    with open(out(source), "rb") as file:
        whole = file.read()
    for name, content in {
        "damaged-cut.xlsx": whole[: len(whole) * 6 // 10],
        "damaged-end-missing.xlsx": whole[:-22],
        "damaged-start-missing.xlsx": whole[40:],
    }.items():
        with open(out(name), "wb") as file:
            file.write(content)
    flip(source, "damaged-byte.xlsx", SHEET)
    change(source, "damaged-sheet-tag.xlsx", lambda t: t.replace('<row r="5"', '<rom r="5"'))
    change(source, "damaged-sheet-cut.xlsx", lambda t: t[: t.index('<row r="5"')])
    change(source, "damaged-sheet-entity.xlsx", lambda t: t.replace("<v>0.8</v>", "<v>&unknown;</v>"))
    change(source, "damaged-text-index.xlsx", lambda t: re.sub(r'(<c r="F6"[^>]*><v>)\d+', r"\g<1>999", t))
    change(source, "damaged-number.xlsx", lambda t: t.replace("<v>0.8</v>", "<v>0,8</v>"))
    change(source, "damaged-texts-cut.xlsx", lambda t: t[: len(t) // 2], "xl/sharedStrings.xml")
    for part, name in ((SHEET, "damaged-no-sheet.xlsx"), ("xl/sharedStrings.xml", "damaged-no-texts.xlsx"), ("xl/workbook.xml", "damaged-no-workbook.xlsx")):
        made = parts(source)
        del made[part]
        save(name, made)


def flip(source, name, part):
    """Changes one packed byte of a part, as a bad disk does."""
    with open(out(source), "rb") as file:
        content = bytearray(file.read())
    with zipfile.ZipFile(out(source)) as archive:
        info = archive.getinfo(part)
    start = info.header_offset + 30 + sum(struct.unpack("<HH", content[info.header_offset + 26 : info.header_offset + 30]))
    content[start + info.compress_size // 2] ^= 0x10
    with open(out(name), "wb") as file:
        file.write(content)


def hostile():
    source = "xlsxwriter-staff.xlsx"
    change(source, "hostile-entities.xlsx", lambda t: t.replace("<worksheet", '<!DOCTYPE worksheet [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>\n<worksheet', 1))
    change(source, "hostile-outside-entity.xlsx", lambda t: t.replace("<sst", '<!DOCTYPE sst [<!ENTITY a SYSTEM "outside.txt">]>\n<sst', 1), "xl/sharedStrings.xml")
    change(source, "hostile-rows-backwards.xlsx", lambda t: re.sub(r'<row r="5".*?</row>', lambda row: re.sub(r'(r="[A-Z]?)5"', r'\g<1>2"', row[0]), t))
    change(source, "hostile-cells-backwards.xlsx", lambda t: t.replace('r="G5"', 'r="B5"'))
    change(source, "hostile-cell-of-other-row.xlsx", lambda t: t.replace('r="G5"', 'r="G6"'))
    change(source, "hostile-column-out-of-range.xlsx", lambda t: t.replace('r="I6"', 'r="XFE6"'))
    change(source, "hostile-row-out-of-range.xlsx", lambda t: re.sub(r'"([A-Z]?)7"', r'"\g<1>1048577"', t))
    change(source, "hostile-nesting.xlsx", lambda t: t.replace("<sheetData>", "<extLst>" * 3000 + "</extLst>" * 3000 + "<sheetData>"))
    change(source, "hostile-attributes.xlsx", lambda t: t.replace("<sheetData>", "<sheetPr " + " ".join(f'a{i}="1"' for i in range(3000)) + "/><sheetData>"))
    made = parts(source)
    save("hostile-parts.xlsx", {**made, **{f"x/{i}": b"" for i in range(1000)}})
    save("hostile-name.xlsx", {**made, "xl/../../outside.xml": b"<x/>"})
    padded = made[SHEET].replace(b"<sheetData>", b" " * 4_000_000 + b"<sheetData>")
    save("limit-unzipped.xlsx", {**made, SHEET: padded})
    declare(source, "hostile-declares-12-gb.xlsx", 0xFFFFFFF0)
    twice(made)
    save("refused-archive-named.xlsx", {"notes.txt": b"synthetic", "list.csv": b"a,b\r\n"})
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    save("refused-letter-named.xlsx", {
        "[Content_Types].xml": b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{kind}" Target="word/document.xml"/></Relationships>'.encode(),
        "word/_rels/document.xml.rels": b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>',
        "word/document.xml": b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body/></w:document>',
    })


def declare(source, name, size):
    """Says in the directory that the sheet is much larger than it is."""
    with open(out(source), "rb") as file:
        content = bytearray(file.read())
    at = content.index(b"PK\x01\x02")
    while content[at + 46 : at + 46 + len(SHEET)] != SHEET.encode():
        at = content.index(b"PK\x01\x02", at + 4)
    content[at + 24 : at + 28] = struct.pack("<I", size)
    with open(out(name), "wb") as file:
        file.write(content)


def twice(made):
    """Two parts whose names differ only in case."""
    save("hostile-part-twice.xlsx", {**made, "XL/Worksheets/SHEET1.xml": made[SHEET]})


shapes()
damage()
hostile()
