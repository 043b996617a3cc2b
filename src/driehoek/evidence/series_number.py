"""Read a typed number without guessing what its comma or point means."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final, Literal

DecimalMark = Literal[",", "."]
TroubleId = Literal[
    "value_missing",
    "value_unreadable",
    "value_ambiguous",
    "value_other_decimal",
    "value_percent",
    "percents_unclear",
]

DIGITS_ALLOWED: Final = 30
_WHOLE: Final = re.compile(r"\d+")
# One mark with other than three digits behind it, or a lone 0 before it, can only be a decimal mark.
_DECIMAL: Final = re.compile(r"(?:\d+([.,])(?:\d{1,2}|\d{4,})|0([.,])\d{3}|\d{4,}([.,])\d{3})")
_EITHER: Final = re.compile(r"[1-9]\d{0,2}([.,])\d{3}")
_GROUPED: Final = re.compile(r"[1-9]\d{0,2}(?:([., ])\d{3})(?:\1\d{3})*(?:([.,])\d+)?")

_OTHER: Final[Mapping[str, DecimalMark]] = {",": ".", ".": ","}


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a number cannot be read."""

    id: TroubleId
    facts: Mapping[str, str] = field(default_factory=dict)


def decimal_mark(numbers: Iterable[str]) -> DecimalMark | None:
    """The decimal mark that the numbers show; None when none of them shows it.

    The first number that leaves no doubt decides; a later one with the other mark is then the odd one out.

    >>> decimal_mark(["1.234", "12,5"]), decimal_mark(["1.234", "7"])
    (',', None)
    """
    return next((mark for text in numbers if (mark := _shown_mark(_plain(text)))), None)


def read_number(text: str, mark: DecimalMark | None = None) -> Decimal | Trouble:
    """One number as a Decimal, exactly as typed.

    Parameters
    ----------
    text : digits with an optional minus sign, thousands in groups of three, and one decimal mark.
    mark : the decimal mark of the file, when known.

    Returns
    -------
    Decimal, or Trouble with an id and facts.

    Example
    -------
    >>> read_number("1.234,5"), read_number("-0,25")
    (Decimal('1234.5'), Decimal('-0.25'))
    >>> read_number("1.234").id, read_number("1.234", ",")
    ('value_ambiguous', Decimal('1234'))
    """
    plain = _plain(text)
    if not plain:
        return Trouble("value_missing")
    if plain.endswith("%"):
        return Trouble("value_percent")
    sign, digits = ("-", plain[1:]) if plain[0] in "-−" else ("", plain)
    if len(digits) > DIGITS_ALLOWED or not digits.isascii() or not _has_number_shape(digits):
        return Trouble("value_unreadable")
    if _WHOLE.fullmatch(digits):
        return Decimal(sign + digits)
    shown = _shown_mark(plain)
    if shown is None and mark is None and " " not in digits:
        either = digits.replace(",", ".")
        return Trouble("value_ambiguous", {"decimal": sign + either, "whole": sign + either.replace(".", "")})
    if shown and mark and shown != mark:
        return Trouble("value_other_decimal", {"mark": mark})
    return Decimal(sign + _normal(digits, shown or mark or "."))


def _plain(text: str) -> str:
    return text.strip().replace("\u00a0", " ").replace("\u202f", " ")


def _has_number_shape(digits: str) -> bool:
    if any(shape.fullmatch(digits) for shape in (_WHOLE, _DECIMAL, _EITHER)):
        return True
    grouped = _GROUPED.fullmatch(digits)
    return grouped is not None and grouped[1] != grouped[2]


def _shown_mark(text: str) -> DecimalMark | None:
    digits = text.lstrip("-−")
    if _WHOLE.fullmatch(digits) or _EITHER.fullmatch(digits) or not _has_number_shape(digits):
        return None
    if _DECIMAL.fullmatch(digits):
        return "," if "," in digits else "."
    thousands, decimal = (found[1], found[2]) if (found := _GROUPED.fullmatch(digits)) else ("", "")
    if decimal:
        return "," if decimal == "," else "."
    return _OTHER.get(thousands)


def _normal(digits: str, mark: DecimalMark) -> str:
    thousands = "." if mark == "," else ","
    return digits.replace(" ", "").replace(thousands, "").replace(mark, ".")
