"""Indexes that answer counts by themselves; those that another index begins with are dropped."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('scanner', '0013_upgrades'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='finding',
            name='scanner_fin_reposit_950332_idx',
        ),
        migrations.RemoveIndex(
            model_name='snapshot',
            name='scanner_sna_reposit_07613f_idx',
        ),
        migrations.AlterField(
            model_name='filescore',
            name='repository',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='files', to='scanner.repository'),
        ),
        migrations.AlterField(
            model_name='finding',
            name='repository',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='findings', to='scanner.repository'),
        ),
        migrations.AlterField(
            model_name='principlescore',
            name='snapshot',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='principles', to='scanner.snapshot'),
        ),
        migrations.AlterField(
            model_name='scan',
            name='repository',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='scans', to='scanner.repository'),
        ),
        migrations.AlterField(
            model_name='snapshot',
            name='repository',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='snapshots', to='scanner.repository'),
        ),
        migrations.AddIndex(
            model_name='finding',
            index=models.Index(fields=['repository', 'fixed_in', 'rule'], include=('principle', 'accepted_by', 'cost', 'points', 'first_in', 'opened_by_rubric'), name='findings_in_sum'),
        ),
        migrations.AddIndex(
            model_name='snapshot',
            index=models.Index(fields=['repository', '-committed_at'], include=('id', 'judged_at', 'score', 'vanished', 'backfilled', 'is_first', 'new_findings', 'fixed_findings'), name='snapshots_in_time'),
        ),
    ]
