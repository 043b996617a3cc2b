"""Read a series of dated values from a text file, and name every line that cannot be read."""

import csv
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from driehoek.evidence.series_day import looks_like_day, read_day
from driehoek.evidence.series_number import DecimalMark, Trouble, decimal_mark, read_number
from driehoek.evidence.series_row import Problem, ProblemId, SeriesFile, SeriesRow

BYTES_ALLOWED: Final = 1_000_000
ROWS_ALLOWED: Final = 20_000
PROBLEMS_SHOWN: Final = 100
_DATE_NAMES: Final = frozenset({"datum", "date", "dag", "day", "meetdatum", "measured on", "gemeten op"})
_VALUE_NAMES: Final = frozenset({"waarde", "value", "score", "aantal", "count", "cijfer", "meting", "result"})
_OUT_OF_NAMES: Final = frozenset({"van", "totaal", "noemer", "volume", "n", "out of", "of", "total", "all"})
_DELIMITERS: Final = ("\t", ";", ",")
_ZIP_OR_PICTURE: Final = (b"PK\x03\x04", b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"\xd0\xcf\x11\xe0", b"GIF8")


@dataclass(frozen=True, slots=True)
class _Columns:
    date_at: int
    value_at: int
    width: int
    value_name: str
    has_heading: bool
    out_of_at: int | None = None
    percents: bool = False
    may_miss: bool = False
    """Whether a line may leave out of how many open."""


def read_series(
    content: bytes,
    *,
    limit: int = BYTES_ALLOWED,
    decimal: DecimalMark | None = None,
    weighted: bool = False,
    percents: bool = False,
    shares: bool = False,
    merged: Collection[int] = (),
    unworked: Collection[int] = (),
) -> SeriesFile:
    """Read a file with a date and a value per line.

    Fields are separated by semicolons, tabs or commas; dates are 2026-01-31 or 31-01-2026; decimals have
    a comma or a point, one kind per file. Nothing is guessed: a number such as 1.234 is ambiguous unless
    another line shows which mark the file uses, or `decimal` says so. A file of exactly two columns may
    call its value as it likes; a file without a heading must have two columns, the date first. A title above
    the heading is let go.

    Parameters
    ----------
    content : the file's bytes; UTF-8 and UTF-16 with or without a byte order mark, otherwise Windows-1252.
    limit : most bytes to read.
    decimal : the decimal mark, when somebody has said which one it is.
    weighted : each line has three columns, in this order: date, what was counted, what that is out of.
    percents : a percent sign may stand behind a value, which is then told of its row and not worked out.
    shares : a third column may say out of how many: without a heading, or called "van", "totaal", "total" ...
    merged : lines in which cells were merged, so that nobody knows what belongs to which.
    unworked : lines with a formula of which the file does not hold the result.

    Returns
    -------
    SeriesFile with rows in the order of the file; never raises for what a file holds. At most 100
    problems, then one "more_problems" with the number left out.

    Example
    -------
    >>> read_series(b"datum;waarde\\n01-02-2026;3,5\\n").rows
    (SeriesRow(line=2, on=datetime.date(2026, 2, 1), value=Decimal('3.5'), out_of=None, percent=False),)
    >>> read_series(b"date,value\\n2026-02-01,1.234\\n").problems[0].id
    'value_ambiguous'
    """
    if len(content) > limit:
        return _refused("too_long", {"bytes": str(len(content)), "limit": str(limit)})
    text = decoded(content)
    if text is None:
        return _refused("not_text", {"kind": "spreadsheet" if content.startswith(b"PK") else "binary"})
    if not text.strip():
        return _refused("empty")
    lines, problems = _fields(text)
    lines = _below_the_title(lines, merged)
    heads = _three if weighted else _shared if shares else _columns
    columns = heads(*lines[0]) if lines else _refusal("empty")
    if isinstance(columns, Problem):
        return SeriesFile(problems=(columns, *problems))
    problems += [Problem("cells_merged", number) for number, _ in lines if number in merged]
    problems += [Problem("formula_unworked", number) for number in sorted({*unworked} - {*merged})]
    apart = [one for one in lines if one[0] not in merged and one[0] not in unworked]
    return _read_lines(apart, replace(columns, percents=percents), decimal, problems, lines[0])


