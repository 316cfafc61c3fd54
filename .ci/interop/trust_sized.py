"""A trust-sized year through the whole service, checked from outside.

8,000 synthetic staff and 8,000 assessments on six domains are written as XLSX by
openpyxl and by LibreOffice, sent to a server over HTTP, and every total and every
figure of the two workbooks is compared with sums made here.
"""

import collections
import datetime
import http.client
import json
import os
import random
import signal
import subprocess
import sys
import time
import urllib.parse

import openpyxl

import reports
import snippets

WORK = sys.argv[1]
BINARY = os.path.join(WORK, "skillstracker")
PORT = 18911
STAFF = 8000
COMPETENCES = ["CCP", "TLS", "IDM", "CIS", "TEC", "DIW"]
BANDS = {"01": ["MD"], "03": ["5", "6", "7", "8a"], "08": ["2", "3", "4", "8b"], "09": ["2", "3"]}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TODAY = datetime.date.today()
MONTH_END = TODAY.replace(day=1) - datetime.timedelta(days=1)
failures = []


def check(what, got, want):
    if got != want:
        failures.append(f"{what}: got {got!r}, want {want!r}")


def run(*words):
    environment = dict(os.environ, SKILLSTRACKER_DATA_DIR=os.path.join(WORK, "data"), SKILLSTRACKER_LISTEN=f"127.0.0.1:{PORT}")
    return subprocess.run([BINARY, *words], env=environment, check=True, capture_output=True, text=True).stdout.strip()


def call(token, method, path, body=None, content_type=None, **query):
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=120)
    headers = {"Authorization": "Bearer " + token}
    if content_type:
        headers["Content-Type"] = content_type
    if query:
        path += "?" + urllib.parse.urlencode(query, doseq=True)
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    content = answer.read()
    if answer.status >= 300:
        raise SystemExit(f"{method} {path}: {answer.status} {content[:2000]!r}")
    return content


def get(token, path, **query):
    return json.loads(call(token, "GET", path, **query))


def make_files(seed):
    drawn = random.Random(seed)
    staff, answers = [], []
    for i in range(STAFF):
        group = drawn.choices(list(BANDS), weights=[10, 45, 35, 10])[0]
        band = drawn.choice(BANDS[group])
        number = f"{i + 1:07d}"  # synthetic, with leading zeros to be kept
        staff.append((number, group, band, drawn.choice([1, 0.6, 0.8, 0.53333])))
        levels = [drawn.choice([0, 1, 1, 2, 2, 2, 3, 3, 4, None, "N/A"]) for _ in COMPETENCES]
        if all(level is None for level in levels):
            levels[0] = 1
        answers.append((number, levels))
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Employee Number", "Staff Group", "AfC band", "FTE", "As at"])
    for number, group, band, fte in staff:
        sheet.append([number, group, band, fte, MONTH_END])
    staff_file = os.path.join(WORK, "staff.xlsx")
    book.save(staff_file)
    # LibreOffice writes the assessments, from an OpenDocument-free CSV.
    source = os.path.join(WORK, "assessments.csv")
    with open(source, "w", encoding="utf-8", newline="") as out:
        out.write("employee_number,assessed_on," + ",".join(COMPETENCES) + "\r\n")
        for number, levels in answers:
            shown = ["" if level is None else str(level) for level in levels]
            out.write(f"{number},{(MONTH_END - datetime.timedelta(days=20)).isoformat()}," + ",".join(shown) + "\r\n")
    # Filter options: comma, quote, UTF-8, and the first column as text.
    subprocess.run(["soffice", f"-env:UserInstallation=file://{WORK}/office", "--headless",
                    "--infilter=Text - txt - csv (StarCalc):44,34,76,1,1/2/2/5", "--convert-to", "xlsx", "--outdir", WORK, source],
                   check=True, capture_output=True)
    return staff, answers, staff_file, os.path.join(WORK, "assessments.xlsx")


