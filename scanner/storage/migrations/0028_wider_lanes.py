"""Masses of entries lie in wider lanes, each principle in its own; they are made anew."""

from __future__ import annotations

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def forget(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Readers and the tick work out what is missing."""
    apps.get_model("scanner", "PortfolioEntry").objects.all().delete()


class Migration(migrations.Migration):

    dependencies = [
        ('scanner', '0027_findings_in_order'),
    ]

    operations = [
        migrations.RunPython(forget, migrations.RunPython.noop),
    ]
