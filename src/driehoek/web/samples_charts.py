"""Every chart of the style page, also where there is nothing, too much, or something far off the scale."""

from datetime import date, timedelta
from decimal import Decimal
from math import sin

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from driehoek.kit.charts import (
    Band,
    Chart,
    Levels,
    Line,
    Mark,
    Panel,
    Range,
    Ranges,
    Series,
    Shifts,
    Spec,
    Views,
    draw,
)
from driehoek.kit.dots import Row
from driehoek.kit.moves import Move
from driehoek.kit.templatetags.look import decimal

_START = date(2026, 1, 12)
_WINDOW = (_START, _START + timedelta(weeks=16))
_WEEKS = (
    *(71, 65, 70, 73, 67, 69, 64, 72, 68, 70, 73, 68, 70, 69, 73, 72, 76, 75, 79),
    *(82, 81, 85, 86, 87, 92, 89, 91, 90, 88, 91, 90, 86),
)


def charts() -> list[tuple[str, Chart]]:
    """What each shows, and the chart."""
    every: list[tuple[str, Spec]] = [*_series(), *_levels(), *_ranges()]
    return [(title, draw(spec)) for title, spec in every]


def _weekly(values: tuple[int, ...], first: int = -12) -> tuple[tuple[date, Decimal], ...]:
    return tuple((_START + timedelta(weeks=first + n), Decimal(value)) for n, value in enumerate(values))


def _of(points: tuple[tuple[date, Decimal], ...], **other: object) -> Series:
    finding = _(
        "Orders delivered on time per week: about 70 percent in the twelve weeks before, 90 percent in the "
        "last six weeks of the agreed period; the target of 90 percent runs until 4 May."
    )
    facts = {
        "caption": _("Orders delivered on time, per week."),
        "window": _WINDOW,
        "target": Decimal(90),
        "target_words": _("target: 90%"),
        "unit": "%",
    }
    return Series(points, finding, **(facts | other))  # type: ignore[arg-type]


def _series() -> list[tuple[str, Series]]:
    band = Band(Decimal("86.1"), Decimal("93.4"), _("interval of 95%, 412 of 457 orders"), Decimal("90.2"))
    many = tuple(
        (_START + timedelta(days=n - 60), Decimal(round(70 + n / 12 + 6 * sin(n * 1.7)))) for n in range(200)
    )
    flat = tuple((on, Decimal(80)) for on, _value in _weekly(_WEEKS[:20]))
    typed_wrong = _weekly((71, 65, 70, 73, 67, 69, 64, 72, 68, 70, 73, 68, 70, 7200, 73, 72, 76))
    long_words = _("target: at least 90 of every 100 orders delivered on the day that was promised")
    none = _("Nothing has been measured yet. A value here is one number on one day.")
    return [
        (_("A series in its three parts, with an interval"), _of(_weekly(_WEEKS), band=band)),
        (_("Without values from before"), _of(_weekly(_WEEKS[12:26], 0), start=Decimal(70))),
        (_("One single value"), _of(_weekly((84,), 6))),
        (_("All values equal"), _of(flat)),
        (_("Two hundred values"), _of(many)),
        (_("A value far off the scale, and long words"), _of(typed_wrong, target_words=long_words)),
        (_("Nothing measured"), Series((), none, caption=_("Orders delivered on time, per week."))),
    ]


def _levels() -> list[tuple[str, Levels]]:
    goals = (
        Panel(
            _("Goal %(number)s") % {"number": 1},
            (
                Mark("Johan", "dot", 0, -1),
                Mark("Johan", "dot", 1, 1),
                Mark("Anneke", "square", 0, -1),
                Mark("Anneke", "square", 1, 0),
            ),
        ),
        Panel(_("Goal %(number)s") % {"number": 2}, (Mark("Johan", "dot", 0, 0), Mark("Johan", "dot", 1, 0))),
        Panel(
            _("Goal %(number)s") % {"number": 3},
            (Mark("Wilhelmina-Alexandra", "dot", 1, 2), Mark("Anneke", "square", 1, 2)),
        ),
    )
    moments = (_("Interim"), _("At the end"))
    finding = _("Goal 1 rose from −1 to +1 by the coachee, and from −1 to 0 by the line manager.")
    caption = _("A score is an opinion, not a measurement.")
    once = Panel(
        _("Goal %(number)s") % {"number": 3}, (Mark("Johan", "dot", 0, 2), Mark("Anneke", "square", 0, 2))
    )
    once_says = _("Goal 3: both say +2 at the end.")
    nothing = _("Nobody has scored a goal yet.")
    return [
        (_("Levels of three goals over two moments"), Levels(goals, moments, finding, caption)),
        (_("One goal, scored once"), Levels((once,), moments[1:], once_says)),
        (_("No score yet"), Levels((Panel(_("Goal %(number)s") % {"number": 1}, ()),), moments, nothing)),
    ]