def vacancy_file(staff):
    contracted = collections.Counter()
    for _, group, band, fte in staff:
        contracted[group, band] += round(fte * 100000)
    rows = []
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Month end", "Staff group", "Band", "Budgeted WTE", "Contracted WTE", "Bank FTE", "Agency FTE"])
    for place, ((group, band), units) in enumerate(sorted(contracted.items())):
        budget = units + (place - 2) * 1250000
        rows.append((group, band, budget, units, 150000 * place, 50000))
        sheet.append([MONTH_END, group, band, budget / 100000, units / 100000, 1.5 * place, 0.5])
    path = os.path.join(WORK, "vacancies.xlsx")
    book.save(path)
    return rows, path


def compare_skills(token, staff, answers):
    group_of = {number: (group, band) for number, group, band, _ in staff}
    for dimension, place in (("staff_group", 0), ("band", 1)):
        rows = get(token, "/api/v1/digital-literacy/totals", organisation="RRK", as_at=MONTH_END.isoformat(), group_by=dimension)["rows"]
        want = collections.Counter(key[place] for key in group_of.values())
        check(f"staff in post by {dimension}", {row[dimension]: row["staff_in_post"] for row in rows}, dict(want))
        check(f"assessed by {dimension}", {row[dimension]: row["assessed"] for row in rows}, dict(want))
    rows = get(token, "/api/v1/digital-literacy/totals", organisation="RRK", as_at=MONTH_END.isoformat(), group_by="staff_group,competence")["rows"]
    want = collections.defaultdict(lambda: [0] * 5)
    for number, levels in answers:
        for competence, level in zip(COMPETENCES, levels):
            if isinstance(level, int):
                want[group_of[number][0], competence][level] += 1
    got = {(row["staff_group"], row["competence"]): [part["people"] for part in row["levels"]] for row in rows}
    check("levels by staff group and competence", got, dict(want))
    for row in rows:
        people = want[row["staff_group"], row["competence"]]
        mean = sum(level * n for level, n in enumerate(people)) / sum(people)
        if abs(row["mean_level"] - mean) > 1e-9:
            failures.append(f"mean level of {row['staff_group']} {row['competence']}: {row['mean_level']} is not {mean}")


def compare_vacancies(token, cells):
    rows = get(token, "/api/v1/vacancies/totals", organisation="RRK", as_at=MONTH_END.isoformat(), group_by="staff_group")["rows"]
    want = collections.defaultdict(lambda: [0, 0])
    for group, _, budget, units, _, _ in cells:
        want[group][0] += budget
        want[group][1] += units
    for row in rows:
        budget, units = want[row["staff_group"]]
        check("budgeted " + row["staff_group"], round(row["budgeted_fte"] * 100000), budget)
        check("contracted " + row["staff_group"], round(row["contracted_fte"] * 100000), units)
        check("vacancy " + row["staff_group"], round(row["vacancy_fte"] * 100000), budget - units)
        if abs(row["establishment_vacancy_rate"] - (budget - units) / budget) > 1e-12:
            failures.append("rate " + row["staff_group"])
    check("staff groups", {row["staff_group"] for row in rows}, set(want))


def table_of(sheet):
    table = next(iter(sheet.tables.values()))
    cells = sheet[table.ref]
    heads = [str(cell.value) for cell in cells[0]]
    return [dict(zip(heads, (cell.value for cell in line))) for line in cells[1:]]


def compare_workbooks(token):
    for name in ("digital-literacy", "vacancies"):
        path = os.path.join(WORK, name + "-report.xlsx")
        with open(path, "wb") as out:
            out.write(call(token, "GET", f"/api/v1/reports/{name}.xlsx", organisation="RRK", as_at=MONTH_END.isoformat()))
        book = openpyxl.load_workbook(path)
        streamed = openpyxl.load_workbook(path, read_only=True)
        for sheet in book:
            check(f"{name} {sheet.title} rows in read-only mode", sum(1 for _ in streamed[sheet.title].iter_rows()), sheet.max_row)
        check(f"{name} first sheets", book.sheetnames[:4], ["Cover", "Contents", "Notes", "Summary"])
        rows = table_of(book["By_staff_group"])
        if name == "vacancies":
            totals = get(token, "/api/v1/vacancies/totals", organisation="RRK", as_at=MONTH_END.isoformat(), group_by="staff_group")["rows"]
            field, heading = "vacancy_fte", "Vacancy FTE"
        else:
            totals = get(token, "/api/v1/digital-literacy/totals", organisation="RRK", as_at=MONTH_END.isoformat(), group_by="staff_group")["rows"]
            field, heading = "assessed", "assessed"
        heading = next(head for head in rows[0] if heading.lower() in head.lower() and "rate" not in head.lower())
        # The last row of the table is the total of all staff groups.
        check(f"{name} figures", [row[heading] for row in rows], [total[field] for total in totals] + [sum(total[field] for total in totals)])
        subprocess.run(["soffice", f"-env:UserInstallation=file://{WORK}/office", "--headless", "--convert-to", "pdf", "--outdir", WORK, path],
                       check=True, capture_output=True)
        check(f"{name} opens in LibreOffice", os.path.exists(path.replace(".xlsx", ".pdf")), True)


