"""Workbooks written by openpyxl."""

import datetime
import time
import types
import zipfile

import openpyxl
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.packaging.relationship import Relationship
from openpyxl.styles import Font, PatternFill
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.workbook.external_link.external import ExternalBook, ExternalLink
from openpyxl.worksheet.datavalidation import DataValidation

from tables import THEN, dated, header, out, rows

# openpyxl stamps the parts of its archives with the time of the writing.
fixed = time.struct_time(THEN.timetuple())
zipfile.time = types.SimpleNamespace(localtime=lambda *_: fixed, time=time.time)


def book(*tables, first="Data"):
    """A workbook of one sheet per table."""
    made = openpyxl.Workbook()
    made.active.title = first
    for i, table in enumerate(tables):
        sheet = made.active if i == 0 else made.create_sheet()
        for row in table:
            sheet.append(row)
    return made


def save(made, name):
    made.properties.created = made.properties.modified = THEN
    made.properties.creator = "synthetic"
    made.save(out(name))


def staff():
    return [header("staff"), *dated("staff")]


def plain():
    save(book(staff(), first="Staff list"), "openpyxl-staff.xlsx")
    made = book(staff())
    made.epoch = CALENDAR_MAC_1904
    save(made, "openpyxl-staff-1904.xlsx")
    made = openpyxl.Workbook(write_only=True)
    sheet = made.create_sheet("Data")
    for row in staff():
        sheet.append(row)
    save(made, "openpyxl-staff-write-only.xlsx")
    save(book([header("vacancies"), *dated("vacancies")]), "openpyxl-vacancies.xlsx")
    save(book([header("assessments"), *dated("assessments")]), "openpyxl-assessments.xlsx")
    save(book([header("positions"), *dated("positions")]), "openpyxl-positions.xlsx")
    save(book([header("targets"), *dated("targets")]), "openpyxl-targets.xlsx")
    long = [["Employee Number", "Assessment Date", "Assessor", "framework", "framework_version", "competence_code", "level"]]
    long += [["S000123", datetime.date(2026, 10, 30), "self", "digcomp", "3.0", code, level] for code, level in ((1.1, 2), ("1.2", 3), (5.4, "N/A"))]
    long += [["S000124", datetime.date(2026, 10, 30), "self", "digcomp", "3.0", 2.6, 8]]
    save(book(long), "openpyxl-assessments-long.xlsx")


def furnished():
    """A list as somebody keeps it: titles, merged cells, colours, notes, a chart."""
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.title = "Staff in post"
    sheet.append(["Synthetic NHS Trust: staff in post"])
    sheet.merge_cells("A1:J1")
    sheet["A1"].font = Font(bold=True, size=16)
    sheet.append(["Position at 31 October 2026"])
    sheet.append([])
    for row in staff():
        sheet.append(row)
    for cell in sheet[4]:
        cell.fill = PatternFill("solid", fgColor="FFDDEEFF")
    sheet.insert_rows(7)
    for row in range(12, 40):
        sheet.cell(row, 3).fill = PatternFill("solid", fgColor="FFEEEEEE")
    for row in sheet.iter_rows(min_row=5, min_col=9, max_col=10):
        for cell in row:
            cell.number_format = "dd/mm/yyyy"
    sheet.freeze_panes = "A5"
    sheet.auto_filter.ref = "A4:J11"
    sheet.column_dimensions["C"].hidden = True
    sheet.row_dimensions[6].hidden = True
    sheet["B5"].comment = Comment("synthetic", "synthetic")
    sheet.conditional_formatting.add("G5:G11", CellIsRule(operator="greaterThan", formula=["1"], fill=PatternFill("solid", bgColor="FFFFCC00")))
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=7, min_row=4, max_row=11), titles_from_data=True)
    sheet.add_chart(chart, "L2")
    name = DefinedName("staff", attr_text="'Staff in post'!$A$4:$J$11")
    # The collection became a dictionary in openpyxl 3.1.
    if isinstance(made.defined_names, dict):
        made.defined_names["staff"] = name
    else:
        made.defined_names.append(name)
    save(made, "openpyxl-staff-furnished.xlsx")


def template():
    """The shape of the register's own templates, filled in."""
    made = openpyxl.Workbook()
    made.active.title = "Instructions"
    made.active.append(["How to fill in the staff list"])
    made.active.append(["Write one row for each assignment on the sheet Data. Questions to help.desk@example.org."])
    data = made.create_sheet("Data")
    data.append(header("staff", canonical=True))
    for row in dated("staff"):
        data.append(row)
    check = DataValidation(type="list", formula1="Lists!$A$2:$A$11", allow_blank=True, showErrorMessage=True)
    check.prompt, check.promptTitle, check.showInputMessage = "Choose a staff group", "Staff group", True
    data.add_data_validation(check)
    check.add("B2:B1000")
    examples = made.create_sheet("Examples")
    examples.append(header("staff", canonical=True))
    examples.append(["E0000001", "08", "08014", "6", None, "Digital", 1, "05", datetime.date(2020, 1, 1), None])
    lists = made.create_sheet("Lists")
    lists.append(["staff_group", "band"])
    for i in range(1, 11):
        lists.append([f"{i:02d}", str(i)])
    save(made, "openpyxl-template.xlsx")


