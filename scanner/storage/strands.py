"""Strands: what was found at the points of the past, one row a stretch of a finding's life.

A finding that is there at five hundred points is one row. A point is asked for as one range.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final, TypeVar

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from scanner.application.pasts import PastChunk
from scanner.domain.strands import BEGINNING, END, Named, Stretch
from scanner.domain.strands import Strand as Course
from scanner.storage.columns import set_column
from scanner.storage.models import PastFinding, Snapshot, Strand
from scanner.storage.texts import clean, clean_path

T = TypeVar("T")

_MANY: Final = 500  # rows in one statement
_NAME: Final = 8  # characters of a rule


def found_at(snapshot: Snapshot) -> QuerySet[PastFinding]:
    """What was found at a point of the past."""
    return PastFinding.objects.filter(there_at(snapshot.place), strand=snapshot.strand_id)


def there_at(place: int | None) -> Q:
    """What was there at a place of its strand; nothing without one."""
    return Q(pk=None) if place is None else Q(after__lt=place, before__gt=place)


def strand_of(repository_id: int, engine: str, rubric: str, places: Mapping[str, int]) -> int:
    """The strand of a chain: the last one all points of which stand on it, or a new one."""
    rows = Strand.objects.filter(repository_id=repository_id, engine=engine, rubric=rubric)
    for pk in rows.order_by("-pk").values_list("pk", flat=True):
        points = Snapshot.objects.filter(strand=pk).values_list("commit", "place")
        if all(places.get(commit) == place for commit, place in points.iterator()):
            return pk
    return Strand.objects.create(repository_id=repository_id, engine=engine, rubric=rubric).pk


def store(chunk: PastChunk, stored: Collection[str]) -> None:
    """Put what was found at those points of a chunk that were stored, by commit."""
    ours = [point.place for point in chunk.points if point.revision.commit in stored]
    if not ours:
        return
    known = Snapshot.objects.filter(strand=chunk.strand).values_list("place", flat=True)
    places = {place for place in known if place is not None}
    course = Course(places - set(ours), _stretches(chunk.strand, places - set(ours), ours))
    names: dict[str, Named] = {}
    for point, found in chunk.each():
        names |= point.came
        if point.revision.commit in stored:
            course.put(point.place, found)
    _write(chunk, course, {**chunk.found, **names})


def tidy(strands: Collection[int]) -> None:
    """Forget what is at no point any more, and strands without points."""
    points = Snapshot.objects.filter(
        strand=OuterRef("strand"), place__gt=OuterRef("after"), place__lt=OuterRef("before")
    )
    with transaction.atomic():
        PastFinding.objects.filter(~Exists(points), strand__in=strands).delete()
        with_points = Snapshot.objects.filter(strand=OuterRef("pk"))
        Strand.objects.filter(~Exists(with_points), pk__in=strands).delete()


def _stretches(strand: int, places: Collection[int], ours: Collection[int]) -> list[Stretch]:
    """All that meet the gaps around some places."""
    first = max((place for place in places if place < min(ours)), default=BEGINNING)
    last = min((place for place in places if place > max(ours)), default=END)
    rows = PastFinding.objects.filter(strand=strand, after__lt=last, before__gt=first)
    columns = ("fingerprint", "after", "before", "pk")
    return [Stretch(*row) for row in rows.values_list(*columns)]


def _write(chunk: PastChunk, course: Course, names: Mapping[str, Named]) -> None:
    made = course.made
    names = {**_names(chunk.strand, {each.fingerprint for each in made} - names.keys()), **names}
    for keys in _portions(course.gone):
        PastFinding.objects.filter(pk__in=keys).delete()
    rows = [_row(chunk.strand, each, names[each.fingerprint]) for each in made]
    PastFinding.objects.bulk_create(rows, batch_size=_MANY)
    set_column(PastFinding, "after", course.afters)
    set_column(PastFinding, "before", course.befores)


def _names(strand: int, fingerprints: Iterable[str]) -> dict[str, Named]:
    """What is stored of findings a stretch of which parts in two."""
    found: dict[str, Named] = {}
    for several in _portions(list(fingerprints)):
        rows = PastFinding.objects.filter(strand=strand, fingerprint__in=several)
        for fingerprint, *name in rows.values_list("fingerprint", "rule", "path", "symbol"):
            found[fingerprint] = Named(*name)
    return found


def _portions(several: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(several), _MANY):
        yield several[start : start + _MANY]


def _row(strand: int, stretch: Stretch, name: Named) -> PastFinding:
    return PastFinding(
        strand_id=strand,
        fingerprint=stretch.fingerprint,
        rule=clean(name.rule, _NAME),
        path=clean_path(name.path),
        symbol=clean(name.symbol),
        after=stretch.after,
        before=stretch.before,
    )
