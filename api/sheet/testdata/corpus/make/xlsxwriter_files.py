"""Workbooks written by XlsxWriter."""

import datetime
import io

import xlsxwriter

from tables import THEN, dated, header, out


def book(name, **options):
    made = xlsxwriter.Workbook(out(name), options)
    made.set_properties({"created": THEN, "author": "synthetic"})
    return made


def fill(made, sheet, table, first=0):
    """Writes a table from a row on, dates with a format of the United Kingdom."""
    day = made.add_format({"num_format": "dd/mm/yyyy"})
    for r, row in enumerate(table, first):
        for c, value in enumerate(row):
            if isinstance(value, datetime.date):
                sheet.write_datetime(r, c, datetime.datetime.combine(value, datetime.time()), day)
            elif isinstance(value, str):
                sheet.write_string(r, c, value)
            elif value is not None:
                sheet.write(r, c, value)


def staff():
    return [header("staff"), *dated("staff")]


def plain(name, kind="staff", sheet="Data", **options):
    made = book(name, **options)
    fill(made, made.add_worksheet(sheet), [header(kind), *dated(kind)])
    made.close()


def rich():
    """Rich texts, formulas with stored results and a table, as people style a list."""
    made = book("xlsxwriter-staff-rich-formulas-table.xlsx")
    sheet = made.add_worksheet("Staff")
    bold, red = made.add_format({"bold": True}), made.add_format({"font_color": "red", "italic": True})
    table = staff()
    fill(made, sheet, table)
    sheet.write_rich_string(1, 0, bold, "S000", red, "123")
    sheet.write_rich_string(1, 1, "Administrative ", bold, "and", " Clerical")
    sheet.write_rich_string(1, 5, "Café ", red, "£", " desk")
    sheet.write_formula(1, 6, "=22.5/37.5", None, 0.6)
    sheet.write_formula(2, 6, "=37.5/37.5", None, 1)
    sheet.write_formula(3, 5, '="Ward ""Five"""', None, 'Ward "Five"')
    sheet.write_formula(4, 8, "=DATE(2019,3,4)", made.add_format({"num_format": 14}), 43528)
    sheet.write_formula(5, 9, '=IF(TRUE,"","x")', None, "")
    sheet.add_table(0, 0, len(table) - 1, len(table[0]) - 1, {"name": "Staff", "columns": [{"header": name} for name in table[0]]})
    made.close()


def formats():
    """The same day under every kind of number format."""
    made = book("xlsxwriter-staff-date-formats.xlsx")
    sheet = made.add_worksheet("Data")
    fill(made, sheet, [["Employee Number", "Staff Group", "WTE", "Start Date"]])
    formats = [14, 15, 22, "dd/mm/yyyy", "yyyy-mm-dd", "d mmmm yyyy", "[$-809]dddd d mmmm yyyy", "mmm-yy", "[$-F800]dddd\\, mmmm dd\\, yyyy", 'dd"."mm"."yyyy', "[Red]dd/mm/yy;@", "General", "0", "yyyy\\-mm\\-dd\\Thh:mm:ss"]
    for i, code in enumerate(formats, 1):
        fill(made, sheet, [[f"S0004{i:02d}", "08", 1]], i)
        sheet.write_number(i, 3, 44135, made.add_format({"num_format": code}))
    made.close()


def shapes():
    made = book("xlsxwriter-staff-macros.xlsm")
    made.add_vba_project(io.BytesIO(b"synthetic: not a real macro project"), is_stream=True)
    fill(made, made.add_worksheet("Data"), staff())
    made.close()

    made = book("xlsxwriter-faults-booleans-and-errors.xlsx")
    sheet = made.add_worksheet("Data")
    fill(made, sheet, [["Employee Number", "Staff Group", "AfC Band", "Team", "WTE"], ["S000123", "08", None, None, True], ["S000124", "08", "6", None, None], ["S000125", None, "6", True, 1]])
    sheet.write_formula(1, 2, "=NA()", None, "#N/A")
    sheet.write_formula(2, 4, "=1/0", None, "#DIV/0!")
    sheet.write_formula(3, 1, "=TRUE()", None, True)
    made.close()

    made = book("xlsxwriter-limit-columns.xlsx", constant_memory=True)
    fill(made, made.add_worksheet("Data"), [["Employee Number", "Staff Group", "WTE"], ["S000123", "08", 1]])
    made.worksheets()[0].write_string(2, 256, "one too many")
    made.close()
    made = book("xlsxwriter-limit-rows.xlsx", constant_memory=True)
    fill(made, made.add_worksheet("Data"), [["Employee Number", "Staff Group", "WTE"], *[[f"S00030{i}", "08", 1] for i in range(6)]])
    made.close()
    made = book("xlsxwriter-staff-formats-without-values.xlsx")
    sheet = made.add_worksheet("Data")
    sheet.set_column(0, 300, 12, made.add_format({"bg_color": "#EEEEEE"}))
    fill(made, sheet, staff())
    for row in range(7, 40):
        for column in (0, 9, 300):
            sheet.write_blank(row, column, None, made.add_format({"bg_color": "#EEEEEE"}))
    made.close()


def skills():
    """Wide assessments with needs, every answer in a cell of its own type."""
    codes = ["CCP", "TLS", "IDM", "CIS", "TEC", "DIW"]
    made = book("xlsxwriter-assessments-needs.xlsx")
    sheet = made.add_worksheet("Skills")
    fill(made, sheet, [
        ["Employee Number", "Assessment Date", "Assessor", "ESR staff group", "Job role", "AfC band", "Team", *codes, *[code + "_need" for code in codes]],
        ["S000123", datetime.date(2026, 10, 30), "self", "08", "08014", "6", "Digital", 2, "1", 0, "Level 3", None, "N/A", 3, 3, 3, 3, 3, 3],
        ["S000124", datetime.date(2026, 10, 30), "manager", None, None, None, None, 4, 4, 4, 4, 4, 4, None, "Level 2", "N/A", 0, None, None],
    ])
    made.close()
    made = book("xlsxwriter-assessments-digcomp.xlsx")
    sheet = made.add_worksheet("Skills")
    fill(made, sheet, [["Employee Number", "Assessment Date"], ["S000123", datetime.date(2026, 10, 30)]])
    for i, code in enumerate((1.1, 1.2, 1.3, 2.1, 2.2)):
        sheet.write_number(0, 2 + i, code)
        sheet.write_number(1, 2 + i, i + 2)
    made.close()


plain("xlsxwriter-staff.xlsx")
plain("xlsxwriter-staff-inline.xlsx", constant_memory=True)
plain("xlsxwriter-staff-1904.xlsx", date_1904=True)
plain("xlsxwriter-vacancies.xlsx", "vacancies")
plain("xlsxwriter-assessments.xlsx", "assessments", "Skills")
rich()
formats()
shapes()
skills()
