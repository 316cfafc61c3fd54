// Workbooks and texts written by SheetJS.
import "./fixed_time.mjs";
import { createRequire } from "node:module";
import { writeFileSync } from "node:fs";
import { out, rows, texts } from "./tables.mjs";

const XLSX = createRequire(process.env.CORPUS_MODULES + "/")("xlsx");

function book(sheets, properties = {}) {
  const made = XLSX.utils.book_new();
  made.Workbook = { WBProps: properties };
  made.Props = { Author: "synthetic", CreatedDate: new Date(), ModifiedDate: new Date() };
  for (const [name, table, options] of sheets) {
    XLSX.utils.book_append_sheet(made, XLSX.utils.aoa_to_sheet(table, { dateNF: "dd/mm/yyyy", ...options }), name);
  }
  return made;
}

const save = (made, name, options) => writeFileSync(out(name), XLSX.write(made, { type: "buffer", ...options }));
const staff = (options) => book([["Data", rows("staff"), options]]);

save(staff(), "sheetjs-staff.xlsx", { bookType: "xlsx" });
save(staff(), "sheetjs-staff-shared-texts.xlsx", { bookType: "xlsx", bookSST: true, compression: true });
save(staff({ cellDates: true }), "sheetjs-staff-iso-dates.xlsx", { bookType: "xlsx", cellDates: true });
save(book([["Data", texts("vacancies")]]), "sheetjs-vacancies.xlsx", { bookType: "xlsx", bookSST: true });
save(book([["Data", texts("targets")]]), "sheetjs-targets.xlsx", { bookType: "xlsx", bookSST: true });
save(book([["Skills", texts("assessments")]]), "sheetjs-assessments.xlsx", { bookType: "xlsx" });
{
  // aoa_to_sheet counts days from 1900; the serials of 1904 are 1,462 fewer.
  const made = book([["Data", rows("staff")]], { date1904: true });
  const sheet = made.Sheets.Data;
  for (const place of Object.keys(sheet)) {
    if (sheet[place].t === "n" && /^[IJ]/.test(place)) sheet[place].v -= 1462;
  }
  save(made, "sheetjs-staff-1904.xlsx", { bookType: "xlsx" });
}
{
  const made = book([["Lists", [["staff_group", "band", "fte"], ["08", "6", "1"]]], ["Notes", [["employee_number"]]], ["Data", rows("staff")], ["Old", [["Cost", 1]]]]);
  made.Workbook.Sheets = [{ Hidden: 1 }, { Hidden: 0 }, { Hidden: 0 }, { Hidden: 2 }];
  save(made, "sheetjs-staff-sheets-in-any-order.xlsx", { bookType: "xlsx" });
}
{
  const made = book([["Data", [["Employee Number", "Staff Group", "AfC Band", "WTE"], ["S000123", "08", "6", 1], ["S000124", "08", "6", 1]]]]);
  made.Sheets.Data.C2 = { t: "e", v: 0x2a };
  made.Sheets.Data.D3 = { t: "e", v: 0x07, f: "1/0" };
  save(made, "sheetjs-faults-error-cells.xlsx", { bookType: "xlsx" });
}

// What the program saves under other names and what people rename to .xlsx.
save(staff(), "sheetjs-refused-old.xls", { bookType: "biff8" });
save(staff(), "sheetjs-refused-old-5.xls", { bookType: "biff5" });
save(staff(), "sheetjs-refused-binary.xlsb", { bookType: "xlsb" });
save(staff(), "sheetjs-refused-opendocument-named.xlsx", { bookType: "ods" });
save(staff(), "sheetjs-refused-html-named.xls", { bookType: "html" });
save(staff(), "sheetjs-refused-xml-2003-named.xls", { bookType: "xlml" });

writeFileSync(out("sheetjs-staff-semicolon.csv"), XLSX.utils.sheet_to_csv(staff().Sheets.Data, { FS: ";", dateNF: "dd/mm/yyyy" }));
save(staff(), "sheetjs-staff-unicode.txt", { bookType: "txt" });

// JSON as programs send it.
const named = (kind) => XLSX.utils.sheet_to_json(XLSX.utils.aoa_to_sheet(texts(kind, true)));
writeFileSync(out("sheetjs-staff.json"), JSON.stringify({ rows: named("staff") }, null, 1));
writeFileSync(out("sheetjs-vacancies.json"), JSON.stringify({ rows: named("vacancies") }));
writeFileSync(out("sheetjs-assessments.json"), JSON.stringify({ rows: named("assessments") }));
