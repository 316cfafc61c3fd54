// The synthetic tables that every program of the corpus writes in its own way.
import { readFileSync } from "node:fs";
import path from "node:path";

const here = import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname);
export const tables = JSON.parse(readFileSync(path.join(here, "tables.json"), "utf8"));
export const out = (name) => path.join(process.argv[2] ?? path.dirname(here), name);

const isDate = (value) => typeof value === "string" && /^\d{4}-\d{2}-\d{2}$/.test(value);

// rows gives the header and the rows, dates as dates at midnight of UTC.
export function rows(kind, canonical = false) {
  const table = tables[kind];
  const values = table.rows.map((row) => row.map((value) => (isDate(value) ? new Date(value + "T00:00:00Z") : value)));
  return [canonical ? table.canonical : table.header, ...values];
}

// texts is rows with dates as ISO text.
export function texts(kind, canonical = false) {
  const table = tables[kind];
  return [canonical ? table.canonical : table.header, ...table.rows];
}
