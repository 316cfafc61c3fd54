"""Makes the workbooks beside this file, by other means than ours, so that tests can
prove that the checker raises no false alarm. All figures are synthetic.

    python3 make.py        needs XlsxWriter and openpyxl

xlsxwriter.xlsx is made the way gptables makes workbooks: cover, contents, notes and one
marked-up table on each sheet. What neither can set, the language of the document and the
heading styles, is put into the parts afterwards. charts.xlsx adds charts on sheets of
their own, a colour scale and frozen panes, for the management profile. openpyxl.xlsx
needs no such help. libreoffice.xlsx is openpyxl.xlsx, opened and saved by LibreOffice 7.4:

    soffice --headless --convert-to xlsx --outdir . openpyxl.xlsx
"""

import datetime
import re
import zipfile

import openpyxl
import xlsxwriter
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.worksheet.table import Table, TableStyleInfo

MADE = datetime.datetime(2026, 11, 3, 14, 5)
TITLE = "Staff of Synthetic Trust, 31 October 2026"
COVER = [
    ("About", "How many staff there are. Every figure in this workbook is synthetic."),
    ("Period and geography", "As at 31 October 2026, Synthetic Trust."),
    ("Source", "Made up for a test."),
    ("Status (provisional or revised)", "Provisional."),
    ("Published", "3 November 2026."),
    ("Next update", "December 2026."),
    ("Shorthand", "[c] = withheld to protect people."),
    ("Notes", "References to notes are numbers in square brackets after the word note."),
    ("Contact", "Workforce team"),
]
NOTES = [("[note 1]", "Full-time equivalents, not people."), ("[note 2]", "Per cent of the establishment.")]
USES = "This worksheet contains one table. Some cells refer to notes which can be found on the notes worksheet."
SHORT = "Some shorthand is used in this table, [c] = withheld to protect people."
GROUPS = [
    ["Group", "Establishment (FTE) [note 1]", "Vacancies (FTE)", "Vacancy rate (per cent) [note 2]", "Staff (people)"],
    ["Nursing", 2310.5, 210.2, 9.1, 2400],
    ["Medical", 880.0, 61.4, 7.0, 915],
    ["Digital", 45.5, 5.5, 12.1, "[c]"],
    ["Total", 3236.0, 277.1, 8.6, 3315],
]
TREND = [
    ["Month", "Establishment (FTE)", "Vacancies (FTE)"],
    [datetime.date(2026, 8, 31), 3230.5, 301.2],
    [datetime.date(2026, 9, 30), 3231.0, 290.0],
    [datetime.date(2026, 10, 31), 3236.0, 277.1],
]
SHEETS = [("By_group", "Posts and vacancies by staff group"), ("By_month", "Posts and vacancies by month")]
CHARTS = [("Chart_groups", "Chart of vacancies by staff group"), ("Chart_months", "Chart of posts and vacancies by month")]


