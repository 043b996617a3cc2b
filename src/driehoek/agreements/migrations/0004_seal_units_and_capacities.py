from django.db import migrations


def seal(apps, schema_editor):
    for criterion in _criteria(apps).exclude(unit_in_the_open=""):
        criterion.unit = criterion.unit_in_the_open
        criterion.save(update_fields=["unit"])
    for signature in _signatures(apps).exclude(capacity_in_the_open=""):
        signature.engagement = signature.version.engagement
        signature.capacity = signature.capacity_in_the_open
        signature.save(update_fields=["capacity"])


def open_again(apps, schema_editor):
    for criterion in _criteria(apps):
        criterion.unit_in_the_open = criterion.unit
        criterion.save(update_fields=["unit_in_the_open"])
    for signature in _signatures(apps):
        signature.capacity_in_the_open = signature.capacity
        signature.save(update_fields=["capacity_in_the_open"])


def _criteria(apps):
    # What was erased on purpose has no key any more: then there is nothing to seal or to open.
    found = apps.get_model("agreements", "Criterion").objects.select_related("engagement")
    return found.filter(engagement__data_key__isnull=False)


def _signatures(apps):
    found = apps.get_model("agreements", "Signature").objects.select_related("version__engagement")
    return found.filter(version__engagement__data_key__isnull=False)


class Migration(migrations.Migration):
    """The words of units and capacities move from open columns into sealed ones, and back."""

    dependencies = [("agreements", "0003_room_for_sealed_words"), ("vault", "0001_initial")]

    operations = [migrations.RunPython(seal, open_again)]
