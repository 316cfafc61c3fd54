#!/usr/bin/env bash
# Makes all files of the corpus anew, into the folder named, or into the corpus
# itself. What the programs need is installed into a temporary folder.
#
#   needs: Go, Node with npm, LibreOffice Calc, and a Python that has openpyxl
#   and LibreOffice's own interface (PYTHON, /usr/bin/python3 by default)
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../../../.." && pwd)
out=${1:-$(dirname "$here")}
out=$(mkdir -p "$out" && cd "$out" && pwd)
python=${PYTHON:-/usr/bin/python3}

for program in go node npm soffice "$python"; do
  command -v "$program" >/dev/null || { echo "make.sh: $program is not installed" >&2; exit 1; }
done

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export PYTHONDONTWRITEBYTECODE=1 PYTHONPATH=$work/python TZ=UTC CORPUS_MODULES=$work LC_ALL=C.UTF-8

"$python" -c 'import uno' || { echo "make.sh: $python cannot talk to LibreOffice (install python3-uno)" >&2; exit 1; }
for module in openpyxl==3.0.9 XlsxWriter==3.0.2; do
  name=${module%%=*}
  "$python" -c "import ${name,,}" 2>/dev/null || "$python" -m pip install --quiet --target "$work/python" "$module"
done
(cd "$work" && npm init --yes >/dev/null && npm install --silent --no-audit --no-fund exceljs@4.4.0 xlsx@0.18.5 >/dev/null)

say() { printf 'corpus: %s\n' "$*"; }
say 'Python'
for script in text_files text_faults json_files; do "$python" "$here/$script.py" "$out"; done
say 'openpyxl and XlsxWriter'
for script in openpyxl_files xlsxwriter_files; do "$python" "$here/$script.py" "$out"; done
say 'exceljs and SheetJS'
for script in exceljs_files sheetjs_files; do node "$here/$script.mjs" "$out"; done
say 'excelize'
(cd "$root" && go run ./api/sheet/testdata/corpus/make/excelize "$here/tables.json" "$out")
say 'LibreOffice'
"$python" "$here/libreoffice_files.py" "$out"
say 'files changed by a script'
"$python" "$here/mangled_files.py" "$out"
say "$(find "$out" -maxdepth 1 -type f ! -name 'corpus.json' ! -name 'README.md' | wc -l) files in $out"
