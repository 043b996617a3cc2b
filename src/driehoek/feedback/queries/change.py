"""What changed since the first round, in sentences, a drawing and a table: only what was frozen."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from driehoek.evidence.waves import Change, thawed_change
from driehoek.feedback.models import Round
from driehoek.feedback.queries.behind import behind_change
from driehoek.feedback.queries.figures import over_words, people
from driehoek.feedback.queries.finding import rounded_words
from driehoek.feedback.queries.rounds import asked_in
from driehoek.feedback.queries.written import adds_up, apart, to_tenths
from driehoek.feedback.wording import GROUP_WORDS, MOMENT_WORDS
from driehoek.kit.moves import Move, Moves, draw_moves
from driehoek.kit.templatetags.look import decimal, listed, signed
from driehoek.method.questionnaires import Questionnaire


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table: who, then, now, and the difference with its ends where they may be told."""

    who: str
    before: str
    after: str
    moved: str
    between: str
    n: str = ""
    """Over how many people, in words."""


@dataclass(frozen=True, slots=True)
class Moved:
    """One kind of behaviour: what is found, how it was worked out, the drawing, and the same as a table."""

    name: str
    finding: str
    how: str
    moves: Moves | None
    lines: list[Line]
    change: Change
    behind: list[tuple[str, str]]
    """How it was worked out and on what conditions, as pairs of a label and a text."""
    rows: list[Move]
    """What is drawn, for a drawing elsewhere."""


@dataclass(frozen=True, slots=True)
class Since:
    """What changed since an earlier round, for coachee and coach alike."""

    title: str
    caution: str
    moved: list[Moved]
    not_compared: list[str]
    """A sentence for each kind of behaviour that was not asked in the same words."""


def sinces_of(one: Round, name: str, *, is_own: bool) -> list[Since]:
    """What is told of the change since the first round, and since the one before: no queries."""
    kept = json.loads(one.report)
    return [_since(one, kept[key], name, is_own=is_own) for key in ("since", "since_latest") if key in kept]


def _since(one: Round, kept: dict[str, Any], name: str, *, is_own: bool) -> Since:
    found = {change["id"]: thawed_change(change) for change in kept["changes"]}
    asked = asked_in(one)
    write = _Writer(asked, _("You") if is_own else name)
    anew = _("%(name)s was not asked in the same words both times, so it is not compared.")
    then = str(MOMENT_WORDS[Round.Moment(kept["moment"])]).lower()
    return Since(
        _("What changed since “%(then)s”") % {"then": then},
        _(
            "Changed during the coaching; these numbers cannot say whether because of it. People who know "
            "that somebody is coached may look differently too."
        ),
        [
            write.moved(part.name, found[part.id], len(part.items))
            for part in asked.behaviours
            if part.id in found
        ],
        [anew % {"name": part.name} for part in asked.behaviours if part.id not in found],
    )


@dataclass(frozen=True, slots=True)
class _Writer:
    asked: Questionnaire
    person: str

    def moved(self, name: str, one: Change, asked: int) -> Moved:
        rows, scale = list(self._rows(one)), self.asked.scale
        drawn = [_drawn(row) for row in rows]
        moves = draw_moves(drawn, lowest=scale.lowest, highest=scale.highest) if drawn else None
        finding, how = " ".join(filter(None, self._said(one, asked))), _how(one)
        lines, behind = [_line(row) for row in rows], behind_change(one, how, asked)
        return Moved(name, finding, how, moves, lines, one, behind, drawn)

    def _rows(self, one: Change) -> Iterator["_Shift"]:
        """The others first: theirs is the question. Then who stands apart."""
        if one.before is not None and one.after is not None:
            yield _Shift(_("The others"), one.before, one.after, one.low, one.high, _counts(one))
        for label, pair in ((self.person, one.own), (str(GROUP_WORDS["manager"]), one.manager)):
            if pair is not None:
                yield _Shift(label, *pair)

    def _said(self, one: Change, asked: int) -> Iterator[str]:
        """What is found, then over which sentences where that is not all, and of whom over fewer."""
        yield _finding(one)
        of = len(one.items) or asked
        if over := over_words(len(one.items), asked):
            yield _(
                "This is %(over)s: those that were asked in the same words and have a number both times."
            ) % {"over": over}
        named = ((self.person, one.own_over), (str(GROUP_WORDS["manager"]), one.manager_over))
        for who, count in named:
            if words := over_words(count, of):
                yield _("%(who)s: %(over)s.") % {"who": who, "over": words}


