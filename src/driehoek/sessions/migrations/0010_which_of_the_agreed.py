from itertools import groupby

from django.db import migrations, models


def count(apps, schema_editor):
    """As `number_anew` does: by day, and one that was cancelled and does not count gives its number back."""
    sessions = apps.get_model("coaching_sessions", "Session")
    every = sessions.objects.order_by("engagement_id", "starts_at", "number").only(
        "engagement_id", "cancelled_at", "counts_as_used"
    )
    for _engagement, group in groupby(every.iterator(), key=lambda one: one.engagement_id):
        turns, counted = 0, []
        for one in group:
            one.nth = turns + 1
            turns += one.cancelled_at is None or one.counts_as_used
            counted.append(one)
        sessions.objects.bulk_update(counted, ["nth"])


class Migration(migrations.Migration):

    dependencies = [
        ("coaching_sessions", "0009_counts_as_used"),
    ]

    operations = [
        migrations.AddField("session", "nth", models.PositiveSmallIntegerField(null=True)),
        migrations.RunPython(count, migrations.RunPython.noop, elidable=True),
    ]
