"""What the methods are given, read from JSON with a clear sentence for whatever cannot be right."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Final

REQUIRED: Final = object()
MOST_VALUES: Final = 1_000_000
LARGEST_WHOLE: Final = 1_000_000_000


class WrongInput(ValueError):
    """A sentence about one part of the input, beginning with its name."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of an input: what it must be, what it means, and what holds when it is not given."""

    shape: str
    meaning: str
    read: Callable[[Any], Any]
    default: Any = REQUIRED

    def take(self, name: str, given: Mapping[str, Any]) -> Any:
        """The value under this name, read; the default when it is absent or null. Raises WrongInput."""
        value = given.get(name)
        if value is None:
            if self.default is REQUIRED:
                raise WrongInput(f"{name} is missing: {self.shape}")
            return self.default
        try:
            return self.read(value)
        except WrongInput:
            raise
        except (TypeError, ValueError, OverflowError, InvalidOperation):
            raise WrongInput(f"{name} must be {self.shape}") from None


def number(meaning: str, default: Any = REQUIRED) -> Part:
    """One finite number."""
    return Part("a number", meaning, _number, default)


def whole(meaning: str, default: Any = REQUIRED) -> Part:
    """One whole number, of at most a milliard: nobody counts further, and memory ends."""
    return Part("a whole number", meaning, _whole, default)


def label(meaning: str, default: Any = REQUIRED) -> Part:
    """A name or a number that stands for something."""
    return Part("a text or a number", meaning, _label, default)


def labels(meaning: str, default: Any = REQUIRED) -> Part:
    """A list of names or numbers that stand for something; a null stands for a missing one."""
    shape = "a list of texts or numbers, null where one is missing"
    return Part(shape, meaning, lambda value: [_label(one) for one in _list(value)], default)


def labelled(meaning: str, default: Any = REQUIRED) -> Part:
    """Rows of them."""
    shape = "a list of rows, each a list of texts or numbers, null where one is missing"
    return Part(
        shape, meaning, lambda value: [[_label(one) for one in _list(row)] for row in _list(value)], default
    )


def answers(meaning: str, default: Any = REQUIRED) -> Part:
    """A number per person, null where it is not known."""

    def read(value: Any) -> dict[str, float | None]:
        if not isinstance(value, Mapping):
            raise TypeError
        return {str(who): _gap(one, gaps=True) for who, one in value.items()}

    return Part("an object with a number or null per person", meaning, read, default)


def flag(meaning: str, default: Any = REQUIRED) -> Part:
    """True or false."""
    return Part("true or false", meaning, _flag, default)


def text(meaning: str, default: Any = REQUIRED) -> Part:
    """A text, as it is."""
    return Part("a text", meaning, _text, default)


def choice(meaning: str, *names: str, default: Any = REQUIRED) -> Part:
    """One of these words."""
    return Part("one of " + ", ".join(names), meaning, lambda value: _one_of(value, names), default)


def numbers(meaning: str, default: Any = REQUIRED, *, gaps: bool = False) -> Part:
    """A list of numbers; with `gaps` a null stands for a missing one."""
    shape = "a list of numbers" + (", null where one is missing" if gaps else "")
    return Part(shape, meaning, lambda value: [_gap(one, gaps) for one in _list(value)], default)


def wholes(meaning: str, default: Any = REQUIRED, *, gaps: bool = False) -> Part:
    """A list of whole numbers; with `gaps` a null stands for a missing one."""
    shape = "a list of whole numbers" + (", null where one is missing" if gaps else "")

    def read(value: Any) -> list[int | None]:
        return [None if one is None and gaps else _whole(one) for one in _list(value)]

    return Part(shape, meaning, read, default)


