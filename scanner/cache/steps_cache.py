"""What commits touched, by commit, in the same file as the facts."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from scanner.cache.contents import Contents
from scanner.cache.file import CacheFile
from scanner.domain.churn import Touch

STEPS: Final = "steps"
STEPS_ENGINE: Final = "steps-1"  # another one when steps are compared in another way


class SqliteStepsCache:
    """Steps of a chain, each as a list of pairs of paths."""

    def __init__(self, path: Path) -> None:
        self._contents = Contents(CacheFile(path), STEPS, STEPS_ENGINE)

    def get(self, commits: Sequence[str]) -> Mapping[str, tuple[Touch, ...]]:
        """What is known of these commits."""
        return {
            commit: tuple(Touch(str(before), str(after)) for before, after in json.loads(content))
            for commit, content in self._contents.read(commits)
        }

    def put(self, touches: Mapping[str, tuple[Touch, ...]]) -> None:
        """Keep these. Raises UserError when the disk is full or the file cannot be written."""
        rows = {commit: json.dumps(several).encode() for commit, several in touches.items()}
        self._contents.write(rows)
