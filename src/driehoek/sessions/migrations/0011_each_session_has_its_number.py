from django.db import migrations, models


class Migration(migrations.Migration):
    """Apart from the filling in before it: PostgreSQL changes no table with rows still to check."""

    dependencies = [
        ("coaching_sessions", "0010_which_of_the_agreed"),
    ]

    operations = [
        migrations.AlterField("session", "nth", models.PositiveSmallIntegerField()),
    ]
