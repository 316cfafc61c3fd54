/* Writes the benchmark's table of synthetic rows with libxlsxwriter in constant-memory
   mode: ROWS rows of 5 texts, 2 dates and 8 numbers below a header in bold.
   Usage: libxlsxwriter ROWS FILE. Prints the peak of resident memory in kB. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xlsxwriter.h>

static const char *groups[] = {"Nursing", "Medical and dental", "Allied health", "Estates", "Administration & clerical",
                               "Healthcare scientists", "Additional clinical services"};
static const char *bands[] = {"2", "3", "4", "5", "6", "7", "8a", "8b", "9"};

int main(int argc, char **argv) {
  if (argc != 3) return 2;
  int rows = atoi(argv[1]);
  lxw_workbook_options options = {.constant_memory = LXW_TRUE};
  lxw_workbook *book = workbook_new_opt(argv[2], &options);
  lxw_worksheet *sheet = workbook_add_worksheet(book, "Data");
  lxw_format *bold = workbook_add_format(book), *day = workbook_add_format(book), *two = workbook_add_format(book);
  format_set_bold(bold);
  format_set_num_format(day, "d mmm yyyy");
  format_set_num_format(two, "#,##0.00");
  worksheet_set_column(sheet, 0, 14, 14, NULL);
  char text[64];
  for (int column = 0; column < 15; column++) {
    snprintf(text, sizeof text, "Column %d", column + 1);
    worksheet_write_string(sheet, 0, column, text, bold);
  }
  for (int row = 0; row < rows; row++) {
    unsigned mixed = (unsigned)row * 2654435761u;
    snprintf(text, sizeof text, "E%07d", row);
    worksheet_write_string(sheet, row + 1, 0, text, NULL);
    snprintf(text, sizeof text, "R%c%c", 'A' + row / 7000 % 26, 'A' + row / 180000 % 26);
    worksheet_write_string(sheet, row + 1, 1, text, NULL);
    worksheet_write_string(sheet, row + 1, 2, groups[(mixed >> 8) % 7], NULL);
    worksheet_write_string(sheet, row + 1, 3, bands[(mixed >> 12) % 9], NULL);
    snprintf(text, sizeof text, "Team %u", (mixed >> 16) % 400);
    worksheet_write_string(sheet, row + 1, 4, text, NULL);
    worksheet_write_number(sheet, row + 1, 5, 45000 + (mixed >> 7) % 700, day);
    worksheet_write_number(sheet, row + 1, 6, 46000 + (mixed >> 9) % 365, day);
    for (int column = 0; column < 8; column++) {
      unsigned n = (mixed >> column) % 10000;
      worksheet_write_number(sheet, row + 1, 7 + column, column < 4 ? n % 5 : n / 100.0, column < 4 ? NULL : two);
    }
  }
  if (workbook_close(book) != LXW_NO_ERROR) return 1;
  FILE *status = fopen("/proc/self/status", "r");
  while (status && fgets(text, sizeof text, status))
    if (strncmp(text, "VmHWM:", 6) == 0) printf("peak_kB %ld\n", atol(text + 6));
  return 0;
}
