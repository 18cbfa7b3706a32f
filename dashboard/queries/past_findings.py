"""What was found at a point of the past: filtered, sorted, in pages or as a whole.

Which findings a point had is a range query. Where they stood and what they cost then is judged
again from facts; a list can do without, and then goes by paths.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple

from django.db.models import Q, QuerySet

from dashboard.queries.findings import PAGE_SIZE, FindingFilter, glob_pattern
from dashboard.queries.instants import Instant
from dashboard.queries.key_pages import keys_of_page
from scanner.application.past_lines import Spot
from scanner.rules.catalogue import PRINCIPLE_OF
from scanner.storage.models import Finding, PastFinding, Snapshot
from scanner.storage.strands import there_at

_ORDERS: Final = {
    "path": ("path", "rule", "fingerprint"),
    "rule": ("rule", "path", "fingerprint"),
}
_MANY: Final = 500  # keys in one statement
_COLUMNS: Final = ("fingerprint", "rule", "path", "symbol", "before")


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a finding, as far as it kept its name."""

    state: str = ""  # "open" | "accepted" | "fixed" | "gone" | "" where nothing is known
    commit: str = ""  # that lacks it first, of those that were judged
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PastRow:
    """A finding of then. Texts come from the repository and are hostile."""

    rule: str
    principle: str
    path: str
    symbol: str
    fingerprint: str
    spot: Spot | None
    fate: Fate

    @property
    def line(self) -> int:
        """Where it stood; 0 where that is not known."""
        return self.spot.line if self.spot else 0

    @property
    def is_advisory(self) -> bool:
        """Whether it is known to cost nothing."""
        return self.spot is not None and not self.spot.cost


@dataclass(frozen=True, slots=True)
class PastPage:
    """One page of a list; `first` is the number of its first row, 0 without rows."""

    rows: tuple[PastRow, ...]
    total: int
    number: int
    pages: int
    first: int

    @property
    def last(self) -> int:
        """Number of the last row."""
        return self.first + len(self.rows) - 1 if self.rows else 0


class _Kept(NamedTuple):
    """A row as it is stored."""

    fingerprint: str
    rule: str
    path: str
    symbol: str
    before: int


def paths_of_page(instant: Instant, wanted: FindingFilter, number: int) -> tuple[str, ...]:
    """The files of one page that goes by paths or rules."""
    keys = keys_of_page(_asked(instant, wanted), _order(wanted), number, PAGE_SIZE).keys
    return tuple({row.path: None for row in _rows(keys)})


