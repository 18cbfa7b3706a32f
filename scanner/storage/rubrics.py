"""The store of rubrics: who changed what, and the contents of those that verdicts name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db import IntegrityError, transaction
from django.db.models import OuterRef, Subquery

from scanner.application.rubrics import Heir, NewVersion, StoredVersion
from scanner.domain.rubric import Rubric
from scanner.domain.rubric_values import values_of
from scanner.storage.models import JudgedRubric, Repository, RubricVersion
from scanner.storage.texts import clean


class RubricVersions:
    """Implements RubricStore."""

    def latest(self, repository_id: int | None) -> StoredVersion | None:
        """The version that holds; None while nothing was ever changed."""
        rows = RubricVersion.objects.filter(repository=repository_id).order_by("-number")
        columns = ("number", "changes", "author_name", "created_at")
        found = rows.values_list(*columns).first()
        return StoredVersion(*found) if found else None

    def add(self, new: NewVersion) -> bool:
        """Store it; False when its number was taken a moment ago."""
        row = RubricVersion(
            repository_id=new.repository_id,
            number=new.number,
            changes=dict(new.changes),
            version=new.version,
            note=clean(new.note, 300),
            author_id=new.author.id,
            author_name=clean(new.author.name, 150),
            created_at=new.at,
        )
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError:
            rows = RubricVersion.objects.filter(repository=new.repository_id)
            if rows.filter(number=new.number).exists():
                return False
            raise
        return True

    def heirs(self) -> Iterable[Heir]:
        """Every repository with what it changes, in one query."""
        own = RubricVersion.objects.filter(repository=OuterRef("pk")).order_by("-number")
        rows = Repository.objects.order_by("pk").annotate(own=Subquery(own.values("changes")[:1]))
        for key, name, changes in rows.values_list("pk", "name", "own"):
            yield Heir(key, name, changes or {})

    def keep(self, rubric: Rubric) -> None:
        """Remember the content behind a version, for ever."""
        row = JudgedRubric(version=rubric.version, content=values_of(rubric))
        JudgedRubric.objects.bulk_create([row], ignore_conflicts=True)

    def judged_by(self, repository_id: int) -> str:
        """The version that the latest verdict was made with; "" without one."""
        found = Repository.objects.filter(pk=repository_id).values_list("latest__rubric", flat=True)
        return found.first() or ""

    def content(self, version: str) -> Mapping[str, object] | None:
        """The values behind a version; None when they were never kept."""
        rows = JudgedRubric.objects.filter(version=version)
        return rows.values_list("content", flat=True).first()
