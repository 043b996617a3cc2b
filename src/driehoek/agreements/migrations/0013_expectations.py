import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import driehoek.vault.fields


class Migration(migrations.Migration):

    dependencies = [
        ('agreements', '0012_deliverables'),
        ('engagements', '0005_stop_and_pause'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Expectation',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('question', models.CharField(max_length=20)),
                ('finding', models.CharField(choices=[('agree', 'Agree'), ('differ', 'Differ'), ('unknown', 'Unknown')], max_length=7)),
                ('text', driehoek.vault.fields.SealedText(blank=True, default=b'')),
                ('revision', models.PositiveIntegerField(default=0)),
                ('changed_at', models.DateTimeField()),
                ('changed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('engagement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='expectations', to='engagements.engagement')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('engagement', 'question'), name='one_expectation_per_question')],
            },
        ),
    ]
