"""docs/performance.md: what the bench measured stands between its markers."""

from __future__ import annotations

from pathlib import Path

PAGE = Path(__file__).resolve().parents[2] / "docs" / "performance.md"


def write(section: str, text: str) -> None:
    """Put a section's text between its markers. Raises ValueError when the page lacks them."""
    begin, end = f"<!-- bench: {section} -->", "<!-- bench: end -->"
    page = PAGE.read_text()
    before, found, rest = page.partition(begin)
    _, closed, after = rest.partition(end)
    if not (found and closed):
        raise ValueError(f"{PAGE.name} has no section {section} to write")
    PAGE.write_text(f"{before}{begin}\n\n{text.strip()}\n\n{end}{after}")
