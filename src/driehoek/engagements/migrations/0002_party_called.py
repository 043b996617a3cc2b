from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("engagements", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="party",
            name="called",
            field=models.CharField(blank=True, max_length=120),
        ),
    ]
