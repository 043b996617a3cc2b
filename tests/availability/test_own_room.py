"""Hours written down before they had a room of their own are still there."""

from datetime import date

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from driehoek.availability.actions import add_other_days
from driehoek.availability.queries import said_by
from tests.availability.makers import bookable
from tests.makers import make_person

BEFORE = [("availability", None), ("booking", "0002_clock_of_a_person")]


def migrate(*targets):
    """Bring the database to these migrations, by default to the last; gives the models of that moment."""
    executor = MigrationExecutor(connection)
    return executor.migrate(list(targets) or executor.loader.graph.leaf_nodes()).apps


@pytest.mark.django_db(transaction=True)
def test_hours_and_days_off_survive_the_move_to_their_own_room_and_the_way_back():
    me = bookable(make_person("Marijke Aalbers"), notice_hours=48, time_zone="Europe/Lisbon")
    add_other_days(me, first=date(2099, 12, 21), last=date(2100, 1, 1), hours=())
    said = said_by(me.pk)

    try:
        old = migrate(*BEFORE)
        then = list(old.get_model("booking", "Part").objects.values_list("bookable__person", flat=True))
    finally:
        migrate()

    assert then == [me.pk] * 11
    assert said_by(me.pk) == said