def _read_lines(
    lines: Sequence[tuple[int, list[str]]],
    columns: _Columns,
    decimal: DecimalMark | None,
    problems: list[Problem],
    heading: tuple[int, list[str]],
) -> SeriesFile:
    body = [one for one in lines if one is not heading] if columns.has_heading else lines
    whole = [(number, fields) for number, fields in body if _width(number, fields, columns, problems)]
    mark = decimal or decimal_mark(fields[columns.value_at].rstrip("% ") for _, fields in whole)
    rows: dict[date, SeriesRow] = {}
    for number, fields in whole:
        found = _row(number, fields, columns, mark)
        if isinstance(found, Problem):
            problems.append(found)
        elif found.on in rows:
            first = str(rows[found.on].line)
            problems.append(Problem("duplicate_date", number, {"date": str(found.on), "first_line": first}))
        else:
            rows[found.on] = found
    if not body and not problems:
        problems.append(Problem("no_rows"))
    problems.sort(key=lambda problem: problem.line or 0)
    return SeriesFile(tuple(rows.values()), _capped(problems), columns.value_name)


def decoded(content: bytes) -> str | None:
    r"""The text of a file; None when it is no text.

    >>> decoded(b"datum;waarde"), decoded(b"\x89PNG")
    ('datum;waarde', None)
    """
    if content.startswith(_ZIP_OR_PICTURE):
        return None
    try:
        text = content.decode(_encoding(content))
    except UnicodeDecodeError:
        return None
    text = text.removeprefix("\ufeff")
    strange = re.search(r"[\x00-\x08\x0b\x0e-\x1f\x7f]", text)
    return None if strange else text


