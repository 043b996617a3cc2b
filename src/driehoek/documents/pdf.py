"""A PDF from data: the templates are ours, every word in them is a value, never markup."""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from driehoek.documents.charts import printed
from driehoek.documents.fingerprint import short
from driehoek.documents.glyphs import FOLDER, drawable
from driehoek.kit.errors import Refused

if TYPE_CHECKING:
    import typst

TEMPLATES = Path(__file__).parent / "typst"
LONGEST = 250_000  # signs; over a hundred pages, and about a second of work
ITEM = 50  # a line or a block takes as much work as so many signs, however little stands in it
_one_at_a_time = Lock()  # several long documents at once would need several times the memory


class UnknownTemplate(LookupError):
    """There is no template of this name."""


def render(template: str, data: Mapping[str, object], *, language: str, title: str, now: datetime) -> bytes:
    """Print `data` on paper: a tagged PDF/A-2a and PDF/UA-1 file, the same bytes for the same input.

    `data` is shaped like `paper.Paper`. `now` becomes the moment of making inside the file.
    Refuses a document too long to print; nothing is ever cut off.
    """
    if not template.isidentifier() or not (TEMPLATES / f"{template}.typ").is_file():
        raise UnknownTemplate(template)
    if _length(data) > LONGEST:
        raise Refused(None, _("This document is too long to print. Shorten its longest texts and try again."))
    paper = _printable(data)
    whole = str(data.get("fingerprint") or "")
    if whole:  # as it is: nothing may be put between its characters
        paper["fingerprint_short"] = short(whole)
        paper["fingerprint_lines"] = [short(whole[:32]), short(whole[32:])]
    inputs = {
        "data": json.dumps(paper),
        "title": " ".join(drawable(title).split()) or "Document",
        "language": language,
    }
    return _compile(TEMPLATES / f"{template}.typ", inputs, now)


def _compile(source: Path, inputs: dict[str, str], now: datetime) -> bytes:
    import typst  # a heavy library that only a process that prints needs

    with _one_at_a_time:
        return typst.compile(
            source,
            root=TEMPLATES,
            font_paths=_fonts(),
            sys_inputs=inputs,
            format="pdf",
            pdf_standards=["a-2a", "ua-1"],  # readable in fifty years, and by a screen reader
            timestamp=int(now.timestamp()),
        )


@cache
def _fonts() -> "typst.Fonts":
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[FOLDER])


def _length(value: Any) -> int:
    if isinstance(value, Mapping):
        return sum(map(_length, value.values()))
    if isinstance(value, list | tuple):
        return sum(ITEM + _length(one) for one in value)
    return len(value) if isinstance(value, str) else 1


def _printable(value: Any) -> Any:
    if isinstance(value, str | Promise):
        return drawable(str(value))
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, Mapping):
        inside = {key: _printable(inner) for key, inner in value.items()}
        return printed(inside) if value.get("kind") == "chart" else inside
    if isinstance(value, list | tuple):
        return [_printable(inner) for inner in value]
    raise TypeError(f"A document prints text, not {type(value).__name__}: write it out first.")
