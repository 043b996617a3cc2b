"""Choosing another known situation to begin from."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from driehoek.agreements.forms.fields import Saving
from driehoek.agreements.models import Draft
from driehoek.agreements.queries.draft import STARTING_POINT
from driehoek.agreements.queries.starting import points_for
from driehoek.engagements.models import Engagement
from driehoek.kit.forms import Explained


class StartingPointForm(Saving):
    """One of the known situations, or none."""

    starting_point = forms.ChoiceField(
        label=_("Does one of these resemble it?"), widget=forms.RadioSelect, required=False
    )

    def __init__(self, *args: Any, engagement: Engagement, draft: Draft, **options: Any):
        kept = {
            "starting_point": engagement.starting_point,
            "revision": draft.touched.get(STARTING_POINT, [0])[0],
        }
        super().__init__(*args, initial=kept, **options)
        known = [(one.value, Explained(one.title, one.hint)) for one in points_for(engagement)]
        self.fields["starting_point"].choices = [("", _("None of these")), *known]
