"""Signals as something to wait for, so that nothing is interrupted half-way."""

from __future__ import annotations

import select
import signal
import socket

STOPPING: frozenset[int] = frozenset({signal.SIGINT, signal.SIGTERM, signal.SIGHUP})


class StopRequestedError(Exception):
    """Ctrl-C, SIGTERM, or the terminal was closed."""


class Signals:
    """Collects the signals of this process from now on."""

    def __init__(self) -> None:
        self._inbox, self._outbox = socket.socketpair()
        self._inbox.setblocking(False)
        self._outbox.setblocking(False)
        signal.set_wakeup_fd(self._outbox.fileno(), warn_on_full_buffer=False)
        for number in (*STOPPING, signal.SIGCHLD):
            if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:  # nohup
                signal.signal(number, lambda *_: None)

    def wait(self, seconds: float) -> None:
        """Return after so many seconds, or as soon as a child has ended.

        Raises StopRequestedError when this process is asked to stop.
        """
        ready, _, _ = select.select([self._inbox], [], [], seconds)
        if ready and STOPPING & set(self._inbox.recv(4096)):
            raise StopRequestedError
