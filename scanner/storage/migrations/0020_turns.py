"""Verdicts of a repository are numbered, and findings span turns; old rows go by time."""

from __future__ import annotations

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import OuterRef, Subquery, Window
from django.db.models.functions import Coalesce, RowNumber

STILL_OPEN = 2147483647


def number_verdicts(apps: Apps, schema: BaseDatabaseSchemaEditor) -> None:
    """Number what is stored in the order of its judging, and let findings span these turns.

    Of a snapshot that was judged more than once only the last time is known. Each finding is
    written once: PostgreSQL makes no index in a transaction that wrote a row of the table twice.
    """
    snapshots = apps.get_model("scanner", "Snapshot").objects.using(schema.connection.alias)
    findings = apps.get_model("scanner", "Finding").objects.using(schema.connection.alias)
    order = Window(RowNumber(), partition_by="repository_id", order_by=["judged_at", "pk"])
    scanned = snapshots.filter(backfilled=False).annotate(number=order).only("pk")
    rows = []
    for row in scanned:
        row.turn = row.number
        rows.append(row)
    snapshots.bulk_update(rows, ["turn"], batch_size=500)
    first = snapshots.filter(pk=OuterRef("first_in")).values("turn")
    fixed = snapshots.filter(pk=OuterRef("fixed_in")).values("turn")
    findings.update(opened=Subquery(first), closed=Coalesce(Subquery(fixed), STILL_OPEN))


class Migration(migrations.Migration):

    dependencies = [
        ('scanner', '0019_chosen_past'),
    ]

    operations = [
        migrations.CreateModel(
            name='FormerName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fingerprint', models.CharField(max_length=16)),
                ('path', models.TextField()),
                ('line', models.PositiveIntegerField()),
                ('symbol', models.TextField()),
                ('message', models.TextField()),
                ('absorbed', models.BooleanField(default=False)),
                ('opened', models.PositiveIntegerField()),
                ('closed', models.PositiveIntegerField()),
            ],
        ),
        migrations.AddField(
            model_name='finding',
            name='closed',
            field=models.PositiveIntegerField(db_default=2147483647, default=2147483647),
        ),
        migrations.AddField(
            model_name='finding',
            name='opened',
            field=models.PositiveIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='snapshot',
            name='turn',
            field=models.PositiveIntegerField(db_default=0, default=0),
        ),
        migrations.RunPython(number_verdicts, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name='finding',
            index=models.Index(fields=['repository', 'closed', 'opened'], name='findings_at_a_turn'),
        ),
        migrations.AddField(
            model_name='formername',
            name='finding',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='former_names', to='scanner.finding'),
        ),
        migrations.AddField(
            model_name='formername',
            name='repository',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='scanner.repository'),
        ),
        migrations.AddIndex(
            model_name='formername',
            index=models.Index(fields=['repository', 'closed', 'opened'], name='names_at_a_turn'),
        ),
    ]
