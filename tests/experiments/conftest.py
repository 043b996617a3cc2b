"""Every test of this room begins on one day, in English."""

import pytest
from django.utils import translation

from driehoek.kit import clock
from tests.experiments.makers import DAY_ZERO


@pytest.fixture(autouse=True)
def _day_zero():
    clock.move_to(DAY_ZERO)
    with translation.override("en"):
        yield