def with_xlsxwriter(path, charts):
    book = xlsxwriter.Workbook(path)
    book.formats[0].set_font_name("Arial")
    book.formats[0].set_font_size(12)
    book.set_properties({"title": TITLE, "author": "Synthetic Trust", "keywords": "workforce, synthetic data", "created": MADE})

    def style(**more):
        return book.add_format({"font_name": "Arial", "font_size": 12, "text_wrap": True, "valign": "top", **more})

    h1 = book.add_format({"font_name": "Arial", "font_size": 16, "bold": True})
    h2 = style(font_size=14, bold=True)
    line, text = book.add_format({"font_name": "Arial", "font_size": 12}), style(align="left")
    left, right = style(bold=True, bottom=1, align="left"), style(bold=True, bottom=1, align="right")
    one, whole = style(num_format="#,##0.0", align="right"), style(num_format="#,##0", align="right")
    month = style(num_format="mmm yyyy", align="left")
    link = style(font_color="#0000FF", underline=1)

    def table(sheet, top, name, rows, styles):
        heads = [{"header": head, "header_format": right if each in (one, whole) else left} for head, each in zip(rows[0], styles)]
        last = top + len(rows) - 1
        sheet.add_table(top, 0, last, len(heads) - 1, {"name": name, "autofilter": False, "style": None, "columns": heads})
        for i, row in enumerate(rows[1:], top + 1):
            for j, (value, each) in enumerate(zip(row, styles)):
                if isinstance(value, datetime.date):
                    sheet.write_datetime(i, j, datetime.datetime.combine(value, datetime.time()), each)
                elif each is link:
                    sheet.write_url(i, j, f"internal:'{value}'!A1", each, string=value)
                else:
                    sheet.write(i, j, value, each)

    def begin(name, title, *lines):
        sheet = book.add_worksheet(name)
        sheet.hide_gridlines(2)
        sheet.write(0, 0, title, h1)
        for i, each in enumerate(lines, 1):
            sheet.write(i, 0, each, line)
        return sheet

    cover = begin("Cover", TITLE)
    cover.set_column(0, 0, 60)
    for i, (heading, paragraph) in enumerate(COVER):
        cover.write(1 + 2 * i, 0, heading, h2)
        if heading == "Contact":
            cover.write_url(2 + 2 * i, 0, "mailto:workforce@example.org", link, string=paragraph)
        else:
            cover.write(2 + 2 * i, 0, paragraph, text)

    listed = [("Notes", "Notes to the tables")] + SHEETS + (CHARTS if charts else [])
    sheet = begin("Contents", "Contents of this workbook", "This worksheet contains one table.")
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 50)
    table(sheet, 2, "contents_table", [["Sheet name", "Description"]] + [list(each) for each in listed], [link, text])

    sheet = begin("Notes", "Notes to the tables of this workbook", "This worksheet contains one table.")
    sheet.set_column(0, 0, 14)
    sheet.set_column(1, 1, 60)
    table(sheet, 2, "notes_table", [["Note number", "Note text"]] + [list(each) for each in NOTES], [text, text])

    frozen = ["Freeze panes are used. To turn them off, use Freeze Panes on the View tab."] if charts else []
    sheet = begin("By_group", SHEETS[0][1], USES, SHORT, *frozen)
    sheet.set_column(0, 4, 18)
    top = 3 + len(frozen)
    table(sheet, top, "posts_by_group", GROUPS, [text, one, one, one, whole])
    if charts:
        sheet.freeze_panes(top + 1, 1)
        sheet.conditional_format(top + 1, 3, top + 4, 3, {"type": "2_color_scale", "min_color": "#FFFFFF", "max_color": "#6BACE6"})

    sheet = begin("By_month", SHEETS[1][1], "This worksheet contains one table.")
    sheet.set_column(0, 2, 20)
    table(sheet, 2, "posts_by_month", TREND, [month, one, one])

    def chart(place, kind, title, x, y, series, summary):
        sheet = begin(*CHARTS[place], "This worksheet contains one chart.", summary)
        sheet.set_column(0, 0, 60)
        each = book.add_chart({"type": kind})
        font = {"name": "Arial", "size": 12, "color": "#000000"}
        each.set_title({"name": title, "name_font": {**font, "size": 14}})
        each.set_x_axis({"name": x, "name_font": font, "num_font": font})
        each.set_y_axis({"name": y, "name_font": font, "num_font": font})
        each.set_legend({"position": "bottom", "font": font})
        for name, categories, values, colour, marker in series:
            one = {"name": name, "categories": categories, "values": values}
            if kind == "line":
                one["line"] = {"color": colour}
                one["marker"] = {"type": marker, "fill": {"color": colour}, "border": {"color": colour}}
            else:
                one["fill"] = {"color": colour}
                one["data_labels"] = {"value": True, "font": font}
            each.add_series(one)
        sheet.insert_chart(4, 0, each, {"description": f"{title}: the same figures as in the table, described in cell A3"})

    if charts:
        chart(0, "bar", "Vacancies by staff group", "Vacancies (FTE)", "Staff group",
              [("Vacancies", f"=By_group!$A${top + 2}:$A${top + 4}", f"=By_group!$C${top + 2}:$C${top + 4}", "#12436D", "")],
              "Nursing has the most vacancies, 210.2 FTE. The figures are on the worksheet By_group.")
        chart(1, "line", "Posts and vacancies by month", "Month", "FTE",
              [("Establishment", "=By_month!$A$4:$A$6", "=By_month!$B$4:$B$6", "#12436D", "circle"),
               ("Vacancies", "=By_month!$A$4:$A$6", "=By_month!$C$4:$C$6", "#F46A25", "square")],
              "Vacancies fell from 301.2 to 277.1 FTE from August to October 2026. The figures are on the worksheet By_month.")
    book.close()
    complete(path)


