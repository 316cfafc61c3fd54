"""CSV files that a person must mend. Python writes them.

The personal data in them is made up: no National Insurance number begins with
QQ, the tax office's own example, and 999 000 0018 is no NHS number in use."""

from csv_writing import csv, lines, write
from tables import header, rows

NI = "QQ 12 34 56 C"
NHS = "999 000 0018"
EMAIL = "canary.person@example.org"
PHONE = "01632 960 123"


def every_staff_fault():
    head = ["employee_number", "staff_group", "job_role_code", "band", "area_of_work", "team", "fte", "contract_type", "started_on", "left_on", "action"]
    csv("text-faults-staff.csv", [
        head,
        ["S000123", "08", "08014", "6", "A320", "Digital", "1", "05", "2020-10-31", "", ""],
        ["", "08", "", "", "", "", "", "", "", "", ""],
        ["S000125", "Nurses", "08014", "10", "Digital", "", "full time", "Zero hours", "", "", ""],
        ["S000126", "03", "08014", "", "Intensive Care", "", "-1", "", "31/02/2020", "", ""],
        ["S000127", "08", "08028", "8", "", "T" * 101, "1.6", "", "2020-10-31", "2019-10-31", "purge"],
        ["No body at all", "08", "8014", "", "", "", "0", "", "yesterday", "", ""],
        ["S" * 33, "", "", "", "", "", "1000000000", "", "31/10/1899", "", ""],
        ["S000130", "08", "#N/A", "#REF!", "", "", "#VALUE!", "", "", "", ""],
    ])
    # The trap of peers.md 9: each fault of a row, not the first only.
    csv("text-faults-three-in-a-row.csv", [["Employee Number", "Staff Group", "AfC Band", "WTE"], ["S000123", "Wizards", "8e", "plenty"], ["S000124", "08", "7", "1"]])


def every_other_fault():
    head = ["employee_number", "assessed_on", "assessor_kind", "framework", "framework_version", "CCP", "TLS", "IDM"]
    csv("text-faults-assessments.csv", [
        head,
        ["S000123", "2026-10-30", "self", "hdc", "2018", "2", "5", "x"],
        ["S000124", "2026-11-16", "friend", "hdc", "2018", "-1", "1.5", ""],
        ["S000125", "2017-06-30", "", "", "", "1", "1", "1"],
        ["S000126", "", "", "hdc", "", "1", "1", "1"],
        ["S000127", "2026-10-30", "", "digcomp", "3.0", "1", "1", "1"],
        ["S000128", "2026-10-30", "", "scrolls", "1", "1", "1", "1"],
    ])
    csv("text-faults-framework-columns.csv", [["employee_number", "assessed_on", "1.1", "1.2"], ["S000123", "2026-10-30", "2", "3"]])
    head = ["as_at", "staff_group", "band", "budgeted_fte", "contracted_fte", "reported_vacancies"]
    csv("text-faults-vacancies.csv", [
        head,
        ["2026-10-31", "08", "2", "10", "9", "1"],
        ["2026-10-30", "08", "3", "ten", "-9", "1.5"],
        ["01/10/2026", "08", "4", "10", "9", "many"],
        ["2026-11-30", "", "5", "99999999999", "9", "99999999999"],
        ["", "11", "8x", "10", "9", "-1"],
    ])


def posts_and_targets():
    head = ["vacancy_reference", "staff_group", "band", "posts", "fte", "opened_on", "closed_on", "status"]
    csv("text-faults-positions.csv", [
        head,
        ["201-DIG-0042", "08", "6", "1", "1", "2026-08-05", "", "01"],
        ["", "08", "8", "0", "0", "2026-11-16", "", "shortlisting"],
        ["Digital lead", "11", "6", "1.5", "full time", "2026-08-05", "2026-08-04", "09"],
        ["2.01E+11", "08", "6", "1000", "-1", "", "2026-10-20", "Open"],
        ["7" * 51, "08", "6", "two", "1", "2026-08-05", "", "Filled"],
        ["201-DIG-0046", "08", "6", "1", "1", "2026-08-05", "2026-12-01", "10"],
    ])
    csv("text-warnings-positions.csv", [
        head,
        ["201-DIG-0050", "08", "6", "1", "37.5", "2026-08-05", "", "01"],
        ["201-DIG-0051", "08", "6", "2", "3", "2016-08-05", "", "01"],
        ["201-DIG-0052", "08", "6", "1", "0.533333333", "2020-01-06", "2022-01-07", "09"],
    ])
    head = ["framework", "framework_version", "competence_code", "domain_code", "level", "job_role_code", "staff_group", "band", "valid_from"]
    csv("text-faults-targets.csv", [
        head,
        ["hdc", "2018", "TEC", "", "3", "", "08", "8a", "2026-04-01"],
        ["hdc", "2018", "TEC", "TEC", "3", "", "", "", "2026-04-01"],
        ["hdc", "2018", "", "", "5", "08014", "03", "8", "soon"],
        ["hdc", "1999", "TEC", "", "3", "", "", "", "2026-04-01"],
        ["digcomp", "", "Typing", "", "N/A", "", "88", "", ""],
        ["digcomp", "3.0", "TEC", "", "4", "ASC33", "08", "", "2026-04-01"],
        ["digcomp", "3.0", "", "7", "9", "Manager", "", "", "2062-04-01"],
        ["hdc", "2018", "", "TEC", "5", "", "", "", "2026-04-01"],
    ])
    csv("text-faults-targets-of-nothing.csv", [["framework", "framework_version", "level", "valid_from"], ["hdc", "2018", "3", "2026-04-01"]])


