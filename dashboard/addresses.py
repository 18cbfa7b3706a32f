"""Addresses of places in a scanned repository."""

from __future__ import annotations

from urllib.parse import quote

from django.urls import reverse

from dashboard.queries.access import Frame
from dashboard.source import PART_LINES, part_start


def file_address(team: str, slug: str, path: str, line: int = 0) -> str:
    """The page of a file, at a line when one is given.

    A long file is shown in parts, so the line is in the query too where it is not in the first
    one. Any path has an address, whatever characters it holds.
    """
    marker = reverse("file", args=[team, slug, "-"])
    address = marker.removesuffix("-") + quote(path, errors="replace")
    if line > PART_LINES:
        address += f"?line={part_start(line)}"
    return f"{address}#L{line}" if line > 0 else address


def history_address(team: str, slug: str, path: str) -> str:
    """The page of a file's own past."""
    marker = reverse("file-history", args=[team, slug, "-"])
    return marker.removesuffix("-") + quote(path, errors="replace")


def then_address(frame: Frame, commit: str, path: str, line: int = 0) -> str:
    """A file as it was at a commit that was judged, at a line when one is given."""
    marker = reverse("file-then", args=[frame.team_slug, frame.slug, commit, "-"])
    address = marker.removesuffix("-") + quote(path, errors="replace")
    if line > PART_LINES:
        address += f"?line={part_start(line)}"
    return f"{address}#L{line}" if line > 0 else address


def past_file_address(frame: Frame, path: str, pair: str, side: str, line: int) -> str:
    """A file as it was at one side ("before" or "after") of a comparison, at a line.

    `pair` is the query that chooses the two points.
    """
    marker = reverse("compare-file", args=[frame.team_slug, frame.slug, "-"])
    address = marker.removesuffix("-") + quote(path, errors="replace")
    return f"{address}?{pair}&side={side}&line={line}#L{line}"
