"""Seed a portfolio to look at, and take it away again; the engine is the real one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, Protocol

from scanner.domain.errors import UserError

AFTER_COMMIT: Final = timedelta(minutes=4)  # when a scan seems to have run


class DemonstrationStore(Protocol):
    """The rows of a demonstration, known by the folder under which its repositories lie."""

    def others(self, folder: Path, spared: Collection[str]) -> int:
        """How many repositories lie elsewhere and at none of the spared addresses."""
        ...

    def seeded(self, folder: Path) -> Sequence[int]:
        """The repositories of the demonstration."""
        ...

    def team(self, slug: str, name: str, owner_id: int) -> int:
        """The id of a team of the demonstration, made where there is none."""
        ...

    def drop_teams(self, slugs: Collection[str]) -> None:
        """Remove these teams where nothing is left in them."""
        ...

    def unscan(self, repository_id: int) -> None:
        """Take back the scan that a registration asked for."""
        ...

    def backdate(self, scan_id: int, when: datetime) -> None:
        """Let a scan, and what it found, look as if it ended at this time."""
        ...


class DemonstrationEngine(Protocol):
    """What works as a worker would, here and now."""

    def register(self, team_id: int, name: str, path: Path) -> tuple[int, int]:
        """The ids of the new repository and of its first scan, which waits. Raises UserError."""
        ...

    def request(self, repository_id: int) -> int:
        """The id of a scan that waits."""
        ...

    def scan(self, scan_id: int) -> None:
        """Bring a scan to its end, good or bad."""
        ...

    def backfill(self, repository_id: int) -> None:
        """Read the whole past, who brought what, and what the last scan changed."""
        ...

    def label(self, repository_id: int, labels: Sequence[str]) -> None:
        """Give it labels."""
        ...

    def remove(self, repository_id: int) -> None:
        """Forget a repository."""
        ...


@dataclass(frozen=True, slots=True)
class Demonstration:
    """The use case behind `manage.py demo`."""

    store: DemonstrationStore
    engine: DemonstrationEngine
    folder: Path

    def check(self, spared: Collection[str], *, may_mix: bool) -> None:
        """Raises UserError where a demonstration is here, or would not stand alone."""
        if self.store.seeded(self.folder):
            raise UserError(
                "demo.seeded",
                "The demonstration is here already.",
                "manage.py demo --remove takes it away.",
            )
        count = self.store.others(self.folder, spared)
        if count and not may_mix:
            raise UserError(
                "demo.mixed",
                f"This portfolio has repositories of its own ({count}), and invented ones beside"
                " them would change every sum.",
                "Name another data directory in CODEVITALS_DATA_DIR, or add --mix.",
            )

    def register(self, team_id: int, name: str, path: Path, when: datetime | None) -> int:
        """Register a repository and scan it; without a time it is never scanned. Its id."""
        repository_id, scan_id = self.engine.register(team_id, name, path)
        if when is None:
            self.store.unscan(repository_id)
        else:
            self._scan(scan_id, when)
        return repository_id

    def scan(self, repository_id: int, when: datetime) -> None:
        """Scan what was committed at this time."""
        self._scan(self.engine.request(repository_id), when)

    def remove(self, teams: Collection[str]) -> int:
        """Take the demonstration away; how many repositories that were."""
        seeded = self.store.seeded(self.folder)
        for repository_id in seeded:
            self.engine.remove(repository_id)
        self.store.drop_teams(teams)
        return len(seeded)

    def _scan(self, scan_id: int, when: datetime) -> None:
        self.engine.scan(scan_id)
        self.store.backdate(scan_id, when + AFTER_COMMIT)
