import driehoek.vault.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    """Beside the open columns come sealed ones of the same name; 0004 fills them and 0005 drops the open ones."""

    dependencies = [("agreements", "0002_drafting_together")]

    operations = [
        migrations.RenameField("criterion", "unit", "unit_in_the_open"),
        migrations.RenameField("signature", "capacity", "capacity_in_the_open"),
        migrations.AlterField(
            "signature", "capacity_in_the_open", models.CharField(max_length=200, blank=True)
        ),
        migrations.AddField(
            "criterion", "unit", driehoek.vault.fields.SealedText(blank=True, default=b"")
        ),
        migrations.AddField(
            "signature", "capacity", driehoek.vault.fields.SealedText(blank=True, default=b"")
        ),
        migrations.AddField("version", "met_on", models.DateField(null=True)),
    ]
