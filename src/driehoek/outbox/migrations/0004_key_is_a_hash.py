from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("outbox", "0003_forget_what_was_sent")]

    operations = [
        migrations.AlterField(model_name="letter", name="key", field=models.CharField(max_length=64)),
    ]