def _ranges() -> list[tuple[str, Ranges]]:
    whole = (Decimal(0), Decimal(100))
    target = Line(Decimal(80), _("target: 80%"), is_target=True)
    shares = (
        Range(
            _("At the start"), Decimal(55), _("11 of 20: 55%, 34% to 74%"), Decimal(34), Decimal(74), "ring"
        ),
        Range(_("At the end"), Decimal(80), _("16 of 20: 80%, 58% to 92%"), Decimal(58), Decimal(92)),
    )
    everybody = (Range(_("At the end"), Decimal(90), _("18 of 20, and everybody answered")),)
    no_change = Line(Decimal(0), _("no change"))
    agreed = Line(Decimal(15), _("agreed: +15%"), is_target=True)
    change = (
        Range(
            _("Score of the others"),
            Decimal(12),
            _("+12%, −3% to +27%; 6 people"),
            Decimal(-3),
            Decimal(27),
        ),
    )
    absurd = (
        Range(
            _("Errors in every thousand orders, counted by the department itself"),
            Decimal(-4),
            _("−4%, −90% to +410%; 3 orders"),
            Decimal(-90),
            Decimal(410),
        ),
    )
    near = Line(Decimal(1), _("agreed: +1%"), is_target=True)
    says = _("Of the users 80 percent gave a seven or more; among all users it may be 58 to 92 percent.")
    rise = _("It rose by 12 percent; it may be anything from 3 percent down to 27 percent up.")
    caption, kept = _("Users who gave a 7 or more."), _("Change since the start.")
    return [
        (_("A share with its margin and the target"), Ranges(shares, (target,), says, caption, whole, "%")),
        (_("A share without a margin"), Ranges(everybody, (target,), says, caption, whole, "%")),
        (
            _("A change against zero and against what was agreed"),
            Ranges(change, (no_change, agreed), rise, kept, unit="%"),
        ),
        (
            _("A margin that runs off the axis"),
            Ranges(absurd, (no_change, near), rise, kept, unit="%"),
        ),
    ]


def seen_by_several() -> tuple[Row, ...]:
    """How somebody sees a kind of behaviour, and how others do."""
    nine, eight = (ngettext("%(n)d person", "%(n)d people", n) % {"n": n} for n in (9, 8))
    return (
        Row(_("You"), 4.3, "ring", decimal(4.3, 1), (4.0, 4.0, 5.0)),
        Row(_("The others together"), 3.4, "dot", decimal(3.4, 1), n=nine),
        Row(_("Line manager"), 3.0, "square", decimal(3.0, 1), (2.0, 3.0, 4.0)),
        Row(_("Colleagues"), 3.8, "small", decimal(3.8, 1), (3.4, 3.7, 4.3), 0.7, n=eight),
    )


def then_and_now() -> tuple[Move, ...]:
    """The same before and after, of the others with how sure it is."""
    return (
        Move(_("The others"), 3.1, 3.7, f"{decimal(3.1, 1)} → {decimal(3.7, 1)}", 3.3, 4.1),
        Move(_("You"), 4.3, 4.0, f"{decimal(4.3, 1)} → {decimal(4.0, 1)}"),
    )


def on_paper() -> list[tuple[str, Chart]]:
    """What each shows, and the drawing that stands on paper only; a page has `kit.dots` and `kit.moves`."""
    says = (_("never"), _("always"))
    views = Views(seen_by_several(), (1, 5), says, _("You see it higher than the others do."))
    shifts = Shifts(then_and_now(), (1, 5), says, _("The others see it higher than before."))
    titled = ((_("How several see the same, on paper"), views), (_("Then and now, on paper"), shifts))
    return [(title, draw(spec)) for title, spec in titled]
