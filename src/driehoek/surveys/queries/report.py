"""What is told of a closed survey, laid out for a page: only what was frozen when it closed."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from driehoek.evidence.survey import FEWEST, ItemTold, SurveyTold, thawed_survey
from driehoek.kit.moves import Move, Moves, draw_moves
from driehoek.kit.templatetags.look import decimal
from driehoek.method.questionnaires import Questionnaire
from driehoek.surveys.models import Survey
from driehoek.surveys.queries.surveys import asked_in


@dataclass(frozen=True, slots=True)
class Row:
    """One item of the table: its words, the share in words, between which ends, and the mean."""

    words: str
    share: str
    between: str
    mean: str


@dataclass(frozen=True, slots=True)
class SurveyReport:
    """One page of what came in."""

    told: SurveyTold
    asked: Questionnaire
    at_least: int
    invited: int
    drawn: Moves | None
    rows: list[Row]

    @property
    def fewest(self) -> int:
        return FEWEST

    @property
    def question(self) -> str:
        """The first item, as it was asked."""
        return self.asked.items[0].others

    @property
    def counted(self) -> str:
        """Which answers count, with the word that stood beside them where there was one."""
        word = dict(self.asked.scale.choices)[self.at_least]
        return _("%(value)s or more") % {"value": word if word == str(self.at_least) else f"“{word}”"}

    @property
    def finding(self) -> str:
        """The first item in a sentence: the number, then how sure it is."""
        first = self.told.item(self.asked.items[0].id)
        if self.told.n is None:
            return _(
                "Fewer than %(least)s people answered, so nothing is shown, also not how many. That says "
                "nothing about how it is."
            ) % {"least": FEWEST}
        if first is None:
            return _("What came in on the first question cannot be shown without telling what somebody said.")
        facts = {"reached": first.reached, "n": first.n, "percent": _percent(float(first.share))}
        facts["counted"] = self.counted
        said = _("%(percent)s answered %(counted)s: %(reached)s of %(n)s people who answered.") % facts
        return f"{said} {self._sureness(first)}"

    @property
    def response(self) -> str:
        """How many answered of how many; something else when more came in than there are people."""
        if self.told.n is None:
            return ""
        if self.told.n > self.invited:
            return _(
                "More answers came in than people were asked (%(n)s, of %(invited)s), so some answered "
                "twice. Read the numbers with care."
            ) % {"n": self.told.n, "invited": self.invited}
        words = ngettext(
            "%(n)d of %(invited)d person answered (%(percent)s).",
            "%(n)d of %(invited)d people answered (%(percent)s).",
            self.invited,
        )
        facts = {"n": self.told.n, "invited": self.invited}
        return words % (facts | {"percent": _percent(self.told.n / self.invited)})

    @property
    def said(self) -> list[tuple[str, tuple[str, ...]]]:
        """The open questions with what was written, in an order that means nothing."""
        return [(one.others, self.told.words[one.id]) for one in self.asked.open if one.id in self.told.words]

    def _sureness(self, one: ItemTold) -> str:
        if one.low is None or one.high is None:
            return _("Everybody who was asked answered, so this is the share itself and not an estimate.")
        facts = {"low": _percent(one.low), "high": _percent(one.high)}
        return _("For everybody who was asked it can lie from %(low)s to %(high)s (Wilson, 95%%).") % facts


def report_of(one: Survey) -> SurveyReport:
    """The page of a closed survey: no queries. Raises ValueError for one that is still open."""
    if not one.report:
        raise ValueError("this survey has not been closed")
    told, asked = thawed_survey(json.loads(one.report)), asked_in(one)
    moves = list(_moves(told, asked))
    drawn = draw_moves(moves, lowest=0, highest=100, step=20) if moves else None
    return SurveyReport(told, asked, one.at_least, one.invited, drawn, list(_rows(told, asked)))


def _moves(told: SurveyTold, asked: Questionnaire) -> Iterator[Move]:
    names = {item.id: item.others for item in asked.items}
    for one in told.items:
        ends = [None if end is None else 100 * end for end in (one.low, one.high)]
        yield Move(_short(names[one.id]), None, 100 * float(one.share), _percent(float(one.share)), *ends)


def _short(words: str) -> str:
    """What fits above a line on a phone; the table has it whole."""
    return words if len(words) <= 36 else f"{words[:35].rstrip()}…"


def _rows(told: SurveyTold, asked: Questionnaire) -> Iterator[Row]:
    for item in asked.items:
        one = told.item(item.id)
        if one is None:
            yield Row(item.others, "", "", "")
            continue
        between = "–"
        if one.low is not None and one.high is not None:
            ends = {"low": _percent(one.low), "high": _percent(one.high)}
            between = _("%(low)s to %(high)s") % ends
        share = _("%(reached)s of %(n)s: %(percent)s") % {
            "reached": one.reached,
            "n": one.n,
            "percent": _percent(float(one.share)),
        }
        yield Row(item.others, share, between, "–" if one.mean is None else decimal(float(one.mean), 1))


def _percent(share: float) -> str:
    return f"{decimal(100 * share, 0)}%"
