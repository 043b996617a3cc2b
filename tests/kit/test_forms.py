"""Fields take everything that is pasted, and say what does not fit."""

import importlib
import pkgutil
from collections.abc import Iterator

import pytest
from django.forms import BaseForm
from django.utils.translation import override

import driehoek
from driehoek.kit.forms import Line, LongText, MailAddress


def all_forms() -> Iterator[type[BaseForm]]:
    """Every form of the product."""
    for found in pkgutil.walk_packages(driehoek.__path__, "driehoek."):
        if ".forms" in found.name:
            there = vars(importlib.import_module(found.name)).values()
            yield from (one for one in there if isinstance(one, type) and issubclass(one, BaseForm))


def test_no_field_lets_the_browser_cut_off_what_is_pasted():
    forms = list(all_forms())

    assert len(forms) > 20
    assert [
        f"{form.__name__}.{name}"
        for form in forms
        for name, field in form.base_fields.items()
        if "maxlength" in field.widget.attrs and not field.widget.is_hidden
    ] == []


def test_no_field_that_was_left_empty_answers_with_the_framework_s_own_sentence():
    assert [
        f"{form.__name__}.{name}"
        for form in all_forms()
        for name, field in form.base_fields.items()
        if "This field is required" in str(field.error_messages["required"])
    ] == []


@pytest.mark.parametrize(
    ("field", "pasted", "most"),
    [
        (Line(), "ü" * 200, "120"),
        (LongText(at_most=1_000), "x" * 1_200, "1.000"),
        (MailAddress(), "a" * 300 + "@example.org", "254"),
    ],
)
def test_what_is_too_long_is_told_how_much_fits_and_how_long_it_is(field, pasted, most):
    bound = type("Form", (BaseForm,), {"base_fields": {"words": field}})({"words": pasted})

    with override("nl"):
        [says] = bound.errors["words"]

    size = f"{len(pasted):,}".replace(",", ".")
    assert says == f"Hier passen hoogstens {most} tekens; dit zijn er {size}. Maak het korter."
    assert pasted in str(bound["words"])
