"""Looks at every page of a walk as somebody who cannot see, has a small screen, or likes it dark."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js"
# Nothing fades while the theme changes: what was measured halfway would be neither of the two colours.
STILL = """(() => {
    const still = new CSSStyleSheet();
    still.replaceSync("*, *::before, *::after { transition: none !important; animation: none !important; }");
    document.adoptedStyleSheets.push(still);
})();"""
SIDEWAYS = """() => {
    const outside = one => one.getBoundingClientRect().right > innerWidth && !one.closest("thead, .vh");
    const culprits = [...document.querySelectorAll("body *")].filter(outside).slice(-2);
    return [document.documentElement.scrollWidth - window.innerWidth,
        culprits.map(one => one.outerHTML.slice(0, 120))];
}"""
GRAVE = ("serious", "critical")
# A rule that is never grave is not asked at all: what it says would be thrown away.
EVERYTHING = f"""{{resultTypes: ["violations"], rules: Object.fromEntries(axe._audit.rules
    .filter(rule => !{list(GRAVE)}.includes(rule.impact)).map(rule => [rule.id, {{enabled: false}}]))}}"""
DESK, PHONE, SMALLEST = 1440, 390, 320
HEIGHT = 900
OWN = ("/today/", "/engagements/*/")
# Every page narrow in the light and wide in the dark; those that show most parts in all four ways.
TWICE = ((PHONE, "light"), (DESK, "dark"))
FOUR_TIMES = ((PHONE, "light"), (PHONE, "dark"), (DESK, "light"), (DESK, "dark"))
_NUMBERS = re.compile(r"/([0-9a-f]{8}-[0-9a-f-]{27}|\d+|[\w-]{40,})(?=/)")


@cache
def axe() -> str:
    return AXE.read_text(encoding="utf-8")


@dataclass
class Findings:
    """What was wrong with the pages of this journey; `seen` is a folder that all journeys of a run share."""

    seen: Path
    troubles: list[str] = field(default_factory=list)

    def is_first(self, kind: str) -> bool:
        """Whether nobody looked at this kind of page before; from then on somebody did."""
        try:
            (self.seen / re.sub(r"\W", "-", kind)).touch(exist_ok=False)
        except FileExistsError:
            return False
        return True


class Inspector:
    """Looks at each kind of page once in a run: narrow in the light, wide in the dark.

    Two pages look different to each person, and are looked at for each.
    """

    def __init__(self, page: Page, *, findings: Findings, name: str):
        self.page, self.findings, self.name = page, findings, name
        page.set_viewport_size({"width": DESK, "height": HEIGHT})

    def look(self, path: str) -> None:
        """Note where a page shuts somebody out or scrolls sideways."""
        kind = _NUMBERS.sub("/*", path)
        ways = FOUR_TIMES if kind in (*OWN, "/style/") else TWICE
        if kind in OWN:
            kind += self.name
        if not self.findings.is_first(kind):
            return
        self.findings.troubles += [f"{kind} {one}" for one in self._look(ways)]
        self._wide(DESK)

    def _look(self, ways: tuple[tuple[int, Any], ...]) -> Iterator[str]:
        # Not through a script tag: the policy of the page forbids scripts that are not its own.
        session = self.page.context.new_cdp_session(self.page)
        session.send("Runtime.evaluate", {"expression": axe() + STILL})
        yield from self._sideways(SMALLEST)
        for width, scheme in ways:
            yield from self._sideways(width)
            self.page.emulate_media(color_scheme=scheme)
            yield from self._shut_out(session, f"at {width} {scheme}")
        self.page.emulate_media(color_scheme="light")
        session.detach()

    def _sideways(self, width: int) -> Iterator[str]:
        self._wide(width)
        over, widest = self.page.evaluate(SIDEWAYS)
        if over > 0:
            yield f"at {width} wide it scrolls {over} sideways, for {widest}"

    def _shut_out(self, session: Any, where: str) -> Iterator[str]:
        ask = f"""(async () => {{
            return (await axe.run(document, {EVERYTHING})).violations.map(one => [one.impact, one.id,
                one.nodes.map(n => n.target.join(" ") + " " + n.failureSummary)]); }})()"""
        answer = session.send(
            "Runtime.evaluate", {"expression": ask, "awaitPromise": True, "returnByValue": True}
        )
        assert "exceptionDetails" not in answer, answer
        for impact, name, nodes in answer["result"]["value"]:
            if impact in GRAVE:
                yield f"{where}: {name}: {nodes[:3]}"

    def _wide(self, width: int) -> None:
        self.page.set_viewport_size({"width": width, "height": HEIGHT})
