"""The tables of when somebody can be booked, which the room of booking made and handed over."""

import django.core.validators
import django.db.models.deletion
import driehoek.kit.clock
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('booking', '0003_hours_have_their_own_room'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name='Bookable',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('time_zone', models.CharField(default='Europe/Amsterdam', max_length=64)),
                        ('notice_hours', models.PositiveSmallIntegerField(default=24, validators=[django.core.validators.MaxValueValidator(336)])),
                        ('buffer_minutes', models.PositiveSmallIntegerField(default=15, validators=[django.core.validators.MaxValueValidator(240)])),
                        ('days_ahead', models.PositiveSmallIntegerField(default=60, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(366)])),
                        ('step_minutes', models.PositiveSmallIntegerField(choices=[(15, 15), (30, 30), (60, 60)], default=30)),
                        ('holidays_off', models.BooleanField(default=True)),
                        ('changed_at', models.DateTimeField(default=driehoek.kit.clock.now)),
                        ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='bookable', to=settings.AUTH_USER_MODEL)),
                    ],
                ),
                migrations.CreateModel(
                    name='Part',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('weekday', models.PositiveSmallIntegerField(blank=True, null=True)),
                        ('first_on', models.DateField(blank=True, null=True)),
                        ('last_on', models.DateField(blank=True, null=True)),
                        ('opens', models.TimeField(blank=True, null=True)),
                        ('closes', models.TimeField(blank=True, null=True)),
                        ('added_at', models.DateTimeField(default=driehoek.kit.clock.now)),
                        ('bookable', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='availability.bookable')),
                    ],
                    options={
                        'ordering': ['added_at', 'weekday', 'opens'],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('first_on', None), ('last_on', None), ('opens__isnull', False), ('weekday__range', (0, 6))), models.Q(('first_on__isnull', False), ('last_on__gte', models.F('first_on')), ('weekday', None)), _connector='OR'), name='part_of_a_weekday_or_of_days'), models.CheckConstraint(condition=models.Q(models.Q(('closes', None), ('opens', None)), models.Q(('closes__gt', models.F('opens')), ('opens__isnull', False)), _connector='OR'), name='a_part_closes_after_it_opens')],
                    },
                ),
            ],
        ),
    ]