def page_of(
    instant: Instant, wanted: FindingFilter, number: int, spots: Mapping[str, Spot] | None
) -> PastPage:
    """One page; with the spots of all findings it can go by points, or by the least of them."""
    found = _asked(instant, wanted)
    if spots is None or (wanted.sort in _ORDERS and wanted.least is None):
        page = keys_of_page(found, _order(wanted), number, PAGE_SIZE)
        kept = _rows(page.keys)
        total, number, pages, first = page.total, page.number, page.pages, page.first
    else:
        every = _sorted(found, wanted, spots)
        total, pages = len(every), max(1, -(-len(every) // PAGE_SIZE))
        number = min(max(number, 1), pages)
        first = (number - 1) * PAGE_SIZE
        kept = every[first : first + PAGE_SIZE]
        first = first + 1 if total else 0
    rows = tuple(_row(each, spots or {}, fate) for each, fate in _with_fates(instant, kept))
    return PastPage(rows, total, number, pages, first)


def with_spots(page: PastPage, spots: Mapping[str, Spot]) -> PastPage:
    """The same page with what is known of its findings."""
    rows = tuple(
        PastRow(
            each.rule, each.principle, each.path, each.symbol, each.fingerprint,
            spots.get(each.fingerprint), each.fate,
        )
        for each in page.rows
    )  # fmt: skip
    return PastPage(rows, page.total, page.number, page.pages, page.first)


def every_row(
    instant: Instant, wanted: FindingFilter, spots: Mapping[str, Spot] | None
) -> Iterator[PastRow]:
    """All findings that match, by points where the spots are known, else by path."""
    kept = _sorted(_asked(instant, wanted), wanted, spots or {})
    for start in range(0, len(kept), _MANY):
        portion = kept[start : start + _MANY]
        for each, fate in _with_fates(instant, portion):
            yield _row(each, spots or {}, fate)


def in_file(instant: Instant, path: str) -> tuple[tuple[str, str], ...]:
    """What was found in a file: fingerprints, each with its rule."""
    rows = _found(instant).filter(path=path).order_by("rule", "fingerprint")
    return tuple(rows.values_list("fingerprint", "rule"))


def rules_of(instant: Instant) -> tuple[str, ...]:
    """The rules that found something."""
    return tuple(_found(instant).order_by("rule").values_list("rule", flat=True).distinct())


def _found(instant: Instant) -> QuerySet[PastFinding]:
    return PastFinding.objects.filter(there_at(instant.place), strand=instant.strand)


def _asked(instant: Instant, wanted: FindingFilter) -> QuerySet[PastFinding]:
    found = _found(instant)
    if wanted.rule:
        found = found.filter(rule=wanted.rule)
    if wanted.principle:
        codes = [code for code, key in PRINCIPLE_OF.items() if key == wanted.principle]
        found = found.filter(rule__in=codes)
    if wanted.path:
        found = found.filter(path__regex=glob_pattern(wanted.path))
    if wanted.text:
        found = found.filter(Q(symbol__icontains=wanted.text) | Q(path__icontains=wanted.text))
    return found


def _order(wanted: FindingFilter) -> tuple[str, ...]:
    return _ORDERS.get(wanted.sort, _ORDERS["path"])


def _rows(keys: Sequence[int]) -> list[_Kept]:
    rows = PastFinding.objects.filter(pk__in=keys).values_list("pk", *_COLUMNS)
    by_key = {pk: _Kept(*rest) for pk, *rest in rows}
    return [by_key[key] for key in keys if key in by_key]


def _sorted(
    found: QuerySet[PastFinding], wanted: FindingFilter, spots: Mapping[str, Spot]
) -> list[_Kept]:
    """All that match, in the order that is asked for."""
    kept = [_Kept(*row) for row in found.order_by(*_order(wanted)).values_list(*_COLUMNS)]
    if wanted.least is not None and spots:
        kept = [each for each in kept if _points(spots, each) >= wanted.least]
    if wanted.sort not in _ORDERS and spots:
        kept.sort(key=lambda each: -_points(spots, each))
    return kept


def _points(spots: Mapping[str, Spot], kept: _Kept) -> float:
    spot = spots.get(kept.fingerprint)
    return spot.points or 0.0 if spot else 0.0


def _row(kept: _Kept, spots: Mapping[str, Spot], fate: Fate) -> PastRow:
    return PastRow(
        rule=kept.rule,
        principle=PRINCIPLE_OF.get(kept.rule, ""),
        path=kept.path,
        symbol=kept.symbol,
        fingerprint=kept.fingerprint,
        spot=spots.get(kept.fingerprint),
        fate=fate,
    )


def _with_fates(instant: Instant, kept: Collection[_Kept]) -> Iterable[tuple[_Kept, Fate]]:
    """Each with what became of it, in two queries."""
    today = _today(instant, [each.fingerprint for each in kept])
    gone = _gone(instant, {each.before for each in kept})
    for each in kept:
        yield each, today.get(each.fingerprint) or gone.get(each.before) or Fate()


def _today(instant: Instant, fingerprints: Collection[str]) -> dict[str, Fate]:
    """What scans say of these."""
    rows = Finding.objects.filter(
        repository=instant.repository, fingerprint__in=fingerprints
    ).order_by("pk")
    columns = ("fingerprint", "accepted_by", "fixed_in__commit", "fixed_in__committed_at")
    found: dict[str, Fate] = {}
    for fingerprint, accepted_by, commit, at in rows.values_list(*columns):
        known = found.get(fingerprint)
        if commit is None:
            found[fingerprint] = Fate("accepted" if accepted_by else "open")
        elif known is None or known.state == "fixed":
            found[fingerprint] = Fate("fixed", commit, at)
    return found


def _gone(instant: Instant, places: Collection[int]) -> dict[int, Fate]:
    """The points that lack a finding first."""
    rows = Snapshot.objects.filter(strand=instant.strand, place__in=places)
    return {
        place: Fate("gone", commit, at)
        for place, commit, at in rows.values_list("place", "commit", "committed_at")
        if place is not None
    }
