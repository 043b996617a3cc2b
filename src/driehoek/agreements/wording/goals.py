"""Goals, levels and criteria in words."""

import math
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from driehoek.agreements.models import Criterion, Goal
from driehoek.agreements.wording.numbers import amount, difference, percent, written
from driehoek.agreements.wording.periods import period_words
from driehoek.evidence.baseline import Before
from driehoek.evidence.criteria import CriterionTerms, Number
from driehoek.evidence.foresight import Finding
from driehoek.kit.templatetags.look import MINUS, day, decimal

FORM_WORDS = {
    Criterion.Form.RELATIVE_CHANGE: gettext_lazy("A change in percent"),
    Criterion.Form.ABSOLUTE_CHANGE: gettext_lazy("A change by a fixed amount"),
    Criterion.Form.LEVEL: gettext_lazy("A level to reach"),
    Criterion.Form.SHARE_AT_LEAST: gettext_lazy("A share of at least"),
    Criterion.Form.COUNT: gettext_lazy("A number of times"),
}
FORM_EXAMPLES = {
    Criterion.Form.RELATIVE_CHANGE: gettext_lazy(
        "So many percent more or less than today. Example: 50% fewer wrong orders."
    ),
    Criterion.Form.ABSOLUTE_CHANGE: gettext_lazy(
        "So much more or less than today, in the unit itself. Example: from 70 to 90, so 20 up."
    ),
    Criterion.Form.LEVEL: gettext_lazy(
        "The value it must be in the end, whatever it is today. Example: a score of 7.5 or higher."
    ),
    Criterion.Form.SHARE_AT_LEAST: gettext_lazy(
        "What part of all people or cases. Example: 80% of the users give a 7 or higher."
    ),
    Criterion.Form.COUNT: gettext_lazy(
        "How often something was done, counted from the start. Example: 6 sessions with homework."
    ),
}
DIRECTION_WORDS = {
    Criterion.Direction.UP: pgettext_lazy("direction", "Up: more is better"),
    Criterion.Direction.DOWN: pgettext_lazy("direction", "Down: less is better"),
}
COUNTED_WORDS = {
    Criterion.Counted.LAST: gettext_lazy("The last value in the period"),
    Criterion.Counted.WEIGHTED: gettext_lazy("Everything in the period together, by volume"),
}
COUNTED_HINTS = {
    Criterion.Counted.LAST: gettext_lazy("For a score or a level, measured again at the end."),
    Criterion.Counted.WEIGHTED: gettext_lazy(
        "For errors per order: all errors divided by all orders, so that a quiet week weighs less."
    ),
}
MATTERS_WORDS = {
    Goal.MattersTo.COACHEE: gettext_lazy("The coachee"),
    Goal.MattersTo.ORGANISATION: gettext_lazy("The organisation"),
    Goal.MattersTo.BOTH: pgettext_lazy("for whom", "Both"),
}
BROUGHT_WORDS = {
    Goal.BroughtBy.COACHEE: gettext_lazy("The coachee"),
    Goal.BroughtBy.ORGANISATION: gettext_lazy("Only the organisation"),
    Goal.BroughtBy.TOGETHER: gettext_lazy("Both together"),
}
BROUGHT_SENTENCES = {
    Goal.BroughtBy.COACHEE: gettext_lazy("Brought by the coachee."),
    Goal.BroughtBy.ORGANISATION: gettext_lazy("Brought by the organisation only, not by the coachee."),
    Goal.BroughtBy.TOGETHER: gettext_lazy("Brought by coachee and organisation together."),
}
LEVEL_WORDS = {
    -2: gettext_lazy("Much less than expected"),
    -1: gettext_lazy("Less than expected"),
    0: gettext_lazy("As expected: the goal is reached"),
    1: gettext_lazy("More than expected"),
    2: gettext_lazy("Much more than expected"),
}
LEVEL_PROMPTS = {
    -2: gettext_lazy("What do people see when things went backwards, or nothing came of it?"),
    -1: gettext_lazy("What do people see when it is on its way, but not there? Often this is today."),
    0: gettext_lazy("What do people see when exactly this goal has been reached?"),
    1: gettext_lazy("What do people see when it went better than you dared to agree?"),
    2: gettext_lazy("What do people see in the best case that can still be believed?"),
}


def matters_words(matters_to: str) -> str:
    """For whom a goal matters, as it goes on after other words: "Matters to: both"."""
    words = str(MATTERS_WORDS[Goal.MattersTo(matters_to)])
    return words[:1].lower() + words[1:]


def brought_words(brought_by: str) -> str:
    """From whom a goal comes, in a sentence; empty where nobody wrote that down."""
    return str(BROUGHT_SENTENCES[Goal.BroughtBy(brought_by)]) if brought_by else ""


def level_sign(level: int) -> str:
    """A level as it is printed: −2, 0, +1."""
    return f"{MINUS}{-level}" if level < 0 else f"+{level}" if level else "0"


def starting_value(terms: CriterionTerms) -> str:
    """Where a criterion starts from, in words; nothing when it does not need one."""
    if terms.baseline is None:
        return ""
    start = _level(terms, terms.baseline)
    if terms.measured_before is None:
        return start
    facts = {"start": start, "count": len(terms.measured_before.values)}
    facts |= {"from": day(terms.measured_before.starts), "until": day(terms.measured_before.ends)}
    if terms.measured_before.is_weighted:
        return _("%(start)s: %(count)d values weighed by volume, from %(from)s to %(until)s") % facts
    return _("%(start)s: the mean of %(count)d values, from %(from)s to %(until)s") % facts


