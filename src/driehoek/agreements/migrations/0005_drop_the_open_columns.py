from django.db import migrations


class Migration(migrations.Migration):
    """Units and capacities stand in sealed columns only."""

    dependencies = [("agreements", "0004_seal_units_and_capacities")]

    operations = [
        migrations.RemoveField("criterion", "unit_in_the_open"),
        migrations.RemoveField("signature", "capacity_in_the_open"),
    ]
