from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("engagements", "0002_party_called")]

    operations = [
        migrations.AddIndex(
            model_name="party",
            index=models.Index(fields=["engagement", "person"], name="place_of_person_in_engagement"),
        ),
    ]
