"""Entries hold the scores of principles and a small line; those of before are made anew."""

from __future__ import annotations

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def forget(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Readers and the tick work out what is missing."""
    apps.get_model("scanner", "PortfolioEntry").objects.all().delete()


class Migration(migrations.Migration):

    dependencies = [
        ('scanner', '0025_strands'),
    ]

    operations = [
        migrations.RunPython(forget, migrations.RunPython.noop),
        migrations.AddField(
            model_name='portfolioentry',
            name='scores',
            field=models.BinaryField(default=b''),
        ),
        migrations.AddField(
            model_name='portfolioentry',
            name='spark',
            field=models.BinaryField(default=b''),
        ),
    ]
