"""What another rubric would do: to one repository and its past, or to all that inherit a default.

Nothing is stored but the answer. A change of weights is answered from the stored sums. What a limit
or a switch touches is judged again from facts, the rest is not; nothing is parsed that was before.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from scanner.application.accepting import AcceptanceStore
from scanner.application.assess_tree import assess_tree
from scanner.application.backfilling import Pasts
from scanner.application.ports import FactsReader, Progress
from scanner.application.reading import KeptRevisions
from scanner.application.records import RepositoryRecord
from scanner.application.recounting import Recount
from scanner.application.rubrics import RubricStore
from scanner.application.stores import Clock, RepositoryStore
from scanner.domain.errors import UserError
from scanner.domain.findings import Assessment
from scanner.domain.revisions import Link
from scanner.domain.rubric import KEYS, Rubric
from scanner.domain.rubric_values import InvalidValuesError, restored
from scanner.domain.what_if import (
    KnownPoint,
    PointEffect,
    RuleEffect,
    Standing,
    Tallies,
    Weighed,
    rule_effects,
    rules_of,
    weighed,
)
from scanner.rules.dependence import charged_otherwise, judged_otherwise


@dataclass(frozen=True, slots=True)
class Question:
    """A rubric that holds, and one that might. Without a repository it is the default's."""

    repository_id: int | None
    before: Rubric
    after: Rubric


