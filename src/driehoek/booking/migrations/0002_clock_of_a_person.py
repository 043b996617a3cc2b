"""By which clock somebody lives is known of the person now; without hours a row said that too."""

from django.db import migrations


def to_person(apps, schema_editor):
    bookable = apps.get_model("booking", "Bookable")
    for row in bookable.objects.filter(parts=None).select_related("person"):
        if not row.person.time_zone and row.time_zone != "Europe/Amsterdam":
            row.person.time_zone = row.time_zone
            row.person.save(update_fields=["time_zone"])


class Migration(migrations.Migration):
    dependencies = [("booking", "0001_first"), ("people", "0005_own_clock")]
    operations = [migrations.RunPython(to_person, migrations.RunPython.noop)]
