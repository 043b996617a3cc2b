"""Asking around for feedback: named, checked, answered by each with a link of their own, and closed."""

from datetime import timedelta
from typing import Any

from driehoek.access import Role
from driehoek.demo.case import Case
from driehoek.demo.story.preparing import person
from driehoek.engagements.models import Engagement
from driehoek.feedback import actions
from driehoek.feedback.actions.rounds import new_link
from driehoek.feedback.models import Rater, Round
from driehoek.feedback.queries import asked_in
from driehoek.kit import clock


def ask_around(case: Case, engagement: Engagement, told: dict[str, Any]) -> None:
    """A whole round: it closes when its last day lies before today."""
    coachee, coach = person(case, Role.COACHEE), person(case, Role.COACH)
    with clock.moved_to(case.at(told["day"], "09:30")):
        facts = {"moment": told["moment"], "behaviours": told["behaviours"], "own": told.get("own", ())}
        one = actions.begin_round(engagement, by=coachee, **facts)
        named = told["raters"] if told["moment"] == "baseline" else ()  # a later list begins with the same
        for rater in named:
            actions.name_rater(one, name=rater["name"], email=rater["email"], group=rater["group"])
        one = actions.hand_to_coach(one)
    with clock.moved_to(case.at(told["day"], "16:00")):
        last = case.on(told["day"]) + timedelta(days=told["closes_after"])
        one = actions.open_round(one, closes_on=last, by=coach)
    _answer(case, one, told)
    with clock.moved_to(case.at(told["day"] + told["closes_after"] + 1, "00:05")):
        if case.is_past(told["day"] + told["closes_after"] + 1) and actions.close_when_over(one.pk):
            for reader in (coachee, coach):
                actions.have_read(Round.objects.get(pk=one.pk), by=reader)


def _answer(case: Case, one: Round, told: dict[str, Any]) -> None:
    """Each on a day of their own, the coachee first."""
    items = [item.id for item in asked_in(one).items]
    said = {rater["email"]: rater for rater in told["raters"]} | {"": told | {"scores": told["self"]}}
    for n, rater in enumerate(one.raters.select_related("round__engagement")):
        given = said["" if rater.group == Rater.Group.SELF else rater.email]
        with clock.moved_to(case.at(told["day"] + 1 + n, "20:30")):
            token = new_link(rater)
            scores = {item: score for item, score in zip(items, given["scores"], strict=True) if score != ""}
            texts = {name: given[name] for name in ("keep", "differently") if name in given}
            actions.keep_draft(token, scores=scores, texts=texts, knows=True)
            actions.hand_in(token)