def _encoding(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    sample = content[:200]
    if sample and sample[1::2].count(0) * 2 > len(sample[1::2]):
        return "utf-16-le"
    if sample and sample[0::2].count(0) * 2 > len(sample[0::2]):
        return "utf-16-be"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _fields(text: str) -> tuple[list[tuple[int, list[str]]], list[Problem]]:
    """Every line that is not blank with its number, split on the delimiter."""
    lines: list[tuple[int, list[str]]] = []
    problems: list[Problem] = []
    given = re.split(r"\r\n|\r|\n", text)
    delimiter = _delimiter(given)
    for number, line in enumerate(given, start=1):
        if not line.strip(" ;,\t"):
            continue
        if len(lines) > ROWS_ALLOWED:
            problems.append(Problem("too_long", number, {"rows": str(ROWS_ALLOWED)}))
            break
        try:
            lines.append((number, next(csv.reader([line], delimiter=delimiter, strict=True))))
        except csv.Error:
            problems.append(Problem("broken_line", number, {"text": line[:60]}))
    return lines, problems


def _delimiter(lines: Sequence[str]) -> str:
    """That of the first line with a day, since a title may hold any; else of the first that has one."""
    there = [line for line in lines if any(mark in line for mark in _DELIMITERS)]
    dated = (
        one for one in there if any(looks_like_day(part.strip(' "')) for part in re.split("[\t;,]", one))
    )
    first = next(dated, next(iter(there), ";"))
    return next(mark for mark in _DELIMITERS if mark in first)


def _below_the_title(
    lines: list[tuple[int, list[str]]], merged: Collection[int]
) -> list[tuple[int, list[str]]]:
    """Without the lines above the heading that hold one text, or one over merged cells, and no day."""
    for at, (number, fields) in enumerate(lines):
        alone = sum(1 for text in fields if text.strip()) == 1
        if looks_like_day(fields[0].strip()) or not (alone or number in merged):
            return lines[at:]
    return lines


def _columns(line: int, first: Sequence[str]) -> _Columns | Problem:
    names = [name.strip().casefold() for name in first]
    while names and not names[-1]:
        names.pop()
    if len(names) == 2 and looks_like_day(names[0]):
        return _Columns(0, 1, 2, "", has_heading=False)
    dates = [at for at, name in enumerate(names) if name in _DATE_NAMES]
    values = [at for at, name in enumerate(names) if name in _VALUE_NAMES]
    if len(dates) == 1 and not values and len(names) == 2:
        values = [1 - dates[0]]
    if len(dates) == 1 and len(values) == 1:
        return _Columns(dates[0], values[0], len(names), first[values[0]].strip(), has_heading=True)
    heading = ", ".join(name.strip() for name in first if name.strip())[:200]
    if len(dates) > 1 or len(values) > 1:
        return Problem("unclear_columns", line, {"found": heading})
    missing = "value" if dates else "date" if values else "both"
    return Problem("missing_column", line, {"column": missing, "found": heading})


def _three(line: int, first: Sequence[str]) -> _Columns | Problem:
    """Of a weighted series: by their order, since their names differ from one measure to the next."""
    names = [name.strip() for name in first]
    while names and not names[-1]:
        names.pop()
    if len(names) != 3:
        return Problem("missing_volume", line, {"found": ", ".join(names)[:200]})
    return _Columns(0, 1, 3, names[1], has_heading=not looks_like_day(names[0]), out_of_at=2)


def _shared(line: int, first: Sequence[str]) -> _Columns | Problem:
    """Of a share: out of how many may stand in a third column."""
    names = [name.strip().casefold() for name in first]
    while names and not names[-1]:
        names.pop()
    dates = [at for at, name in enumerate(names) if name in _DATE_NAMES]
    volumes = [at for at, name in enumerate(names) if name in _OUT_OF_NAMES]
    if len(names) == 3 and looks_like_day(names[0]):
        return _Columns(0, 1, 3, "", has_heading=False, out_of_at=2, may_miss=True)
    if len(names) == 3 and len(dates) == len(volumes) == 1:
        (value,) = {0, 1, 2} - {*dates, *volumes}
        return _Columns(dates[0], value, 3, first[value].strip(), True, volumes[0], may_miss=True)
    return _columns(line, first)


def _width(number: int, fields: Sequence[str], columns: _Columns, problems: list[Problem]) -> bool:
    extra = [text for text in fields[columns.width :] if text.strip()]
    out_of_at = 0 if columns.may_miss else columns.out_of_at or 0
    if len(fields) <= max(columns.date_at, columns.value_at, out_of_at) or extra:
        id_: ProblemId = "too_many_fields" if extra else "too_few_fields"
        facts = {"found": str(len(fields)), "wanted": str(columns.width)}
        problems.append(Problem(id_, number, facts))
        return False
    return True


def _row(
    line: int, fields: Sequence[str], columns: _Columns, mark: DecimalMark | None
) -> SeriesRow | Problem:
    day = fields[columns.date_at].strip()
    on = read_day(day)
    if not isinstance(on, date):
        return Problem(on, line, {"text": day[:60]})
    numbers = []
    percent = columns.percents and fields[columns.value_at].rstrip().endswith("%")
    for at in (columns.value_at, columns.out_of_at):
        if at is not None and not (at == columns.out_of_at and columns.may_miss and _is_open(fields, at)):
            value = read_number(fields[at].strip().removesuffix("%" if percent else ""), mark)
            if isinstance(value, Trouble):
                return Problem(value.id, line, {"text": fields[at].strip()[:60], **value.facts})
            numbers.append(value)
    return SeriesRow(line, on, numbers[0], next(iter(numbers[1:]), None), percent)


def _is_open(fields: Sequence[str], at: int) -> bool:
    return not "".join(fields[at : at + 1]).strip()


def _refusal(id_: ProblemId, facts: Mapping[str, str] | None = None) -> Problem:
    return Problem(id_, None, facts or {})


def _refused(id_: ProblemId, facts: Mapping[str, str] | None = None) -> SeriesFile:
    return SeriesFile(problems=(_refusal(id_, facts),))


def _capped(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    if len(problems) <= PROBLEMS_SHOWN:
        return tuple(problems)
    left = str(len(problems) - PROBLEMS_SHOWN)
    return (*problems[:PROBLEMS_SHOWN], Problem("more_problems", None, {"count": left}))