def unusual():
    """Values that are stored with a warning."""
    csv("text-warnings-staff.csv", [
        ["employee_number", "staff_group", "job_role_code", "area_of_work", "fte", "as_at", "started_on", "left_on"],
        ["S000123", "08", "08014", "Dental Health", "0.533333333", "2026-10-31", "1950-01-01", ""],
        ["S000124", "08", "08028", "", "37.5", "2026-10-31", "2020-01-01", "2099-12-31"],
        ["S000125", "08", "", "", "0", "2026-10-31", "", ""],
    ])
    csv("text-warnings-staff-old.csv", [["employee_number", "staff_group", "fte", "as_at"], ["S000123", "08", "1", "2006-10-31"]])
    head = ["as_at", "staff_group", "band", "budgeted_fte", "contracted_fte", "bank_fte", "agency_fte", "reported_vacancies", "advertised_posts", "staff_headcount"]
    csv("text-warnings-vacancies.csv", [
        head,
        ["2026-10-31", "08", "2", "5", "4", "", "", "50", "80", "4"],
        ["2026-10-31", "08", "3", "10", "375", "150", "0", "0", "0", "12"],
        ["2006-10-31", "08", "4", "10", "9", "", "", "1", "1", "10"],
    ])


def long_form():
    head = ["employee_number", "assessed_on", "competence_code", "level"]
    day = "2026-10-30"
    csv("text-faults-assessments-long.csv", [
        head,
        ["S000123", day, "TEC", "2"], ["S000123", day, "TEC", "3"],
        ["S000124", day, "Typing", "2"], ["S000124", day, "CCP", "5"],
        ["S000125", day, "CCP", ""],
        ["S000126", day, "", "1"],
        ["S000127", day, "CCP", "1"], ["S000127", day, "CCP", "1"],
        ["S000128", day, "1.1", "1"],
    ])
    csv("text-faults-forms-mixed.csv", [[*head, "CCP"], ["S000123", day, "TEC", "2", "3"]])
    csv("text-faults-role-ambiguous.csv", [["employee_number", "assessed_on", "job_role_code", "CCP"], ["S000123", day, "Manager", "2"], ["S000124", day, "Head of Everything", "2"]])


def dates_and_codes():
    csv("text-faults-month-first.csv", [["Employee Number", "Staff Group", "WTE", "Start Date"], ["S000123", "08", "1", "01/02/2021"], ["S000124", "08", "1", "10/31/2020"], ["S000125", "08", "1", "12/25/2020"], ["S000126", "08", "1", "31/10/2020"]])
    csv("text-faults-two-digit-years.csv", [["Employee Number", "Staff Group", "WTE", "Start Date"], ["S000123", "08", "1", "31/10/20"], ["S000124", "08", "1", "31/10/2020"], ["S000125", "08", "1", "31-Oct-20"]])
    csv("text-faults-as-at-mixed.csv", [["employee_number", "staff_group", "fte", "as_at"], ["S000123", "08", "1", "2026-10-31"], ["S000124", "08", "1", "2026-09-30"]])
    csv("text-faults-as-at-future.csv", [["employee_number", "staff_group", "fte", "as_at"], ["S000123", "08", "1", "2026-12-31"]])
    # What a spreadsheet leaves of 5E1, 123456789012345678, 000, 8-1 and 08014 in a CSV file.
    csv("text-faults-codes-turned.csv", [
        ["Employee Number", "Staff Group", "Job Role", "AfC Band", "WTE"],
        ["5.00E+01", "08", "08014", "5", "1"],
        ["1.23457E+17", "08", "08014", "5", "1"],
        ["08-Jan", "08", "08014", "5", "1"],
        ["S000126", "0", "08014", "5", "1"],
        ["S000127", "08", "8014", "5", "1"],
        ["S000128", "08", "08014", "08-Jan", "1"],
        ["S000129", "08", "5.00E+01", "5", "1"],
    ])
    # The organisations 5E1, 8-1 and 000, and one that is named in words.
    csv("text-faults-organisation.csv", [["ODS code", "Employee Number", "Staff Group", "WTE"], *[
        [code, f"S00012{i}", "08", "1"] for i, code in enumerate(("RRK", "rrk ", "RYJ", "5.00E+01", "08-Jan", "0", "Example Trust"), 1)]])