def _level(terms: CriterionTerms, value: Number | None) -> str:
    """A value of this measure; a share as a percentage."""
    if value is not None and terms.form == "share_at_least":
        return percent(value)
    return amount(value, terms.unit)


def before_words(terms: CriterionTerms) -> str:
    """Every value from before the start, with its day; nothing where there are none."""
    there = terms.measured_before.values if terms.measured_before else ()
    return "; ".join(f"{day(one.on)}: {_before(one, terms)}" for one in there)


def _before(one: Before, terms: CriterionTerms) -> str:
    if one.out_of is not None:
        return _("%(count)s of %(all)s") % {"count": written(one.value), "all": written(one.out_of)}
    return percent(one.value) if terms.form == "share_at_least" else written(one.value)


def target_words(terms: CriterionTerms) -> str:
    """When a criterion is reached, without the date: "at least 15% up from 3.1: 3.565 or more"."""
    words = _target(terms)
    together = _("%(target)s, over everything in the period together")
    return together % {"target": words} if terms.counted == "weighted" else words


def _target(terms: CriterionTerms) -> str:
    up = terms.direction == "up"
    if terms.form == "share_at_least":
        return _("at least %(share)s") % {"share": percent(terms.target)}
    if terms.form == "level":
        words = _("%(value)s or more") if up else _("at most %(value)s")
        return words % {"value": amount(terms.target, terms.unit)}
    if terms.form == "count" and terms.target == 1:
        return _("at least once") if up else _("at most once")
    if terms.form == "count":
        words = _("at least %(value)s times") if up else _("at most %(value)s times")
        return words % {"value": written(terms.target)}
    relative = terms.form == "relative_change"
    size = percent(terms.target) if relative else difference(terms.target, terms.unit)
    baseline = Fraction(terms.baseline or 0)
    change = baseline * Fraction(terms.target) if relative else Fraction(terms.target)
    end = amount(baseline + change if up else baseline - change, terms.unit)
    words = (
        _("at least %(size)s higher: %(end)s or more")
        if up
        else _("at least %(size)s lower: at most %(end)s")
    )
    return words % {"size": size, "end": end}


def criterion_words(terms: CriterionTerms) -> str:
    """When a criterion is reached, in one phrase with its dates."""
    return period_words(target_words(terms), terms)


FINDING_SENTENCES: dict[str, Any] = {
    "no_baseline": gettext_lazy(
        "There is no starting value. Without one it can be said where it ended, not what changed."
    ),
    "reached_already": gettext_lazy(
        "The starting value, %(start)s, meets the target already. When nothing changes at all, "
        "this counts as reached."
    ),
    "beyond_scale": gettext_lazy(
        "The scale ends at %(end)s. Left: %(possible)s; needed: %(required)s. It cannot be reached."
    ),
    "level_beyond_scale": gettext_lazy("The scale ends at %(end)s, before the target. It cannot be reached."),
    "within_noise": gettext_lazy(
        "With %(answers)s answers a difference below %(noise)s may be chance, and %(required)s was agreed. "
        "It may be real; this measurement cannot show it."
    ),
    "no_room_above_noise": gettext_lazy(
        "With %(answers)s answers a difference below %(noise)s may be chance, and the scale leaves less than "
        "that. Even the best that is possible would not show it."
    ),
    "too_few_answers": gettext_lazy(
        "With %(answers)s answers this share cannot be shown, even when everybody says yes. "
        "It takes at least %(needed)s."
    ),
    "share_of_all": gettext_lazy(
        "A share of 100%% is never shown by a part of the people: only when everybody answers."
    ),
    "by_itself": gettext_lazy(
        "When nothing changes at all, the chance of reaching this is %(chance)s with %(answers)s answers."
    ),
    "return_to_mean": gettext_lazy(
        "These people were chosen for their score. Of the %(required)s that is needed, about %(comes)s "
        "is expected to come by itself."
    ),
    "after_goal": gettext_lazy(
        "Its last day, %(deadline)s, lies after %(goal)s, the day of the goal. On that day nobody can say "
        "yet whether this was reached."
    ),
    "some_return_to_mean": gettext_lazy(
        "These people were chosen for their score, so part of the change is expected to come by itself. "
        "How much can be said once the mean of everybody and the reliability are known."
    ),
}


def finding_words(finding: Finding, terms: CriterionTerms) -> str:
    """What speaks against a criterion beforehand, in a sentence or two with its numbers."""
    name, apart = str(finding.id), ("possible", "required", "noise", "comes")
    if name == "beyond_scale" and "possible" not in finding.numbers:
        name = "level_beyond_scale"
    if name == "within_noise" and finding.numbers["required"] >= finding.numbers["noise"]:
        name = "no_room_above_noise"
    if name == "return_to_mean" and not finding.numbers:
        name = "some_return_to_mean"
    facts = {
        key: about(number, terms.unit, apart=key in apart) if key in (*apart, "end") else decimal(number, 0)
        for key, number in finding.numbers.items()
        if key != "chance"
    }
    if name == "reached_already":
        facts["start"] = _level(terms, terms.baseline)
    if name == "after_goal" and terms.deadline:
        goal = terms.deadline - timedelta(days=finding.numbers["days"])
        facts |= {"deadline": day(terms.deadline), "goal": day(goal)}
    if "chance" in finding.numbers:
        facts["chance"] = f"{decimal(finding.numbers['chance'] * 100, 0)}%"
    return str(FINDING_SENTENCES[name]) % facts


def about(number: float, unit: str = "", *, apart: bool = False) -> str:
    """A computed value as people say it: two digits that matter, with its unit; `apart` for a difference."""
    places = 0 if not number else max(0, 1 - math.floor(math.log10(abs(number))))
    said = Decimal(str(number)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return difference(said, unit) if apart else amount(said, unit)
