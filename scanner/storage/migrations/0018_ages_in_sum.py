"""The index of counts and sums carries the day along from which ages are told."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('scanner', '0017_comparisons'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='finding',
            name='findings_in_sum',
        ),
        migrations.AddIndex(
            model_name='finding',
            index=models.Index(fields=['repository', 'fixed_in', 'rule'], include=('principle', 'accepted_by', 'cost', 'points', 'first_in', 'opened_by_rubric', 'introduced_at'), name='findings_in_sum'),
        ),
    ]
