"""The synthetic tables that every program of the corpus writes in its own way."""

import datetime
import json
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))

with open(os.path.join(HERE, "tables.json"), encoding="utf-8") as file:
    TABLES = json.load(file)

OUT = sys.argv[1] if len(sys.argv) > 1 else os.path.dirname(HERE)

# Programs that write a time of their own get this one, so that they write the
# same bytes each time.
THEN = datetime.datetime(2026, 11, 15, 9, 0, 0)


def out(name):
    return os.path.join(OUT, name)


def header(kind, canonical=False):
    return list(TABLES[kind]["canonical" if canonical else "header"])


def is_date(value):
    return isinstance(value, str) and len(value) == 10 and value[4] == "-" and value[7] == "-"


def rows(kind):
    """The rows with dates as text."""
    return [list(row) for row in TABLES[kind]["rows"]]


def dated(kind):
    """The rows with dates as dates."""
    return [[datetime.date.fromisoformat(v) if is_date(v) else v for v in row] for row in TABLES[kind]["rows"]]


def slashed(value):
    """An ISO date as people in the United Kingdom write it."""
    return f"{value[8:]}/{value[5:7]}/{value[:4]}" if is_date(value) else value


def text(value):
    return "" if value is None else str(value)
