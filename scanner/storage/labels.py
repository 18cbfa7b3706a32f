"""The store of labels."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction

from scanner.storage.models import Label
from scanner.storage.texts import clean


class Labels:
    """Implements LabelStore."""

    def put(self, repository_id: int, labels: Collection[str]) -> None:
        """Let the repository have these and no others."""
        with transaction.atomic():
            Label.objects.filter(repository_id=repository_id).delete()
            Label.objects.bulk_create(
                Label(repository_id=repository_id, name=clean(name, 30)) for name in labels
            )