@dataclass(frozen=True, slots=True)
class Effect:
    """What becomes of one repository's newest verdict."""

    repository_id: int
    before: Weighed
    after: Weighed
    rules: tuple[RuleEffect, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the other rubric would do. The past is told for a single repository alone."""

    effects: tuple[Effect, ...]
    points: tuple[PointEffect, ...] = ()  # oldest first
    left_out: int = 0  # points by another engine, or off the chain: they cannot be judged now
    missing: int = 0  # repositories whose files are not on this machine


class WhatIfStore(Protocol):
    """What verdicts left behind."""

    def past(self, repository_id: int) -> Sequence[KnownPoint]:
        """The points of a trend, oldest first: the last verdict on each commit of the branch."""
        ...

    def newest(self, repositories: Collection[int]) -> Mapping[int, tuple[str, Standing]]:
        """The commit and the newest verdict of each repository that has one."""
        ...


class WhatIfRevisions(KeptRevisions, Pasts, Protocol):
    """Opens what is here, and the past, which is brought where it is not."""


@dataclass(frozen=True, slots=True)
class WhatIfStores:
    """Where an answer is read from."""

    repositories: RepositoryStore
    verdicts: WhatIfStore
    rubrics: RubricStore
    acceptances: AcceptanceStore


class WhatIf:
    """Answers questions."""

    def __init__(
        self, stores: WhatIfStores, revisions: WhatIfRevisions, reader: FactsReader, clock: Clock
    ) -> None:
        self._stores = stores
        self._revisions = revisions
        self._reader = reader
        self._clock = clock

    def answer(self, question: Question, report: Progress) -> Answer:
        """Reports ("facts", bytes, bytes) and ("judge", done, total). Raises UserError."""
        if question.repository_id is None:
            return self._portfolio(question, report)
        return self._repository(question, question.repository_id, report)

    def must_judge(self, question: Question) -> bool:
        """Whether the stored sums say not enough, so that rules have to look at facts."""
        rubrics = (question.before, question.after)
        if question.repository_id is None or judged_otherwise(*rubrics):
            return bool(judged_otherwise(*rubrics))
        return bool(_to_judge(self._stores.verdicts.past(question.repository_id), rubrics))

    def _repository(self, question: Question, repository_id: int, report: Progress) -> Answer:
        rubrics = (question.before, question.after)
        newest = self._stores.verdicts.newest([repository_id]).get(repository_id)
        if newest is None:
            raise UNSCANNED
        commit, _ = newest
        known = self._stores.verdicts.past(repository_id)
        keys = _to_judge(known, rubrics)
        if not keys:
            effect = self._effect(repository_id, newest, rubrics)
            points = [_point(each, (each.tallies, each.tallies), rubrics) for each in known]
            return Answer((effect,), tuple(points))
        record = self._stores.repositories.get(repository_id)
        recounted = self._recounted(record, commit, known, rubrics, keys, report)
        effect = self._effect(repository_id, newest, rubrics)
        points = [
            _point(each, _joined(each.tallies, recounted[each.commit], keys), rubrics)
            for each in known
            if each.commit in recounted
        ]
        points = [_as_now(each, commit, effect) for each in points]
        return Answer((effect,), tuple(points), left_out=len(known) - len(points))

    def _recounted(
        self,
        record: RepositoryRecord,
        commit: str,
        known: Sequence[KnownPoint],
        rubrics: tuple[Rubric, Rubric],
        keys: frozenset[str],
        report: Progress,
    ) -> Mapping[str, tuple[Tallies, Tallies]]:
        """Tallies by commit of what is judged again, under both rubrics."""
        if record.kind == "folder":
            return {}
        engine = self._reader.engine()
        wanted = {each.commit for each in known if each.engine == engine}
        with self._revisions.past(record, commit, report) as opened:
            links: list[Link] = [
                link for link in opened.past.chain(commit) if link.revision.commit in wanted
            ]
            if _is_known(known, rubrics[0], keys):
                recount = Recount(opened, self._reader, rubrics[1:], keys)
                stored = {each.commit: each.tallies for each in known}
                found = recount.points(links, report)
                return {one.commit: (stored[one.commit], one.tallies[0]) for one in found}
            recount = Recount(opened, self._reader, rubrics, keys)
            found = recount.points(links, report)
            return {one.commit: (one.tallies[0], one.tallies[1]) for one in found}

    def _portfolio(self, question: Question, report: Progress) -> Answer:
        heirs = [
            (heir.repository_id, rubrics)
            for heir in self._stores.rubrics.heirs()
            if (rubrics := _bequeathed(question, heir.changes)) is not None
        ]
        newest = self._stores.verdicts.newest([key for key, _ in heirs])
        effects, missing = [], 0
        for number, (key, rubrics) in enumerate(heirs, 1):
            if key in newest:
                try:
                    effects.append(self._effect(key, newest[key], rubrics))
                except UserError:
                    missing += 1
            report("judge", number, len(heirs))
        return Answer(tuple(effects), missing=missing)

    def _effect(
        self, repository_id: int, newest: tuple[str, Standing], rubrics: tuple[Rubric, Rubric]
    ) -> Effect:
        commit, stored = newest
        if judged_otherwise(*rubrics):
            before, after = self._assessed(repository_id, commit, rubrics)
        else:
            before = after = stored
        return Effect(
            repository_id,
            weighed(before.tallies, rubrics[0]),
            weighed(after.tallies, rubrics[1]),
            rule_effects(before, after, rubrics),
        )

    def _assessed(
        self, repository_id: int, commit: str, rubrics: tuple[Rubric, Rubric]
    ) -> tuple[Standing, Standing]:
        """The newest commit by both rubrics, with what the team accepted."""
        record = self._stores.repositories.get(repository_id)
        accepted = self._stores.acceptances.standing(repository_id, self._clock())
        with self._revisions.kept(record, commit) as opened:
            found = assess_tree(
                opened.tree,
                opened.blobs,
                self._reader,
                rubrics[1],
                report=lambda phase, done, total: None,
                cache=opened.cache,
                accepted=accepted,
                before=rubrics[0],
            )
        before = found.before if found.before is not None else found.assessment
        return _standing(before), _standing(found.assessment)


UNSCANNED = UserError(
    "rubric.unscanned",
    "The repository has no score yet, so there is nothing to compare.",
    "Scan it first.",
)


def _standing(assessment: Assessment) -> Standing:
    return Standing(
        {each.key: each.tally for each in assessment.principles if each.applicable},
        rules_of(assessment.findings),
        {each.fingerprint: each.rule for each in assessment.findings if not each.accepted},
    )


def _to_judge(known: Iterable[KnownPoint], rubrics: tuple[Rubric, Rubric]) -> frozenset[str]:
    """The principles of which the stored sums say not enough."""
    judged = {point.rubric.version: point.rubric for point in known if point.rubric}
    keys = charged_otherwise(*rubrics)
    for rubric in judged.values():
        keys |= charged_otherwise(rubric, rubrics[0]) | charged_otherwise(rubric, rubrics[1])
    return frozenset(KEYS) if any(point.rubric is None for point in known) else keys


def _is_known(known: Iterable[KnownPoint], before: Rubric, keys: frozenset[str]) -> bool:
    """Whether what is stored of these principles is what judging by the rubric gives.

    It is not where another one judged, nor where a team accepted what judging the past counts.
    """
    return all(
        point.rubric is not None
        and not charged_otherwise(point.rubric, before)
        and not (
            point.is_scanned
            and any(tally.accepted_debt for key, tally in point.tallies.items() if key in keys)
        )
        for point in known
    )


def _joined(
    stored: Tallies, found: tuple[Tallies, Tallies], keys: frozenset[str]
) -> tuple[Tallies, Tallies]:
    """What was judged again in the place of what was stored of it; each in the rubric's order."""
    before, after = (
        {
            key: each[key] if key in keys else stored[key]
            for key in KEYS
            if (key in each if key in keys else key in stored)
        }
        for each in found
    )
    return before, after


def _point(
    known: KnownPoint, tallies: tuple[Tallies, Tallies], rubrics: tuple[Rubric, Rubric]
) -> PointEffect:
    before, after = (
        weighed(each, rubric).score for each, rubric in zip(tallies, rubrics, strict=True)
    )
    return PointEffect(known.commit, known.at, known.coverage, before, after)


def _as_now(point: PointEffect, commit: str, effect: Effect) -> PointEffect:
    """The newest point with what the team accepted, as the next scan will have it."""
    if point.commit != commit:
        return point
    before, after = effect.before.score, effect.after.score
    return PointEffect(commit, point.at, point.coverage, before, after)


def _bequeathed(question: Question, changes: Mapping[str, object]) -> tuple[Rubric, Rubric] | None:
    """What a repository is and would be judged by; None where its own values make no rubric."""
    try:
        return restored(question.before, changes), restored(question.after, changes)
    except InvalidValuesError:
        return None
