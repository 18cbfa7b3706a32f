"""The commits of a story, from its first day to this week."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from dashboard.demo.service import Piece, Service
from dashboard.demo.stories import GUILD, ROTATION, TEAMS, Story
from scanner.git.writing import NewCommit

SCANNED_BEFORE: Final = (timedelta(weeks=9), timedelta(weeks=4), timedelta(weeks=1), timedelta(0))
"""How long before this week it was scanned, beside each commit of the week."""

_SLIP: Final = 0.16  # of the ordinary commits
_SLIPS: Final = ("untyped", "anything", "tangled", "printed", "untold", "shared", "endless")
_UNREADABLE: Final = 'def export(rows):\n    print "rows:", len(rows)\n'
_ROUTINE: Final = (
    "Handle {noun}s without a reference", "Add {noun} totals to the summary",
    "Group {noun}s before they are booked", "Check the amount of a {noun} earlier",
    "Keep the order of {noun}s", "Rank {noun}s by amount",
)  # fmt: skip
_FLAWED: Final = ("Ship {noun} hotfix", "Unblock the {noun} import", "Add {noun} special cases")
_MENDED: Final = ("Tidy {noun} code", "Say what {noun} functions take", "Let {noun} errors out")


@dataclass(frozen=True, slots=True)
class Era:
    """Commits that arrive together, then a scan of the last of them."""

    commits: tuple[NewCommit, ...]


def eras(story: Story, week: datetime, now: datetime) -> Iterator[Era]:
    """The whole life of a repository: years in a few eras, then each commit of this week alone."""
    teller = _Teller(story)
    days = teller.days(week)
    for before in SCANNED_BEFORE:
        until = week - before
        past = tuple(teller.routine(day) for day in days if day <= until)
        days = [day for day in days if day > until]
        if past:
            yield Era(past)
    steps = _ENDINGS.get(story.ending, ())
    for number, step in enumerate(steps, 1):
        when = week + (now - week) * number / (len(steps) + 1)
        yield Era((teller.told(when, *step(teller.service, story)),))


class _Teller:
    """Tells a story commit by commit; the same story is always told the same way."""

    def __init__(self, story: Story) -> None:
        self._story = story
        self._team = f"Team {TEAMS[story.team]} <{story.team}@example.org>"
        package = story.name.replace("-", "_")
        self.service = Service(package, zlib.crc32(story.name.encode()))
        self._due: list[tuple[float, str, bool]] = self._plan()
        self._told = 0
        self._total = 1

    def days(self, week: datetime) -> list[datetime]:
        """When it was committed to, oldest first, up to the week."""
        random = self.service.random
        found = []
        for number in range(self._story.weeks, 0, -1):
            for _ in range(random.choice((1, 1, 1, 2))):
                offset = timedelta(days=random.randrange(5), minutes=random.randrange(480, 1080))
                found.append(week - timedelta(weeks=number) + offset)
        self._total = len(found)
        return sorted(found)

    def routine(self, when: datetime) -> NewCommit:
        """An ordinary commit, of which some bring flaws and some mend them."""
        self._told += 1
        if self._told == 1:
            self._begin()
            return self.told(when, "Begin with what there was", GUILD)
        share = self._told / self._total
        subjects: tuple[str, ...] = _ROUTINE
        while self._due and self._due[0][0] <= share:
            _, kind, is_flaw = self._due.pop(0)
            subjects = _FLAWED if is_flaw else _MENDED
            self.service.flaw(kind) if is_flaw else self.service.mend(kind)
        if subjects is _ROUTINE and self._story.nouns:
            subjects = self._ordinary()
        noun = self.service.random.choice(self._story.nouns or ("draft",))
        subject = self.service.random.choice(subjects).format(noun=noun.replace("_", " "))
        return self.told(when, subject, self._team)

    def _ordinary(self) -> tuple[str, ...]:
        """What most weeks are: growth, now and then a slip, which often is mended later."""
        luck = self.service.random.random()
        if luck < _SLIP:
            self.service.flaw(self.service.random.choice(_SLIPS))
            return _FLAWED
        if luck < 2 * _SLIP and self.service.mend(self.service.random.choice(_SLIPS)):
            return _MENDED
        self.service.grow()
        return _ROUTINE

    def told(self, when: datetime, subject: str, author: str = "") -> NewCommit:
        """What changed in the service, as a commit."""
        files = self.service.text_of_changes()
        if not files:
            files = {"CHANGES.md": f"Last change: {when:%Y-%m-%d %H:%M}, {subject}.\n"}
        is_release = self._told > 1 and self._told % 24 == 0
        tag = f"v{1 + self._told // 96}.{self._told // 24 % 4}.0" if is_release else ""
        return NewCommit(when, author or self._team, subject, files, tag)

    def _plan(self) -> list[tuple[float, str, bool]]:
        """When which flaw comes or goes, as a share of the commits; in order."""
        random = self.service.random
        due = [
            (random.uniform(0.05, 0.97), kind, count > 0)
            for kind, count in self._story.drift.items()
            for _ in range(abs(count))
        ]
        for turn in self._story.turns:
            began = 1 - turn.ago / self._story.weeks
            due += [
                (began + random.uniform(0, turn.weeks) / self._story.weeks, kind, count > 0)
                for kind, count in turn.flaws.items()
                for _ in range(abs(count))
            ]
        return sorted(due)

    def _begin(self) -> None:
        story, service = self._story, self.service
        for noun in story.nouns:
            service.add_noun(noun, is_tested=story.is_tested, is_awaited=story.is_awaited)
        for kind, count in story.start.items():
            for _ in range(count):
                service.flaw(kind)
        if story.legacy:
            kinds = ["total", "check", "group", "largest", "read", "untyped", "silent", "tangled"]
            many = [kinds[number % len(kinds)] for number in range(story.legacy)]
            service.add_file("application/legacy.py", story.nouns[0], many)
        for number in range(story.outward):
            service.reach_out(story.nouns[number], story.nouns[number])
        for number in range(story.unreadable):
            service.extra[f"{service.package}/old_exports_{number}.py"] = _UNREADABLE * 40


Step = Callable[[Service, Story], tuple[str, str]]
"""Changes a service; tells the subject and the author of the commit ("" for its team)."""


def _retries(service: Service, story: Story) -> tuple[str, str]:
    kinds = ["silent", "tangled", "silent", "untyped", "silent", "bare", "endless", "silent"]
    service.add_file("application/retries.py", story.nouns[0], kinds)
    return "Add posting retries", ""


def _typed(service: Service, story: Story) -> tuple[str, str]:
    service.mend("untyped")
    return "Say what journals take", GUILD


def _split(service: Service, story: Story) -> tuple[str, str]:
    path = f"{service.package}/application/legacy.py"
    service.split(path, ["invoices", "refunds", "coupons", "receipts", "carts", "taxes"])
    return "Split legacy billing", ""


def _rush(service: Service, story: Story) -> tuple[str, str]:
    for kind in ("tangled", "endless", "wired", "detached"):
        service.flaw(kind)
    return "Plan night shifts", ROTATION


def _cleanup(service: Service, story: Story) -> tuple[str, str]:
    for kind in ("untyped", "silent", "blocking", "printed", "detached"):
        service.mend(kind)
    return "Await depots properly", GUILD


def _exports(service: Service, story: Story) -> tuple[str, str]:
    path = f"{service.package}/application/legacy.py"
    service.modules[path].pieces += [Piece("untyped", "export"), Piece("silent", "export")]
    service.flaw("printed")
    return "Export to three more formats", ""


def _hushed(service: Service, story: Story) -> tuple[str, str]:
    service.flaw("silent")
    return "Keep synonyms from stopping the index", ""


_ENDINGS: Final[dict[str, tuple[Step, ...]]] = {
    "retries": (_typed, _retries),
    "split": (_split,),
    "rush": (_rush,),
    "cleanup": (_cleanup,),
    "exports": (_exports,),
    "hushed": (_hushed,),
}
