"""The use cases of people: teams, who belongs to them, tokens."""

from __future__ import annotations

from scanner.application.members import Members
from scanner.application.teams import Founding
from scanner.application.tokens import Tokens
from scanner.bootstrap.environment import atomic
from scanner.storage.clock import database_clock
from scanner.storage.members import MemberRows
from scanner.storage.teams import Teams
from scanner.storage.tokens import TokenRows


def founding() -> Founding:
    """Founds teams."""
    return Founding(Teams(), atomic)


def members() -> Members:
    """Changes who belongs to a team."""
    return Members(MemberRows(), atomic)


def tokens() -> Tokens:
    """Issues, knows and revokes tokens."""
    return Tokens(TokenRows(), database_clock)
