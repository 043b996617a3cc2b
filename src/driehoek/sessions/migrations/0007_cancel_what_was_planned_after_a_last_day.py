"""A stop calls off what is planned after the last day; what was stopped before that is put right here."""

from zoneinfo import ZoneInfo

from django.db import migrations

from driehoek.kit import clock


def cancel(apps, schema_editor):
    planned = apps.get_model("coaching_sessions", "Session").objects.filter(held_at=None, cancelled_at=None)
    for session in planned.filter(engagement__stops_on__isnull=False).select_related("engagement"):
        there = session.engagement
        if session.starts_at.astimezone(ZoneInfo(there.time_zone)).date() > there.stops_on:
            planned.filter(pk=session.pk).update(cancelled_at=clock.now())


class Migration(migrations.Migration):
    dependencies = [
        ("coaching_sessions", "0006_reminders"),
        ("engagements", "0005_stop_and_pause"),
    ]

    operations = [migrations.RunPython(cancel, migrations.RunPython.noop)]
