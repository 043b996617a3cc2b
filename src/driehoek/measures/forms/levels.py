"""The levels of the goals as they are scored."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy, pgettext_lazy

from driehoek.kit.forms import Explained, LongText
from driehoek.kit.templatetags.look import signed
from driehoek.measures.queries import GoalScores


class LevelsForm(forms.Form):
    """For every goal the level that fits best, and room for a remark."""

    def __init__(self, *args: object, goals: Sequence[GoalScores], role: str, moment: str, **kwargs: object):
        super().__init__(*args, **kwargs)
        self.goals = goals
        for row in goals:
            own = next((s for s in row.scores if (s.role, s.moment) == (role, moment)), None)
            key = str(row.goal.goal_id)
            self.fields[f"level-{key}"] = forms.TypedChoiceField(
                label=pgettext_lazy("attainment", "Where does it stand?"),
                choices=[(str(n), _level_words(n, row.goal.levels)) for n in range(-2, 3)],
                widget=forms.RadioSelect,
                coerce=int,
                initial=own and str(own.level),
            )
            self.fields[f"remark-{key}"] = LongText(
                label=gettext_lazy("What do you see that by?"),
                at_most=5000,
                initial=own and own.remark,
                rows=3,
            )

    @property
    def rows(self) -> list[tuple[GoalScores, forms.BoundField, forms.BoundField]]:
        """Each goal with its two fields."""
        return [
            (goal, self[f"level-{goal.goal.goal_id}"], self[f"remark-{goal.goal.goal_id}"])
            for goal in self.goals
        ]

    @property
    def levels(self) -> dict[UUID, tuple[int, str]]:
        """What was chosen, by goal."""
        data = self.cleaned_data
        return {
            row.goal.goal_id: (data[f"level-{row.goal.goal_id}"], data[f"remark-{row.goal.goal_id}"])
            for row in self.goals
        }


def _level_words(level: int, levels: Mapping[int, str]) -> Explained:
    return Explained(signed(level), levels.get(level, ""))
