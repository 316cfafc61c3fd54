// Workbooks and CSV files written by exceljs.
import "./fixed_time.mjs";
import { createRequire } from "node:module";
import { out, rows } from "./tables.mjs";

const ExcelJS = createRequire(process.env.CORPUS_MODULES + "/")("exceljs");

function book(sheet, table, properties = {}) {
  const made = new ExcelJS.Workbook();
  made.creator = "synthetic";
  made.created = new Date();
  made.modified = new Date();
  Object.assign(made.properties, properties);
  made.addWorksheet(sheet).addRows(table);
  return made;
}

const save = (made, name) => made.xlsx.writeFile(out(name));

await save(book("Data", rows("staff")), "exceljs-staff.xlsx");
await save(book("Data", rows("staff"), { date1904: true }), "exceljs-staff-1904.xlsx");
await save(book("Data", rows("vacancies")), "exceljs-vacancies.xlsx");
await save(book("Vacancies", rows("positions")), "exceljs-positions.xlsx");
await save(book("Skills", rows("assessments")), "exceljs-assessments.xlsx");
await book("Data", rows("staff")).csv.writeFile(out("exceljs-staff.csv"), { dateFormat: "DD/MM/YYYY", dateUTC: true });

// The stream writer leaves out the shared texts and packs each part as it goes.
const stream = new ExcelJS.stream.xlsx.WorkbookWriter({ filename: out("exceljs-staff-streamed.xlsx"), useSharedStrings: false, useStyles: true });
stream.created = new Date();
stream.modified = new Date();
const streamed = stream.addWorksheet("Data");
for (const row of rows("staff")) streamed.addRow(row).commit();
streamed.commit();
await stream.commit();

// Rich texts, links, formulas shared between cells, notes and pictures of none.
{
  const made = book("Staff", rows("staff"));
  const sheet = made.worksheets[0];
  sheet.getCell("A2").value = { richText: [{ text: "S000", font: { bold: true } }, { text: "123" }] };
  sheet.getCell("F2").value = { text: "Café £ desk", hyperlink: "https://example.org/desk" };
  sheet.getCell("C2").note = "synthetic";
  sheet.getCell("G2").value = { formula: "22.5/37.5", result: 0.6 };
  sheet.getCell("G3").value = { formula: "37.5/37.5", result: 1 };
  sheet.getCell("I4").value = { formula: 'IF(TRUE,"","x")', result: "" };
  sheet.getCell("I5").value = { formula: "DATE(2019,3,4)", result: new Date("2019-03-04T00:00:00Z") };
  sheet.getCell("I5").numFmt = "dd/mm/yyyy";
  sheet.getCell("B2").value = { formula: '"Administrative and "&"Clerical"', result: "Administrative and Clerical" };
  sheet.views = [{ state: "frozen", ySplit: 1 }];
  sheet.autoFilter = "A1:J1";
  made.addWorksheet("Pivot", { state: "hidden" }).addRows([["Count", 6]]);
  await save(made, "exceljs-staff-rich-formulas.xlsx");
}

// Faults in cells of other types than text.
{
  const made = book("Data", [
    ["Employee Number", "Staff Group", "AfC Band", "WTE", "Start Date"],
    ["S000123", "08", { error: "#N/A" }, 1, new Date("2020-10-31T00:00:00Z")],
    ["S000124", "08", "6", { formula: "1/0", result: { error: "#DIV/0!" } }, "not yet"],
    ["S000125", "08", 6.5, "0.5", true],
    ["S000126", "08", "6", new Date("2020-10-31T00:00:00Z"), "10/31/20"],
  ]);
  await save(made, "exceljs-faults-cells.xlsx");
}
await save(book("Skills", [
  ["Employee Number", "Assessment Date", "CCP", "TLS", "IDM"],
  ["S000123", new Date("2026-10-30T00:00:00Z"), 5, 2.5, "high"],
  ["S000124", new Date("2027-01-01T00:00:00Z"), 4, true, new Date("2026-01-02T00:00:00Z")],
]), "exceljs-faults-assessments.xlsx");
await save(book("Data", [["Employee Number", "Staff Group", "WTE", "Team"], ["S000123", "08", 1, "x".repeat(32768)]]), "exceljs-limit-cell.xlsx");

// An address that hides behind a link's text is not read; one in the text is.
{
  const table = rows("staff");
  table[0].push("Contact");
  table[3].push({ text: "canary.person@example.org", hyperlink: "mailto:canary.person@example.org" });
  await save(book("Data", table), "exceljs-personal-email-cell.xlsx");
}
