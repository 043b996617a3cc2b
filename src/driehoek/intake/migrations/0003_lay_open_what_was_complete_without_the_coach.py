"""The coach answers the six questions too; where all the others had handed in before, the answers stay open."""

from django.db import migrations
from django.db.models import F

ASKED_BEFORE = ("coachee", "consultant", "manager", "sponsor")


def lay_open(apps, schema_editor):
    forms = apps.get_model("intake", "IntakeForm").objects.filter(handed_in_at__isnull=False)
    parties = apps.get_model("engagements", "Party").objects.filter(role__in=ASKED_BEFORE, declined_at=None)
    for engagement in set(forms.filter(shown_at=None).values_list("engagement_id", flat=True)):
        here = forms.filter(engagement=engagement)
        asked = parties.filter(engagement=engagement).values_list("person", flat=True)
        if set(asked) <= set(here.values_list("party__person", flat=True)):
            here.filter(shown_at=None).update(shown_at=F("handed_in_at"))


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0002_who_changed_and_when_shown"),
        ("engagements", "0001_initial"),
    ]

    operations = [migrations.RunPython(lay_open, migrations.RunPython.noop)]
