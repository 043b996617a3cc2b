"""What stands behind the figures of a round: how they were worked out, from how much, on what conditions.

In the shape in which the verdict on a criterion tells it; of a cause only that no method here finds one.
"""

from collections.abc import Sequence
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from driehoek.evidence.profile import FEWEST_AROUND, FEWEST_COMMENTS, FEWEST_FOR_SPREAD
from driehoek.evidence.waves import FEWEST_FOR_INTERVAL, Change
from driehoek.feedback.queries.figures import over_words

Rows = list[tuple[str, str]]

SUBTRACTING: Final = (
    "Chin & Ozsoyoglu (1982), IEEE Transactions on Software Engineering 8, 574-582; "
    "Machanavajjhala et al. (2007), ACM Transactions on Knowledge Discovery from Data 1, 3"
)
HALF: Final = "Center for Creative Leadership, Benchmarks 360"
AGREEING: Final = "LeBreton & Senter (2008), Organizational Research Methods 11, 815-852"
_METHODS: Final = {
    "paired": (
        gettext_lazy("The change that each person saw, and the mean of those changes."),
        gettext_lazy("That the same people answered twice, each alone, and that no single one is far off."),
        "Student (1908), Biometrika 6, 1-25",
    ),
    "welch": (
        gettext_lazy("The mean now less the mean then, with a margin for both groups."),
        gettext_lazy("That each answered alone, and that no single one is far off."),
        "Welch (1947), Biometrika 34, 28-35",
    ),
    "few": (gettext_lazy("The mean then and the mean now, and no more."), "", ""),
}


def behind_report(groups: Sequence[tuple[str, int]], *, has_spread: bool) -> Rows:
    """Behind the profile of one round; `groups` with how many answered."""
    rows = [
        (
            _("The calculation"),
            _worked_out(),
        ),
        (
            _("How much stands behind it"),
            "; ".join(f"{group}: {count}" for group, count in groups)
            or _("No group is large enough to be shown."),
        ),
        (_("What must hold for that"), _holds()),
        (_("From how many people on"), _minimum()),
        (_("Whether they agree"), _agreeing(has_spread=has_spread)),
        (_("Source of the method"), f"{SUBTRACTING}; {HALF}; {AGREEING}"),
    ]
    return [(str(label), str(text)) for label, text in rows]


def behind_change(one: Change, how: str, asked: int) -> Rows:
    """Behind one comparison; `how` says who was compared, `asked` how many sentences there were."""
    if one.method == "none":
        return []
    does, holds, source = _METHODS[one.method]
    over = over_words(len(one.items), asked)
    size = f"{how} {over[:1].upper()}{over[1:]}." if over else how
    least = {"group": FEWEST_AROUND, "interval": FEWEST_FOR_INTERVAL}
    rows = [
        (_("The calculation"), " ".join(filter(None, (str(does), _compared(), _alike(one))))),
        (_("How much stands behind it"), size),
        (_("What must hold for that"), str(holds)),
        (
            _("From how many people on"),
            _(
                "Two numbers from %(group)s people on, how sure the change is from %(interval)s on, and "
                "nothing that would tell somebody's answer together with what was shown before."
            )
            % least,
        ),
        (_("Source of the method"), "; ".join(filter(None, (source, SUBTRACTING)))),
        (
            _("Because of the coaching?"),
            _("No method above says anything about that. It takes a comparison that was agreed beforehand."),
        ),
    ]
    return [(label, text) for label, text in rows if text]


def _worked_out() -> str:
    return _(
        "The number of a group is the mean of its answers. For a kind of behaviour it is the mean over "
        "sentences of which everybody drawn has a number, at least half of them. The others together are the "
        "mean of the groups and the line manager, each weighing the same. How people answer about themselves "
        "is never mixed in. A difference is worked out exactly and rounded once."
    )


def _compared() -> str:
    return _(
        "Each person weighs the same and the line manager stands apart, so the number now can differ from "
        "that of the others together. The difference is worked out exactly and rounded once."
    )


def _alike(one: Change) -> str:
    if one.low is None:
        return ""
    return _(
        "Where everybody came out exactly alike, a margin would tell each answer: it is then worked out as "
        "if two of them lay one step off in one sentence."
    )


def _holds() -> str:
    return _(
        "That each answered alone, sees the work from nearby, and means the same by a step of the scale. "
        "These people were chosen, not drawn by lot: they stand for themselves. Of five people, one who "
        "answers one step higher moves the number by 0.2."
    )


def _minimum() -> str:
    words = _(
        "A group from %(group)s people on, words of others from %(words)s, how far answers lie apart from "
        "%(spread)s. Below that, and where a number would tell what each of them said, nothing is shown."
    )
    return words % {"group": FEWEST_AROUND, "words": FEWEST_COMMENTS, "spread": FEWEST_FOR_SPREAD}


def _agreeing(*, has_spread: bool) -> str:
    if has_spread:
        return _(
            "The spread is the standard deviation of the answers to one sentence; for a kind of behaviour "
            "the root of the mean of their squares. A small spread means alike, not right."
        )
    return _(
        "Nothing is said about that. With so few people a measure of agreement depends more on how many "
        "there are than on what they think, and it would help to work out who said what."
    )
