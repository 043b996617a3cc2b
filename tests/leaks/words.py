"""The words by which the leak tests know a confidential field, and the days they reckon from."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from driehoek.access import Stage

START = datetime(2026, 9, 3, 10, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))
WORD = "leakword"
UNSIGNED = (Stage.PREPARING, Stage.DROPPED)
EXPECTED_ON, LAST_DAY = date(2031, 5, 7), date(2026, 9, 26)


def word(*about: Any) -> str:
    """The word that stands in one field, and nowhere else."""
    return WORD + "".join(str(one) for one in about).replace("_", "").replace("-", "")
