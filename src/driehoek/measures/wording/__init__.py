"""What was measured, in words."""

from driehoek.agreements.wording import plain
from driehoek.measures.wording.files import sentence, trouble
from driehoek.measures.wording.one import One
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
    "entered",
    "plain",
    "reason",
    "scale_of",
    "sentence",
    "struck_lines",
    "three_answers",
    "trouble",
    "value",
]
