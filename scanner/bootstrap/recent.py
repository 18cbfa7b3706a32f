"""The last steps of a repository's chain, noted beside its mirror."""

from __future__ import annotations

from pathlib import Path

from scanner.bootstrap.environment import cache_file
from scanner.cache.steps_cache import SqliteStepsCache
from scanner.git.recent import RecentSteps


def recent_steps(git_dir: Path, repository_id: int) -> RecentSteps:
    """Reads the end of a chain; what was compared once is kept."""
    return RecentSteps(git_dir, SqliteStepsCache(cache_file(repository_id)))
