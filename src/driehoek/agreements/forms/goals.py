"""The forms of a goal and of a criterion."""

from decimal import Decimal
from typing import Any, cast

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from driehoek.agreements.forms.fields import Amount, Day, Line, Saving, words_of
from driehoek.agreements.models import Criterion, Goal
from driehoek.agreements.queries.goals import LEVELS, levels_of
from driehoek.agreements.wording import (
    BROUGHT_WORDS,
    COUNTED_HINTS,
    COUNTED_WORDS,
    DIRECTION_WORDS,
    FORM_EXAMPLES,
    FORM_WORDS,
    LEVEL_PROMPTS,
    LEVEL_WORDS,
    MATTERS_WORDS,
    level_sign,
)
from driehoek.kit.forms import Explained
from driehoek.method.smart import Ability, SmartParts, goal_sentence, smart_prompts
from driehoek.method.texts import Language

_IN_PERCENT = (Criterion.Form.RELATIVE_CHANGE, Criterion.Form.SHARE_AT_LEAST)


def _language() -> Language:
    return "en" if (get_language() or "nl").startswith("en") else "nl"


class GoalForm(Saving):
    """The five parts of a goal, its learning goals and its five levels."""

    by_when = Day(label=_("By when"))
    ability = forms.ChoiceField(
        label=_("Then I"), widget=forms.RadioSelect(attrs={"class": "choices--row"}), initial="can"
    )
    action = words_of(
        _("What"),
        rows=2,
        required=True,
        help_text=_("Go on from the words you chose. One thing you do, know or see, so that others can too."),
    )
    about = words_of(_("About what"), rows=2, required=True)
    shown_by = words_of(_("Shown by"), rows=2, required=True, help_text=_("What others can see or count."))
    why = words_of(_("Why it matters"), rows=2, required=True)
    matters_to = forms.ChoiceField(
        label=_("For whom does this goal matter?"),
        choices=MATTERS_WORDS.items(),
        initial=Goal.MattersTo.BOTH,
        widget=forms.RadioSelect(attrs={"class": "choices--row"}),
    )
    brought_by = forms.ChoiceField(
        label=_("Who brought this goal?"),
        help_text=_("A goal that only the organisation brought is marked so, for everybody to read."),
        choices=BROUGHT_WORDS.items(),
        required=False,
        widget=forms.RadioSelect(attrs={"class": "choices--row"}),
    )
    learning_goals = words_of(
        _("Learning goals"),
        rows=4,
        help_text=_("What do you need to learn or unlearn for this? One a line."),
    )
    language = forms.ChoiceField(
        label=_("This goal is written in"),
        choices=settings.LANGUAGES,
        widget=forms.RadioSelect(attrs={"class": "choices--row"}),
        help_text=_("The sentence around your words follows this language."),
    )

    def __init__(
        self,
        *args: Any,
        goal: Goal | None = None,
        with_levels: bool = True,
        of_three: bool = True,
        **options: Any,
    ):
        kept = {name: getattr(goal, name) for name in _GOAL_FIELDS} if goal else {"language": _language()}
        if goal:
            kept |= {_level_name(level): text for level, text in levels_of(goal).items()}
        super().__init__(*args, initial=kept | options.pop("initial", {}), **options)
        if not of_three:
            del self.fields["brought_by"]
        prompts = smart_prompts(_language())
        self.fields["ability"].choices = prompts.ability.items()
        for name in ("about", "shown_by", "why"):
            self.fields[name].label = f"{getattr(prompts, name)} …"
        if not with_levels:  # nobody is coached, so it matters to the organisation
            self.fields["matters_to"].initial = self.initial["matters_to"] = Goal.MattersTo.ORGANISATION
            self.fields["matters_to"].widget = forms.HiddenInput()
        for level in LEVELS if with_levels else ():
            label = f"{level_sign(level)} · {LEVEL_WORDS[level]}"
            field = words_of(label, rows=2, help_text=LEVEL_PROMPTS[level], wanted=True)
            self.fields[_level_name(level)] = field

    def levels(self) -> list[forms.BoundField]:
        """The five levels, best first, as people read a ladder."""
        return [self[_level_name(lv)] for lv in reversed(LEVELS) if _level_name(lv) in self.fields]

    def typed(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        levels = {level: given.pop(_level_name(level), "") for level in LEVELS}
        return given | {"levels": levels}

    def sentence(self) -> str:
        """The goal as it reads now, also while parts are still missing."""
        said = {name: str(self[name].value() or "") for name in _GOAL_FIELDS if name in self.fields}
        parts = SmartParts(
            by_when=said["by_when"],
            ability=cast(Ability, said["ability"] if said["ability"] in Goal.Ability.values else "can"),
            what=said["action"],
            about=said["about"],
            shown_by=said["shown_by"],
            why=said["why"],
        )
        return goal_sentence(parts, "en" if said["language"] == "en" else "nl")


_GOAL_FIELDS = (
    "by_when",
    "ability",
    "action",
    "about",
    "shown_by",
    "why",
    "matters_to",
    "brought_by",
    "learning_goals",
    "language",
    "revision",
)


def _level_name(level: int) -> str:
    return f"level_{'m' if level < 0 else 'p' if level else ''}{abs(level)}"


class CriterionForm(Saving):
    """How a goal is seen to be reached."""

    measure = Line(
        label=_("What is measured"),
        help_text=_("A score, a number or a percentage that somebody can look up on the last day."),
    )
    unit = Line(
        label=_("Unit"), required=False, at_most=40, help_text=_("For example points, errors a week, people.")
    )
    form = forms.ChoiceField(
        label=_("When is it reached?"),
        choices=[(name, Explained(FORM_WORDS[name], FORM_EXAMPLES[name])) for name in Criterion.Form],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what kind of target this is.")},
    )
    direction = forms.ChoiceField(
        label=_("Which way"),
        choices=DIRECTION_WORDS.items(),
        initial=Criterion.Direction.UP,
        widget=forms.RadioSelect(attrs={"class": "choices--row"}),
    )
    counted = forms.ChoiceField(
        label=_("What counts"),
        choices=[(name, Explained(COUNTED_WORDS[name], COUNTED_HINTS[name])) for name in Criterion.Counted],
        initial=Criterion.Counted.LAST,
        widget=forms.RadioSelect,
        required=False,
    )
    target = Amount(
        label=_("How much"),
        help_text=_("For a change in percent or a share: the percentage, so 15 for fifteen percent."),
    )
    baseline = Amount(
        label=_("What it is today"),
        required=False,
        help_text=_("The starting value. Needed for a change; without it nobody can say what changed."),
    )
    window_starts = Day(label=_("Counted from"))
    deadline = Day(label=_("Up to and including"))

    def __init__(self, *args: Any, criterion: Criterion | None = None, **options: Any):
        kept = {name: getattr(criterion, name) for name in _CRITERION_FIELDS} if criterion else {}
        if criterion and criterion.form in _IN_PERCENT:
            kept["target"] = criterion.target * 100
        if criterion and criterion.form == Criterion.Form.SHARE_AT_LEAST and criterion.baseline is not None:
            kept["baseline"] = criterion.baseline * 100
        kept |= {name: as_typed(kept[name]) for name in ("target", "baseline") if kept.get(name) is not None}
        super().__init__(*args, initial=options.pop("initial", {}) | kept, **options)

    def typed(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        given["counted"] = given["counted"] or Criterion.Counted.LAST
        if given["form"] in _IN_PERCENT:
            given["target"] /= 100
        if given["form"] == Criterion.Form.SHARE_AT_LEAST and given["baseline"] is not None:
            given["baseline"] /= 100
        return given


_CRITERION_FIELDS = (
    "measure",
    "unit",
    "form",
    "direction",
    "counted",
    "target",
    "baseline",
    "window_starts",
    "deadline",
    "revision",
)


def as_typed(value: Decimal) -> str:
    """A number as its writer would type it again."""
    written = f"{value.normalize():f}"
    if len(written.partition(".")[2]) == 3:
        written += "0"  # 1.2340 cannot be read as a thousand and more
    return written.replace(".", ",") if _language() == "nl" else written
