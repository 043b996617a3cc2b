import doctest
import importlib
import pkgutil

import pytest

import driehoek.evidence
import driehoek.method

ROOMS = (driehoek.method, driehoek.evidence)
MODULES = sorted(
    f"{room.__name__}.{module.name}" for room in ROOMS for module in pkgutil.iter_modules(room.__path__)
)


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_in_the_docstrings_are_true(name):
    outcome = doctest.testmod(importlib.import_module(name))

    assert outcome.failed == 0
    assert outcome.attempted > 0, "a module of the ground floor shows at least one example"
