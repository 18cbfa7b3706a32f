"""What the process is asked, and what it answers: one line of JSON each."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from datetime import UTC, datetime
from pathlib import Path

from scanner.application.aside import Recounted
from scanner.domain.findings import Tally
from scanner.domain.revisions import Link, Revision
from scanner.domain.rubric import Rubric

_NO_TIME = datetime.fromtimestamp(0, UTC)


@dataclass(frozen=True, slots=True)
class Task:
    """Points to count: those of some principles at some links, under each of the rubrics."""

    git_dir: Path
    cache: Path
    engine: str
    links: Sequence[Link]
    rubrics: Sequence[Rubric]
    principles: Sequence[str]

    def encoded(self) -> bytes:
        """The task as a line."""
        content = {
            "git_dir": str(self.git_dir),
            "cache": str(self.cache),
            "engine": self.engine,
            "links": [(link.revision.commit, link.tree) for link in self.links],
            "rubrics": [rubric.model_dump_json() for rubric in self.rubrics],
            "principles": list(self.principles),
        }
        return json.dumps(content).encode() + b"\n"


def decoded(line: bytes) -> Task:
    """The task of a line. Of the commits nothing is known but their names."""
    content = json.loads(line)
    return Task(
        Path(content["git_dir"]),
        Path(content["cache"]),
        content["engine"],
        [Link(Revision(commit, _NO_TIME, "", "", ""), tree) for commit, tree in content["links"]],
        [Rubric.model_validate_json(each) for each in content["rubrics"]],
        content["principles"],
    )


def told(found: Recounted) -> bytes:
    """One point as a line."""
    tallies = [{key: astuple(tally) for key, tally in one.items()} for one in found.tallies]
    return json.dumps([found.commit, tallies], separators=(",", ":")).encode() + b"\n"


def heard(line: bytes) -> Recounted:
    """The point of a line. Raises ValueError or TypeError when it is none."""
    commit, tallies = json.loads(line)
    return Recounted(
        str(commit),
        tuple({key: Tally(*map(int, each)) for key, each in one.items()} for one in tallies),
    )
