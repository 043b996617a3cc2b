"""Letters of before are kept as those of today: the key as its hash, no address of what has gone out."""

import hashlib

from django.db import migrations


def forget(apps, schema_editor):
    letters = apps.get_model("outbox", "Letter").objects
    letters.filter(sealed=b"").update(useless_after=None)
    letters.filter(sealed=b"", sent_at__isnull=False).update(to_address="")
    for pk, key in list(letters.values_list("pk", "key")):
        letters.filter(pk=pk).update(key=hashlib.sha256(key.encode()).hexdigest())


class Migration(migrations.Migration):
    dependencies = [("outbox", "0002_forgetting")]

    operations = [migrations.RunPython(forget, migrations.RunPython.noop)]  # a hash says nothing to go back to
