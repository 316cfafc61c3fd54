"""Writes the benchmark's table of synthetic rows with XlsxWriter in constant_memory mode.

Usage: xlsxwriter_rows.py ROWS FILE. Prints the peak of resident memory in kB.
"""
import sys

import xlsxwriter

GROUPS = ["Nursing", "Medical and dental", "Allied health", "Estates", "Administration & clerical",
          "Healthcare scientists", "Additional clinical services"]
BANDS = ["2", "3", "4", "5", "6", "7", "8a", "8b", "9"]

rows = int(sys.argv[1])
book = xlsxwriter.Workbook(sys.argv[2], {"constant_memory": True})
sheet = book.add_worksheet("Data")
bold, day, two = (book.add_format(f) for f in ({"bold": True}, {"num_format": "d mmm yyyy"}, {"num_format": "#,##0.00"}))
sheet.set_column(0, 14, 14)
for column in range(15):
    sheet.write_string(0, column, f"Column {column + 1}", bold)
for row in range(rows):
    mixed = row * 2654435761 & 0xFFFFFFFF
    texts = (f"E{row:07d}", "R" + chr(65 + row // 7000 % 26) + chr(65 + row // 180000 % 26), GROUPS[(mixed >> 8) % 7],
             BANDS[(mixed >> 12) % 9], f"Team {(mixed >> 16) % 400}")
    for column, text in enumerate(texts):
        sheet.write_string(row + 1, column, text)
    sheet.write_number(row + 1, 5, 45000 + (mixed >> 7) % 700, day)
    sheet.write_number(row + 1, 6, 46000 + (mixed >> 9) % 365, day)
    for column in range(8):
        n = (mixed >> column) % 10000
        if column < 4:
            sheet.write_number(row + 1, 7 + column, n % 5)
        else:
            sheet.write_number(row + 1, 7 + column, n / 100, two)
book.close()
with open("/proc/self/status") as status:
    print("peak_kB", next(line.split()[1] for line in status if line.startswith("VmHWM:")))
