"""CSV files as editors, exports and spreadsheets in other countries leave them,
good ones. Python's codecs stand for the editor. `text_faults.py` makes the bad ones."""

from csv_writing import csv, lines, write
from tables import header, rows, slashed, text


def good():
    staff = [header("staff"), *rows("staff")]
    people = [header("staff"), *[[slashed(v) for v in row] for row in rows("staff")]]
    csv("text-staff-utf8.csv", staff, end="\n")
    csv("text-staff-utf8-bom-crlf.csv", people, encoding="utf-8-sig")
    csv("text-staff-cr.csv", staff, end="\r")
    csv("text-staff-tab.tsv", staff, "\t", "\n")
    csv("text-staff-utf16le-tab.txt", people, "\t", encoding="utf-16-le", before="\ufeff")
    csv("text-staff-utf16be.csv", staff, encoding="utf-16-be", before="\ufeff")
    csv("text-staff-utf16le-no-mark.csv", staff, ";", encoding="utf-16-le")
    csv("editor-staff-windows1252.csv", people, encoding="cp1252")
    csv("editor-staff-windows1252-semicolon.csv", people, ";", encoding="cp1252")
    csv("text-staff-sep-line.csv", staff, ";", before="sep=;\r\n")
    write("text-staff-end-of-file-sign.csv", "\r\n".join(lines(staff)) + "\r\n\x1a")
    csv("text-assessments-wide.csv", [header("assessments"), *rows("assessments")])
    csv("text-vacancies.csv", [header("vacancies"), *[[slashed(v) for v in row] for row in rows("vacancies")]])
    csv("text-positions.csv", [header("positions"), *[[slashed(v) for v in row] for row in rows("positions")]])
    csv("text-targets.csv", [header("targets"), *[[slashed(v) for v in row] for row in rows("targets")]], ";", encoding="utf-8-sig")


def laid_out():
    """Titles, breaks, blanks and spaces, where people put them."""
    body = [[f" {text(v)}\u00a0 " if v is not None else "  " for v in row] for row in rows("staff")]
    body[0][5] = "Café £\ndesk"
    head = ["employee_number *", "staff-group", "JOB  ROLE\n(code or name)", "Pay band", "AREA_OF_WORK", "team", "Fte", "contract", "Date started", "Date left"]
    blank = [""] * 10
    csv("text-staff-titles-breaks-blanks.csv", [
        ["Synthetic NHS Trust"], ["Staff in post, October 2026", "", "", ""], [], head, body[0], [], blank, [" ", "", " "] + [""] * 7, *body[1:], blank, [],
    ], encoding="utf-8-sig")
    order = [6, 0, 9, 2, 1, 8, 5, 3, 7, 4]
    names = ["Contracted W.T.E.", "ESR Employee Number", "Last day in post", "NWD job role", "ESR Staff Group", "Latest Start Date", "Ward or team", "Agenda for Change band", "Type of contract", "Area of Work (name)"]
    csv("text-staff-columns-in-any-order.csv", [names, *[[row[i] for i in order] for row in rows("staff")]])


def synonyms():
    """One value in every way that people write it."""
    bands = ["8a", "8A", "Band 8a", "AfC 8a", "afc band 8A", "Agenda for Change Band 8a", "band  8a ", "08a"]
    csv("text-staff-bands.csv", [["Employee No", "Staff Group", "Grade", "FTE"], *[[f"S00020{i}", "08", band, "1"] for i, band in enumerate(bands)]])
    groups = ["05", "5", "Additional Professional Scientific and Technical", "Add Prof Scientific and Technic", "ADD PROF SCIENTIFIC & TECHNIC", "05 Additional Professional Scientific and Technical"]
    csv("text-staff-groups.csv", [["Staff ID", "ESR staff group", "WTE"], *[[f"S00021{i}", group, "0.5"] for i, group in enumerate(groups)]])
    roles = ["08014", "Analyst", "ANALYST", "08014 Analyst", "08014 - Analyst", "Data analyst", "asc33"]
    csv("text-staff-roles.csv", [["Payroll number", "Staff group code", "Role code", "WTE"], *[[f"S00022{i}", "08", role, "1"] for i, role in enumerate(roles)]])
    areas = ["A325", "Corporate > Informatics > Information and Communication Technology", "corporate/informatics/information & communication technology", "Information and Communication Technology", "-"]
    csv("text-staff-areas.csv", [["Personnel number", "Staff group", "NWD area of work", "FTE"], *[[f"S00023{i}", "08", area, "1"] for i, area in enumerate(areas)]])
    dates = ["2020-10-31", "31/10/2020", "31-10-2020", "31.10.2020", " 31/10/2020 ", "31 October 2020", "31-Oct-2020", "2020-10-31T00:00:00", "2020-10-31 00:00:00", "31/10/2020 00:00", "44135"]
    csv("text-staff-dates.csv", [["Emp No", "Staff group", "FTE", "Hire date"], *[[f"S0002{40 + i}", "08", "1", date] for i, date in enumerate(dates)]])
    months = ["2026-10-31", "31/10/2026", "2026-10", "October 2026", "Oct 2026", "31 October 2026"]
    csv("text-vacancies-months.csv", [["Reporting month", "Staff group", "Band", "Establishment WTE"], *[[month, "08", str(i + 2), "1.5"] for i, month in enumerate(months)]])


