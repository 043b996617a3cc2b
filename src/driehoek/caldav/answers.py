"""What a calendar server answers (RFC 4918, "multistatus"), read without entities, fetching nothing."""

from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree.ElementTree import Element, ParseError

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from driehoek.caldav.line import Answer
from driehoek.caldav.troubles import Trouble, Why

DAV: Final = "{DAV:}"
CAL: Final = "{urn:ietf:params:xml:ns:caldav}"
_WRITING: Final = frozenset(f"{DAV}{name}" for name in ("all", "write", "write-content", "bind"))


@dataclass(frozen=True, slots=True)
class Part:
    """What is said about one address: the properties that are there, or that nothing is."""

    url: str
    found: bool
    properties: dict[str, Element]

    def text(self, name: str) -> str:
        """The words of a property, or nothing."""
        found = self.properties.get(name)
        return (found.text or "").strip() if found is not None else ""

    def link(self, name: str) -> str:
        """The first address in a property, or nothing."""
        found = self.properties.get(name)
        said = found.findtext(f"{DAV}href") if found is not None else None
        return urljoin(self.url, said.strip()) if said and said.strip() else ""

    @property
    def is_calendar(self) -> bool:
        """Whether events stand there; a list of tasks is a calendar too."""
        kinds = self.properties.get(f"{DAV}resourcetype")
        if kinds is None or kinds.find(f"{CAL}calendar") is None:
            return False
        holds = self.properties.get(f"{CAL}supported-calendar-component-set")
        names = {one.get("name") for one in holds.iter(f"{CAL}comp")} if holds is not None else set()
        return not names or "VEVENT" in names

    @property
    def may_write(self) -> bool:
        """Whether we may put something there; yes, where nothing is said about it."""
        rights = self.properties.get(f"{DAV}current-user-privilege-set")
        return rights is None or any(one.tag in _WRITING for one in rights.iter())


def parts_of(answer: Answer) -> list[Part]:
    """What is said about each address. Raises Trouble for what is no such answer."""
    if answer.status != 207:
        raise Trouble(why_not(answer.status))
    try:
        root = ElementTree.fromstring(answer.body, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError, RecursionError):
        raise Trouble(Why.NONSENSE) from None
    if root.tag != f"{DAV}multistatus":
        raise Trouble(Why.NONSENSE)
    return [_part(answer.url, one) for one in root.findall(f"{DAV}response")]


def why_not(status: int) -> Why:
    """What is wrong when a server answers with this number in place of what was asked."""
    if status in (401, 403):
        return Why.PASSWORD
    if status in (429, 500, 502, 503, 504):
        return Why.ERROR
    return Why.NO_CALENDAR


def name_in(url: str) -> str:
    """The last part of an address, by which a server and we know the same thing however it is written."""
    return unquote(urlsplit(url).path.rpartition("/")[2])


def _part(base: str, response: Element) -> Part:
    href = (response.findtext(f"{DAV}href") or "").strip()
    status = response.findtext(f"{DAV}status") or ""
    properties: dict[str, Element] = {}
    for one in response.findall(f"{DAV}propstat"):
        if _is_good(one.findtext(f"{DAV}status") or ""):
            properties |= {each.tag: each for each in one.findall(f"{DAV}prop/*")}
    return Part(urljoin(base, href), bool(properties) or _is_good(status), properties)


def _is_good(status: str) -> bool:
    return " 200" in status or " 207" in status
