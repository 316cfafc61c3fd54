"""Reports as other programs read them, cell by cell.

Each workbook is read by openpyxl whole and row by row, and saved anew by LibreOffice;
its OpenDocument twin is saved as a workbook by LibreOffice; its CSV files are read by
Python. All must hold the same figures: numbers as numbers, days as days of the 1900
system, texts as texts. The values that LibreOffice finds for the charts must be those
of the cells.
"""

import csv
import datetime
import io
import os
import re
import subprocess
import zipfile
from xml.etree import ElementTree

import openpyxl
from openpyxl.reader import excel
from openpyxl.utils.cell import range_boundaries
from openpyxl.utils.datetime import WINDOWS_EPOCH

MARKER = re.compile(r"^\[([cxz])\]$")
NOTES = re.compile(r" (\[note \d+\])+$")
NUMBER = re.compile(r"^[+-]?[\d,]*\.?\d+%?$")
FORMULA = "=+-@'"


def saved_by_libreoffice(work, folder, paths):
    """Saves files as workbooks in a folder and returns where they are."""
    out = os.path.join(work, folder)
    os.makedirs(out, exist_ok=True)
    subprocess.run(["soffice", f"-env:UserInstallation=file://{work}/office", "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", out, *paths],
                   check=True, capture_output=True)
    return [os.path.join(out, os.path.splitext(os.path.basename(path))[0] + ".xlsx") for path in paths]


def same(one, other):
    """Whether two cells hold the same; programs write the last digit differently."""
    if isinstance(one, (int, float)) and isinstance(other, (int, float)) and not isinstance(one, bool) and not isinstance(other, bool):
        return abs(one - other) <= 1e-9 * max(1, abs(one))
    return type(one) is type(other) and one == other


def grid(sheet):
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    for row in rows:
        while row and row[-1] is None:
            row.pop()
    while rows and not rows[-1]:
        rows.pop()
    return rows


def compare_grids(what, want, got, check):
    check(what + " rows", len(got), len(want))
    for number, (one, other) in enumerate(zip(want, got), 1):
        check(f"{what} row {number} cells", len(other), len(one))
        for column, (a, b) in enumerate(zip(one, other), 1):
            if not same(a, b):
                check(f"{what} row {number} column {column}", b, a)


def types(what, sheet, check):
    """Numbers and days are no texts, and there is nothing but the table below it."""
    tables = list(sheet.tables.values())
    if not tables:
        return None
    left, top, right, bottom = range_boundaries(tables[0].ref)
    check(what + " range", (left, right, bottom), (1, sheet.max_column, sheet.max_row))
    rows = []
    for row in sheet.iter_rows(min_row=top, max_row=bottom):
        rows.append([cell.value for cell in row])
        for cell in row:
            check(f"{what} {cell.coordinate} empty", cell.value is None, False)
            check(f"{what} {cell.coordinate} formula", cell.data_type == "f", False)
            figures = cell.alignment.horizontal == "right" and cell.row > top
            if isinstance(cell.value, str) and figures and not MARKER.match(cell.value):
                check(f"{what} {cell.coordinate} is text among figures", cell.value, None)
            if isinstance(cell.value, str) and figures and NUMBER.match(cell.value):
                check(f"{what} {cell.coordinate} is a number as text", cell.value, None)
            if "yyyy" in cell.number_format and cell.row > top and not isinstance(cell.value, str):
                check(f"{what} {cell.coordinate} is a day", cell.is_date and isinstance(cell.value, datetime.datetime), True)
    return rows


def snake(text):
    return "_".join(re.findall(r"[a-z0-9]+", text.lower().replace("'", "")))


def compare_csv(what, archive, sheet, rows, check):
    name = sheet.title.lower().replace("_", "-") + ".csv"
    text = archive.read(name).decode("utf-8")
    records = list(csv.reader(io.StringIO(text, newline="")))
    header, records = records[0], records[1:]
    if any("No records" in row for row in rows[1:]) and not records:
        return
    check(f"{what} {name} rows", len(records), len(rows) - 1)
    places = [place for place, column in enumerate(header) if not (place and column == header[place - 1] + "_status")]
    check(f"{what} {name} columns", len(places), len(rows[0]))
    for column, place in zip(rows[0], places):
        check(f"{what} {name} column of {column}", snake(NOTES.sub("", column)).startswith(header[place]), True)
    for number, (row, record) in enumerate(zip(rows[1:], records), 1):
        for value, place in zip(row, places):
            status = record[place + 1] if place + 1 < len(header) and header[place + 1] == header[place] + "_status" else None
            if isinstance(value, str):
                marker = MARKER.match(value)
                text = "" if marker else NOTES.sub("", value) if name != "notes.csv" else value
                want = ("'" + text if text[:1] and text[0] in FORMULA else text, marker.group(1) if marker else "")
                got = (record[place], status if status is not None else want[1])
            elif isinstance(value, datetime.datetime):
                want, got = value.date().isoformat(), record[place]
            else:
                want, got = True, same(float(value), float(record[place]))
            if got != want:
                check(f"{what} {name} row {number} {header[place]}", got, want)


