"""A history as a JSON document, schema "codevitals.history/1", relied on outside, and as CSV.

Figures are unrounded; coverage from 0 to 1; times in UTC with a Z; points oldest first.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Final

from scanner.application.document import Json, utc
from scanner.application.history import PointWithTags
from scanner.domain.rubric import KEYS

SCHEMA: Final = "codevitals.history/1"


def history_document(points: Iterable[PointWithTags]) -> dict[str, Json]:
    """The whole document."""
    return {"schema": SCHEMA, "points": [_point(each) for each in points]}


def history_csv(points: Iterable[PointWithTags]) -> str:
    """A header and a record a point; a principle that does not apply is empty."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(["commit", "committed_at", "score", "coverage", "lines", *KEYS])
    for each in points:
        revision, standing = each.point.link.revision, each.point.standing
        writer.writerow(
            [
                revision.commit,
                utc(revision.committed_at),
                standing.score,
                standing.coverage,
                standing.lines,
                *("" if (value := standing.principles[key]) is None else value for key in KEYS),
            ]
        )
    return buffer.getvalue()


def _point(each: PointWithTags) -> dict[str, Json]:
    revision, standing = each.point.link.revision, each.point.standing
    return {
        "commit": revision.commit,
        "committed_at": utc(revision.committed_at),
        "score": standing.score,
        "coverage": standing.coverage,
        "lines": standing.lines,
        "principles": dict(standing.principles),
    }
