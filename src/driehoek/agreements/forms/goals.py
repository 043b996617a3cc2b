"""The form of a goal."""

from typing import Any, cast

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from driehoek.agreements.forms.fields import Day, Saving, words_of
from driehoek.agreements.models import Goal
from driehoek.agreements.queries.goals import LEVELS, levels_of
from driehoek.agreements.wording import (
    BROUGHT_WORDS,
    LEVEL_PROMPTS,
    LEVEL_WORDS,
    MATTERS_WORDS,
    level_sign,
)
from driehoek.method.smart import Ability, SmartParts, Speaker, goal_sentence, smart_prompts
from driehoek.method.texts import Language


def _language() -> Language:
    return "en" if (get_language() or "nl").startswith("en") else "nl"


class GoalForm(Saving):
    """The five parts of a goal, its learning goals and its five levels."""

    by_when = Day(label=_("By when"))
    ability = forms.ChoiceField(
        label=_("Then I"),
        choices=lambda: smart_prompts(_language()).ability.items(),
        widget=forms.RadioSelect(attrs={"class": "choices--row"}),
        initial="can",
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
        speaker: Speaker = "person",
        language: Language | None = None,
        **options: Any,
    ):
        kept: dict[str, Any] = {"language": language or _language()}
        if goal:
            kept = {name: getattr(goal, name) for name in _GOAL_FIELDS}
            kept |= {_level_name(level): text for level, text in levels_of(goal).items()}
        super().__init__(*args, initial=kept | options.pop("initial", {}), **options)
        if not of_three:
            del self.fields["brought_by"]
        self.speaker = speaker
        if speaker == "organisation":
            self._speak_of_the_organisation()
        prompts = smart_prompts(_language(), speaker)
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

    def _speak_of_the_organisation(self) -> None:
        """Nobody is coached, so nobody is "you" either."""
        self.fields["ability"].label = _("Then the organisation")
        self.fields["action"].help_text = _(
            "Go on from the words you chose. One thing that people then do, know or see, so that it can be "
            "checked."
        )
        self.fields["learning_goals"].help_text = _(
            "What do people need to learn or unlearn for this? One a line."
        )

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
        return goal_sentence(parts, self.written_in(), self.speaker)

    def written_in(self) -> Language:
        """The language the sentence follows."""
        return "en" if self["language"].value() == "en" else "nl"


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
