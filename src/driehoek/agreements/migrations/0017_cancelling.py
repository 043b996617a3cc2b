import django.core.validators
from django.db import migrations, models

AT_MOST = django.core.validators.MaxValueValidator(336)


class Migration(migrations.Migration):

    dependencies = [
        ('agreements', '0016_when_declined'),
    ]

    operations = [
        # Without a default at first: what is in force names no rule, and a draft beside it begins without one.
        migrations.AddField(
            model_name='draft',
            name='cancel_hours',
            field=models.PositiveSmallIntegerField(blank=True, null=True, validators=[AT_MOST]),
        ),
        migrations.AlterField(
            model_name='draft',
            name='cancel_hours',
            field=models.PositiveSmallIntegerField(blank=True, default=24, null=True, validators=[AT_MOST]),
        ),
        migrations.AddField(
            model_name='draft',
            name='late_cancel_counts',
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name='version',
            name='session_count',
            field=models.PositiveSmallIntegerField(null=True),
        ),
    ]
