"""What pages cost: asked for through the whole stack of Django, as the web server asks."""

from __future__ import annotations

import gzip
import math
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any, Final

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.db import connection
from django.test import Client, RequestFactory
from django.urls import get_resolver

from dashboard.config.collecting import collect_seldom
from scanner import bootstrap
from tests.bench.addresses import addresses
from tests.bench.seeding import ADMINISTRATOR, NAME

PERCENTILE: Final = 0.95
NOT_SHOWN: Final = 300  # statuses from here on: there is no page to look at


@dataclass(frozen=True, slots=True)
class Answer:
    """One response: milliseconds from the request to its last byte, and sizes in bytes."""

    status: int
    queries: int
    wall: float
    cpu: float  # of this process and its process of the database
    raw: int
    packed: int


@dataclass(frozen=True, slots=True)
class Cost:
    """A page over many requests; the largest of its responses decides on queries and sizes."""

    said: str
    status: int
    queries: int
    median: float
    p95: float
    cpu: float
    raw: int
    packed: int

    @classmethod
    def of(cls, said: str, answers: Sequence[Answer]) -> Cost:
        """The figures of all answers."""
        walls = sorted(answer.wall for answer in answers)
        return cls(
            said,
            max(answer.status for answer in answers),
            max(answer.queries for answer in answers),
            median(walls),
            walls[math.ceil(PERCENTILE * len(walls)) - 1],
            median(answer.cpu for answer in answers),
            max(answer.raw for answer in answers),
            max(answer.packed for answer in answers),
        )


class Visitor:
    """Someone who is signed in, in front of the application that the web server runs."""

    def __init__(self, username: str = NAME) -> None:
        client = Client()
        client.force_login(get_user_model().objects.get(username=username))
        self._cookie = f"{settings.SESSION_COOKIE_NAME}={client.session.session_key}"
        self._application = WSGIHandler()
        self._queries = 0

    def ask(self, path: str, **headers: str) -> Answer:
        """One request."""
        environ = RequestFactory().get(path, headers={"host": "localhost"}).environ
        environ |= {"HTTP_COOKIE": self._cookie, "HTTP_ACCEPT_ENCODING": "gzip", **headers}
        told: list[tuple[str, list[tuple[str, str]]]] = []

        def begin(status: str, headers: list[tuple[str, str]], _: object = None) -> Any:
            told.append((status, headers))

        self._queries = 0
        with connection.execute_wrapper(self._count):
            wall, cpu = time.perf_counter(), cpu_seconds()
            response: Any = self._application(environ, begin)
            with closing(response):
                body = b"".join(response)
            wall, cpu = time.perf_counter() - wall, cpu_seconds() - cpu
        ((status, given),) = told
        is_packed = ("content-encoding", "gzip") in {(k.lower(), v) for k, v in given}
        raw = len(gzip.decompress(body)) if is_packed else len(body)
        packed = len(body) if is_packed else len(gzip.compress(body, 6))
        return Answer(int(status[:3]), self._queries, 1e3 * wall, 1e3 * cpu, raw, packed)

    def _count(
        self, execute: Callable[..., object], sql: str, params: object, many: bool, context: object
    ) -> object:
        self._queries += 1
        return execute(sql, params, many, context)


def cpu_seconds() -> float:
    """Seconds of CPU of this process, and of the process by which PostgreSQL serves it."""
    seconds = time.process_time()
    if connection.vendor == "postgresql" and connection.connection is not None:
        told = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
        seconds += int(told.read_text().split()[0]) / 1e9 if told.exists() else 0.0
    return seconds


def visited(rounds: str, only: str = "") -> dict[str, object]:
    """Every page, in so many rounds after one to warm up: {"costs": [Cost as a dictionary]}."""
    call_command("collectstatic", interactive=False, verbosity=0)
    bootstrap.portfolio_upkeep().tick()  # as the clock does, three times a minute
    visitors = Visitor(), Visitor(ADMINISTRATOR)
    collect_seldom()  # as the web server does
    routes = {name for name in get_resolver().reverse_dict if isinstance(name, str)}
    pages = {said: several for said, several in addresses(routes).items() if only in said}
    return {"costs": [asdict(cost) for cost in costs(visitors, pages, int(rounds))]}


def costs(
    visitors: tuple[Visitor, Visitor], pages: Mapping[str, Sequence[str]], rounds: int
) -> Iterable[Cost]:
    """What each page costs; its addresses are asked for in turn.

    The first visitor asks, and the second where he is refused.
    """
    for said, several in pages.items():
        visitor = next(
            (one for one in visitors if one.ask(several[0]).status < NOT_SHOWN), visitors[0]
        )
        for path in several:
            visitor.ask(path)
        answers = [visitor.ask(several[turn % len(several)]) for turn in range(rounds)]
        if answers[0].status < NOT_SHOWN:
            yield Cost.of(said, answers)
