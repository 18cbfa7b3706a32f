"""Where the page of a file gets its source."""

from __future__ import annotations

from scanner.application.reading import FileContent
from scanner.domain.errors import UserError


class NoReading:
    """Stands in until the bootstrap wires the reading of files."""

    def read(self, repository_id: int, commit: str, path: str) -> FileContent:
        """Raises UserError."""
        raise UserError(
            "file.not-here",
            f"The source of {path} at {commit[:8]} is not on this machine.",
            "Scan the repository again.",
        )


def file_reading() -> NoReading:
    """The use case behind the page."""
    return NoReading()
