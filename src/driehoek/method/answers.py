"""Read answers given as JSON, and name everything that is wrong with them at once."""

import json
from collections.abc import Mapping
from typing import Any


class BadAnswers(ValueError):
    """The answers cannot be read; `problems` holds one English sentence per mistake."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


def parse_object(text: str) -> Mapping[str, Any]:
    """One JSON object from text.

    Raises
    ------
    BadAnswers : the text is empty, is not JSON, is not one object, or gives a key twice.

    Example
    -------
    >>> parse_object('{"urgent": true}')
    {'urgent': True}
    >>> parse_object('[]')
    Traceback (most recent call last):
    driehoek.method.answers.BadAnswers: Give one JSON object, not a list.
    """
    if not text.strip():
        raise BadAnswers(("Nothing was given. Write one JSON object on standard input.",))
    try:
        found = json.loads(text, object_pairs_hook=_without_doubles, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        sentence = f"This is not JSON: {error.msg} at line {error.lineno}, column {error.colno}."
        raise BadAnswers((sentence,)) from error
    except RecursionError as error:
        raise BadAnswers(("This JSON is nested too deeply. Give one flat object.",)) from error
    except BadAnswers:
        raise
    except ValueError as error:  # Python reads no whole number of more than some thousands of digits
        raise BadAnswers(("A number in this JSON is too long to read. Give a short one.",)) from error
    if not isinstance(found, dict):
        raise BadAnswers((f"Give one JSON object, not {kind_of(found)}.",))
    return found


def kind_of(value: object) -> str:
    """The JSON name of a value's kind, with its article.

    >>> kind_of(True), kind_of(None), kind_of(1.5)
    ('true', 'null', 'a number')
    """
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, str):
        return f'"{value[:40]}"'
    return "a number"


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    doubles = []
    for key, value in pairs:
        if key in found:
            doubles.append(f'"{key[:40]}" is given twice. Give it once.')
        found[key] = value
    if doubles:
        raise BadAnswers(tuple(dict.fromkeys(doubles)))
    return found


def _no_constant(name: str) -> Any:
    raise BadAnswers((f"{name} is not JSON. Leave it out or write null.",))
