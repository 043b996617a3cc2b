"""One question by name, answered: a result, or the reason why there is none."""

import dataclasses
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np

from driehoek.evidence.methods.reading import Part, WrongInput
from driehoek.evidence.undefined import Undefined


@dataclass(frozen=True, slots=True)
class Method:
    """What can be asked by name: `takes` are the parts of the input, `works_out` the sum itself.

    `remarks` are parts that tell a reader what is meant and change nothing.
    """

    name: str
    answers: str
    takes: Mapping[str, Part]
    works_out: Callable[..., Any]
    remarks: tuple[str, ...] = ()

    def answer(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """The result by name. Raises WrongInput for what cannot be, Undefined for what does not exist."""
        read = {name: part.take(name, given) for name, part in self.takes.items()}
        with np.errstate(over="raise", divide="raise", invalid="raise"):  # what overflows is no answer
            found = self.works_out(**read)
            return {name: plain(value) for name, value in named(found).items()}


def named(found: Any) -> Mapping[str, Any]:
    """A result as names with values."""
    if dataclasses.is_dataclass(found) and not isinstance(found, type):
        return {field.name: getattr(found, field.name) for field in dataclasses.fields(found)}
    assert isinstance(found, Mapping)
    return found


def plain(value: Any) -> Any:
    """A value as JSON can hold it, unrounded. Raises Undefined for what is no finite number."""
    if isinstance(value, bool | str | int | None):
        return value
    if isinstance(value, Decimal | Fraction):
        value = float(value)
    if isinstance(value, float):
        if not math.isfinite(value):
            raise Undefined("the number is not finite for this input")
        return float(value)
    if isinstance(value, date):
        return value.isoformat()
    if dataclasses.is_dataclass(value) or isinstance(value, Mapping):
        return {str(name): plain(one) for name, one in named(value).items()}
    if hasattr(value, "tolist"):  # what numpy counts with
        return plain(value.tolist())
    return [plain(one) for one in value]


def answer_one(item: Any, methods: Mapping[str, Method]) -> dict[str, Any]:
    """The answer to one question, in the shape in which it is written out.

    `ignored` names parts of the input that this method does not know: a typing mistake must not pass
    for an answer to what was meant.
    """
    if not isinstance(item, Mapping):
        return _without({}, 'a question is an object such as {"method": "rwg", "input": {...}}')
    method, given = methods.get(str(item.get("method"))), item.get("input")
    if method is None:
        return _without(
            item, f"there is no method {item.get('method')!r}; `driehoek evidence --list` names them"
        )
    if not isinstance(given, Mapping):
        return _without(item, "input must be an object with the parts of the question")
    try:
        result = method.answer(given)
    except (Undefined, WrongInput) as reason:
        return _without(item, str(reason))
    except (FloatingPointError, OverflowError):
        return _without(item, "these numbers are too large, or too far apart, to reckon with")
    except MemoryError:
        return _without(item, "this is more than the memory holds")
    except (ValueError, ArithmeticError) as reason:
        return _without(item, str(reason) or "this input cannot be reckoned with")
    ignored = sorted(str(name) for name in given if name not in (*method.takes, *method.remarks))
    return _head(item) | {"result": result} | ({"ignored": ignored} if ignored else {})


def _head(item: Mapping[str, Any]) -> dict[str, Any]:
    return {"id": item.get("id"), "method": item.get("method")}


def _without(item: Mapping[str, Any], reason: str) -> dict[str, Any]:
    return _head(item) | {"undefined": True, "reason": reason}
