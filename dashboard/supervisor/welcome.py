"""What is told at the terminal: the address, the user, and the end of the first scan."""

from __future__ import annotations

from django.db import DatabaseError, connection

from dashboard.charts.scale import floored
from dashboard.config.environment import Environment, split_bind
from dashboard.queries.first_scan import ScanEnd, scan_end
from dashboard.supervisor.console import say, warn
from dashboard.supervisor.first_start import (
    administrator_name,
    first_administrator,
    register_own_code,
)
from dashboard.supervisor.preparation import outages_in_words
from scanner.domain.errors import UserError

RESET = ".venv/bin/python manage.py changepassword"


class Welcome:
    """Greets, and on the first start follows the first scan."""

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        self._first_scan: int | None = None

    def greeting(self) -> str:
        """The line that tells address and user; on the first start, makes what is told.

        Raises UserError when database or disk do not allow it.
        """
        host, port = split_bind(self._environment.bind)
        address = f"Codevitals is at http://{shown_host(host)}:{port}"
        with outages_in_words(self._environment):
            made = first_administrator()
            if made is None:
                name = administrator_name()
                return f"{address}  user {name}  (a new password: {RESET} {name})"
            try:
                self._first_scan = register_own_code(made.team_id)
            except UserError as error:
                warn(str(error))
        return f"{address}  user {made.name}  password {made.password}"

    def follow(self) -> None:
        """Say how the first scan ended, once it has."""
        if self._first_scan is None:
            return
        try:
            end = scan_end(self._first_scan)
        except DatabaseError:  # busy or away; asked again in a second
            return
        finally:
            connection.close()
        if end is not None:
            self._first_scan = None
            say(told(end))


def local_name(host: str) -> str:
    """The name under which this machine reaches a server that listens at `host`."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104


def shown_host(host: str) -> str:
    """The same, as it stands in an address."""
    name = local_name(host)
    return f"[{name}]" if ":" in name else name


def told(end: ScanEnd) -> str:
    """The line about the end of the first scan; the score rounds down."""
    if end.score is None:
        return f"First scan failed: {end.message} {end.next_step}".rstrip()
    return f"First scan finished: {end.repository} scored {floored(end.score)} ({end.grade})"
