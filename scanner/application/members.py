"""Who belongs to a team, and in which role. A team always has an owner."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal, Protocol

from scanner.application.naming import checked_name
from scanner.application.stores import Atomic
from scanner.application.teams import LONGEST_TEAM
from scanner.domain.errors import UserError

Role = Literal["viewer", "lead", "owner"]

LAST_OWNER: Final = UserError(
    "member.last-owner",
    "A team needs an owner, and this is its last one.",
    "Make somebody else an owner first.",
)
GONE: Final = UserError(
    "member.gone", "This person is not in the team any more.", "Look at the team as it is now."
)


@dataclass(frozen=True, slots=True)
class Joined:
    """Who came into a team; `password` is a new person's first one, else empty."""

    name: str
    password: str = ""


class MemberStore(Protocol):
    """People and their places in teams; inside a transaction, a locked team does not change."""

    def lock(self, team_id: int) -> bool:
        """Hold the team until the end of the transaction; False when it is gone."""
        ...

    def rename(self, team_id: int, name: str) -> bool:
        """Another name; False when another team has it."""
        ...

    def person(self, name: str) -> int | None:
        """The active person with this name."""
        ...

    def introduce(self, name: str, password: str) -> int | None:
        """A new person; None when the name is taken."""
        ...

    def roles(self, team_id: int) -> dict[int, Role]:
        """The roles of all members, by person."""
        ...

    def put(self, team_id: int, person_id: int, role: Role) -> None:
        """Give a person a place, or another role."""
        ...

    def remove(self, team_id: int, person_id: int) -> None:
        """Take a person's place away."""
        ...


class Members:
    """The use cases behind a team's page."""

    def __init__(self, members: MemberStore, atomic: Atomic) -> None:
        self._members = members
        self._atomic = atomic

    def rename(self, team_id: int, name: str) -> None:
        """Another name; addresses stay. Raises UserError "name.empty", "name.taken"."""
        shown = checked_name(name)[:LONGEST_TEAM]
        with self._atomic():
            self._held(team_id)
            if not self._members.rename(team_id, shown):
                raise UserError(
                    "name.taken", "Another team has this name.", "Give the team a name of its own."
                )

    def join(
        self, team_id: int, name: str, role: Role, password: Callable[[], str] | None = None
    ) -> Joined:
        """Take a person into the team; one nobody knows is made, where a `password` can be.

        Raises UserError "person.unknown", "person.member".
        """
        with self._atomic():
            self._held(team_id)
            person, first = self._members.person(name), ""
            if person is None and password is not None:
                first = password()
                person = self._members.introduce(name, first)
            if person is None:
                raise UserError(
                    "person.unknown",
                    "Nobody who can sign in has this name.",
                    "Check the spelling; an administrator makes accounts by adding new names here.",
                )
            if person in self._members.roles(team_id):
                raise UserError(
                    "person.member",
                    "This person is in the team already.",
                    "Change the role in the table.",
                )
            self._members.put(team_id, person, role)
        return Joined(name, first)

    def change(self, team_id: int, person_id: int, role: Role) -> None:
        """Another role. Raises UserError "member.gone", "member.last-owner"."""
        with self._atomic():
            self._spare_last_owner(team_id, person_id, stays=role == "owner")
            self._members.put(team_id, person_id, role)

    def leave(self, team_id: int, person_id: int) -> None:
        """Out of the team. Raises UserError "member.gone", "member.last-owner"."""
        with self._atomic():
            self._spare_last_owner(team_id, person_id, stays=False)
            self._members.remove(team_id, person_id)

    def _spare_last_owner(self, team_id: int, person_id: int, *, stays: bool) -> None:
        self._held(team_id)
        roles = self._members.roles(team_id)
        if person_id not in roles:
            raise GONE
        owners = [person for person, role in roles.items() if role == "owner"]
        if owners == [person_id] and not stays:
            raise LAST_OWNER

    def _held(self, team_id: int) -> None:
        if not self._members.lock(team_id):
            raise UserError("team.gone", "The team is gone.", "Look at the list of teams.")
