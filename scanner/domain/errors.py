"""Errors that a user can act on, apart from faults.

A `UserError` has an id that never changes, a plain message and a next step; pages and commands
show all three. Anything else that is raised is a bug or an outage, is logged with its traceback,
and is shown as such.
"""

from __future__ import annotations


class UserError(Exception):
    """Something the user or the operator can mend.

    `code` is a stable id such as "git.not-found"; `detail` is scrubbed text for operators, never
    shown to others.
    """

    def __init__(self, code: str, message: str, next_step: str, detail: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.next_step = next_step
        self.detail = detail

    def __str__(self) -> str:
        return f"{self.message} {self.next_step}".strip()


class LeaseLostError(Exception):
    """Another worker owns the scan now; whatever this one found is void."""
