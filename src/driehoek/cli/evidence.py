"""`driehoek evidence`: questions about numbers in as JSON, answers out as JSON."""

import argparse
import csv
import json
import math
import os
import sys
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, NoReturn

from driehoek.evidence.methods import METHODS, answer_one
from driehoek.evidence.methods.reading import REQUIRED, Columns

HELP = """Work out numbers of evidence. Reads one JSON object {"id"?, "method", "input"}, or a list of them,
from standard input, and writes the answers in the same order."""
LARGEST = 64_000_000


class Unreadable(Exception):
    """A sentence for whoever sent this."""


def main(arguments: Sequence[str] | None = None) -> int:
    """driehoek evidence [--list] [--data DIR]; returns the exit code."""
    parser = argparse.ArgumentParser("driehoek evidence", description=HELP)
    parser.add_argument("--list", action="store_true", help="describe every method and its input, as JSON")
    parser.add_argument("--data", type=Path, help='the folder of the files that an input names as "dataset"')
    options = parser.parse_args(arguments)
    try:
        if options.list:
            found: Any = [described(name) for name in METHODS]
        else:
            asked = _asked()
            rows = asked if isinstance(asked, list) else [asked]
            answers = [answer_one(_with_data(one, options.data), METHODS) for one in rows]
            found = answers if isinstance(asked, list) else answers[0]
        return _write(found)
    except Unreadable as sentence:
        print(sentence, file=sys.stderr)
        return 2


def described(name: str) -> dict[str, Any]:
    """What one method answers, and every part of its input."""
    method = METHODS[name]
    parts = {
        part: {"shape": one.shape, "meaning": one.meaning, "required": one.default is REQUIRED}
        for part, one in method.takes.items()
    }
    return {"method": name, "answers": method.answers, "input": parts}


def _asked() -> Any:
    given = sys.stdin.buffer.read(LARGEST + 1) if sys.stdin else b""  # a closed one is None
    if len(given) > LARGEST:
        raise Unreadable("This is more than 64 MB. Ask in smaller lists.")
    try:
        return json.loads(given.decode("utf-8-sig"), parse_float=_decimal, parse_constant=_no_number)
    except UnicodeDecodeError:
        raise Unreadable("This is not UTF-8 text. Save the JSON as UTF-8.") from None
    except (ValueError, RecursionError) as error:
        where = (
            f" at line {error.lineno}, column {error.colno}"
            if isinstance(error, json.JSONDecodeError)
            else ""
        )
        raise Unreadable(f"This is not JSON{where}. Give one object, or a list of objects.") from None


def _decimal(digits: str) -> Decimal:
    """A number keeps the digits with which it was written: 0.15 is then exactly that."""
    return Decimal(digits)


def _as_written(id_: Any) -> float | str:
    """An id may be a number with a point."""
    number = float(id_)
    return number if math.isfinite(number) else str(id_)


def _no_number(word: str) -> NoReturn:
    raise ValueError(f"{word} is no number")


def _with_data(asked: Any, folder: Path | None) -> Any:
    """The question with the columns of the file it names. A file that is not there is no question."""
    given = asked.get("input") if isinstance(asked, Mapping) else None
    if not isinstance(given, Mapping) or not isinstance(given.get("dataset"), str):
        return asked
    name = given["dataset"]
    if folder is None:
        return asked | {"input": {"dataset": f"{name}: say where it lies with --data DIR"}}
    if name not in _files(folder):
        return asked | {"input": {"dataset": f"{name}: there is no such file in the folder of --data"}}
    try:
        return asked | {"input": {**given, "dataset": _columns(folder / name)}}
    except (OSError, ValueError, csv.Error):
        return asked | {"input": {"dataset": f"{name}: this file is no CSV in UTF-8 that can be read"}}


def _files(folder: Path) -> set[str]:
    try:
        return {one.name for one in folder.iterdir() if one.is_file()}
    except OSError:
        return set()


def _columns(path: Path) -> Columns:
    with path.open(newline="", encoding="utf-8-sig") as file:
        names, *rows = [row for row in csv.reader(file) if row] or [[]]
    # A line that ends early misses its last values; it does not move those of others.
    return Columns({name: [(row[at : at + 1] or [""])[0] for row in rows] for at, name in enumerate(names)})


def _write(found: Any) -> int:
    try:
        said = json.dumps(found, ensure_ascii=False, indent=2, allow_nan=False, default=_as_written)
        sys.stdout.buffer.write(said.encode(errors="backslashreplace") + b"\n")
        sys.stdout.buffer.flush()
    except RecursionError:
        raise Unreadable("An id is nested too deep. Give a text or a number.") from None
    except BrokenPipeError:  # whoever reads has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0
