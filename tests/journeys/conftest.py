"""A real browser, the product behind it on a database in a file, and the mail that it sends."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, sync_playwright

from driehoek.people.models import Person
from tests.journeys.inspector import Findings
from tests.journeys.post import Post
from tests.journeys.walker import Walker

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--in-process-gpu",  # nothing is drawn on a screen here, so nothing need be drawn twice
    "--disable-software-rasterizer",
    "--disable-gpu-compositing",
    "--force-device-scale-factor=0.25",  # the window itself; pages have a scale of their own
]

LONGEST = ("test_internal_coaching", "test_manager_case", "test_weight")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder is a journey. The longest set out first: nobody waits for one at the end."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.journey)
    items.sort(key=lambda item: item.path.stem not in LONGEST)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    tmp_path_factory: pytest.TempPathFactory, django_db_modify_db_settings_parallel_suffix: None
) -> None:
    """A file, as in earnest: a database in memory has one connection for all threads of the server."""
    from django.db import connection

    if connection.vendor == "sqlite":
        folder = tmp_path_factory.mktemp("database")
        connection.settings_dict["TEST"]["NAME"] = str(folder / "journeys.sqlite3")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    # The browser is driven from this thread, and Django takes that for a place where it may not ask the
    # database anything. The journeys read mail there between two steps, while nothing else runs.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    chosen = os.environ.get("DRIEHOEK_CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chosen, args=FLAGS)
        yield opened
        opened.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def site(transactional_db: None, settings: Any) -> Iterator[str]:
    """The product in a thread of this process, so that the clock can be moved between two steps.

    The address is also the one its letters name. Files are served as in earnest, and kept by the browser.
    """
    cache.clear()  # nobody asked for a code before
    settings.WHITENOISE_MAX_AGE = 3600
    server = LiveServerThread("127.0.0.1", static_handler=lambda application: application)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    assert server.error is None, server.error
    settings.BASE_URL = f"http://127.0.0.1:{server.port}"
    yield settings.BASE_URL
    server.terminate()


@pytest.fixture
def post(site: str) -> Post:
    """The letters, as they come out of the mailbox."""
    return Post(site)


@pytest.fixture(scope="session")
def looked_at(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the journeys of one run tell each other which pages they have looked at."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "looked-at"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture
def walk(browser: Browser, site: str, post: Post, looked_at: Path) -> Iterator[Callable[..., Walker]]:
    """Gives somebody a browser of their own; at the end no page may have complained."""
    walkers, findings = list[Walker](), Findings(looked_at)

    def begin(
        name: str, email: str, *, language: str = "nl", inspects: bool = False, **options: Any
    ) -> Walker:
        if inspects:
            options["findings"] = findings
        walkers.append(Walker(browser, site, post, name=name, email=email, language=language, **options))
        return walkers[-1]

    yield begin
    for walker in walkers:
        walker.leave()
    assert not findings.troubles, "\n".join(findings.troubles)


@pytest.fixture
def step_in(walk: Callable[..., Walker], site: str) -> Callable[..., Walker]:
    """Gives somebody who has signed in already a browser of their own."""

    def begin(person: Person, **options: Any) -> Walker:
        walker = walk(person.name, person.email, language=person.language, **options)
        client = Client()
        client.force_login(person)
        walker.context.add_cookies([{"name": "session", "value": client.session.session_key, "url": site}])
        return walker

    return begin
