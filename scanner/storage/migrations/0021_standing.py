"""Snapshots keep how many modules the repository leaves out; the dearest findings lie in order."""

from __future__ import annotations

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps
from django.db.models import TextField, Value
from django.db.models.functions import Cast, Length, Replace

REASON = "excluded in pyproject.toml"


def count(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Count them in the database, which need not carry their paths over."""
    told = Cast("excluded", TextField())
    found = (Length(told) - Length(Replace(told, Value(REASON), Value("")))) / len(REASON)
    rows = apps.get_model("scanner", "Snapshot").objects.filter(backfilled=False)
    rows.update(left_out=found)


class Migration(migrations.Migration):

    dependencies = [
        ('scanner', '0020_turns'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='finding',
            name='scanner_fin_reposit_3a27e9_idx',
        ),
        migrations.AddField(
            model_name='snapshot',
            name='left_out',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddIndex(
            model_name='finding',
            index=models.Index(fields=['repository', 'fixed_in', '-points', 'fingerprint'], name='scanner_fin_reposit_3550be_idx'),
        ),
        migrations.RunPython(count, migrations.RunPython.noop),
    ]
