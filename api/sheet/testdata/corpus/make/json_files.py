"""JSON files as scripts write them, good and bad. Python's json writes them."""

import json

from csv_writing import write
from tables import header, rows


def records(kind):
    names = header(kind, canonical=True)
    return [{name: value for name, value in zip(names, row) if value is not None} for row in rows(kind)]


def save(name, made, encoding="utf-8", before="", **options):
    write(name, before + json.dumps(made, **options), encoding)


def good():
    staff = records("staff")
    save("json-staff-escapes.json", {"rows": staff}, ensure_ascii=True, indent=2)
    save("json-staff-bom.json", {"rows": staff}, before="\ufeff", ensure_ascii=False)
    save("json-staff-one-record.json", {"rows": staff[:1]})
    save("json-staff-nulls-and-order.json", {"rows": [dict(reversed({**dict.fromkeys(header("staff", canonical=True)), **row}.items())) for row in staff]})
    save("json-staff-numbers-as-text.json", {"rows": [{k: str(v) for k, v in row.items()} for row in staff]})
    save("json-positions.json", {"rows": records("positions")})
    save("json-targets.json", {"rows": [{name: row.get(name) for name in header("targets", canonical=True)} for row in records("targets")]})
    long = []
    for number, day, who, *answers in rows("assessments"):
        for code, answer in zip(header("assessments")[3:], answers):
            if answer is not None:
                row = {"employee_number": number, "assessed_on": day, "assessor_kind": who or "", "competence_code": code, "level": answer}
                long.append({**row, "need": 3} if code == "CCP" else row)
    save("json-assessments-long.json", {"rows": long})


def faults():
    save("json-faults-values.json", {"rows": [
        {"employee_number": "S000123", "staff_group": "08", "job_role_code": 8014, "band": "8e", "fte": "full"},
        {"employee_number": 124, "staff_group": 8, "band": 6, "fte": 1, "shoe_size": 9},
        {"employee_number": "S000125", "staff_group": "08", "fte": True, "started_on": "10/31/2020"},
        {"staff_group": "08", "fte": 1},
    ]})
    save("json-faults-no-rows.json", {"rows": []})
    save("json-faults-other-shape.json", {"data": records("staff")})
    save("json-faults-list.json", records("staff"))
    save("json-faults-nested-value.json", {"rows": [records("staff")[0], {**records("staff")[1], "team": {"name": "Digital"}}]})
    save("json-faults-row-is-text.json", {"rows": [records("staff")[0], "S000124"]})
    whole = json.dumps({"rows": records("staff")})
    write("json-faults-cut.json", whole[: len(whole) // 2])
    write("json-faults-more-behind.json", whole + whole)
    write("json-faults-key-twice.json", whole.replace('"fte": 1,', '"fte": 1, "fte": 0.5,', 1))
    write("json-faults-deep.json", '{"rows":[' + '{"team":' * 2000 + "1" + "}" * 2000 + "]}")
    write("json-faults-control.json", whole.replace("Digital", "Digi\\u0007tal"))
    write("json-faults-bad-utf8.json", whole.replace("Digital", "Digit\\u00e9l").encode().replace(b"\\u00e9", b"\xe9"))
    save("json-personal-field.json", {"rows": [{**records("staff")[0], "date_of_birth": "1970-01-01"}]})
    save("json-personal-value.json", {"rows": [records("staff")[0], {**records("staff")[1], "team": "ask QQ 12 34 56 C"}]})
    save("json-limit-rows.json", {"rows": [{"employee_number": f"S00030{i}", "staff_group": "08", "fte": 1} for i in range(6)]})


good()
faults()
