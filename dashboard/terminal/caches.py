"""The caches of this machine, as text and as a document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dashboard.sentences import size
from scanner.application.caches import CacheState, InspectedCache, KeptRows
from scanner.application.document import Json

SCHEMA = "codevitals.cache/1"


def cache_text(found: Sequence[InspectedCache]) -> str:
    """A paragraph a repository, ending in a newline."""
    paragraphs = ["\n".join(_paragraph(each)) for each in found]
    total = sum(each.state.bytes for each in found if each.state)
    if len(found) > 1:
        paragraphs.append(f"{len(found):,} repositories, {size(total)} of caches on this machine")
    return "\n\n".join(paragraphs) + "\n"


def cache_document(found: Sequence[InspectedCache]) -> dict[str, Json]:
    """The schema "codevitals.cache/1": sizes in bytes, days as YYYY-MM-DD."""
    return {"schema": SCHEMA, "caches": [_entry(each) for each in found]}


def _paragraph(found: InspectedCache) -> Iterator[str]:
    state = found.state
    if state is None:
        yield f"{found.repository.title}: no cache on this machine"
        return
    yield f"{found.repository.title}: {size(state.bytes)}, {state.rows:,} rows"
    yield f"  {state.path}"
    yield from (_row(each) for each in state.kept)
    if found.pruned is not None:
        yield f"  pruned: {found.pruned.rows:,} rows, {size(found.pruned.bytes)}"
    if state.prunable.rows:
        yield f"  to be pruned: {state.prunable.rows:,} rows, {size(state.prunable.bytes)}"
    yield from (f"  damaged: {problem}" for problem in state.problems)
    if not state.problems:
        yield "  every row is whole"


def _row(kept: KeptRows) -> str:
    mark = "" if kept.is_current else ", of an engine that does not run here"
    used = f"last used {kept.oldest_use:%Y-%m-%d} to {kept.newest_use:%Y-%m-%d}"
    return f"  {kept.kind} by {kept.engine}: {kept.rows:,} rows, {size(kept.bytes)}, {used}{mark}"


def _entry(found: InspectedCache) -> dict[str, Json]:
    pruned = found.pruned
    return {
        "repository": found.repository.title,
        "pruned": {"rows": pruned.rows, "bytes": pruned.bytes} if pruned else None,
        **(_state(found.state) if found.state else {"path": None, "bytes": 0, "kept": []}),
    }


def _state(state: CacheState) -> dict[str, Json]:
    return {
        "path": state.path,
        "bytes": state.bytes,
        "kept": [_kept(each) for each in state.kept],
        "prunable": {"rows": state.prunable.rows, "bytes": state.prunable.bytes},
        "problems": list(state.problems),
    }


def _kept(kept: KeptRows) -> dict[str, Json]:
    return {
        "kind": kept.kind,
        "engine": kept.engine,
        "current": kept.is_current,
        "rows": kept.rows,
        "bytes": kept.bytes,
        "oldest_use": kept.oldest_use.isoformat(),
        "newest_use": kept.newest_use.isoformat(),
    }
