"""The sections of the reports, the marks, and what can be released, in words."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from driehoek.access import Kind, Role, Shape
from driehoek.plans.models import DeliveryStep
from driehoek.plans.queries import State
from driehoek.results.models import Result

Words = str | Promise

REPORT_SECTIONS: Final[Mapping[Role, Mapping[str, tuple[Words, Words]]]] = {
    Role.COACHEE: {
        "brought": (
            gettext_lazy("What did it bring you?"),
            gettext_lazy("In your own words. What do you do, know or see now that you did not before?"),
        ),
        "goals": (
            gettext_lazy("Where do your goals stand?"),
            gettext_lazy("One paragraph for each goal, also for what was not reached."),
        ),
        "unexpected": (
            gettext_lazy("What did you not expect?"),
            gettext_lazy("Something that came along, welcome or not."),
        ),
        "other_causes": (
            gettext_lazy("What else was going on?"),
            gettext_lazy("Other things that may explain the change: a new team, a quiet season, luck."),
        ),
        "goes_on": (
            gettext_lazy("How do you go on?"),
            gettext_lazy("What keeps it alive when the coach is gone, and who notices if it fades."),
        ),
    },
    Role.COACH: {
        "seen": (
            gettext_lazy("What did you see change?"),
            gettext_lazy("Addressed to the coachee. What you saw yourself, not what you were told."),
        ),
        "helped": (
            gettext_lazy("What helped, and what did not?"),
            gettext_lazy("In the way you worked together."),
        ),
        "other_causes": (
            gettext_lazy("What else may explain it?"),
            gettext_lazy("What happened around the coachee while you worked together."),
        ),
        "goes_on": (gettext_lazy("What would you advise from here?"), gettext_lazy("Also: nothing more.")),
    },
    Role.CONSULTANT: {
        "delivered": (
            gettext_lazy("What was delivered?"),
            gettext_lazy("Per milestone, with what was accepted and what was reworked."),
        ),
        "helped": (gettext_lazy("What helped, and what did not?"), gettext_lazy("In the way you worked.")),
        "other_causes": (
            gettext_lazy("What else may explain it?"),
            gettext_lazy("What changed around the work at the same time."),
        ),
        "handed_over": (
            gettext_lazy("What stays behind?"),
            gettext_lazy("Documents, training, people who can carry on."),
        ),
    },
}

REPORT_TITLES: Final = {
    Role.COACHEE: gettext_lazy("The coachee's report"),
    Role.COACH: gettext_lazy("The coach's report"),
    Role.CONSULTANT: gettext_lazy("The consultant's report"),
}
AUTHORS_IN: Final = {
    Shape.COACHING: (Role.COACHEE, Role.COACH),
    Shape.CONSULTANCY: (Role.CONSULTANT,),
    Shape.BLENDED: (Role.COACHEE, Role.COACH),
}
MISSING_REPORTS: Final = {
    Role.COACHEE: gettext_lazy("The coachee has not handed in the closing report yet."),
    Role.COACH: gettext_lazy("The coach has not handed in the closing report yet."),
    Role.CONSULTANT: gettext_lazy("The consultant has not handed in the closing report yet."),
}
CLOSED_WITHOUT: Final = {
    Role.COACHEE: gettext_lazy(
        "The coachee handed in no closing report. The engagement was closed without it."
    ),
    Role.COACH: gettext_lazy("The coach handed in no closing report. The engagement was closed without it."),
    Role.CONSULTANT: gettext_lazy(
        "The consultant handed in no closing report. The engagement was closed without it."
    ),
}

VIEW_WORDS: Final = {
    "desired": pgettext_lazy("result", "Desired"),
    "undesired": pgettext_lazy("result", "Undesired"),
    "no_view": pgettext_lazy("result", "No view"),
    "": pgettext_lazy("result", "Not judged"),
}
VIEW_KINDS: Final = {"desired": "ok", "undesired": "bad", "no_view": "neutral", "": "neutral"}

MATTERS_WORDS: Final = {
    "coachee": gettext_lazy("for the coachee"),
    "organisation": gettext_lazy("for the organisation"),
    "both": gettext_lazy("for coachee and organisation"),
}

ITEM_KINDS: Final[Mapping[str, Kind]] = {
    "measurements": Kind.MEASUREMENTS,
    "attainment": Kind.ATTAINMENT,
    "plan": Kind.PLAN,
    "coachee_report": Kind.REPORTS,
    "results": Kind.RESULTS,
    "coach_report": Kind.REPORTS,
    "consultant_report": Kind.REPORTS,
}
ITEM_WORDS: Final[Mapping[str, tuple[Words, Words]]] = {
    "measurements": (
        gettext_lazy("The criteria and what was measured"),
        gettext_lazy("Every agreed criterion with its answer, also what was not reached."),
    ),
    "attainment": (
        gettext_lazy("The levels you scored on your goals"),
        gettext_lazy("Only your own scores, without your remarks."),
    ),
    "plan": (
        gettext_lazy("The change plan"),
        gettext_lazy("What is done by whom and how it stands; not what was learnt from it."),
    ),
    "coachee_report": (gettext_lazy("Your report"), gettext_lazy("All of it, in your words.")),
    "results": (
        gettext_lazy("The result ledger"),
        gettext_lazy("Every row with the view of each party and what they wrote with it."),
    ),
    "coach_report": (gettext_lazy("The report of your coach"), gettext_lazy("All of it.")),
    "consultant_report": (gettext_lazy("The report of the consultant"), gettext_lazy("All of it.")),
}

SURE_WORDS: Final = {
    "demonstrated": pgettext_lazy("how sure", "demonstrated"),
    "not_demonstrated": pgettext_lazy("how sure", "not demonstrated"),
    "excluded": pgettext_lazy("how sure", "excluded"),
    "not_assessable": pgettext_lazy("how sure", "cannot be said"),
    "later": pgettext_lazy("how sure", "not worked out yet"),
}

DELIVERY_WORDS: Final = {
    State.PROMISED: pgettext_lazy("deliverable", "Still to come"),
    State.HANDED_OVER: pgettext_lazy("deliverable", "Handed over"),
    State.ACCEPTED: pgettext_lazy("deliverable", "Accepted"),
    State.AGAIN: pgettext_lazy("deliverable", "Being done again"),
    State.REJECTED: pgettext_lazy("deliverable", "Rejected"),
}
DELIVERY_KINDS: Final = {
    State.PROMISED: "open",
    State.HANDED_OVER: "neutral",
    State.ACCEPTED: "ok",
    State.AGAIN: "warn",
    State.REJECTED: "bad",
}
STEP_WORDS: Final = {
    DeliveryStep.What.HANDED_OVER: gettext_lazy("Handed over by %(name)s on %(day)s"),
    DeliveryStep.What.ACCEPTED: gettext_lazy("Accepted by %(name)s on %(day)s"),
    DeliveryStep.What.REJECTED: gettext_lazy("Rejected by %(name)s on %(day)s"),
}

_NUMBERS: Final = (
    pgettext_lazy("number", "none"),
    pgettext_lazy("number", "one"),
    pgettext_lazy("number", "two"),
    pgettext_lazy("number", "three"),
    pgettext_lazy("number", "four"),
    pgettext_lazy("number", "five"),
    pgettext_lazy("number", "six"),
    pgettext_lazy("number", "seven"),
    pgettext_lazy("number", "eight"),
    pgettext_lazy("number", "nine"),
    pgettext_lazy("number", "ten"),
)


def in_words(count: int) -> str:
    """A small number in letters, as in running text."""
    return str(_NUMBERS[count]) if count < len(_NUMBERS) else str(count)


def tags_of(result: Result) -> list[str]:
    """What sort of result it is: intended, expected, for whom, and how it is seen."""
    return [
        _("intended") if result.intended else _("not intended"),
        _("expected") if result.expected else _("not expected"),
        str(MATTERS_WORDS[result.matters_to]),
        _("can be observed") if result.observable else _("can only be explained in conversation"),
    ]


def what_then(rounds_left: int) -> str:
    """What a rejection asks for, and what it leads to."""
    if not rounds_left:
        return _(
            "Say below what is not as agreed. No agreed round is left: "
            "the agreement says what happens after that."
        )
    words = ngettext(
        "Say below what is not as agreed. After that it can be done again once.",
        "Say below what is not as agreed. After that it can be done again %(count)s times.",
        rounds_left,
    )
    return words % {"count": rounds_left}