@dataclass(frozen=True, slots=True)
class _Shift:
    """One row, exact: then and now, and between which ends the difference can lie."""

    label: str
    before: Fraction
    after: Fraction
    low: float | None = None
    high: float | None = None
    n: str = ""


def _drawn(row: _Shift) -> Move:
    then, now = float(row.before), float(row.after)
    low, high = (None if end is None else then + end for end in (row.low, row.high))
    return Move(row.label, then, now, f"{decimal(then, 1)} → {decimal(now, 1)}", low, high, n=row.n)


def _counts(one: Change) -> str:
    """Over how many people then and now."""
    if one.n_before == one.n_after:
        return people(one.n_after)
    return _("%(before)d then, %(after)d now") % {"before": one.n_before, "after": one.n_after}


def _line(row: _Shift) -> Line:
    between = ""
    if row.low is not None and row.high is not None:
        between = _("%(low)s to %(high)s") % _ends(row.low, row.high)
    return Line(
        row.label,
        decimal(float(row.before), 1),
        decimal(float(row.after), 1),
        signed(apart(row.before, row.after), 1),
        between,
        row.n,
    )


def _finding(one: Change) -> str:
    """What was measured, then how sure that is. Never "by": only a comparison could say so."""
    if one.before is None or one.after is None:
        return _(
            "How the others changed cannot be said: too few answered the same sentences both times, or it "
            "would tell what somebody said. That is not the same as nothing having changed."
        )
    moved = apart(one.before, one.after)
    facts = {"before": decimal(float(one.before), 1), "after": decimal(float(one.after), 1)}
    facts["apart"] = decimal(abs(moved), 1)
    if not moved and facts["before"] == facts["after"]:
        words = _("The others: %(before)s then and %(after)s now.")
    elif not moved:
        words = _("The others: %(before)s then and %(after)s now, less than 0.1 apart.")
    elif moved > 0:
        words = _("The others: from %(before)s to %(after)s, %(apart)s higher.")
    else:
        words = _("The others: from %(before)s to %(after)s, %(apart)s lower.")
    rounded = [] if adds_up(one.before, one.after) else [rounded_words()]
    return " ".join([words % facts, *rounded, _sureness(one)])


def _sureness(one: Change) -> str:
    if one.low is None or one.high is None:
        return _(
            "Too few answered to say whether that is change or chance. That is not the same as nothing "
            "having changed."
        )
    if one.low > 0 or one.high < 0:
        return _("Chance alone is an unlikely explanation.")
    words = _("It can also be chance: everything from %(low)s to %(high)s fits with these answers.")
    return words % _ends(one.low, one.high)


def _ends(low: float, high: float) -> dict[str, str]:
    """The ends of a margin as written: never moved inwards, so what spans zero is seen to."""
    return {
        "low": signed(to_tenths(low, ROUND_FLOOR), 1),
        "high": signed(to_tenths(high, ROUND_CEILING), 1),
    }


def _how(one: Change) -> str:
    """Who was compared, and by which method."""
    if one.before is None:
        return ""
    facts = {"before": one.n_before, "after": one.n_after, "groups": _groups(one)}
    if one.method == "paired":
        words = ngettext(
            "%(after)d person who answered every sentence both times, compared with themselves (%(groups)s; "
            "paired t, 95%% interval).",
            "%(after)d people who answered every sentence both times, each compared with themselves "
            "(%(groups)s; paired t, 95%% interval).",
            one.n_after,
        )
    elif one.method == "welch":
        words = _(
            "%(before)d people then and %(after)d now, compared as two groups, because they are not all the "
            "same people or one of them could be found (%(groups)s; Welch's t, 95%% interval)."
        )
    else:
        words = _(
            "%(before)d people then and %(after)d now (%(groups)s); an interval is told from five people on."
        )
    return words % facts


def _groups(one: Change) -> str:
    words = {str(group): str(called) for group, called in GROUP_WORDS.items()}
    return listed([words[group].lower() for group in one.groups])
