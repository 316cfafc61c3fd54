"""Reads a workbook of odd values, written by api/workbook, with openpyxl in both modes,
and again after LibreOffice has opened and saved it.

Usage: odd_values.py VALUES.json FILE.xlsx WORK
"""
import datetime
import json
import os
import subprocess
import sys

import openpyxl
from openpyxl.utils.escape import unescape

with open(sys.argv[1], encoding="utf-8") as file:
    odd = json.load(file)
faults = []


def check(reader, path, read_only, exact=True):
    book = openpyxl.load_workbook(path, read_only=read_only)
    for name in ("Counted", "Streamed"):
        rows = list(book[name].iter_rows(min_row=3))
        if len(rows) != len(odd["texts"]):
            faults.append(f"{reader}, {name}: {len(rows)} rows of {len(odd['texts'])}")
        for i, (text, number, day) in enumerate(rows):
            where = f"{reader}, {name}, row {i + 3}"
            want = odd["texts"][i]
            # openpyxl leaves escaped characters to its caller, and LibreOffice saves none.
            got = unescape(text.value) if exact and isinstance(text.value, str) else text.value
            if not exact and want in ("\r", "\u0001\u001f", "\ufffe", "_x005F_x0041_"):
                got = want  # LibreOffice keeps no control characters, and no text that is an escaped escape
            if got != want or text.data_type not in ("s", "inlineStr"):
                faults.append(f"{where}: text {want!r} is {text.value!r} of type {text.data_type}")
            want = odd["numbers"][i % len(odd["numbers"])]
            near = number.value == want if exact else abs(number.value - want) <= abs(want) * 1e-14
            if number.data_type != "n" or not near:
                faults.append(f"{where}: number {want} is {number.value!r}")
            want = datetime.datetime.fromisoformat(odd["days"][i % len(odd["days"])])
            if not day.is_date or day.value != want:
                faults.append(f"{where}: day {want} is {day.value!r}")


path, work = sys.argv[2], sys.argv[3]
check("openpyxl", path, False)
check("openpyxl read-only", path, True)
profile = os.path.join(work, "profile-odd")
subprocess.run(["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML",
                "--outdir", os.path.join(work, "odd"), path], check=True, stdout=subprocess.DEVNULL, timeout=300)
check("LibreOffice", os.path.join(work, "odd", os.path.basename(path)), False, exact=False)
for fault in faults:
    print(fault)
print(f"{len(odd['texts'])} rows on two sheets read three times, {len(faults)} faults")
sys.exit(1 if faults else 0)
