"""The form of something that is promised."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from driehoek.agreements.forms.draft import Whole
from driehoek.agreements.forms.fields import Line, Saving, words_of
from driehoek.agreements.models import Criterion, Deliverable
from driehoek.agreements.queries.deliverables import MOST_WEEKS, ties_of
from driehoek.agreements.wording import DELIVERABLE_WORDS
from driehoek.kit.forms import Explained
from driehoek.method.deliverables import ReadyDeliverable

_BEGUN = ("sort", "name", "accepted_when", "week")
_FIELDS = (*_BEGUN, "revision")


class DeliverableForm(Saving):
    """What it is, in which week it is due, when it is acceptable, and by which criteria it is judged."""

    sort = forms.ChoiceField(
        label=_("What sort of thing is it?"),
        choices=DELIVERABLE_WORDS.items(),
        widget=forms.RadioSelect(attrs={"class": "choices--three"}),
        error_messages={"required": _("Choose what sort of thing this is.")},
    )
    name = Line(
        label=_("What will be delivered?"),
        help_text=_("One thing, so that it can be accepted or not. Training and handover are things too."),
    )
    accepted_when = words_of(
        _("Acceptable when"),
        rows=4,
        required=True,
        help_text=_("What can be looked up or tried out on the day itself, by somebody who was not there."),
    )
    week = Whole(
        label=_("In which week after the first day?"),
        help_text=_("Week 4 is four weeks after the first day. The date is computed."),
        least=0,
        most=MOST_WEEKS,
    )
    judged_by = forms.MultipleChoiceField(
        label=_("By which criteria is it judged?"),
        help_text=_("Their figures then stand beside it when the sponsor accepts it. It may be none."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        deliverable: Deliverable | None = None,
        criteria: Collection[Criterion] = (),
        ready: ReadyDeliverable | None = None,
        **options: Any,
    ):
        kept = {name: getattr(deliverable, name) for name in _FIELDS} if deliverable else {}
        kept |= {name: getattr(ready, name) for name in _BEGUN} if ready else {}
        if deliverable:
            kept["judged_by"] = [str(one.pk) for one in ties_of(deliverable, criteria)]
        super().__init__(*args, initial=kept, **options)
        self.fields["judged_by"].choices = [
            (str(one.pk), Explained(one.measure, _goal(one))) for one in criteria
        ]
        if not criteria:
            del self.fields["judged_by"]


def _goal(criterion: Criterion) -> Any:
    return _("Goal %(number)d") % {"number": criterion.goal.position}
