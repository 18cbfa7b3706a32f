"""`make bench ARGS="--scale"`: a large portfolio in both databases, and what its pages cost."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any, Final

import psycopg

from tests.bench.scoring import MANAGE
from tests.bench.weights import told
from tests.services.postgres import PostgresServer

SLOWEST: Final = 100.0  # milliseconds of the pages that are opened most, at the 95th percentile
LARGEST: Final = 150.0  # kB of HTML, as it is sent
OPENED_MOST: Final = ("portfolio", "repository", "findings", "trend")
WRITES: Final = 15
MEMORY: Final = ("shared_buffers=128MB",)  # as PostgreSQL has it when nobody sets it
Result = dict[str, Any]


def measured(options: argparse.Namespace) -> str:
    """Print the tables of both databases as they are ready; all of them."""
    texts = []
    with _folder(options.keep) as folder:
        for said, environment in _databases(folder):
            text = _text(said, _of_database(environment, options))
            print(text, flush=True)
            texts.append(text)
    texts.append(told() + "\n")
    return "\n".join(texts)


@contextmanager
def _folder(kept: Path | None) -> Iterator[Path]:
    """Where the databases lie: a folder that is kept for the next run, or one of this run."""
    if kept is not None:
        kept.mkdir(parents=True, exist_ok=True, mode=0o700)
        yield kept.resolve()
        return
    with TemporaryDirectory(prefix="codevitals-scale-") as folder:
        yield Path(folder)


def _databases(folder: Path) -> Iterator[tuple[str, Mapping[str, str]]]:
    with _postgresql(folder / "postgres") as url:
        yield "PostgreSQL", _environment(folder / "beside", url)
    yield "SQLite", _environment(folder / "sqlite", "")


@contextmanager
def _postgresql(folder: Path) -> Iterator[str]:
    server = PostgresServer(folder, MEMORY)
    url = server.start()
    try:
        with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
            known = connection.execute("SELECT 1 FROM pg_database WHERE datname = 'codevitals'")
            if known.fetchone() is None:
                connection.execute("CREATE DATABASE codevitals")
        yield url
    finally:
        server.stop()


def _environment(data: Path, url: str) -> Mapping[str, str]:
    data.mkdir(mode=0o700, exist_ok=True)
    return {
        **os.environ,
        "CODEVITALS_DATA_DIR": str(data),
        "CODEVITALS_DATABASE_URL": url,
        "CODEVITALS_HOSTS": "localhost,testserver",
        "CODEVITALS_LOG_LEVEL": "ERROR",
    }


def _of_database(environment: Mapping[str, str], options: argparse.Namespace) -> Result:
    """What is written into it while it is empty and when it is full, and its pages."""
    seeded = Path(environment["CODEVITALS_DATA_DIR"]) / "seeded.json"
    if seeded.exists():
        subprocess.run((sys.executable, MANAGE, "migrate", "-v0"), env=environment, check=True)
        before: Result = json.loads(seeded.read_text())
    else:
        before = _filled(environment, options)
        seeded.write_text(json.dumps(before))
    full = _step(environment, "writing.written", str(WRITES))
    pages = _step(environment, "visits.visited", str(options.requests), options.only)
    return {**before, "full": full, "costs": pages["costs"]}


def _filled(environment: Mapping[str, str], options: argparse.Namespace) -> Result:
    """What is written into it while it is empty, and what it is filled with."""
    none = ("--repositories", "1", "--snapshots", "4", "--findings", "4")
    _run(environment, "tests.bench.seed", *none)
    empty = _step(environment, "writing.written", str(WRITES))
    size = ("--repositories", options.repositories, "--snapshots", options.snapshots)
    seeded = _run(
        environment, "tests.bench.seed", *map(str, (*size, "--findings", options.findings))
    )
    return {"empty": empty, "seeded": seeded}


def _step(environment: Mapping[str, str], step: str, *arguments: str) -> Result:
    return _run(environment, "tests.bench.stage", f"tests.bench.{step}", *arguments)


def _run(environment: Mapping[str, str], module: str, *arguments: str) -> Result:
    command = (sys.executable, "-m", module, *arguments)
    run = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    found: Result = json.loads(run.stdout.splitlines()[-1])
    return found


def _text(said: str, found: Result) -> str:
    rows, costs = found["seeded"]["rows"], found["costs"]
    counts = ", ".join(f"{count:,} {name}" for name, count in rows.items())
    parts = [
        f"### {said}",
        f"Seeded in {found['seeded']['seconds']:.0f} s: {counts}.",
        _pages(costs),
        _writes(found["empty"], found["full"]),
    ]
    if said == "PostgreSQL":
        slow = [cost for cost in costs if _is_opened_most(cost["said"]) and cost["p95"] >= SLOWEST]
        parts.append(_misses(f"p95 under {SLOWEST:.0f} ms on the pages opened most", slow))
    large = [cost for cost in costs if cost["packed"] / 1e3 >= LARGEST]
    parts.append(_misses(f"HTML under {LARGEST:.0f} kB as sent", large))
    return "\n\n".join(parts) + "\n"


def _is_opened_most(said: str) -> bool:
    return said.partition(",")[0].partition(":")[0].partition(" of ")[0] in OPENED_MOST


def _misses(target: str, missed: Sequence[Mapping[str, Any]]) -> str:
    names = ", ".join(f"*{cost['said']}*" for cost in missed)
    return f"Target, {target}: {f'missed by {names}' if missed else 'met'}."


def _pages(costs: Sequence[Mapping[str, Any]]) -> str:
    lines = [
        "| page | queries | median ms | p95 ms | CPU ms | HTML kB | as sent kB |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    lines += [
        f"| {cost['said']} | {cost['queries']} | {cost['median']:.0f} | {cost['p95']:.0f} "
        f"| {cost['cpu']:.0f} | {cost['raw'] / 1e3:.0f} | {cost['packed'] / 1e3:.1f} |"
        for cost in costs
    ]
    return "\n".join(lines)


def _writes(empty: Result, full: Result) -> str:
    """The result of a scan, into the database when it held nothing and when it was full."""
    one, other = median(empty["writes"]), median(full["writes"])
    return (
        f"A scan's result ({full['findings']} findings, the points of all of them moved) is "
        f"written in {1e3 * one:.0f} ms of CPU into the empty database, in {1e3 * other:.0f} into "
        f"this one: {other / one:.2f} x; the first one of a repository in "
        f"{1e3 * empty['first']:.0f} and {1e3 * full['first']:.0f} ms."
    )