def chart_cells(book, reference):
    """The values of the cells of a reference, or of a union of several in brackets."""
    values = []
    for part in reference.strip("()").split(","):
        sheet, cells = part.replace("$", "").rsplit("!", 1)
        left, top, right, bottom = range_boundaries(cells)
        for row in book[sheet.strip("'")].iter_rows(min_row=top, max_row=bottom, min_col=left, max_col=right, values_only=True):
            values.extend(row)
    return values


def charts(path):
    """The charts of a workbook by their titles: for each series the reference to its
    values, and the values that the chart keeps."""
    c, a = "{http://schemas.openxmlformats.org/drawingml/2006/chart}", "{http://schemas.openxmlformats.org/drawingml/2006/main}"
    found = {}
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if not re.fullmatch(r"xl/charts/chart\d+\.xml", name):
                continue
            chart = ElementTree.fromstring(archive.read(name)).find(c + "chart")
            title = "".join(text.text for text in chart.find(c + "title").iter(a + "t"))
            found[title] = [(series.find(f"{c}val//{c}f").text, [float(point.text) for point in series.findall(f"{c}val//{c}pt/{c}v")])
                            for series in chart.iter(c + "ser")]
    return found


def compare_charts(what, path, saved, check):
    """What LibreOffice found for every chart is what the cells hold."""
    book = openpyxl.load_workbook(path)
    for sheet in book:
        check(f"{what} {sheet.title} charts", len(sheet._charts), 1 if sheet.title.startswith("Chart_") else 0)
    drawn, again = charts(path), charts(saved)
    check(f"{what} charts", sorted(again), sorted(drawn))
    for title, series in drawn.items():
        check(f"{what} series of {title}", len(again.get(title, [])), len(series))
        for (reference, kept), (_, read) in zip(series, again.get(title, [])):
            check(f"{what} figures kept by {title}", kept, [])
            want = chart_cells(book, reference)
            if len(want) != len(read) or not all(same(float(one), other) for one, other in zip(want, read)):
                check(f"{what} figures of {title}", read, want)
    return sum(len(series) for series in drawn.values())


def without_charts(path):
    """Opens a workbook that LibreOffice saved, whose charts openpyxl cannot read: the
    months of an axis are texts in it."""
    reader, excel.find_images = excel.find_images, lambda archive, part: ([], [])
    try:
        return openpyxl.load_workbook(path)
    finally:
        excel.find_images = reader


def compare_twin(name, book, twin_book, check):
    check(f"{name} sheets of the OpenDocument twin", twin_book.sheetnames, book.sheetnames)
    for sheet in book:
        what = f"{name} ods {sheet.title}"
        twin = twin_book[sheet.title]
        # The two were made one after the other.
        one, other = ([["made" if row and re.match(r"Made (at|on)\b", str(row[0])) else cell for cell in row] for row in grid(each)] for each in (sheet, twin))
        compare_grids(what, one, other, check)
        check(what + " heading", (twin["A1"].font.b, twin["A1"].font.sz), (True, 16))
        check(what + " links", [c.hyperlink.location for c in twin["A"] if c.hyperlink], [c.hyperlink.location.replace("'", "") for c in sheet["A"] if c.hyperlink])


def compare(work, name, files, check):
    """files: the paths of accessible, management (both XLSX), ods and zip; a report
    about people has the first alone."""
    profiles = [profile for profile in ("accessible", "management") if profile in files]
    saved_paths = dict(zip(profiles, saved_by_libreoffice(work, "saved", [files[profile] for profile in profiles])))
    if "ods" in files:
        saved_paths["ods"], = saved_by_libreoffice(work, "saved-twin", [files["ods"]])
    saved = {which: without_charts(path) for which, path in saved_paths.items()}
    book = openpyxl.load_workbook(files["accessible"])
    check(f"{name} epoch", book.epoch, WINDOWS_EPOCH)
    cells = 0
    for profile in profiles:
        whole = openpyxl.load_workbook(files[profile])
        streamed = openpyxl.load_workbook(files[profile], read_only=True)
        for sheet in whole:
            what = f"{name} {profile} {sheet.title}"
            types(what, sheet, check)
            compare_grids(what + " read row by row", grid(sheet), grid(streamed[sheet.title]), check)
            compare_grids(what + " saved by LibreOffice", grid(sheet), grid(saved[profile][sheet.title]), check)
            cells += sum(len(row) for row in grid(sheet))
            if sheet.title in book.sheetnames and sheet.title not in ("Cover", "Contents"):
                compare_grids(what + " in both profiles", grid(book[sheet.title]), grid(sheet), check)
    if "ods" in files:
        compare_twin(name, book, saved["ods"], check)
    if "zip" in files:
        with zipfile.ZipFile(files["zip"]) as archive:
            for sheet in book:
                if sheet.title not in ("Cover", "Contents"):
                    compare_csv(name, archive, sheet, types(name, sheet, check), check)
    drawn = compare_charts(name, files["management"], saved_paths["management"], check) if "management" in files else 0
    print(f"{name}: {len(book.sheetnames)} sheets, {cells:,} cells and {drawn} series of charts are read alike ({', '.join(files)})")
