"""The forms of the draft: clauses, days and numbers, stumbling blocks and who sees what."""

from datetime import date
from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from driehoek.access import CHOICES, Kind, Role
from driehoek.agreements.forms.fields import Day, NeededToOffer, Saving, WantedDay, WantedLine, words_of
from driehoek.agreements.models import Draft
from driehoek.agreements.queries.clauses import Clause
from driehoek.agreements.queries.draft import (
    GROUP_PAGES,
    chooses_for,
    clause_texts,
    clauses_here,
    days_here,
    receivers_of,
    shares_stumbling_blocks,
    table_as_it_stands,
)
from driehoek.agreements.queries.language import language_of
from driehoek.agreements.queries.logistics import clashes, passed
from driehoek.agreements.wording import CANDOUR_WORDS, LANGUAGE_WORDS, sight_words
from driehoek.engagements.models import Engagement, Party
from driehoek.kit import clock
from driehoek.kit.forms import ClockField, Explained
from driehoek.kit.templatetags.look import listed


class Whole(forms.IntegerField):
    """A whole number between two bounds, with both of them in the sentence when it is outside."""

    def __init__(self, *, least: int, most: int, **options: Any):
        def says() -> str:
            return gettext("Type a whole number from %(least)d to %(most)d.") % {"least": least, "most": most}

        # Said when it is shown: a field is made once, by whoever comes first, in whatever language.
        messages = dict.fromkeys(("invalid", "min_value", "max_value", "required"), lazy(says, str)())
        super().__init__(min_value=least, max_value=most, error_messages=messages, **options)


class WantedWhole(NeededToOffer, Whole):
    """A whole number that may wait."""


class WantedClock(NeededToOffer, ClockField):
    """A time of day that may wait."""


def _fields_of_days() -> dict[str, forms.Field]:
    return {
        "language": forms.ChoiceField(
            label=_("The agreement is written in"),
            choices=LANGUAGE_WORDS.items(),
            widget=forms.RadioSelect(attrs={"class": "choices--row"}),
            help_text=_(
                "Standard texts and the PDF are in this language. A standard text that nobody changed "
                "follows your choice; what somebody wrote, goals too, stays as it is."
            ),
            required=False,  # a page opened before this was asked leaves it as it is
        ),
        "session_count": WantedWhole(label=_("How many sessions?"), least=1, most=60),
        "session_minutes": Whole(label=_("How many minutes each?"), least=15, most=480),
        "every_weeks": Whole(label=_("Every how many weeks?"), least=1, most=26),
        "first_session_on": WantedDay(
            label=_("The first session is on"), help_text=_("The others follow on the same day of the week.")
        ),
        "session_time": WantedClock(
            label=_("At"), error_messages={"invalid": _("Type a time, for example 10:30.")}
        ),
        "starts_on": WantedDay(
            label=_("The first day"), help_text=_("The weeks of what is delivered are counted from here.")
        ),
        "ends_on": WantedDay(label=_("The last day")),
        "rework_days": WantedWhole(
            label=_("After a rejection it is done again within how many days?"), least=1, most=180
        ),
        "rework_rounds": WantedWhole(
            label=_("How many times may one thing be done again?"),
            help_text=_("After that the text below says what happens."),
            least=0,
            most=10,
        ),
        "review_after_session": Whole(label=_("Interim review after session"), least=1, most=60),
        "cancel_hours": Whole(
            label=_("Until how many hours before a session can it be cancelled freely?"),
            help_text=_("24 is usual. Leave it empty when nothing is agreed about it."),
            least=0,
            most=336,
            required=False,
        ),
        "late_cancel_counts": forms.TypedChoiceField(
            label=_("And when the coachee cancels later than that?"),
            choices=[(True, _("The session counts as used")), (False, _("The session does not count"))],
            coerce=lambda value: value == "True",
            required=False,
            empty_value=True,
            help_text=_("The coach can always let it go."),
        ),
        "review_by_days": forms.BooleanField(
            label=_("Review after 30, 60 and 90 days"),
            help_text=_("A few minutes each: how does everything that was agreed stand now?"),
            required=False,
        ),
        "manager_scales": forms.BooleanField(
            label=_("Ask the line manager too, halfway"),
            help_text=_("On a scale of 0 to 10, how far along is it? Coachee and coach read the answer."),
            required=False,
        ),
        "notice_days": Whole(
            label=_("How many days of notice when somebody stops?"),
            help_text=_("Until the last day the work goes on. 0 when stopping is possible at once."),
            least=0,
            most=180,
        ),
    }


