"""Somebody with a browser of their own, who does what a person does: read, fill in, press, go to a page."""

import re
from copy import copy
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext, override
from playwright.sync_api import Browser, ConsoleMessage, Locator, Response

from tests.journeys.inspector import Findings, Inspector
from tests.journeys.post import Post

PATIENCE = 45_000  # milliseconds; a step that takes longer is stuck


class Walker:
    """A person at the screen. What the buttons say is looked up in the language of that person."""

    def __init__(
        self,
        browser: Browser,
        site: str,
        post: Post,
        *,
        name: str,
        email: str,
        language: str,
        findings: Findings | None = None,
        **options: Any,
    ):
        self.site, self.post, self.name, self.email, self.language = site, post, name, email, language
        self.context = browser.new_context(
            base_url=site, locale=language, reduced_motion="reduce", **{"accept_downloads": True} | options
        )
        self.context.set_default_timeout(PATIENCE)
        self.complaints: list[str] = []
        self.expected: set[int] = set()
        self.was_cut_off = False
        self.inspector: Inspector | None = None
        self._open_page()
        if findings is not None:
            self.inspector = Inspector(self.page, findings=findings, name=name)

    def _open_page(self) -> None:
        self.page = self.context.new_page()
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        self.page.on("response", self._answered)

    def in_another_tab(self) -> "Walker":
        """The same person in a second tab of the same browser."""
        other = copy(self)
        other._open_page()
        return other

    # -- Going somewhere ------------------------------------------------------

    def go(self, path: str) -> "Walker":
        """Open a page by its address."""
        self.page.goto(path)
        return self._arrived()

    def follow(self, words: str, *, nth: int = 0, **facts: Any) -> "Walker":
        """Follow a link, by what it says."""
        link = self.page.get_by_role("link", name=self._name(words, facts)).nth(nth)
        with self.page.expect_navigation():
            link.click()
        return self._arrived()

    def take_next_step(self) -> "Walker":
        """Press the one warm button of this page."""
        with self.page.expect_navigation():
            self.page.locator(".next .btn").first.click()
        return self._arrived()

    # -- Filling in -----------------------------------------------------------

    def fill(self, **values: Any) -> "Walker":
        """Fill in fields by name. `True` ticks a box; a choice is made by its value."""
        for name, value in values.items():
            self._set(self.page.locator(f'main [name="{name}"]:not([type=hidden])'), name, value)
        return self

    def _set(self, field: Locator, name: str, value: Any) -> None:
        assert field.count(), f"no field {name} on {self.here}: {self.fields()}"
        kind = field.first.evaluate("node => node.type")
        if kind in ("radio", "checkbox"):
            for one in value if isinstance(value, list) else [value]:
                (field.first if one is True else field.and_(self.page.locator(f'[value="{one}"]'))).check()
        elif kind == "select-one":
            field.select_option(str(value))
        elif kind == "file":
            field.set_input_files(value)
        else:
            field.fill(str(value))

    def fields(self) -> list[str]:
        """The names of what can be filled in here."""
        every = "nodes => [...new Set(nodes.filter(n => n.type != 'hidden').map(n => n.name))]"
        return self.page.eval_on_selector_all("main [name]:not(button)", every)

    def press(self, words: str, *, refused: bool = False, nth: int = 0, **facts: Any) -> "Walker":
        """Press a button, by what it says, and wait for the page it leads to."""
        button = self.page.get_by_role("button", name=self._name(words, facts), exact=True).nth(nth)
        with self.page.expect_navigation():
            button.click()
        if not refused:
            assert not (said := self.errors()), f"{self.here}: {said}"
        return self._arrived()

    # -- Reading --------------------------------------------------------------

    @property
    def here(self) -> str:
        """The path of this page."""
        return urlsplit(self.page.url).path

    @property
    def engagement(self) -> str:
        """The address of the engagement this page is about."""
        found = re.search(r"/engagements/[0-9a-f-]{36}/", self.here)
        assert found, f"{self.here} is not about an engagement"
        return found.group()

    def text(self, selector: str = "main") -> str:
        """What can be read on this page."""
        return " ".join(self.page.locator(selector).first.inner_text().split())

    def reads(self, *words: str, **facts: Any) -> "Walker":
        """These words stand on the page; the product's own in the language of this person."""
        shown = self.text()
        for one in words:
            said = self.say(one, **facts)
            assert said in shown, f"{said!r} is not on {self.here}:\n{shown}"
        return self

    def reads_nothing_of(self, *words: str) -> "Walker":
        """None of these words stand anywhere in the page, visible or not."""
        source = self.page.content()
        for one in words:
            assert one not in source, f"{one!r} stands on {self.here}"
        return self

    def errors(self) -> list[str]:
        """The refusals on this page."""
        return self.page.locator("main .error, main .problems, main [role=alert]").all_inner_texts()

    def say(self, words: str, **facts: Any) -> str:
        """The product's own words in the language of this person."""
        with override(self.language):
            said = gettext(words)
        return said % facts if facts else said

    def _name(self, words: str, facts: dict[str, Any]) -> str:
        return self.say(words, **facts)

    # -- Keeping watch --------------------------------------------------------

    def expects(self, *statuses: int) -> "Walker":
        """From here on these answers are no fault of the page."""
        self.expected |= set(statuses)
        return self

    def lose_connection(self) -> "Walker":
        """From here on nothing arrives and nothing leaves, and that is no fault of the page."""
        self.was_cut_off = True
        self.context.set_offline(True)
        return self

    def shut_without_connection(self) -> "Walker":
        """Close the page. What a browser sends at the very end slips past a connection that is only acted."""
        self.page.evaluate("() => { globalThis.fetch = () => new Promise(() => {}); }")
        self.page.close()
        return self

    def only_by_buttons(self) -> "Walker":
        """From here on nothing that a page keeps by itself arrives."""
        self.was_cut_off = True
        self.context.route("**/keep/**", lambda route: route.abort())
        return self

    def find_connection(self) -> "Walker":
        self.context.set_offline(False)
        return self

    def arrive(self) -> "Walker":
        """After going somewhere by other means than those above."""
        return self._arrived()

    def _arrived(self) -> "Walker":
        self.page.wait_for_load_state()
        assert not self.complaints, f"{self.here}: {self.complaints}"
        if self.inspector:
            self.inspector.look(self.here)
        return self

    def _heard(self, message: ConsoleMessage) -> None:
        is_expected = any(f"status of {one}" in message.text for one in self.expected)
        is_expected |= self.was_cut_off and "net::ERR_" in message.text
        if message.type == "error" and not is_expected:
            self.complaints.append(f"console: {message.text}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self.expected:
            self.complaints.append(f"{response.status} {response.url}")

    def leave(self) -> None:
        """Close the browser; nothing may have gone wrong on the way."""
        self.context.close()
        assert not self.complaints, self.complaints