def statuses():
    """A status by code, code without zero, name and both; which of them need a closing day."""
    ways = [("01", ""), ("2", ""), ("On hold", ""), ("04 Pending", ""), ("Rejected", "30/09/2026"), ("06", ""), ("terminated", "30/09/2026"), ("Filled", "30/09/2026"), ("", "30/09/2026"), ("-", "")]
    csv("text-positions-statuses.csv", [
        ["Requisition number", "Staff group", "Vacancy WTE", "Vacancy start date", "Position vacancy status", "Vacancy end date"],
        *[[f"REQ-{i + 10}", "08", "1", "05/08/2026", status, closed] for i, (status, closed) in enumerate(ways)],
    ])
    csv("text-positions-remove-only.csv", [["vacancy_reference", "action"], ["004711", "remove"], ["201-DIG-0042", "Delete"]])


def measures():
    head = ["as_at", "staff_group", "band", "budgeted_fte", "contracted_fte", "reported_vacancies", "advertised_posts"]
    csv("text-vacancies-none-unknown-empty.csv", [
        head, ["2026-10-31", "08", "2", "None", "0", "Don't know", ""], ["2026-10-31", "08", "3", "10", "12.5", "0", "don’t know"], ["2026-10-31", "08", "4", "1200", "NOT KNOWN", "999", "Unknown"],
    ])
    csv("text-vacancies-social-care-999.csv", [head, ["2026-10-31", "08", "2", "12", "11", "999", "999"], ["2026-10-31", "08", "3", "1000", "950", "998", "nil"]])
    csv("text-staff-remove-only.csv", [["employee_number", "as_at", "action"], ["S000123", "2026-10-31", "remove"], ["S000124", "2026-10-31", "Delete"]])
    csv("text-staff-as-at.csv", [["employee_number", "staff_group", "fte", "Census date"], ["S000123", "08", "1", "31/10/2026"], ["S000124", "03", "0.5", ""]])


def frameworks():
    """Assessments of other frameworks, and in long form."""
    codes = ["1.1", "1.2", "1.3", "2.1", "2.2", "2.3", "2.4", "2.5", "2.6", "3.1", "3.2", "3.3", "3.4", "4.1", "4.2", "4.3", "4.4", "5.1", "5.2", "5.3", "5.4"]
    levels = [str(i % 9) for i in range(21)]
    csv("text-assessments-digcomp-codes.csv", [["Staff No", "Date assessed", *codes], ["S000123", "2026-10-30", *levels]])
    head = ["Staff No", "Date completed", "Framework", "Version of framework", "Browsing, searching and filtering information", "3.4 Computational thinking and programming", "Protecting devices", "protecting devices need"]
    csv("text-assessments-digcomp-names.csv", [head, ["S000123", "30/10/2026", "DigComp", "3.0", "2", "5", "N/A", "4"], ["S000124", "30/10/2026", "digcomp", "3", "", "8", "0", ""]])
    csv("text-assessments-eds.csv", [["employee_number", "assessed_on", "framework", "FND", "COM", "HND", "TRN", "PRB", "SAF", "SAF_need"], ["S000123", "2026-10-30", "eds-work", "8", "1", "2", "0", "1", "3", "4"]])
    names = ["Communication, collaboration and participation", "Teaching, learning and self-development", "IDM Information, data and media literacies", "Creation, innovation & scholarship", "TEC level", "Digital identity, wellbeing, safety and security"]
    csv("text-assessments-names-and-words.csv", [
        ["Unique worker ID", "Date of assessment", "Assessed by", *names, "CCP needed", "need TLS"],
        ["S000123", "30/10/2026", "self assessment", "Level 2", "L1", "Not at level 1", "3", "", "not applicable", "4", "2"],
        ["S000124", "30/10/2026", "Manager", "Not assessed", "2.0", "n/a", "4", "0", "1", "", ""],
    ])
    long = [["employee_number", "assessed_on", "assessor_kind", "competence_code", "level", "need"]]
    for number, day, who, *answers in rows("assessments"):
        for code, answer in zip(header("assessments")[3:], answers):
            if answer is not None:
                long.append([number, day, who, code, answer, 3 if code == "CCP" else None])
    csv("text-assessments-long.csv", long)
    # The rows of one record need not stand together, and a competence may be named.
    by_competence = [row for code in header("assessments")[3:] for row in long[1:] if row[3] == code]
    titles = {"CCP": "Communication, collaboration and participation", "TEC": "TEC Technical proficiency", "DIW": "diw"}
    csv("text-assessments-long-names.csv", [
        ["Employee ID", "Assessment date", "Assessor type", "Competence", "Level", "Need"], *[[*row[:3], titles.get(row[3], row[3]), *row[4:]] for row in by_competence],
    ], ";", encoding="utf-8-sig")


good()
laid_out()
synonyms()
statuses()
measures()
frameworks()
