"""Asking a group by link: begun, answered by each, and closed when its last day lies before today."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from driehoek.access import Role
from driehoek.agreements.models import Criterion
from driehoek.demo.case import Case
from driehoek.demo.story.preparing import person
from driehoek.engagements.models import Engagement
from driehoek.kit import clock
from driehoek.surveys import actions
from driehoek.surveys.actions.letters import token_of
from driehoek.surveys.models import Survey
from driehoek.surveys.queries import asked_in


def ask_a_group(case: Case, engagement: Engagement, told: dict[str, Any]) -> None:
    """A whole survey; what it feeds is named by goal and place, as a value is."""
    last = told["day"] + told["closes_after"]
    with clock.moved_to(case.at(told["day"], "10:15")):
        one = actions.begin_survey(
            engagement,
            by=person(case, Role(told["by"])),
            closes_on=case.on(last),
            criterion_id=_fed(engagement, told),
            **{name: told[name] for name in ("stem", "subject", "at_least")},
            invited=told.get("invited", 0),
            addresses=told.get("addresses", ()),
        )
    _answer(case, one, told)
    with clock.moved_to(case.at(last + 1, "00:05")):
        if case.is_past(last + 1):
            actions.close_when_over(one.pk)


def _fed(engagement: Engagement, told: dict[str, Any]) -> Any:
    if "criterion" not in told:
        return None
    goal, place = told["criterion"]
    return Criterion.objects.filter(engagement=engagement, goal__position=goal)[place - 1].pk


def _answer(case: Case, one: Survey, told: dict[str, Any]) -> None:
    """Each once, spread over the days there were."""
    items = [item.id for item in asked_in(one).items]
    question = next(iter(asked_in(one).open), None)
    words = told.get("words", ())
    for n, (token, scores) in enumerate(zip(_links(one), told["answers"], strict=False)):
        late = timedelta(hours=5 + 9 * n % (24 * told.get("answered_within", 2)))
        with clock.moved_to(case.at(told["day"], "10:15") + late):
            given = dict(zip(items, scores, strict=True))
            texts = {question.id: words[n]} if question and n < len(words) else {}
            actions.hand_in(token, scores=given, texts=texts)


def _links(one: Survey) -> Iterator[str]:
    """The link that is shared, as often as it is used; else the one of each letter."""
    while one.link:
        yield one.link
    yield from map(token_of, list(one.letters.all()))
