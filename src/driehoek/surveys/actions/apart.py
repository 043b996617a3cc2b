"""What two surveys with the same questions would tell together, refused before the first letter is sent."""

import json
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Final

from django.utils.translation import gettext as _

from driehoek.engagements.models import Engagement
from driehoek.evidence.survey import tell_apart
from driehoek.kit import clock
from driehoek.kit.errors import Refused
from driehoek.surveys.actions.letters import people_behind
from driehoek.surveys.models import Survey
from driehoek.vault import keys

APART: Final = timedelta(days=14)
"""Between a shared link and another survey with the same questions: nobody knows who is in both."""


def refuse_telling_apart(held: Engagement, stem: str, addresses: Sequence[str]) -> None:
    """What was asked of six and then of five of them tells what the sixth answered.

    Whoever takes part here may read another engagement too, so everything that any of them can have read is
    reckoned with.
    """
    if addresses and tell_apart([addresses, *_asked_before(held, stem, addresses)]):
        raise Refused(
            "addresses",
            _(
                "Some of these people were asked the same before, with a few more or a few fewer. The two "
                "results together would tell what fewer than five of them answered. Ask exactly the same "
                "people, or five others besides."
            ),
        )


def refuse_too_soon(held: Engagement, stem: str, *, is_shared: bool) -> None:
    """With a link that is shared, two results close together tell of whoever came or went in between."""
    since = clock.now() - APART
    for one in held.surveys.all():
        near = one.closed_at is None or one.closed_at > since
        if near and (is_shared or one.is_shared) and _stem(one) == stem:
            raise Refused(
                "stem",
                _(
                    "The same was asked here less than two weeks ago, or still is. With a shared link the "
                    "two results together would tell too much of whoever came or went. Wait, or ask "
                    "something else."
                ),
            )


def _asked_before(held: Engagement, stem: str, addresses: Sequence[str]) -> Iterator[set[str]]:
    """Each group that was asked the same; whoever is asked now by address, others by what hides them."""
    shared = Engagement.objects.filter(parties__person__in=held.parties.values("person"))
    rows = Survey.objects.filter(engagement__in=shared, engagement__data_key__isnull=False)
    found = list(rows.exclude(asked_of="").select_related("engagement__data_key"))
    keys.warm(one.engagement.data_key for one in found if one.engagement.data_key)
    for one in found:
        if _stem(one) == stem:
            names = {people_behind(one.engagement, [address])[0]: address for address in addresses}
            yield {names.get(person, person) for person in json.loads(one.asked_of)}


def _stem(one: Survey) -> str:
    return str(json.loads(one.asked)["id"])
