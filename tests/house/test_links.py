"""No page offers what its reader cannot do: every link and every form on it leads somewhere."""

import re
from urllib.parse import urljoin, urlsplit

import pytest

from driehoek.access import Role, Stage
from driehoek.documents import pdf
from tests.house.test_doors import OPEN
from tests.leaks.filled import Filled, fill
from tests.leaks.pages import addresses
from tests.makers import person_of

pytestmark = pytest.mark.django_db
LINK = re.compile(r"<(?:a|form)\b[^>]*?\b(?:href|action)=\"([^\"]*)\"")
ELSEWHERE = ("/static/", "/sign-out/")
NOT_WALKED = {*OPEN, "account_logout"}  # the same for everybody, or the way out
INSIDE = (Role.COACHEE, Role.COACH, Role.MANAGER, Role.SPONSOR, Role.ORG_ADMIN)


def links_on(address: str, page: str) -> set[str]:
    """Where the links and forms of a page lead, as far as that is inside the product."""
    found = {urlsplit(urljoin(address, link.replace("&amp;", "&"))) for link in LINK.findall(page)}
    return {
        link._replace(fragment="").geturl()
        for link in found
        if not link.netloc and not link.scheme and not link.path.startswith(ELSEWHERE)
    }


def dead_ends(client, filled: Filled) -> list[str]:
    """Every link on every page the signed-in reader may open, that answers "not allowed" or "not there"."""
    status, shown = {}, {}

    def ask(address: str) -> int:
        if address not in status:
            answer = client.get(address, HTTP_ACCEPT_LANGUAGE="en")
            status[address] = answer.status_code
            if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
                shown[address] = answer.content.decode()
        return status[address]

    places = [place for name, place in addresses(filled.known) if name not in NOT_WALKED]
    pages = [place for place in places if ask(place) == 200]
    return sorted(
        f"{page} leads to {link}: {status[link]}"
        for page in pages
        for link in links_on(page, shown.get(page, ""))
        if ask(link) in (403, 404) or status[link] >= 500
    )


@pytest.mark.parametrize("role", INSIDE)
@pytest.mark.parametrize("stage", Stage)
def test_no_page_leads_to_a_closed_door(client, monkeypatch, stage, role):
    monkeypatch.setattr(pdf, "_compile", lambda *_given: b"%PDF-1.7")  # where it leads, not what it prints
    filled = fill(stage=stage, released=stage is not Stage.PREPARING)
    client.force_login(person_of(filled.engagement, role))

    assert dead_ends(client, filled) == []
