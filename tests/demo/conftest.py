from datetime import UTC, datetime

import pytest
from django.core.management import call_command

from driehoek.engagements.models import Engagement
from driehoek.kit import clock

THAT_DAY = datetime(2026, 11, 19, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    """The demo, loaded once for a file of tests and taken away again before the next."""
    with django_db_blocker.unblock(), clock.moved_to(THAT_DAY):
        call_command("load_demo", verbosity=0)
        yield
        call_command("flush", interactive=False, verbosity=0)


@pytest.fixture
def told(demo, db):
    """The engagement of a case, by the begin of its title."""
    with clock.moved_to(THAT_DAY):
        yield lambda begin: Engagement.objects.get(title__startswith=begin)
