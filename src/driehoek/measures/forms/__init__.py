"""Numbers, series and levels as they are typed."""

from driehoek.measures.forms.checklist import ChecklistForm, TickForm
from driehoek.measures.forms.keys import KeyForm
from driehoek.measures.forms.levels import LevelsForm
from driehoek.measures.forms.series import SeriesForm
from driehoek.measures.forms.values import StrikeForm, ValueForm

__all__ = ["ChecklistForm", "KeyForm", "LevelsForm", "SeriesForm", "StrikeForm", "TickForm", "ValueForm"]
