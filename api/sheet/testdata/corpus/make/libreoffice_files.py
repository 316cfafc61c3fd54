"""Workbooks and texts written by LibreOffice, out of tables that are handed to
it as flat OpenDocument files."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from xml.sax.saxutils import escape, quoteattr

import uno
from com.sun.star.beans import NamedValue, PropertyValue
from tables import OUT, header, is_date, out, rows

NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" '
    'xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2"'
)
STYLES = (
    '<number:date-style style:name="N1"><number:day number:style="long"/><number:text>/</number:text><number:month number:style="long"/>'
    '<number:text>/</number:text><number:year number:style="long"/></number:date-style>'
    '<number:number-style style:name="N2"><number:scientific-number number:decimal-places="2" number:min-integer-digits="1" number:min-exponent-digits="2"/></number:number-style>'
    '<number:boolean-style style:name="N3"><number:boolean/></number:boolean-style>'
    '<style:style style:name="day" style:family="table-cell" style:data-style-name="N1"/>'
    '<style:style style:name="science" style:family="table-cell" style:data-style-name="N2"/>'
    '<style:style style:name="truth" style:family="table-cell" style:data-style-name="N3"/>'
    '<style:style style:name="bold" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>'
    '<style:style style:name="hidden" style:family="table"><style:table-properties table:display="false"/></style:style>'
)


class Formula:
    """A formula that LibreOffice works out while it converts."""

    def __init__(self, text, style=None):
        self.text, self.style = text, style


class Rich:
    """A text whose parts differ in style."""

    def __init__(self, plain, bold):
        self.plain, self.bold = plain, bold


def cell(value):
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, Formula):
        style = f' table:style-name="{value.style}"' if value.style else ""
        return f"<table:table-cell{style} table:formula={quoteattr('of:' + value.text)}/>"
    if isinstance(value, Rich):
        return f'<table:table-cell office:value-type="string"><text:p>{escape(value.plain)}<text:span text:style-name="bold">{escape(value.bold)}</text:span></text:p></table:table-cell>'
    if isinstance(value, bool):
        return f'<table:table-cell table:style-name="truth" office:value-type="boolean" office:boolean-value="{str(value).lower()}"/>'
    if isinstance(value, (int, float)):
        return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
    if is_date(value):
        return f'<table:table-cell table:style-name="day" office:value-type="date" office:date-value="{value}"/>'
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in str(value).split("\n"))
    return f'<table:table-cell office:value-type="string">{lines}</table:table-cell>'


def flat(sheets, null_date=None):
    """A flat OpenDocument file of sheets: name, table, hidden or not."""
    body = ""
    for name, table, *hidden in sheets:
        style = ' table:style-name="hidden"' if hidden and hidden[0] else ""
        lines = "".join("<table:table-row>" + "".join(map(cell, row)) + "</table:table-row>" for row in table)
        body += f"<table:table table:name={quoteattr(name)}{style}><table:table-column/>{lines}</table:table>"
    setting = f'<table:calculation-settings><table:null-date table:date-value="{null_date}"/></table:calculation-settings>' if null_date else ""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {NAMES} office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.spreadsheet">'
        f"<office:automatic-styles>{STYLES}</office:automatic-styles><office:body><office:spreadsheet>{setting}{body}</office:spreadsheet></office:body></office:document>"
    )


class Office:
    """LibreOffice without a window, with a profile of its own."""

    def __init__(self, work):
        self.work = work
        self.profile = "-env:UserInstallation=file://" + os.path.join(work, "profile")

    def convert(self, source, target, names, infilter=None):
        """Converts files that have one ending, all in one run, and moves the results.

        names says for each source file the name in the corpus."""
        command = ["soffice", self.profile, "--headless"] + ([f"--infilter={infilter}"] if infilter else [])
        folder = tempfile.mkdtemp(dir=self.work)
        subprocess.run([*command, "--convert-to", target, "--outdir", folder, *source], check=True, capture_output=True)
        ending = target.split(":")[0]
        for path, name in zip(source, names):
            stem = os.path.splitext(os.path.basename(path))[0]
            shutil.move(os.path.join(folder, f"{stem}.{ending}"), out(name))

    def write(self, stem, content, ending="fods"):
        path = os.path.join(self.work, f"{stem}.{ending}")
        with open(path, "w", encoding="utf-8", newline="") as file:
            file.write(content)
        return path


def staff():
    return [header("staff"), *rows("staff")]


def workbooks(office):
    rich = [row[:] for row in staff()]
    rich[1][0], rich[1][5] = Rich("S000", "123"), Rich("Café £", " desk")
    rich[2][6] = Formula("=37.5/37.5")
    rich[4][8] = Formula("=DATE(2019;3;4)", "day")
    rich[3][1] = Formula('="0"&"3"')
    # One formula after the other: a sum, an empty text, and errors that spread.
    errors = [["Employee Number", "Staff Group", "AfC Band", "Team", "WTE"],
              ["S000123", "08", Formula("=NA()"), Formula('=""'), Formula("=1/0")],
              ["S000124", "08", "6", "Digital", Formula("=0.25+0.25")],
              ["S000125", "08", "6", None, True]]
    sources = {
        "libreoffice-staff.xlsx": flat([("Staff list", staff())]),
        "libreoffice-staff-1904.xlsx": flat([("Data", staff())], "1904-01-01"),
        "libreoffice-staff-rich-formulas.xlsx": flat([("Data", rich)]),
        "libreoffice-faults-formulas.xlsx": flat([("Data", errors)]),
        "libreoffice-vacancies.xlsx": flat([("Return", [header("vacancies"), *rows("vacancies")])]),
        "libreoffice-positions.xlsx": flat([("Vacancies", [header("positions"), *rows("positions")])]),
        "libreoffice-assessments.xlsx": flat([("Skills", [header("assessments"), *rows("assessments")])]),
        "libreoffice-staff-hidden-sheets.xlsx": flat([("Cover", [["Synthetic"]]), ("Lookup", [["Code", 1]], True), ("Return", staff()), ("Archive", [["Cost", 2]], True)]),
    }
    paths = [office.write(f"book{i}", content) for i, content in enumerate(sources.values())]
    office.convert(paths, "xlsx:Calc MS Excel 2007 XML", list(sources))
    office.convert(paths[:1], "xls:MS Excel 97", ["libreoffice-refused-old.xls"])
    office.convert(paths[:1], "ods", ["libreoffice-refused-opendocument-named.xlsx"])
    office.convert(paths[:1], "html", ["libreoffice-refused-html-named.xls"])
    office.convert(paths[:1], "pdf", ["libreoffice-refused-pdf-named.xlsx"])
    # A workbook of another program that somebody opened, looked at and saved.
    office.convert([out("openpyxl-template.xlsx")], "xlsx:Calc MS Excel 2007 XML", ["libreoffice-template-saved-again.xlsx"])
    office.convert([out("exceljs-staff-rich-formulas.xlsx")], "xlsx:Calc MS Excel 2007 XML", ["libreoffice-staff-saved-again.xlsx"])
    return paths


def texts(office, paths):
    """CSV as the program exports it: delimiter, quotation mark, encoding."""
    for name, options in {
        "libreoffice-staff-utf8.csv": "44,34,76",
        "libreoffice-staff-windows1252-semicolon.csv": "59,34,1",
        "libreoffice-staff-utf16-tab.csv": "9,34,65535",
        "libreoffice-staff-all-quoted.csv": "44,34,76,1,,0,true",
    }.items():
        office.convert(paths[:1], f"csv:Text - txt - csv (StarCalc):{options}", [name])
    # What the program makes of codes when it opens a CSV file and guesses:
    # 5E1 becomes 50, 000 becomes 0, 8/1 a date and 08014 a number.
    guessed = office.write("guessed", "Employee Number,Staff Group,Job Role,AfC Band,WTE\r\n5E1,08,,5,1\r\n8/1,08,,5,1\r\nS000126,000,,5,1\r\nS000127,08,08014,5,1\r\n", "csv")
    office.convert([guessed], "xlsx:Calc MS Excel 2007 XML", ["libreoffice-faults-codes-guessed.xlsx"], "Text - txt - csv (StarCalc):44,34,76,1,,2057,false,true")
    again = [out("libreoffice-faults-codes-guessed.xlsx")]
    office.convert(again, "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true", ["libreoffice-faults-codes-guessed.csv"])


def protected(office, path):
    """Saves with a password, which only the program's own interface can ask for."""
    address = "pipe,name=corpus" + str(os.getpid())
    program = subprocess.Popen(["soffice", office.profile, "--headless", "--norestore", f"--accept={address};urp;"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
        for turn in range(120):
            try:
                context = resolver.resolve(f"uno:{address};urp;StarOffice.ComponentContext")
                break
            except Exception:
                if turn == 119:
                    raise
                time.sleep(0.5)
        desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        document = desktop.loadComponentFromURL("file://" + path, "_blank", 0, (PropertyValue("Hidden", 0, True, 0),))
        # The property Password is for OpenDocument; it is passed over for workbooks.
        key = uno.Any("[]com.sun.star.beans.NamedValue", (NamedValue("OOXPassword", "synthetic"), NamedValue("CryptoType", "StrongEncryptionDataSpace")))
        settings = (PropertyValue("FilterName", 0, "Calc MS Excel 2007 XML", 0), PropertyValue("EncryptionData", 0, key, 0))
        document.storeToURL("file://" + out("libreoffice-refused-password.xlsx"), settings)
        document.close(True)
        try:
            desktop.terminate()
        except Exception as ended:
            # The program hangs up while it answers.
            print("libreoffice:", type(ended).__name__, file=sys.stderr)
        program.wait(60)
    finally:
        if program.poll() is None:
            os.killpg(program.pid, signal.SIGKILL)


def main():
    os.makedirs(OUT, exist_ok=True)
    work = tempfile.mkdtemp()
    try:
        office = Office(work)
        paths = workbooks(office)
        texts(office, paths)
        protected(office, paths[0])
    finally:
        shutil.rmtree(work)


main()