def complete(path):
    """Puts language and heading styles into a workbook of XlsxWriter."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    core = parts["docProps/core.xml"].decode()
    parts["docProps/core.xml"] = core.replace("</cp:coreProperties>", "<dc:language>en-GB</dc:language></cp:coreProperties>").encode()

    def used(part, column):
        found = re.findall(rf'<c r="{column}" s="(\d+)"', parts[part].decode())
        return {int(each) for each in found}

    sheets = [name for name in parts if name.startswith("xl/worksheets/sheet")]
    first = set().union(*(used(name, "A1") for name in sheets))
    second = set().union(*(used("xl/worksheets/sheet1.xml", f"A{row}") for row in range(2, 2 + 2 * len(COVER), 2)))
    styles = parts["xl/styles.xml"].decode()
    head, cells, rest = re.match(r"(.*<cellXfs[^>]*>)(.*?)(</cellXfs>.*)", styles, re.S).groups()
    base = int(re.search(r'<cellStyleXfs count="(\d+)"', head)[1])
    marked = []
    for i, xf in enumerate(re.findall(r"<xf [^>]*?/>|<xf .*?</xf>", cells, re.S)):
        parent = base if i in first else base + 1 if i in second else 0
        marked.append(re.sub(r'xfId="\d+"', f'xfId="{parent}"', xf, count=1) if parent else xf)
    head = head.replace(f'<cellStyleXfs count="{base}"', f'<cellStyleXfs count="{base + 2}"')
    head = head.replace("</cellStyleXfs>", '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>' * 2 + "</cellStyleXfs>")
    count = int(re.search(r'<cellStyles count="(\d+)"', rest)[1])
    rest = rest.replace(f'<cellStyles count="{count}">', f'<cellStyles count="{count + 2}"><cellStyle name="Heading 1" xfId="{base}" builtinId="16"/>'
                        f'<cellStyle name="Heading 2" xfId="{base + 1}" builtinId="17"/>')
    parts["xl/styles.xml"] = (head + "".join(marked) + rest).encode()
    for name in parts:
        if name.startswith("xl/charts/"):
            parts[name] = parts[name].replace(b'lang="en-US"', b'lang="en-GB"')
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)


def with_openpyxl(path):
    book = openpyxl.Workbook()
    book.remove(book.active)
    p = book.properties
    p.title, p.creator, p.keywords, p.language, p.created, p.modified = TITLE, "Synthetic Trust", "workforce, synthetic data", "en-GB", MADE, MADE
    none = Border()

    def put(sheet, row, column, value, size=12, bold=False, side=None, form="General", named=None, wrap=True, under=False, link=None):
        cell = sheet.cell(row, column, value)
        if named:
            cell.style = named
        cell.border = Border(bottom=Side("thin")) if under else none
        cell.font = Font(name="Arial", size=size, bold=bold, underline="single" if link else None, color="0000FF" if link else openpyxl.styles.colors.Color(theme=1))
        cell.alignment = Alignment(horizontal=side, wrap_text=wrap, vertical="top")
        cell.number_format = form
        if link:
            cell.hyperlink = link
            if link.startswith("#"):
                cell.hyperlink.location, cell.hyperlink.target = link[1:], None

    def begin(name, title, *lines):
        sheet = book.create_sheet(name)
        put(sheet, 1, 1, title, 16, True, named="Headline 1", wrap=False)
        for i, each in enumerate(lines, 2):
            put(sheet, i, 1, each, wrap=False)
        return sheet

    def table(sheet, top, name, rows, forms, widths):
        for i, row in enumerate(rows):
            for j, (value, form) in enumerate(zip(row, forms)):
                figure = "0" in form
                link = f"#'{value}'!A1" if form == "link" and i else None
                put(sheet, top + i, j + 1, value, bold=i == 0, side="right" if figure else "left", under=i == 0, link=link,
                    form="General" if form == "link" or not i else form)
        for j, width in enumerate(widths):
            sheet.column_dimensions[chr(65 + j)].width = width
        made = Table(displayName=name, ref=f"A{top}:{chr(64 + len(forms))}{top + len(rows) - 1}")
        made._initialise_columns()
        for column, head in zip(made.tableColumns, rows[0]):
            column.name = head
        made.autoFilter, made.tableStyleInfo = None, TableStyleInfo(showRowStripes=False)
        sheet.add_table(made)

    cover = begin("Cover", TITLE)
    cover.column_dimensions["A"].width = 60
    for i, (heading, paragraph) in enumerate(COVER):
        put(cover, 2 + 2 * i, 1, heading, 14, True, named="Headline 2")
        put(cover, 3 + 2 * i, 1, paragraph)
    listed = [("Notes", "Notes to the tables")] + SHEETS
    table(begin("Contents", "Contents of this workbook", "This worksheet contains one table."), 3, "contents_table",
          [["Sheet name", "Description"]] + [list(each) for each in listed], ["link", "General"], [18, 50])
    table(begin("Notes", "Notes to the tables of this workbook", "This worksheet contains one table."), 3, "notes_table",
          [["Note number", "Note text"]] + [list(each) for each in NOTES], ["General", "General"], [14, 60])
    table(begin("By_group", SHEETS[0][1], USES, SHORT), 4, "posts_by_group", GROUPS, ["General", "#,##0.0", "#,##0.0", "#,##0.0", "#,##0"], [18] * 5)
    table(begin("By_month", SHEETS[1][1], "This worksheet contains one table."), 3, "posts_by_month", TREND, ["mmm yyyy", "#,##0.0", "#,##0.0"], [20] * 3)
    book.save(path)


with_xlsxwriter("xlsxwriter.xlsx", charts=False)
with_xlsxwriter("charts.xlsx", charts=True)
with_openpyxl("openpyxl.xlsx")
