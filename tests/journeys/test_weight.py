"""What pages weigh on the wire, from the server everybody runs, with the demo in it."""

import re
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from tests.house.server import served

PATIENCE = 120
SILENCE = 0.5  # seconds
# Fonts are asked for once something is drawn with them.
FONTS = "new Promise(requestAnimationFrame).then(() => document.fonts.ready).then(() => true)"
FIRST_VISIT, AFTERWARDS = 150_000, 40_000
FILES = ("/pdf/", "/calendar/", "/files/pair/*/", "/files/everyone/*/")
CROSSINGS = ("/today/", "/engagements/", "/engagements/*/", "/engagements/*/agreement/")
_NUMBERS = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|(?<=/)\d+(?=/)")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server that was started the usual way."""
    folder = tmp_path_factory.mktemp("demo") / "data"
    with served(folder, "--demo", DRIEHOEK_HOSTS="127.0.0.1") as started:
        assert started.said[-1].startswith("Driehoek is ready"), "\n".join(started.said)
        yield started.address


class Scale:
    """Counts the bytes that come over the wire while a page loads, and which of them come again next time."""

    def __init__(self, page: Page):
        self.page, self.bytes, self.again = page, 0.0, 0.0
        self.asked, self.kept = set[str](), set[str]()
        self.session = page.context.new_cdp_session(page)
        self.session.send("Network.enable")
        self.session.on("Network.requestWillBeSent", lambda event: self.asked.add(event["requestId"]))
        self.session.on("Network.responseReceived", self._answered)
        self.session.on("Network.loadingFailed", lambda event: self.asked.discard(event["requestId"]))
        self.session.on("Network.loadingFinished", self._weigh)

    def _answered(self, event: dict[str, Any]) -> None:
        headers = {name.lower(): value for name, value in event["response"]["headers"].items()}
        if re.search(r"max-age=[1-9]", headers.get("cache-control", "")):
            self.kept.add(event["requestId"])

    def _weigh(self, event: dict[str, Any]) -> None:
        self.asked.discard(event["requestId"])
        self.bytes += event["encodedDataLength"]
        if event["requestId"] not in self.kept:
            self.again += event["encodedDataLength"]

    def first_visit(self, address: str) -> tuple[float, float]:
        """What comes at a first visit, and what of it no browser may keep for the next."""
        self.session.send("Network.clearBrowserCache")
        self.visit(address)
        return self.bytes, self.again

    def visit(self, address: str) -> float:
        """What came, once all that the page and its fonts asked for has come, or nothing comes any more.

        What the browser finds in its own memory it asks for, and never says that it has come.
        """
        self.bytes = self.again = 0
        self.asked.clear()
        self.page.goto(address)
        self.page.evaluate(FONTS)
        silent_since, heard = time.monotonic(), self.bytes
        while self.asked and time.monotonic() < silent_since + SILENCE:
            self.page.wait_for_timeout(20)
            if self.bytes != heard:
                silent_since, heard = time.monotonic(), self.bytes
        return self.bytes


def test_every_page_is_light_on_a_first_visit_and_lighter_after(browser: Browser, demo: str):
    page = browser.new_context(base_url=demo, locale="nl").new_page()
    page.set_default_timeout(PATIENCE * 1000)
    scale, weights = Scale(page), dict[str, tuple[float, float]]()

    weigh_from(scale, f"{demo}/", weights)
    _all, again = scale.first_visit(f"{demo}/")
    assert scale.visit(f"{demo}/") == pytest.approx(again, rel=0.1), "a browser keeps other files than we say"
    for person in range(len(people(page))):
        page.goto(f"{demo}/")
        step_in(page, person)
        weigh_from(scale, f"{demo}/today/", weights)

    heavy = {path: both for path, both in weights.items() if both[0] > FIRST_VISIT or both[1] > AFTERWARDS}
    assert not heavy
    assert len(weights) > 30, f"not much of the demo was reached: {sorted(weights)}"


def weigh_from(scale: Scale, address: str, weights: dict[str, tuple[float, float]]) -> None:
    """Weigh each new kind of page that can be reached from here; some pages lead each person elsewhere."""
    waiting, passed = [address], set[str]()
    while waiting:
        here = waiting.pop()
        kind = _NUMBERS.sub("*", urlsplit(here).path)
        if here in passed or kind.endswith(FILES) or (kind in weights and kind not in CROSSINGS):
            continue
        passed.add(here)
        if kind in weights:
            scale.page.goto(here)
        else:
            weights[kind] = scale.first_visit(here)
        links = scale.page.eval_on_selector_all(
            "a[href]", "nodes => nodes.map(one => one.href.split('#')[0])"
        )
        mine = urlsplit(address).netloc
        waiting += [link for link in links if urlsplit(link).netloc == mine]


def people(page: Page) -> list[str]:
    """Who can be stepped into."""
    return page.locator(".demobar li button").all_text_contents()


def step_in(page: Page, number: int) -> None:
    page.locator(".demobar summary").click()
    with page.expect_navigation():
        page.locator(".demobar li button").nth(number).click()