def shapes():
    staff = [header("staff"), *rows("staff")]
    text = "\r\n".join(lines(staff)) + "\r\n"
    csv("text-faults-row-longer.csv", [["employee_number", "staff_group", "fte"], ["S000123", "08", "1"], ["S000124", "08", "1", "5"], ["S000125", "08", "1", "", ""]])
    csv("text-faults-wrong-header.csv", [["Cost centre", "Ledger", "Amount"], ["100", "200", "3.5"]])
    csv("text-faults-column-missing.csv", [["Employee Number", "", "Staff Group", "Cost centre", "Notes"], ["S000123", "x", "08", "100", ""]])
    csv("text-faults-column-twice.csv", [["Employee Number", "Staff Group", "WTE", "FTE"], ["S000123", "08", "1", "0.5"]])
    csv("text-faults-header-only.csv", [header("staff"), ["", ""], [" "]])
    write("text-faults-empty.csv", b"")
    write("text-faults-blank.csv", b"\xef\xbb\xbf \r\n\r\n")
    write("text-faults-nul.csv", text.replace("000125", "000\x00125"))
    write("text-faults-control.csv", text.replace("Digital", "Digi\x07tal"))
    write("text-faults-quote-open.csv", text.replace("Night, day; and weekend\"", "Night, day; and weekend"))
    write("text-faults-quote-middle.csv", text.replace("Café £ desk", "Caf\"é\" £ desk"))
    write("text-faults-encoding-mixed.csv", text.encode("utf-8").replace("Digital".encode(), b"Digit\xe9l"))
    write("text-faults-utf16-cut.csv", ("\ufeff" + text).encode("utf-16-le")[:-1])
    write("text-faults-windows1252-undefined.csv", text.encode("cp1252").replace(b"Digital", b"Digit\x81l"))
    csv("text-limit-rows.csv", [["employee_number", "staff_group", "fte"], *[[f"S00030{i}", "08", "1"] for i in range(6)]])
    csv("text-limit-columns.csv", [["employee_number", "staff_group", "fte", *[f"spare {i}" for i in range(253)], "one too many"], ["S000123", "08", "1", *[""] * 253, "x"]])
    csv("text-limit-line.csv", [["employee_number", "staff_group", "fte"], ["S000123", "08", "1", *["x" * 700] * 100]])
    csv("text-limit-cell.csv", [["employee_number", "staff_group", "fte", "team"], ["S000123", "08", "1", "x" * 32_768]])
    csv("text-limit-bytes.csv", [["employee_number", "staff_group", "fte"], *[[f"S00030{i}", "08", "1"] for i in range(6)]])


def personal():
    heads = ["Employee Number", "NI Number", "Staff Group", "DOB", "Surname", "Home postcode", "E-mail", "Mobile No.", "Ethnic origin", "Religion", "Disability", "Sexual orientation", "Gender identity", "Nationality", "Sort code", "Sickness reason", "Initials", "Age", "WTE"]
    csv("text-personal-headings.csv", [heads, ["S000123", "", "08", *[""] * 15, "1"]])
    csv("text-personal-ni-in-team.csv", [["Employee Number", "Staff Group", "Team", "WTE"], ["S000123", "08", "Digital", "1"], ["S000124", "08", f"ask {NI} first", "1"]])
    csv("text-personal-nhs-in-unknown.csv", [["Employee Number", "Staff Group", "WTE", "Reference"], ["S000123", "08", "1", "n/a"], ["S000124", "08", "1", NHS]])
    csv("text-personal-email-phone.csv", [["Employee Number", "Staff Group", "WTE", "Remarks"], ["S000123", "08", "1", f"ring {PHONE}"], ["S000124", "08", "1", f"write to {EMAIL}"]])
    csv("text-personal-title-row.csv", [[f"Questions to {EMAIL}"], ["Employee Number", "Staff Group", "WTE"], ["S000123", "08", "1"]])
    numbers = ("9990001014", "9990001022", "9990001030", "9990001049", "9990001057", "9990001065")
    csv("text-personal-employee-numbers-nhs.csv", [["Employee Number", "Staff Group", "WTE"], *[[number, "08", "1"] for number in numbers]])
    csv("text-personal-references-nhs.csv", [["Vacancy ref", "Staff Group", "WTE", "Date opened"], *[[number, "08", "1", "05/08/2026"] for number in numbers]])
    csv("text-personal-employee-number.csv", [["Employee Number", "Staff Group", "WTE"], [NI.replace(" ", ""), "08", "1"]])
    # Whatever else is wrong with a file, it is refused for the personal data alone.
    write("text-personal-and-damaged.csv", f"Employee Number,Date of Birth,WTE\r\nS000123,{EMAIL},1\r\nS000124,\"x,1\r\n")
    csv("text-personal-without-header.csv", [["S000123", "08", "1", NI], ["S000124", "08", "1", ""]])


every_staff_fault()
posts_and_targets()
unusual()
long_form()
every_other_fault()
dates_and_codes()
shapes()
personal()
