"""Writes CSV in the dialects that people send."""

from tables import out, text


def quoted(value, delimiter=","):
    value = text(value)
    if any(c in value for c in (delimiter, '"', "\n", "\r")):
        return '"' + value.replace('"', '""') + '"'
    return value


def lines(table, delimiter=","):
    return [delimiter.join(quoted(value, delimiter) for value in row) for row in table]


def write(name, content, encoding="utf-8"):
    with open(out(name), "wb") as file:
        file.write(content if isinstance(content, bytes) else content.encode(encoding))


def csv(name, table, delimiter=",", end="\r\n", encoding="utf-8", before=""):
    write(name, before + end.join(lines(table, delimiter)) + end, encoding)
