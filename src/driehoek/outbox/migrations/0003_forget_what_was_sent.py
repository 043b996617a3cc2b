"""Letters of before are kept as those of today: the key as its hash, no address of what has gone out."""

import hashlib

from django.db import migrations
from django.db.models import F


def forget(apps, schema_editor):
    letters = apps.get_model("outbox", "Letter").objects
    letters.filter(sealed=b"").update(useless_after=None)
    letters.filter(sealed=b"", sent_at__isnull=False).update(to_address="")
    for pk, key in list(letters.values_list("pk", "key")):
        letters.filter(pk=pk).update(key=hashlib.sha256(key.encode()).hexdigest())


def fill_in(apps, schema_editor):
    """A hash says nothing to go back to; only the time must be there again."""
    apps.get_model("outbox", "Letter").objects.filter(useless_after=None).update(useless_after=F("queued_at"))


class Migration(migrations.Migration):
    dependencies = [("outbox", "0002_forgetting")]

    operations = [migrations.RunPython(forget, fill_in)]
