"""What every test may count on."""

import gc
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation
from xdist.scheduler import LoadScopeScheduling

from driehoek.kit import clock

FIRST_DAYS = datetime(2026, 12, 1, 9, tzinfo=UTC)
"""The agreements of the tests begin after this day, and nobody agrees to begin in the past."""


@pytest.fixture(autouse=True)
def _clock_stands_right() -> Iterator[None]:
    """A test that moves the clock leaves it as it was, and begins before the days that are agreed in it."""
    if clock.now() > FIRST_DAYS:
        clock.move_to(FIRST_DAYS)
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


def pytest_collection_finish() -> None:
    """What was loaded stays until the end; looking through it for rubbish took a tenth of all tests."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(200_000, 20, 50)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--only-database",
        action="store_true",
        help="leave out what uses no database, and what is shown on one as well as on two",
    )


WITHOUT_DATABASE = [Path(__file__).parent / room for room in ("evidence", "method")]


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """The ground floor knows no database; on a second one it is not even read."""
    return True if config.getoption("--only-database") and collection_path in WITHOUT_DATABASE else None


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On a second database only the tests that use one say something new."""
    if config.getoption("--only-database"):
        config.hook.pytest_deselected(items=[item for item in items if not _uses_database(item)])
        items[:] = [item for item in items if _uses_database(item)]


def _uses_database(item: pytest.Item) -> bool:
    if item.get_closest_marker("one_database") is not None:
        return False
    asked = {"db", "transactional_db", "live_server"} & set(getattr(item, "fixturenames", ()))
    return bool(asked) or item.get_closest_marker("django_db") is not None
