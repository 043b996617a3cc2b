"""What was typed when a session had ended, in words that its writer knows again."""

import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django import forms
from django.urls import Resolver404, resolve
from django.utils.text import capfirst

from driehoek.kit.templatetags.look import day


@dataclass(frozen=True, slots=True)
class Typed:
    """One answer as its page showed it; `label` is empty where the form says no more about it."""

    label: str
    text: str


def typed_words(path: str, fields: Mapping[str, list[str]]) -> list[Typed]:
    """What a person would recognise of a kept form, the longest first: no queries.

    A choice reads as on its page and a date as people write it; what only a computer reads is left out.
    """
    known = _fields_at(path, fields)
    found = [
        Typed(_label(field), text)
        for name, values in fields.items()
        for field in (known.get(_bare(name)),)
        for text in _in_words(name, field, values)
    ]
    return sorted(dict.fromkeys(found), key=lambda one: len(one.text), reverse=True)


def _fields_at(path: str, names: Iterable[str]) -> Mapping[str, forms.Field]:
    """The fields of the form this was typed in: of those its page knows, the one with most of these names."""
    try:
        view = resolve(urlsplit(path).path).func
    except Resolver404:
        return {}
    there = vars(sys.modules[view.__module__]).values()
    choices = [one.base_fields for one in there if isinstance(one, type) and issubclass(one, forms.BaseForm)]
    here = {_bare(name) for name in names}
    return max(choices, key=lambda one: len(here & one.keys()), default={})


def _bare(name: str) -> str:
    """The name without the prefix that tells two forms of one page apart."""
    return name.rpartition("-")[2]


def _label(field: forms.Field | None) -> str:
    return str(field.label or "") if field and not isinstance(field, forms.BooleanField) else ""


def _in_words(name: str, field: forms.Field | None, values: Iterable[str]) -> Iterator[str]:
    if field and field.widget.is_hidden:
        return
    if "__" in name:  # a place in a table of choices, which only its own page can put into words
        return
    for value in values:
        if said := _said(field, value.strip()):
            yield said


def _said(field: forms.Field | None, value: str) -> str:
    if isinstance(field, forms.ChoiceField):
        return dict(_choices(field)).get(value, "") if value else ""
    if isinstance(field, forms.BooleanField):
        return str(field.label or "") if value else ""
    if isinstance(field, forms.DateField) or field is None:
        return _day(value) or ("" if field is None and _is_id(value) else value)
    return value


def _choices(field: Any) -> Iterator[tuple[str, str]]:
    for value, words in field.choices:
        yield str(value), capfirst(str(words))


def _day(value: str) -> str:
    try:
        return day(date.fromisoformat(value)) if len(value) == len("2027-05-05") else ""
    except ValueError:
        return ""


def _is_id(value: str) -> bool:
    try:
        return str(UUID(value)) == value.lower()
    except ValueError:
        return False
