import driehoek.vault.fields
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('agreements', '0012_deliverables'),
    ]

    operations = [
        migrations.AddField(
            model_name='draft',
            name='expectations',
            field=driehoek.vault.fields.SealedText(blank=True, default=b''),
        ),
    ]
