"""Units and capacities are sealed in the database, also what was written before they were."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from driehoek.access import Role
from driehoek.agreements.models import Criterion, Signature
from driehoek.vault import keys
from tests.agreements.makers import make_in_force, make_offered, make_preparing, put_signature

BEFORE = ("agreements", "0002_drafting_together")


def migrate(*targets):
    """Bring the database to these migrations, by default to the last; gives the models of that moment."""
    executor = MigrationExecutor(connection)
    return executor.migrate(list(targets) or executor.loader.graph.leaf_nodes()).apps


def raw(table, column):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table}")
        return b"".join(bytes(value) for (value,) in cursor.fetchall())


@pytest.mark.django_db
def test_the_database_holds_no_readable_unit_or_capacity():
    put_signature(make_offered(make_preparing()), Role.MANAGER, capacity="namens de gemeente")

    assert Criterion.objects.get().unit == "punten"
    assert Signature.objects.get().capacity == "namens de gemeente"
    assert b"punten" not in raw("agreements_criterion", "unit")
    assert b"gemeente" not in raw("agreements_signature", "capacity")


@pytest.mark.django_db(transaction=True)
def test_what_stood_in_the_open_is_sealed_by_the_migration_and_survives_the_way_back():
    make_in_force(make_preparing())
    erased = make_preparing()
    make_in_force(erased)
    keys.shred(erased.data_key_id)

    try:
        old = migrate(BEFORE)
        units = set(old.get_model("agreements", "Criterion").objects.values_list("unit", flat=True))
        capacities = set(old.get_model("agreements", "Signature").objects.values_list("capacity", flat=True))
    finally:
        migrate()

    kept = erased.versions.model.objects.exclude(engagement=erased).get()
    assert (units, capacities) == ({"punten", ""}, {"for myself", ""})
    assert [one.unit for one in kept.engagement.criteria.all()] == ["punten"]
    assert {one.capacity for one in kept.signatures.all()} == {"for myself"}
    assert b"punten" not in raw("agreements_criterion", "unit")