def compare_reports(hr, planner):
    """Every report in every format and profile, as other programs read it."""
    every = (("accessible", "xlsx", {}), ("management", "xlsx", {"profile": "management"}), ("ods", "ods", {}), ("zip", "zip", {}))
    for name, token, place, formats in (
            ("digital-literacy", hr, {"organisation": "RRK"}, every), ("vacancies", hr, {"organisation": "RRK"}, every),
            ("rollup", planner, {}, every), ("people", hr, {"organisation": "RRK"}, every[:1])):
        files = {}
        for which, extension, query in formats:
            files[which] = os.path.join(WORK, f"{name}-{which}.{extension}")
            with open(files[which], "wb") as out:
                out.write(call(token, "GET", f"/api/v1/reports/{name}.{extension}", as_at=MONTH_END.isoformat(), **place, **query))
        reports.compare(WORK, name, files, check)


def main():
    started = time.monotonic()
    staff, answers, staff_file, assessments_file = make_files(20261122)
    cells, vacancies_file = vacancy_file(staff)
    print(f"files written by openpyxl and LibreOffice in {time.monotonic() - started:.1f} s")
    environment = dict(os.environ, SKILLSTRACKER_DATA_DIR=os.path.join(WORK, "data"), SKILLSTRACKER_LISTEN=f"127.0.0.1:{PORT}")
    with open(os.path.join(WORK, "serve.log"), "wb") as log:
        server = subprocess.Popen([BINARY, "serve"], env=environment, stdout=log, stderr=log)
        try:
            for _ in range(300):
                try:
                    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=5)
                    connection.request("GET", "/readyz")
                    if connection.getresponse().status == 200:
                        break
                except OSError:
                    pass
                time.sleep(0.1)
            organisations = os.path.join(WORK, "organisations.csv")
            with open(organisations, "w", encoding="utf-8") as out:
                out.write("code,name,kind,sector,region,icb,opened_on,closed_on,synthetic\n"
                          "RRK,Example Trust (synthetic),nhs_trust,Acute,Y60,QHL,,,true\n")
            run("organisations", "import", organisations, "--as-of", "2025-12-31")
            hr = run("token", "create", "--role", "hr", "--organisation", "RRK")
            for kind, path, rows in (("staff", staff_file, STAFF), ("assessments", assessments_file, STAFF), ("vacancies", vacancies_file, len(cells))):
                begun = time.monotonic()
                with open(path, "rb") as content:
                    answer = json.loads(call(hr, "POST", "/api/v1/organisations/RRK/uploads", content.read(), XLSX, kind=kind))
                print(f"{kind}: {os.path.getsize(path):,} bytes, {answer['counts']['new']:,} new of {answer['counts']['rows_read']:,} rows, "
                      f"{answer['warnings']} warnings, {time.monotonic() - begun:.2f} s")
                check(kind + " rows", (answer["counts"]["rows_read"], answer["counts"]["new"]), (rows, rows))
            compare_skills(hr, staff, answers)
            compare_vacancies(hr, cells)
            compare_workbooks(hr)
            planner = run("token", "create", "--role", "planner", "--all")
            compare_reports(hr, planner)
            snippets.compare(WORK, f"http://127.0.0.1:{PORT}", planner, check)
        finally:
            server.send_signal(signal.SIGTERM)
            check("exit code of the server", server.wait(timeout=60), 0)
    for failure in failures:
        print("FAIL", failure[:1000])
    print(f"{len(failures)} differences")
    sys.exit(1 if failures else 0)


main()
