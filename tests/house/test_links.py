"""No page offers what its reader cannot do: every link and every form on it leads somewhere."""

import pytest

from tests.house.test_doors import OPEN
from tests.leaks.sweeps import scenes, swept

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("scene", scenes())
def test_no_page_leads_to_a_closed_door(client, scene):
    seen, dead_ends = swept(client, scene), []
    for role, looks in seen.looks.items():
        status = seen.answers[role]
        dead_ends += [
            f"{role}: {look.address} leads to {link}: {status[link]}"
            for look in looks
            if look.name not in OPEN  # the same for everybody
            for link in sorted(look.links)
            if status[link] in (403, 404) or status[link] >= 500
        ]
    assert dead_ends == []
