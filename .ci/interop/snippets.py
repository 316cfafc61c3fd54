"""The snippets of docs/totals.md, run against a server and compared with its JSON."""

import json
import os
import re
import shutil
import subprocess
import sys
import urllib.request

GUIDE = "docs/totals.md"


def snippet(language):
    """The one fenced block of a language in the guide."""
    with open(GUIDE, encoding="utf-8") as guide:
        blocks = re.findall(rf"^```{language}\n(.*?)^```$", guide.read(), re.S | re.M)
    if len(blocks) != 1:
        raise SystemExit(f"{GUIDE} has {len(blocks)} blocks of {language}")
    return blocks[0]


def wanted(url, token):
    """What every snippet prints: month, region, staff group, its name and the gap."""
    request = urllib.request.Request(url + "/api/v1/vacancies/totals?group_by=region,staff_group", headers={"Authorization": "Bearer " + token})
    with urllib.request.urlopen(request) as answer:
        rows = json.load(answer)["rows"]
    lines = []
    for row in rows:
        gap = row["vacancy_fte"] if row["vacancy_fte"] is not None else "[" + row["status"]["vacancy_fte"] + "]"
        lines.append([row["month"], row["region"], row["staff_group"], row["staff_group_name"], gap])
    return lines


def printed(output):
    lines = []
    for line in output.splitlines():
        *texts, gap = line.split("\t")
        lines.append(texts + [gap if gap.startswith("[") else float(gap)])
    return lines


def compare(work, url, token, check):
    """Runs the Python snippet, and the R one where R is installed."""
    want = wanted(url, token)
    if not want:
        raise SystemExit("there is nothing to compare the snippets with")
    environment = dict(os.environ, SKILLSTRACKER_URL=url, SKILLSTRACKER_TOKEN=token)
    programs = {"python": [sys.executable]}
    if shutil.which("Rscript"):
        programs["r"] = ["Rscript", "--vanilla"]
    else:
        print("Rscript is not installed: the R snippet of docs/totals.md was NOT run")
    for language, program in programs.items():
        path = os.path.join(work, "snippet." + language)
        with open(path, "w", encoding="utf-8") as out:
            out.write(snippet(language))
        ran = subprocess.run([*program, path], env=environment, capture_output=True, text=True)
        if ran.returncode != 0:
            check(f"{language} snippet", ran.stderr[-1000:], "")
            continue
        check(f"{language} snippet", printed(ran.stdout), want)
        print(f"the {language} snippet of docs/totals.md printed {len(want)} rows as the JSON has them")
