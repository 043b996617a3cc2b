"""Everything that can be asked of the numbers by name; `driehoek evidence` asks here.

>>> answer_one({"method": "gas.light", "input": {"attainment": [0, 1, -1]}}, METHODS)["result"]["reached"]
2
"""

from typing import Final

from driehoek.evidence.methods import (
    agreeing,
    foreseeing,
    goals,
    groups,
    money,
    persons,
    privacy,
    reliable,
    series,
    shares,
    sure,
    verdicts,
)
from driehoek.evidence.methods.answering import Method, answer_one

__all__ = ["METHODS", "Method", "answer_one"]

METHODS: Final[dict[str, Method]] = {
    method.name: method
    for room in (
        *(verdicts, sure, goals, agreeing, persons, reliable),
        *(series, shares, groups, foreseeing, privacy, money),
    )
    for method in room.METHODS
}