def sheets():
    made = book([["Budget", "Ledger"], [1, 2]], staff(), first="Finance")
    made.worksheets[1].title = " dAtA "
    made.create_sheet("Old").append(["Cost", 3])
    made["Old"].sheet_state = "veryHidden"
    made.move_sheet("Old", -2)
    made.active = 1
    save(made, "openpyxl-staff-data-behind-others.xlsx")
    made = book([["Budget", "Ledger"], [1, 2]], staff(), first="Finance")
    made.worksheets[1].title = "Data"
    made["Data"].sheet_state = "hidden"
    save(made, "openpyxl-staff-data-hidden.xlsx")
    made = book(staff(), staff()[:3], first="October")
    made.worksheets[1].title = "September"
    save(made, "openpyxl-faults-two-staff-sheets.xlsx")
    made = book(staff())
    chart = BarChart()
    chart.add_data(Reference(made.active, min_col=7, min_row=1, max_row=7), titles_from_data=True)
    made.create_chartsheet("Picture", 0).add_chart(chart)
    save(made, "openpyxl-staff-chart-sheet.xlsx")
    save(book([], first="Data"), "openpyxl-faults-no-row.xlsx")
    save(book([["How to fill in the list"], ["Ask the help desk."]], first="Instructions"), "openpyxl-faults-instructions-only.xlsx")


def cells():
    """What a cell can hold in place of a good value."""
    made = book([["Employee Number", "Staff Group", "Job Role", "AfC Band", "WTE"]])
    sheet = made.active
    for place, values in enumerate(((125, 8, "08014", 5, 1), (126, 3, 3007, 8, 0.5), ("S000127", 10, None, 9.5, True), (123.5, 8, None, 1, 1)), 2):
        sheet.append(values)
        sheet.cell(place, 1).number_format = "000000"
    sheet["B2"].number_format = "00"
    save(made, "openpyxl-faults-numeric-codes.xlsx")

    made = book([["Vacancy ref", "Staff Group", "AfC Band", "No of posts", "WTE", "Date opened", "Date filled", "Vacancy status"]])
    sheet = made.active
    sheet.append([4711, 8, 5, 2, 1.6, datetime.date(2026, 8, 5), datetime.date(2026, 10, 20), 9])
    sheet.append([4712, "08", "6", None, 1, datetime.date(2026, 8, 5), None, 1])
    sheet["A2"].number_format = "000000"
    save(made, "openpyxl-positions-numeric.xlsx")

    made = book([["framework", "framework_version", "competence_code", "domain_code", "level", "staff_group", "band", "valid_from"]])
    sheet = made.active
    sheet.append(["digcomp", 3.0, 1.1, None, 4, 8, 5, datetime.date(2026, 4, 1)])
    sheet.append(["hdc", 2018, "TEC", None, None, None, None, datetime.date(2026, 4, 1)])
    sheet.append(["digcomp", "3.0", None, 2, 4, None, None, datetime.date(2026, 4, 1)])
    save(made, "openpyxl-targets-numeric.xlsx")

    made = book([["Employee Number", "Staff Group", "Job Role", "AfC Band", "WTE"]])
    sheet = made.active
    sheet.append([50, "08", "08014", "5", 1])
    sheet["A2"].number_format = "0.00E+00"
    sheet.append([datetime.date(2026, 1, 8), "08", "08014", "5", 1])
    sheet.append(["S000126", 0, "08014", "5", 1])
    sheet.append(["S000127", datetime.date(2026, 1, 8), datetime.date(2026, 1, 8), datetime.date(2026, 1, 8), 1])
    sheet.append([1.23456789012345e17, "08", "08014", "5", 1])
    for row in sheet.iter_rows(min_row=3, max_row=5):
        for cell in row:
            if isinstance(cell.value, datetime.date):
                cell.number_format = "d-mmm"
    save(made, "openpyxl-faults-codes-turned.xlsx")

    made = book([["Employee Number", "Staff Group", "AfC Band", "Team", "WTE"], ["S000123", "08", "#N/A", "#REF!", "#VALUE!"], ["S000124", "08", "6", "Digital", 1]])
    save(made, "openpyxl-faults-error-cells.xlsx")
    made = book([["Employee Number", "Staff Group", "Hours", "WTE"], ["S000123", "08", 37.5, "=C2/37.5"], ["S000124", "08", 18.75, "=C3/37.5"]])
    save(made, "openpyxl-faults-formulas-never-worked-out.xlsx")
    made = book([["Employee Number", "Staff Group", "WTE", "Start Date", "Leaving Date"]])
    day = datetime.datetime(2020, 10, 31)
    for i, (start, left) in enumerate(((day, datetime.datetime(2026, 12, 31, 17, 30)), (44135, "31/12/2026"), ("31/10/2020", 46387), ("2020-10-31", datetime.date(2026, 12, 31)))):
        made.active.append([f"S00012{3 + i}", "08", 1, start, left])
    save(made, "openpyxl-staff-dates-mixed.xlsx")


def linked():
    made = book([*staff()], first="Data")
    link = ExternalLink(externalBook=ExternalBook(id="rId1"))
    link.file_link = Relationship(type="externalLinkPath", Target="other-synthetic.xlsx", TargetMode="External", Id="rId1")
    made._external_links.append(link)
    save(made, "openpyxl-staff-external-link.xlsx")


def personal():
    made = book(staff(), [["Employee Number", "Date of Birth"], ["S000123", datetime.date(1970, 1, 1)]])
    made.worksheets[1].title = "Payroll"
    save(made, "openpyxl-personal-other-sheet.xlsx")
    made.worksheets[1].sheet_state = "hidden"
    save(made, "openpyxl-personal-hidden-sheet.xlsx")
    table = [row[:] for row in staff()]
    table[0].append("Reference")
    table[4] = [*table[4], 9990000018]
    save(book(table), "openpyxl-personal-nhs-number-cell.xlsx")
    made = book(staff(), first="Data")
    made.create_sheet("QQ123456C")
    save(made, "openpyxl-personal-sheet-name.xlsx")


plain()
furnished()
template()
sheets()
cells()
linked()
personal()
