"""Tables of measured figures, as they are printed and as docs/performance.md has them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tests.bench.clock import Timing, middle, ratio


@dataclass(frozen=True, slots=True)
class Row:
    """What was run, and its medians: seconds, ratio to the table's base, millions of bytes."""

    said: str
    cpu: float
    wall: float
    share: float | None
    peak: float
    note: str = ""

    @classmethod
    def of(
        cls, said: str, runs: Sequence[Timing], base: Sequence[Timing] = (), note: str = ""
    ) -> Row:
        """The row of some runs; `base` are the runs that the same rounds made of the base."""
        share = ratio([run.cpu for run in runs], [run.cpu for run in base]) if base else None
        return cls(
            said,
            middle([run.cpu for run in runs]),
            middle([run.wall for run in runs]),
            share,
            middle([run.peak for run in runs]),
            note,
        )


@dataclass(frozen=True, slots=True)
class Table:
    """One section: `verdicts` are (what, measured, target), `base` names what ratios divide by."""

    title: str
    told: str
    base: str
    rows: tuple[Row, ...]
    verdicts: tuple[tuple[str, float, str], ...] = ()

    def markdown(self) -> str:
        """The section, from its heading on."""
        parts = [f"### {self.title}", self.told, _rows(self.rows, self.base)]
        if self.verdicts:
            parts.append(_verdicts(self.verdicts))
        return "\n\n".join(parts) + "\n"


def _rows(rows: Sequence[Row], base: str) -> str:
    """As few columns as the rows fill."""
    shares, notes = any(row.share is not None for row in rows), any(row.note for row in rows)
    lines = [
        ["", "CPU s", "wall s", f"CPU / {base}" if shares else None, "peak MB"]
        + (["what it did"] if notes else [])
    ]
    lines += [
        [
            row.said,
            f"{row.cpu:.2f}",
            f"{row.wall:.2f}",
            ("-" if row.share is None else f"{row.share:.2f}") if shares else None,
            f"{row.peak:.0f}",
        ]
        + ([row.note] if notes else [])
        for row in rows
    ]
    kept = [[cell for cell in line if cell is not None] for line in lines]
    figures = len(kept[0]) - (2 if notes else 1)
    rule = "| --- |" + " ---: |" * figures + (" --- |" if notes else "")
    return "\n".join([_line(kept[0]), rule, *(_line(line) for line in kept[1:])])


def _verdicts(verdicts: Sequence[tuple[str, float, str]]) -> str:
    lines = [_line(["ratio", "measured", "target"]), "| --- | ---: | ---: |"]
    return "\n".join(lines + [_line([said, f"{value:.2f}", to]) for said, value, to in verdicts])


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"
