"""File size: how much one has to hold in mind to change a file."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.rules.contexts import ModuleContext
from scanner.rules.offences import WHOLE_FILE, Site, millionths
from scanner.rules.records import Principle


def _sites(context: ModuleContext) -> Iterator[Site]:
    yield Site(WHOLE_FILE, millionths(context.module.lines))


PRINCIPLE = Principle(
    key="file-size",
    title="File size",
    unit="physical lines",
    why=(
        "A file that does one thing can be read in one sitting, reviewed in one change and tested "
        "alone. Beyond 500 lines, and in classes of more than ten methods, changes collide, names "
        "lose their meaning and nobody knows the whole any more."
    ),
    sites=_sites,
)
