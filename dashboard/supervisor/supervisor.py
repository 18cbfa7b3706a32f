"""Runs a whole instance on one machine: Redis, web server, workers and scheduler."""

from __future__ import annotations

import http.client
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from dashboard.config.broker import broker_url
from dashboard.config.broker_probe import broker_answers
from dashboard.config.environment import Environment, split_bind
from dashboard.supervisor.checks import only_redis
from dashboard.supervisor.children import (
    Child,
    Program,
    adopt_orphans,
    end_orphans,
    reap_orphans,
    stop,
)
from dashboard.supervisor.console import say, warn
from dashboard.supervisor.preparation import prepare
from dashboard.supervisor.programs import (
    beat_program,
    redis_program,
    web_program,
    worker_programs,
)
from dashboard.supervisor.signals import Signals, StopRequestedError
from dashboard.supervisor.welcome import Welcome, local_name
from scanner.domain.errors import UserError

START_SECONDS = 60.0  # for a server to answer
LONGEST_LOG = 20 << 20  # bytes
CHORE_SECONDS = 30.0


class Supervisor:
    """Starts everything, keeps it running, and stops it in order."""

    def __init__(self, environment: Environment, signals: Signals) -> None:
        self._environment = environment
        self._signals = signals
        self._redis: list[Child] = []
        self._web: list[Child] = []
        self._workers: list[Child] = []
        self._welcome = Welcome(environment)
        self._chores_done = 0.0

    def run(self) -> None:
        """Run until asked to stop. Raises UserError when the start does not succeed."""
        adopt_orphans()
        (self._environment.data_dir / "logs").mkdir(mode=0o700, exist_ok=True)
        try:
            self._start()
            self._watch()
        except StopRequestedError:
            say("Stopping ...")
        finally:
            for children in (self._web, self._workers, self._redis):
                stop(children)
            end_orphans()

    def _start(self) -> None:
        data_dir = self._environment.data_dir
        self._start_broker()
        prepare(self._environment)
        self._await_broker()
        web = self._spawn(self._web, web_program(data_dir))
        greeting = self._welcome.greeting()
        self._await_page(web)
        say(greeting)
        for program in worker_programs(data_dir, self._environment.scans):
            self._spawn(self._workers, program)
        self._spawn(self._web, beat_program(data_dir))

    def _spawn(self, group: list[Child], program: Program) -> Child:
        child = Child(program)
        child.start()
        group.append(child)
        return child

    def _start_broker(self) -> None:
        given, data_dir = self._environment.redis_url.get_secret_value(), self._environment.data_dir
        if not given:
            self._spawn(self._redis, redis_program(data_dir, only_redis(data_dir)))
        elif not broker_answers(broker_url(given, data_dir)):
            raise UserError(
                "start.broker",
                "The Redis of CODEVITALS_REDIS_URL does not answer: start it, or leave that"
                " setting out for the embedded one.",
                "",
            )

    def _await_broker(self) -> None:
        """The embedded one has had the time of the preparation to begin."""
        url = broker_url("", self._environment.data_dir)
        for child in self._redis:
            self._await(child, lambda: broker_answers(url))

    def _await_page(self, web: Child) -> None:
        host, port = split_bind(self._environment.bind)
        self._await(web, lambda: page_answers(local_name(host), port))

    def _await(self, child: Child, answers: Callable[[], bool]) -> None:
        title, log = child.program.title, child.program.log
        end = time.monotonic() + START_SECONDS
        while not answers():
            if not child.running or time.monotonic() > end:
                raise UserError("start.child", f"The {title} does not start; see {log}.", "")
            self._signals.wait(0.05)

    def _watch(self) -> None:
        while True:
            self._signals.wait(1.0)
            for child in self._children():
                if sentence := child.tend():
                    warn(sentence)
            self._welcome.follow()
            if time.monotonic() - self._chores_done > CHORE_SECONDS:
                self._chores_done = time.monotonic()
                reap_orphans(list(self._children()))
                for child in self._children():
                    shorten(child.program.log)

    def _children(self) -> Iterator[Child]:
        yield from (*self._redis, *self._web, *self._workers)


def shorten(log: Path) -> None:
    """Move a log that has grown long aside, while its writer goes on at its beginning."""
    try:
        if log.stat().st_size <= LONGEST_LOG:
            return
        with suppress(OSError):  # a full disk needs the space more than the old lines
            shutil.copyfile(log, log.with_suffix(".log.1"))
        os.truncate(log, 0)
    except FileNotFoundError:  # somebody tidied up; the next start makes it anew
        return


def page_answers(host: str, port: int) -> bool:
    """Whether the web server answers there."""
    connection = http.client.HTTPConnection(host, port, timeout=5)
    try:
        connection.request("GET", "/health")
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
