"""What is told of a closed survey, laid out for a page: only what was frozen when it closed."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil, floor
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from driehoek.evidence.survey import FEWEST, FEWEST_SHARED, ItemTold, SurveyTold, shared_of, thawed_survey
from driehoek.kit.templatetags.look import decimal
from driehoek.method.questionnaires import Questionnaire
from driehoek.surveys.models import Survey
from driehoek.surveys.queries.behind import behind
from driehoek.surveys.queries.drawing import Bar, bar
from driehoek.surveys.queries.surveys import asked_in

ANYONE: Final = gettext_lazy(
    "Anyone who had the link could answer, also more than once: this is about answers and not about people, "
    "and it has no margin."
)


@dataclass(frozen=True, slots=True)
class Row:
    """One item: its words, the share in words, between which ends, the mean, and its place on the line."""

    words: str
    share: str
    between: str
    mean: str
    bar: Bar | None = None


@dataclass(frozen=True, slots=True)
class SurveyReport:
    """One page of what came in."""

    told: SurveyTold
    asked: Questionnaire
    at_least: int
    invited: int
    rows: list[Row]

    @property
    def fewest(self) -> int:
        return FEWEST_SHARED if self.told.is_shared else FEWEST

    @property
    def question(self) -> str:
        """The first item, as it was asked."""
        return self.asked.items[0].others

    @property
    def has_interval(self) -> bool:
        return any(one.low is not None for one in self.told.items)

    @property
    def counted(self) -> str:
        """Which answers count, with the word that stood beside them where there was one."""
        word = dict(self.asked.scale.choices)[self.at_least]
        return _("%(value)s or more") % {"value": word if word == str(self.at_least) else f"“{word}”"}

    @property
    def finding(self) -> str:
        """The first item in a sentence: the number, then how sure it is."""
        if self.told.n is None:
            return self._nothing()
        first = self.told.item(self.asked.items[0].id)
        if first is None:
            return self._hidden()
        facts = {"reached": first.reached, "n": first.n, "percent": percent(float(first.share))}
        facts["counted"] = self.counted
        if self.told.is_shared:
            said = _("%(percent)s of the answers is %(counted)s: %(reached)s of %(n)s.") % facts
            return f"{said} {ANYONE}"
        said = _("%(percent)s answered %(counted)s: %(reached)s of %(n)s people who answered.") % facts
        return f"{said} {self._sureness(first)}"

    @property
    def response(self) -> str:
        """How many answered of how many; behind a shared link how many answers, which are no people."""
        if self.told.n is None:
            return ""
        facts = {"n": self.told.n, "invited": self.invited, "percent": percent(self.told.n / self.invited)}
        if self.told.is_shared:
            return _("%(n)s answers came in; %(invited)s people were asked.") % facts
        return _("%(n)s of %(invited)s people answered (%(percent)s).") % facts

    @property
    def said(self) -> list[tuple[str, tuple[str, ...]]]:
        """The open questions with what was written, in an order that means nothing."""
        return [(one.others, self.told.words[one.id]) for one in self.asked.open if one.id in self.told.words]

    @property
    def behind(self) -> list[tuple[str, str]]:
        """What the page folds out: how it was worked out, from how much, on what conditions, from where."""
        return behind(self.told, counted=self.counted, response=self.response)

    def _nothing(self) -> str:
        if self.told.is_over:
            return _(
                "More answers came in than people were asked, so some answered more than once and nothing "
                "is shown. That says nothing about how things are. With a letter to each nobody can answer "
                "twice."
            )
        if self.told.is_shared:
            return _(
                "Fewer than ten answers came in, so nothing is shown, not even how many. That says nothing "
                "about how things are."
            )
        return _(
            "Fewer than %(least)s people answered, so nothing is shown, not even how many. That says "
            "nothing about how things are."
        ) % {"least": FEWEST}

    def _hidden(self) -> str:
        return _(
            "What came in on the first question is not shown: too few answered it, or it would tell what "
            "somebody said."
        )

    def _sureness(self, one: ItemTold) -> str:
        if one.low is None or one.high is None:
            return _("Everybody who was asked answered, so this is the share itself and not an estimate.")
        said = _("For everybody who was asked it can lie from %(low)s to %(high)s (Wilson, 95%%).")
        return said % ends(one.low, one.high)


def report_of(one: Survey) -> SurveyReport:
    """The page of a closed survey: no queries. Raises ValueError for one that is still open."""
    if not one.report:
        raise ValueError("this survey has not been closed")
    told, asked = thawed_survey(json.loads(one.report)), asked_in(one)
    if one.is_shared and not told.is_shared:  # written down before answers were told from people
        told = shared_of(told, one.invited)
    return SurveyReport(told, asked, one.at_least, one.invited, list(_rows(told, asked)))


def _rows(told: SurveyTold, asked: Questionnaire) -> Iterator[Row]:
    for item in asked.items if told.items else ():
        one = told.item(item.id)
        if one is None:
            yield Row(item.others, "", "", "")
            continue
        between = "–"
        if one.low is not None and one.high is not None:
            between = _("%(low)s to %(high)s") % ends(one.low, one.high)
        share = _("%(reached)s of %(n)s: %(percent)s") % {
            "reached": one.reached,
            "n": one.n,
            "percent": percent(float(one.share)),
        }
        mean = "–" if one.mean is None else decimal(float(one.mean), 1)
        yield Row(item.others, share, between, mean, bar(float(one.share), one.low, one.high))


def percent(share: float) -> str:
    """Whole percents, 0.8 is 80%; only nobody is 0% and only everybody 100%, so 199 of 200 is 99.5%."""
    places = 0
    while 0 < share < 1 and round(100 * share, places) in (0, 100):
        places += 1
    return f"{decimal(100 * share, places)}%"


def ends(low: float, high: float) -> dict[str, str]:
    """The ends of a margin, never rounded inwards."""
    return {"low": percent(floor(100 * low) / 100), "high": percent(ceil(100 * high) / 100)}
