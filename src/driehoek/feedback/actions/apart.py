"""What two rounds about one person would tell together, refused before the first letter is sent."""

import json
from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q
from django.utils.translation import gettext as _

from driehoek.access import Role
from driehoek.evidence.privacy import APART
from driehoek.evidence.wave import asked_apart
from driehoek.feedback.models import Rater, Round
from driehoek.kit import clock
from driehoek.kit.errors import Refused
from driehoek.method.questionnaires import asked_alike
from driehoek.people.models import Person
from driehoek.people.queries import mailbox_of


def refuse_telling_apart(
    one: Round, raters: Iterable[Rater], about: Person, *, is_read_by_them: bool
) -> None:
    """What was asked of four and, in the same weeks, of three of them tells what the fourth answered.

    The person reads every round about them, so those of other engagements count as well. Of those a coach,
    who may be another one there, does not read here that they exist.
    """
    asked, now = json.loads(one.asked), _by_group(raters)
    near = [other for other in _near(one, about) if asked_alike(asked, json.loads(other.asked))]
    lists = [_by_group(other.raters.select_related("round__engagement__data_key")) for other in near]
    if not near or not asked_apart([now, *lists]):
        return
    if is_read_by_them or all(other.engagement_id == one.engagement_id for other in near):
        words = _(
            "Some of these people were asked the same less than two weeks ago, or still are, with one or "
            "two more or fewer. The two reports together would tell what those answered. Ask exactly "
            "the same people, or wait until two weeks after that round."
        )
        raise Refused(None, words)
    words = _(
        "This list cannot go out yet. Give it back to %(name)s, who reads why on handing it over again."
    )
    raise Refused(None, words % {"name": about.first_name_only})


def _near(one: Round, about: Person) -> Iterable[Round]:
    about_them = Q(engagement__parties__person=about, engagement__parties__role=Role.COACHEE)
    is_open = Q(state=Round.State.OPEN)
    lately = Q(state=Round.State.CLOSED, closed_at__gt=clock.now() - APART)
    found = Round.objects.filter(about_them, is_open | lately, engagement__data_key__isnull=False)
    return found.exclude(pk=one.pk).select_related("engagement__data_key").order_by("begun_at")


def _by_group(raters: Iterable[Rater]) -> dict[str, set[str]]:
    """Who is asked, by group; the person and the manager are named, so of them nothing is found."""
    groups = defaultdict(set)
    for rater in raters:
        if rater.group not in (Rater.Group.SELF, Rater.Group.MANAGER):
            groups[rater.group].add(mailbox_of(rater.email))
    return dict(groups)
