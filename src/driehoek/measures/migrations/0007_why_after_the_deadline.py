import driehoek.vault.fields
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("measures", "0006_from_a_survey"),
    ]

    operations = [
        migrations.AddField(
            model_name="takeover",
            name="reason",
            field=driehoek.vault.fields.SealedText(blank=True, default=b""),
        ),
    ]
