"""What was measured, in words."""

from driehoek.agreements.wording import plain
from driehoek.measures.wording.files import bare, sentence, trouble
from driehoek.measures.wording.late import beside_verdict, late_lines, late_words
from driehoek.measures.wording.one import One
from driehoek.measures.wording.series import came, looked_at, series_facts, taken_over
from driehoek.measures.wording.three import three_answers
from driehoek.measures.wording.verdicts import (
    MOMENT_SHUT,
    Answer,
    agreed,
    entered,
    reason,
    scale_of,
    struck_lines,
    value,
)

__all__ = [
    "MOMENT_SHUT",
    "Answer",
    "One",
    "agreed",
    "bare",
    "beside_verdict",
    "came",
    "entered",
    "late_lines",
    "late_words",
    "looked_at",
    "plain",
    "reason",
    "scale_of",
    "sentence",
    "series_facts",
    "struck_lines",
    "taken_over",
    "three_answers",
    "trouble",
    "value",
]