def table(meaning: str, default: Any = REQUIRED, *, gaps: bool = False) -> Part:
    """Rows of numbers."""
    shape = "a list of rows, each a list of numbers" + (", null where one is missing" if gaps else "")

    def read(value: Any) -> list[list[float | None]]:
        return [[_gap(one, gaps) for one in _list(row)] for row in _list(value)]

    return Part(shape, meaning, read, default)


def groups(meaning: str, default: Any = REQUIRED) -> Part:
    """Lists of numbers by the name of their group."""

    def read(value: Any) -> dict[str, list[float]]:
        if not isinstance(value, Mapping):
            raise TypeError
        return {str(name): [_number(one) for one in _list(row)] for name, row in value.items()}

    return Part("an object with a list of numbers per group", meaning, read, default)


def records(meaning: str, default: Any = REQUIRED) -> Part:
    """A list of objects, each read by whoever asked for it."""

    def read(value: Any) -> list[Mapping[str, Any]]:
        if not all(isinstance(one, Mapping) for one in _list(value)):
            raise TypeError
        return list(value)

    return Part("a list of objects", meaning, read, default)


def names(meaning: str, default: Any = REQUIRED) -> Part:
    """A list of texts."""
    return Part("a list of texts", meaning, lambda value: [_text(one) for one in _list(value)], default)


def exact(meaning: str, default: Any = REQUIRED) -> Part:
    """A decimal number that is never made into a binary one: "0.15", or 0.15 as it stands in the JSON."""
    return Part('a decimal number, such as "0.15"', meaning, _exact, default)


def exacts(meaning: str, default: Any = REQUIRED) -> Part:
    """A list of decimal numbers."""
    return Part(
        "a list of decimal numbers", meaning, lambda value: [_exact(one) for one in _list(value)], default
    )


def day(meaning: str, default: Any = REQUIRED) -> Part:
    """A date, year first."""
    return Part("a date such as 2026-07-01", meaning, _day, default)


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise TypeError
    return _finite(float(value))


def _label(value: Any) -> str | int | float | None:
    """4 and 4.0 are one label; true is none."""
    if value is None or isinstance(value, str):
        return value
    found = _number(value)
    return int(found) if found.is_integer() else found


def _finite(value: float) -> float:
    if value != value or value in (float("inf"), float("-inf")):
        raise ValueError
    return value


def _whole(value: Any) -> int:
    found = _number(value)
    if not found.is_integer() or abs(found) > LARGEST_WHOLE:
        raise ValueError
    return int(found)


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _one_of(value: Any, names_: tuple[str, ...]) -> str:
    if value not in names_:
        raise ValueError
    return str(value)


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list) or len(value) > MOST_VALUES:
        raise TypeError
    return value


def _gap(value: Any, gaps: bool) -> float | None:
    return None if value is None and gaps else _number(value)


def _exact(value: Any) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | str | Decimal):
        raise TypeError
    found = Decimal(value.strip()) if isinstance(value, str) else Decimal(value)
    if not found.is_finite() or abs(found.adjusted()) > 100:
        raise ValueError
    return found


def _day(value: Any) -> date:
    return date.fromisoformat(_text(value))


class Columns(dict[str, list[str]]):
    """The columns of a file by their name, as text."""

    def numbers(self, name: str) -> list[float | None]:
        """One column as numbers, None where nothing or NA stands. Raises WrongInput."""
        if name not in self:
            raise WrongInput(f"dataset has no column {name}; it has {', '.join(self)}")
        try:
            return [None if one.strip() in ("", "NA") else _finite(float(one)) for one in self[name]]
        except ValueError:
            raise WrongInput(f"dataset column {name} holds something that is no number") from None


def columns(meaning: str, default: Any = None) -> Part:
    """A file of the folder that was named, which the command has read already."""

    def read(value: Any) -> Columns:
        if isinstance(value, str):  # why it could not be read
            raise WrongInput(f"dataset {value}")
        if not isinstance(value, Columns):
            raise TypeError
        return value

    return Part("the name of a CSV file in the folder of --data", meaning, read, default)
