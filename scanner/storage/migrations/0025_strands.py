"""What was found at points of the past, over strands of points."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('scanner', '0024_scans_in_time'),
    ]

    operations = [
        migrations.AddField(
            model_name='snapshot',
            name='place',
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        migrations.CreateModel(
            name='Strand',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('engine', models.CharField(max_length=60)),
                ('rubric', models.CharField(max_length=60)),
                ('repository', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='strands', to='scanner.repository')),
            ],
        ),
        migrations.CreateModel(
            name='PastFinding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fingerprint', models.CharField(max_length=16)),
                ('rule', models.CharField(max_length=8)),
                ('path', models.TextField()),
                ('symbol', models.TextField()),
                ('after', models.IntegerField()),
                ('before', models.IntegerField()),
                ('strand', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='findings', to='scanner.strand')),
            ],
        ),
        migrations.AddField(
            model_name='snapshot',
            name='strand',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='points', to='scanner.strand'),
        ),
        migrations.AddIndex(
            model_name='snapshot',
            index=models.Index(condition=models.Q(('strand__isnull', False)), fields=['strand', 'place'], name='points_of_a_strand'),
        ),
        migrations.AddIndex(
            model_name='pastfinding',
            index=models.Index(fields=['strand', 'before', 'after'], name='findings_at_a_place'),
        ),
    ]
