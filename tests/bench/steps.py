"""The steps of a repository's life, by the use cases that workers run; no broker is there.

Each returns what it left: {"points": snapshots so far, "failed": codes of errors so far}.
"""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

from dashboard.supervisor.first_start import first_administrator
from scanner.application.registration import RegistrationRequest
from scanner.application.what_if import Question
from scanner.bootstrap import backfilling, backfills, registration, rubrics, scanning
from scanner.bootstrap.previewing import what_if as bootstrap_what_if
from scanner.domain.rubric_values import settled
from scanner.storage.models import Repository, Scan, Snapshot
from scanner.storage.scans import Queue
from tests.bench.commits import lengthen


def start() -> dict[str, object]:
    """Nothing: what every step costs before it begins."""
    return _left()


def register(path: str) -> dict[str, object]:
    """Make the first administrator, and register the repository."""
    made = first_administrator()
    if made is None:
        raise RuntimeError("the data directory is not new")
    registration().register(RegistrationRequest(made.team_id, path, may_use_paths=True))
    return _left()


def scan() -> dict[str, object]:
    """The scan that waits, or one that is asked for now."""
    scanning().run(Queue().add(Repository.objects.get().pk, "requested").id)
    return _left()


def rescans(path: str, module: str, count: str) -> dict[str, object]:
    """Scans in one process, as a worker does them: the first is not counted, it warms up.

    Adds "rescans", the seconds of each, as JSON.
    """
    seconds: list[float] = []
    for _ in range(int(count) + 1):
        lengthen(Path(path), module)
        began = time.perf_counter()
        scan()
        seconds.append(time.perf_counter() - began)
    return {**_left(), "rescans": json.dumps(seconds[1:])}


def backfill() -> dict[str, object]:
    """The whole past, as the first scan asks for it: weekly points and release tags."""
    repository = Repository.objects.get().pk
    backfills().follow(Scan.objects.latest("pk").pk)
    while (queued := Queue().next_of(repository, "backfill")) is not None:
        backfilling().run(queued)
    return _left()


def what_if(name: str, value: str) -> dict[str, object]:
    """What another value of the rubric would do to the whole past, from facts; nothing is saved.

    The second answer counts: the first warms the process up, as a worker is. Adds "answer", its
    seconds of wall and of CPU, children included.
    """
    repository = Repository.objects.get().pk
    before = rubrics().of(repository)
    after = settled(before, {name: json.loads(value)})
    for _ in range(2):
        began, cpu = time.perf_counter(), _cpu()
        told = bootstrap_what_if().answer(Question(repository, before, after), _unheard)
        seconds = (time.perf_counter() - began, _cpu() - cpu)
    return {**_left(), "answer": seconds, "judged": len(told.points)}


def _cpu() -> float:
    """Seconds of this process and of its children that have ended."""
    return sum(os.times()[:4])


def _unheard(phase: str, done: int, total: int) -> None:
    """Progress that nobody looks at."""


def _left() -> dict[str, object]:
    failed = Scan.objects.exclude(error_code="").values_list("error_code", flat=True)
    return {"points": Snapshot.objects.count(), "failed": sorted(set(failed))}
