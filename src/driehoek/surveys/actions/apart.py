"""What two surveys with the same questions would tell together, refused before the first letter is sent."""

import json
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from driehoek.engagements.models import Engagement
from driehoek.evidence.privacy import APART
from driehoek.evidence.survey import tell_apart
from driehoek.kit import clock
from driehoek.kit.errors import Refused
from driehoek.surveys.actions.letters import people_behind
from driehoek.surveys.models import Survey
from driehoek.vault import keys


def refuse_telling_apart(held: Engagement, stem: str, addresses: Sequence[str], at_least: int) -> None:
    """What was asked of six and then of five of them tells what the sixth answered.

    Whoever takes part here may read another engagement too, so everything that any of them can have read is
    reckoned with.
    """
    before = [(one, _people(one, addresses)) for one in _alike(held, stem) if addresses and not one.is_shared]
    if before and tell_apart([addresses, *(people for _one, people in before)]):
        raise Refused(
            "addresses",
            _(
                "Some of these people were asked the same before, with a few more or a few fewer. The two "
                "results together would tell what fewer than five of them answered. Ask exactly the same "
                "people, or five others besides."
            ),
        )
    _refuse_another_count(before, addresses, at_least)


def _refuse_another_count(
    before: Sequence[tuple[Survey, set[str]]], addresses: Sequence[str], at_least: int
) -> None:
    """Five of five from 3 on and none of five from 4 on: each of them said 3."""
    for one, people in before:
        if one.at_least != at_least and people & set(addresses) and _is_near(one):
            raise Refused(
                "at_least",
                _(
                    "These people were asked the same less than two weeks ago, or still are, counting from "
                    "another answer on. The two results together would tell what each of them answered. "
                    "Choose %(before)s again, or wait."
                )
                % {"before": one.at_least},
            )


def refuse_too_soon(held: Engagement, stem: str, *, is_shared: bool) -> None:
    """With a link that is shared, two results close together tell of whoever came or went in between."""
    for one in _alike(held, stem):
        if (is_shared or one.is_shared) and _is_near(one):
            raise Refused(
                "stem",
                _(
                    "The same was asked less than two weeks ago, or still is, here or in other work of one "
                    "of you. With a shared link the two results together would tell too much of whoever came "
                    "or went. Wait, or ask something else."
                ),
            )


def _alike(held: Engagement, stem: str) -> Iterator[Survey]:
    """Each survey with these questions that somebody who takes part here can have read."""
    shared = Engagement.objects.filter(parties__person__in=held.parties.values("person"))
    rows = Survey.objects.filter(engagement__in=shared, engagement__data_key__isnull=False)
    found = list(rows.select_related("engagement__data_key").order_by("begun_at"))
    keys.warm(one.engagement.data_key for one in found if one.engagement.data_key)
    for one in found:
        if json.loads(one.asked)["id"] == stem:
            yield one


def _is_near(one: Survey) -> bool:
    return one.closed_at is None or one.closed_at > clock.now() - APART


def _people(one: Survey, addresses: Sequence[str]) -> set[str]:
    """Who was asked: whoever is asked now by address, others by what hides them."""
    names = {people_behind(one.engagement, [address])[0]: address for address in addresses}
    return {names.get(person, person) for person in json.loads(one.asked_of)}
