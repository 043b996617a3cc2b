"""One round along every page of the product, as everybody in an engagement; several tests read it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from unittest import mock
from urllib.parse import urljoin, urlsplit

import pytest
from django.db import transaction
from django.template.base import Template

from driehoek.access import DisclosureTable, Role, Stage
from driehoek.documents import seal
from tests.leaks.filled import Filled, fill
from tests.leaks.pages import addresses, patterns, words
from tests.leaks.words import WORD
from tests.makers import make_person, person_of

FOUND = re.compile(WORD + r"[a-z0-9]+")
LINK = re.compile(r"<(?:a|form)\b[^>]*?\b(?:href|action)=\"([^\"]*)\"")
ELSEWHERE = ("/static/", "/sign-out/")
SAME_FOR_ALL = ("style", "questions:bank")  # hold no data, and take long to draw
INSIDE = (Role.COACHEE, Role.COACH, Role.MANAGER, Role.SPONSOR, Role.ORG_ADMIN)

SCENES: dict[str, dict[str, Any]] = {
    "preparing": {"stage": Stage.PREPARING},
    "active": {"stage": Stage.ACTIVE},
    "paused": {"stage": Stage.PAUSED},
    "stopped, released to the sponsor": {"stage": Stage.CLOSING, "released": True, "stops": True},
    "dropped": {"stage": Stage.DROPPED},
    "closing, released to the sponsor": {"stage": Stage.CLOSING, "released": True},
    "closed, released to the sponsor": {"stage": Stage.CLOSED, "released": True},
}

POSTED = ("preparing", "active", "closing, released to the sponsor")
ON_BOTH = ("closing, released to the sponsor",)


@dataclass(frozen=True, slots=True)
class Look:
    """What somebody was answered at one address."""

    name: str
    method: str
    address: str
    status: int
    found: frozenset[str]
    links: frozenset[str]


@dataclass(frozen=True, slots=True)
class Swept:
    """A scene with what each saw in it, and what every link on a page of theirs answers them."""

    stage: Stage
    table: DisclosureTable
    looks: dict[Role, list[Look]]
    answers: dict[Role, dict[str, int]]


_swept: dict[str, Swept] = {}


def scenes() -> list[Any]:
    """Every scene as a parameter of a test. By its name all tests of a scene run in one process."""
    return [scene_of(scene) for scene in SCENES]


def scene_of(scene: str) -> Any:
    """One scene as a parameter; what differs between the others is decided in Python, not by a database."""
    marks = [] if scene in ON_BOTH else [pytest.mark.one_database]
    return pytest.param(scene, id=f"sweep {scene}", marks=marks)


def swept(client: Any, scene: str) -> Swept:
    """The round through a scene; made once in a process, since nothing in it stays in the database."""
    if scene not in _swept:
        filled = fill(**SCENES[scene])
        looks, answers = dict[Role, list[Look]](), dict[Role, dict[str, int]]()
        methods = ("get", "post") if scene in POSTED else ("get",)  # a door asks nothing of the method
        for role in INSIDE:
            options = {"only_doors": scene not in POSTED, "shut_doors": scene in ON_BOTH}
            looks[role] = look_around(client, filled, role, methods, **options)
            answers[role] = follow(client, looks[role])
        _swept[scene] = Swept(SCENES[scene]["stage"], filled.engagement.table, looks, answers)
    return _swept[scene]


@contextmanager
def quickly() -> Iterator[None]:
    """Without what says nothing new here: the copy that Django keeps of a context, and the seal.

    A seal takes longer than the paper that it lies on, and holds no word of it.
    """
    with (
        mock.patch.object(Template, "_render", lambda template, context: template.nodelist.render(context)),
        mock.patch.object(seal, "seal", lambda pdf, **_how: pdf),
    ):
        yield


@quickly()
def look_around(
    client: Any,
    filled: Filled,
    who: str,
    methods: tuple[str, ...] = ("get", "post"),
    *,
    only_doors: bool = False,
    shut_doors: bool = False,
) -> list[Look]:
    """Every address with the words that `who` is shown there; what a post does is taken back.

    With `only_doors` pages without a permission are left out: they are the same in every stage. Without
    `shut_doors` nothing is sent where looking was refused: a door asks nothing of the method.
    """
    if who == "visitor":
        client.logout()
    else:
        client.force_login(make_person() if who == "stranger" else person_of(filled.engagement, Role(who)))
    doors = {name for name, view, _parts in patterns() if hasattr(view, "permission")}
    looks = list[Look]()
    for name, address in addresses(filled.known):
        if name == "account_logout":  # the rest of the round would be made by a visitor
            continue
        if (only_doors and name not in doors) or (name in SAME_FOR_ALL and who != Role.COACHEE):
            continue
        for method in methods:
            with transaction.atomic():
                answer = getattr(client, method)(address, HTTP_ACCEPT_LANGUAGE="en")
                assert answer.status_code < 500, f"{who} {method} {address}"
                said = words(answer)
                transaction.set_rollback(True)
            links = links_on(address, said) if (method, answer.status_code) == ("get", 200) else frozenset()
            found = frozenset(FOUND.findall(said))
            looks.append(Look(name, method, address, answer.status_code, found, links))
            if answer.status_code == 403 and not shut_doors:
                break
    return looks


@quickly()
def follow(client: Any, looks: list[Look]) -> dict[str, int]:
    """What every link and form on these pages answers who is signed in now."""
    answers = {look.address: look.status for look in looks if look.method == "get"}
    for link in {link for look in looks for link in look.links} - set(answers):
        answers[link] = client.get(link, HTTP_ACCEPT_LANGUAGE="en").status_code
    return answers


def links_on(address: str, page: str) -> frozenset[str]:
    """Where the links and forms of a page lead, as far as that is inside the product."""
    found = {urlsplit(urljoin(address, link.replace("&amp;", "&"))) for link in LINK.findall(page)}
    return frozenset(
        link._replace(fragment="").geturl()
        for link in found
        if not link.netloc and not link.scheme and not link.path.startswith(ELSEWHERE)
    )
