"""Makes the CSV files of this folder: one synthetic staff list in the dialects
that people send. Run it here; it writes the files anew, always the same."""

HEADER = ["Employee No", "Staff Group", "Job Role", "AfC Band", "Area of Work", "Team", "WTE", "Contract Type", "Start Date", "Leaving Date"]
ROWS = [
    ["00123", "Administrative and Clerical", "Analyst", "Band 6", "Corporate > Informatics > Coding", "Café £ desk", "0.6", "Permanent", "31/10/2020", ""],
    ["A-77", "Add Prof Scientific and Technic", "05012", "8A", "", "Night, day; and weekend", "1", "Fixed Term Temp", "2021-02-01", "2026-12-31"],
    ["123456789", "3", "Staff Nurse", "5", "Accident and Emergency", "Ward \"Five\"", "0.53333", "", "", ""],
]


def quoted(value, delimiter):
    if any(c in value for c in (delimiter, '"', "\n")):
        return '"' + value.replace('"', '""') + '"'
    return value


def lines(rows, delimiter=","):
    return [delimiter.join(quoted(v, delimiter) for v in row) for row in rows]


def write(name, text, encoding):
    with open(name, "wb") as file:
        file.write(text.encode(encoding))


plain = [HEADER] + ROWS
write("staff-utf8.csv", "\n".join(lines(plain)) + "\n", "utf-8")
write("staff-utf8-bom-crlf.csv", "\r\n".join(lines(plain)) + "\r\n", "utf-8-sig")
write("staff-windows1252-semicolon.csv", "\r\n".join(lines(plain, ";")), "cp1252")
write("staff-utf16le-tab.txt", "\ufeff" + "\r\n".join(lines(plain, "\t")) + "\r\n", "utf-16-le")
write("staff-utf16be-comma.csv", "\ufeff" + "\n".join(lines(plain)) + "\n", "utf-16-be")
write("staff-sep-line.csv", "sep=;\r\n" + "\r\n".join(lines(plain, ";")) + "\r\n", "utf-8")

spaced = [[" " + v + "\u00a0" if v else "  " for v in row] for row in ROWS]
spaced[0][5] = "Café £\ndesk"
titled = (
    ["Synthetic NHS Trust", "Staff in post, October 2026", ""]
    + lines([["employee_number *", "staff-group", "JOB  ROLE\n(code or name)", "Pay band", "AREA_OF_WORK", "team", "Fte", "contract", "Date started", "Date left"]])
    + lines([spaced[0]])
    + ["", ",,,,,,,,,", " , , "]
    + lines(spaced[1:])
    + ["", ",,,,,,,,,"]
)
write("staff-titles-breaks-blanks.csv", "\r\n".join(titled) + "\r\n", "utf-8-sig")
