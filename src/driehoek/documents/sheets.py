"""A sheet of a spreadsheet as lines of text, so that one reader serves whatever a series comes in."""

import re
from collections.abc import Container
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from typing import Any, Final, NoReturn
from zipfile import ZipFile

from django.utils.translation import gettext as _

from driehoek.documents.packages import office_kind
from driehoek.kit.errors import Refused

# openpyxl is imported where it is needed: it takes most of a second, and most pages do without.

MOST_ROWS: Final = 20_001
MOST_COLUMNS: Final = 30
MOST_UNPACKED: Final = 20 * 2**20
MOST_BESIDE: Final = 4 * 2**20
"""What a part that is no sheet may hold, such as the styles: those are read whole, and slowly."""
_MERGED: Final = re.compile(rb"<(?:\w+:)?mergeCell\b[^>]*?\bref=[\"']\$?[A-Z]+\$?(\d+):\$?[A-Z]+\$?(\d+)")

_UNWORKED: Final = re.compile(
    rb"<(?:\w+:)?c\b[^>]*?\br=[\"']([A-Z]{1,3})(\d{1,7})[\"'][^>]*>\s*"
    rb"<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)


@dataclass(frozen=True)
class Sheet:
    """The first sheet that is not hidden: a line of text per row, fields apart by a tab."""

    name: str
    text: str
    merged: frozenset[int] = frozenset()
    """The rows in which cells are merged."""
    unworked: frozenset[int] = frozenset()
    """The rows with a formula of which the file does not hold the result; there stands `=…`."""


def read_sheet(content: bytes) -> Sheet:
    """The values of a spreadsheet (XLSX), as they were last worked out there.

    Refuses, on the field `file`, with a sentence, whatever is no whole spreadsheet or unpacks without end.
    Row 7 of the sheet is line 7 of the text. A cell shown as a percentage says so; a number is never written
    in a way that can be read twice.
    """
    if office_kind(content) != "xlsx":
        _refuse(_("This is no spreadsheet. Save it as XLSX or CSV and choose that file."))
    _refuse_large(content)
    try:
        return _read(content)
    except Refused:
        raise
    except Exception as broken:  # whatever a stranger's file does to the library, the answer is a sentence
        raise Refused("file", _broken()) from broken


def _read(content: bytes) -> Sheet:
    from openpyxl import load_workbook

    book = load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
    try:
        shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        if not shown:
            _refuse(_("There is no sheet with values in this file."))
        rows = shown[0].iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS)
        path = shown[0]._worksheet_path
        unworked = _unworked(content, path)
        lines = ["\t".join(_text(cell, unworked) for cell in row).rstrip("\t") for row in rows]
        odd = frozenset(row for _column, row in unworked if row <= len(lines))
        return Sheet(shown[0].title, "\n".join(lines), _merged(content, path, len(lines)), odd)
    finally:
        book.close()


def _merged(content: bytes, part: str, most: int) -> frozenset[int]:
    """The library does not tell of merged cells while it reads line by line, so they are looked up."""
    with ZipFile(BytesIO(content)) as package:
        found = _MERGED.findall(package.read(part))
    spans = (range(int(first), min(int(last), most) + 1) for first, last in found[:MOST_ROWS])
    return frozenset(row for span in spans for row in span)


def _unworked(content: bytes, part: str) -> frozenset[tuple[str, int]]:
    """Where a formula stands without what it came to; the library tells of an empty cell."""
    with ZipFile(BytesIO(content)) as package:
        found = _UNWORKED.findall(package.read(part))
    return frozenset((column.decode(), int(row)) for column, row in found)


def _text(cell: Any, unworked: Container[tuple[str, int]]) -> str:
    value = cell.value
    if value is None:
        at = getattr(cell, "column_letter", ""), getattr(cell, "row", 0)
        return "=…" if at in unworked else ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _number(value, percent="%" in (cell.number_format or ""))
    return re.sub(r"\s+", " ", str(value).replace('"', "'"))


def _number(value: float, *, percent: bool) -> str:
    """The fifteen figures a spreadsheet knows.

    A third decimal gets a zero behind it, so that nobody takes its point for one of thousands.
    """
    exact = Decimal(f"{value:.15g}") * (100 if percent else 1)
    plain = f"{exact.normalize():f}"
    whole, point, rest = plain.partition(".")
    return f"{whole}{point}{rest}{'0' if len(rest) == 3 else ''}{'%' if percent else ''}"


def _refuse_large(content: bytes) -> None:
    """By the sizes that the archive tells, past which nothing is read: more would not match its checksum."""
    with ZipFile(BytesIO(content)) as package:
        sizes = {part.filename: part.file_size for part in package.infolist()}
    beside = [size for name, size in sizes.items() if "/worksheets/" not in name]
    if sum(sizes.values()) > MOST_UNPACKED or max(beside, default=0) > MOST_BESIDE:
        _refuse(
            _("Unpacked, this spreadsheet is too large. Keep one sheet with a date and a value per line.")
        )


def _broken() -> str:
    return _("This spreadsheet is not whole. Save it once more, or save it as CSV.")


def _refuse(sentence: str) -> NoReturn:
    raise Refused("file", sentence)
