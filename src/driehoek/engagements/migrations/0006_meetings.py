import django.db.models.deletion
import driehoek.kit.clock
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('engagements', '0005_stop_and_pause'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('acquaintance', 'Acquaintance'), ('three_way', 'Three Way')], max_length=12)),
                ('starts_at', models.DateTimeField()),
                ('minutes', models.PositiveSmallIntegerField()),
                ('moves', models.PositiveSmallIntegerField(default=0)),
                ('changed_at', models.DateTimeField(default=driehoek.kit.clock.now)),
                ('cancelled_at', models.DateTimeField(blank=True, null=True)),
                ('followed_at', models.DateTimeField(blank=True, null=True)),
                ('engagement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='meetings', to='engagements.engagement')),
                ('planned_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['starts_at'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('cancelled_at', None), ('followed_at', None)), fields=('engagement', 'kind'), name='one_standing_meeting_of_a_kind'), models.CheckConstraint(condition=models.Q(('minutes__range', (5, 480))), name='a_meeting_lasts')],
            },
        ),
    ]
