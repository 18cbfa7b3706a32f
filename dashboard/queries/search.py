"""What a search finds in the repositories that a user may see: themselves, folders and files.

A constant number of queries, however many repositories there are. Paths are looked through one by
one: no index serves a part of a word on every database, and 200,000 of them take 50 ms. So only
keys are sorted and cut; whole rows and their repositories are fetched for what is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Sum,
    Value,
    When,
)
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import Lower, Right, StrIndex, Substr
from django.db.models.lookups import Exact, GreaterThan

from dashboard.queries.access import Viewer, repositories_of
from dashboard.queries.labels import labels_of
from dashboard.search_words import Asked
from scanner.domain.findings import PARTIAL_BELOW
from scanner.storage.models import FileScore, Label, Repository

FEW: Final = 8  # hits of each kind on a page of all kinds
PAGE_SIZE: Final = 50
MOST_PAGES: Final = 20
FURTHEST: Final = MOST_PAGES * PAGE_SIZE
Hit = TypeVar("Hit")
Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Place:
    """A repository in which something was found. Its name is hostile text."""

    name: str
    slug: str
    team: str
    team_slug: str
    score: float | None
    coverage: float | None

    @property
    def is_partial(self) -> bool:
        """Too little was measured: drawn hollow."""
        return self.coverage is not None and self.coverage < PARTIAL_BELOW


@dataclass(frozen=True, slots=True)
class RepositoryHit:
    """A repository by its name, address, team or labels."""

    place: Place
    labels: tuple[str, ...]
    lines: int | None


@dataclass(frozen=True, slots=True)
class FolderHit:
    """A folder by its path, with the scored files below it."""

    place: Place
    path: str
    files: int
    points: float


@dataclass(frozen=True, slots=True)
class FileHit:
    """A scored file by its path."""

    place: Place
    path: str
    lines: int
    score: float
    points: float


@dataclass(frozen=True, slots=True)
class Found(Generic[Hit]):
    """Some of the hits of one kind, best first, and how many there are, counted to FURTHEST."""

    rows: tuple[Hit, ...] = ()
    total: int = 0
    has_more: bool = False  # than were counted

    @property
    def pages(self) -> int:
        """Pages of the list of this kind alone."""
        return max(1, -(-self.total // PAGE_SIZE))


@dataclass(frozen=True, slots=True)
class Part:
    """Which hits of a kind: the few best, or a page; one beyond the end is the last."""

    page: int | None = None

    @classmethod
    def of(cls, asked: Asked, number: int) -> Part:
        """A page where one kind is asked for, else the few best of each."""
        return cls(max(number, 1) if asked.kind else None)

    def cut(self, hits: Sequence[Key]) -> Sequence[Key]:
        """The part of the first FURTHEST hits."""
        if self.page is None:
            return hits[:FEW]
        last = max(1, -(-min(len(hits), FURTHEST) // PAGE_SIZE))
        stop = min(self.page, last) * PAGE_SIZE
        return hits[stop - PAGE_SIZE : min(stop, FURTHEST)]


def repositories_with(user: Viewer, asked: Asked, part: Part) -> Found[RepositoryHit]:
    """Repositories by name, team and label, in three queries; those called so first."""
    found = repositories_of(user)
    for word in asked.words:
        label = Label.objects.filter(repository=OuterRef("pk"), name__icontains=word)
        named = Q(name__icontains=word) | Q(slug__icontains=word) | Q(team__name__icontains=word)
        found = found.filter(named | Exists(label))
    ordered = found.order_by(_rank_of_repository(asked.text), "name", "pk")
    keys = list(ordered.values_list("pk", flat=True))
    shown = part.cut(keys)
    rows = Repository.objects.select_related("team", "latest").in_bulk(shown)
    labels = labels_of(Repository.objects.filter(pk__in=shown))
    hits = tuple(_repository(rows[key], labels) for key in shown if key in rows)
    return Found(hits, min(len(keys), FURTHEST), len(keys) > FURTHEST)


def files_with(user: Viewer, asked: Asked, part: Part) -> Found[FileHit]:
    """Scored files by path, in two queries: by their own names first, then those that cost most."""
    if not asked.path_words:
        return Found()
    found = _paths(user, asked.path_words)
    ordered = found.order_by(_rank_of_file(asked.path_words[-1]), "-points_lost", "path", "pk")
    keys = list(ordered.values_list("pk", flat=True)[: FURTHEST + 1])
    columns = ("pk", "path", "lines", "score", "points_lost")
    chosen = part.cut(keys)
    shown = FileScore.objects.filter(pk__in=chosen)
    rows = {row[0]: row[1:] for row in shown.values_list(*columns, *_PLACE)}
    hits = [rows[key] for key in chosen if key in rows]
    return Found(
        tuple(FileHit(Place(*hit[4:]), *hit[:4]) for hit in hits),
        min(len(keys), FURTHEST),
        len(keys) > FURTHEST,
    )


def folders_with(user: Viewer, asked: Asked, part: Part) -> Found[FolderHit]:
    """Folders of scored files by path, in two queries: those that cost most first.

    A folder ends with the part of the path in which the last word stands.
    """
    if not asked.path_words:
        return Found()
    *others, last = (word.strip("/") for word in asked.path_words if word.strip("/"))
    rest = StrIndex(_rest_after(last), Value("/"))
    path = Substr("path", 1, _after(last) + rest - Value(2))
    found = _paths(user, (*others, last)).alias(rest=rest).filter(rest__gt=0)
    found = found.annotate(folder=path)
    for word in others:
        found = found.filter(folder__icontains=word)
    grouped = found.order_by().values("repository_id", "folder")
    sums = grouped.annotate(n=Count("pk"), lost=Sum("points_lost"))
    ordered = sums.order_by("-lost", "folder", "repository_id")
    hits = list(ordered.values_list("repository_id", "folder", "n", "lost")[: FURTHEST + 1])
    shown = part.cut(hits)
    places = _places(hit[0] for hit in shown)
    return Found(
        tuple(FolderHit(places[hit[0]], *hit[1:]) for hit in shown if hit[0] in places),
        min(len(hits), FURTHEST),
        len(hits) > FURTHEST,
    )


_OF_PLACE: Final = ("name", "slug", "team__name", "team__slug", "latest__score", "latest__coverage")
_PLACE: Final = tuple(f"repository__{name}" for name in _OF_PLACE)


def _places(ids: Iterable[int]) -> Mapping[int, Place]:
    rows = Repository.objects.filter(pk__in=set(ids)).values_list("pk", *_OF_PLACE)
    return {row[0]: Place(*row[1:]) for row in rows}


def _paths(user: Viewer, words: Sequence[str]) -> QuerySet[FileScore]:
    """Files in whose path all words stand; `low` is the path in small letters."""
    visible = repositories_of(user).values("pk")
    found = FileScore.objects.filter(repository__in=visible).alias(low=Lower("path"))
    for word in words:
        found = found.filter(path__icontains=word)
    return found


def _after(word: str) -> CombinedExpression:
    """Where a path goes on after the first place of a word in it."""
    return StrIndex(F("low"), Value(word)) + Value(len(word))


def _rest_after(word: str) -> Substr:
    return Substr("low", _after(word))


def _rank_of_file(word: str) -> Case:
    """0 for a file called so, 1 for a name with the word, 2 for a folder and a name, 3 for others.

    Each step is one look at the path, for words that stand in every path.
    """
    name = "/" + word.strip("/").removesuffix(".py") + ".py"
    rest = _rest_after(word)
    return Case(
        When(Q(low=name[1:]) | Q(Exact(Right("low", len(name)), name)), then=0),
        When(Exact(StrIndex(rest, Value("/")), 0), then=1),
        When(GreaterThan(StrIndex(rest, Value(f"/{word}")), 0), then=2),
        default=3,
        output_field=IntegerField(),
    )


def _rank_of_repository(text: str) -> Case:
    """0 for one called so, 1 where the name begins so, 2 where the text stands in it."""
    return Case(
        When(Q(slug__iexact=text) | Q(name__iexact=text), then=0),
        When(Q(slug__istartswith=text) | Q(name__istartswith=text), then=1),
        When(Q(slug__icontains=text) | Q(name__icontains=text), then=2),
        default=3,
        output_field=IntegerField(),
    )


def _repository(row: Repository, labels: Mapping[int, tuple[str, ...]]) -> RepositoryHit:
    latest = row.latest
    score, coverage = (latest.score, latest.coverage) if latest else (None, None)
    place = Place(row.name, row.slug, row.team.name, row.team.slug, score, coverage)
    return RepositoryHit(place, labels.get(row.pk, ()), latest.lines if latest else None)