class DraftForm(Saving):
    """One page of the draft."""

    def __init__(self, *args: Any, engagement: Engagement, draft: Draft, page: str, **options: Any):
        written = clause_texts(draft)
        self.engagement, self.draft = engagement, draft
        self.clauses = [one for one in clauses_here(engagement, draft) if GROUP_PAGES[one.group] == page]
        self.days = days_here(page, engagement)
        kept: dict[str, Any] = {one.id: written.get(one.id, one.start) for one in self.clauses}
        kept |= {name: getattr(draft, name) for name in self.days}
        kept["language"] = language_of(engagement, draft)
        kept["revision"] = draft.touched.get(page, [0])[0]
        super().__init__(*args, initial=kept, **options)
        days = _fields_of_days()
        self.fields |= {name: days[name] for name in self.days}
        self.fields |= {one.id: _field_of(one) for one in self.clauses}
        self.suggested = {one.id for one in self.clauses if one.start and one.id not in written}

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if "language" in self.days and not given.get("language"):
            given["language"] = language_of(self.engagement, self.draft)
        for name, why in clashes({one: given.get(one) for one in self.days}).items():
            self.add_error(name, why)
        for name in passed(self.engagement, self.draft, {one: given.get(one) for one in self.days}):
            self.add_error(name, _("This day has passed. Choose today or a later day."))
        return given

    def fields_of_days(self) -> list[forms.BoundField]:
        """The days and numbers, in the order in which they are agreed."""
        return [self[name] for name in self.days]

    def fields_of(self, group: str) -> list[tuple[forms.BoundField, bool]]:
        """The clauses of one group, and whether the text in it is still only a suggestion."""
        return [(self[one.id], one.id in self.suggested) for one in self.clauses if one.group == group]

    def typed(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {
            "clauses": {one.id: given[one.id] for one in self.clauses},
            "logistics": {name: given[name] for name in self.days},
            "revision": given["revision"],
        }


class StumblingForm(Saving):
    """What the coachee may stumble over, and whether the others may read it."""

    text = words_of(_("I may stumble over"), rows=6)
    shared = forms.TypedChoiceField(
        label=_("Who may read this?"), coerce=lambda value: value == "yes", widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, engagement: Engagement, draft: Draft, **options: Any):
        kept = {
            "text": draft.stumbling_blocks,
            "shared": "yes" if shares_stumbling_blocks(draft) else "no",
            "revision": draft.touched.get(Kind.STUMBLING_BLOCKS, [0])[0],
        }
        super().__init__(*args, initial=kept, **options)
        others = listed([party.first_name for party in receivers_of(engagement)])
        hint = _("From the day the agreement is in force. Before that nobody else reads it.")
        only_two = Explained(
            _("Only my coach and I"), _("The others see that something is written here, not what.")
        )
        self.fields["shared"].choices = [("no", only_two)]
        if others:
            self.fields["shared"].choices += [
                ("yes", Explained(_("Also %(names)s") % {"names": others}, hint))
            ]


class DisclosureForm(Saving):
    """Who sees what: one choice for each receiver of each row that can be chosen."""

    def __init__(self, *args: Any, engagement: Engagement, draft: Draft, **options: Any):
        table = table_as_it_stands(engagement, draft)
        self.receivers = receivers_of(engagement)
        self.open_rows = [
            kind
            for kind, levels in CHOICES[engagement.shape_].items()
            if len(levels) > 1 and kind is not Kind.STUMBLING_BLOCKS
        ]
        kept: dict[str, Any] = {"revision": draft.touched.get("disclosure", [0])[0]}
        super().__init__(*args, initial=kept, **options)
        for kind in self.open_rows:
            for party in self._choosing(kind):
                name = f"{kind}__{party.role}"
                self.initial[name] = table.level(kind, party.role_)
                self.fields[name] = forms.ChoiceField(
                    label=_("What %(name)s sees") % {"name": party.first_name},
                    choices=_levels(engagement, kind),
                    widget=forms.RadioSelect(attrs={"class": "choices--row"}),
                    error_messages={"required": _("Choose what can be seen.")},
                )

    def fields_of(self, kind: Kind) -> list[forms.BoundField]:
        """The choices of one row."""
        if kind not in self.open_rows:
            return []
        return [self[f"{kind}__{party.role}"] for party in self._choosing(kind)]

    def _choosing(self, kind: Kind) -> list[Party]:
        return [party for party in self.receivers if chooses_for(kind, party.role_)]

    def typed(self) -> dict[str, Any]:
        given = self.cleaned_data
        table = {
            str(kind): {party.role: given[f"{kind}__{party.role}"] for party in self._choosing(kind)}
            for kind in self.open_rows
        }
        return {"table": table, "revision": given["revision"]}


class CandourForm(Saving):
    """Whether the coachee knows everything; never what there is to know."""

    answer = forms.ChoiceField(
        label=_("Is there anything about this that you have not told the coachee?"),
        choices=CANDOUR_WORDS.items(),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the three answers.")},
    )

    def __init__(self, *args: Any, said: str | None = None, **options: Any):
        super().__init__(*args, initial={"answer": said}, **options)

    def typed(self) -> dict[str, Any]:
        return {"answer": self.cleaned_data["answer"]}


class MeetingForm(Saving):
    """The day on which the parties met."""

    met_on = Day(label=_("You met on"))

    def __init__(self, *args: Any, met_on: date | None = None, **options: Any):
        super().__init__(*args, initial={"met_on": met_on or clock.today()}, **options)

    def typed(self) -> dict[str, Any]:
        return {"met_on": self.cleaned_data["met_on"]}


def _levels(engagement: Engagement, kind: Kind) -> list[tuple[str, str]]:
    coached = engagement.party(Role.COACHEE) is not None
    return [
        (level, capfirst(sight_words(kind, level, coached=coached)))
        for level in CHOICES[engagement.shape_][kind]
    ]


def _field_of(clause: Clause) -> forms.Field:
    if clause.single_line:
        return WantedLine(label=clause.title, help_text=clause.why)
    return words_of(clause.title, rows=4, help_text=clause.why, wanted=True)
