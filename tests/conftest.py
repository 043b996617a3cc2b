"""What every test may count on."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import translation
from hypothesis import settings
from xdist.scheduler import LoadScopeScheduling

from driehoek.kit import clock

settings.register_profile("brisk", max_examples=50)
settings.load_profile("brisk")


@pytest.fixture(autouse=True)
def _clock_stands_right() -> Iterator[None]:
    """A test that moves the clock leaves it as it was."""
    yield
    clock.move_back()


@pytest.fixture(autouse=True)
def _in_the_language_of_the_code() -> Iterator[None]:
    """A refusal outside a page is compared in English, whatever page the test before it asked for."""
    with translation.override("en"):
        yield


class Sharing(LoadScopeScheduling):
    """Spreads tests one by one, but sends those that share something costly to one process.

    The groups of pytest-xdist 3.8 do nothing under pytest 9.2, and say nothing of it.
    """

    def _split_scope(self, nodeid: str) -> str:
        if nodeid.startswith(("tests/house/test_start.py", "tests/cli/test_demo.py")):
            return "a server"
        shared = re.search(r"\[(sweep [^]]+)\]$", nodeid)
        return shared.group(1) if shared else nodeid


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling:
    return Sharing(config, log)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--only-database",
        action="store_true",
        help="leave out what uses no database, and what is shown on one as well as on two",
    )


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On a second database only tests that use one say something new, and most with one set of values.

    Other values in the same test are other words, roles or moments, and the questions to the database are the
    same. Where several people do something at once it is the database that decides: there all values count.
    """
    if config.getoption("--only-database"):
        using = [item for item in items if _uses_database(item)]
        first = {_name_of(item): item for item in reversed(using)}
        chosen = [item for item in using if first[_name_of(item)] is item or _commits(item)]
        config.hook.pytest_deselected(items=[item for item in items if item not in chosen])
        items[:] = chosen


def _name_of(item: pytest.Item) -> tuple[Any, ...]:
    return item.path, getattr(item, "originalname", item.name)


def _commits(item: pytest.Item) -> bool:
    """Whether it ends its transactions in earnest, as several people at once do."""
    marker = item.get_closest_marker("django_db")
    return bool(marker and marker.kwargs.get("transaction")) or "transactional_db" in _fixtures_of(item)


def _fixtures_of(item: pytest.Item) -> set[str]:
    return set(getattr(item, "fixturenames", ()))


def _uses_database(item: pytest.Item) -> bool:
    if item.get_closest_marker("one_database") is not None:
        return False
    asked = {"db", "transactional_db", "live_server"} & _fixtures_of(item)
    return bool(asked) or item.get_closest_marker("django_db") is not None
